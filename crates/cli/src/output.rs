//! Owns the two ways out: results to standard output, words to people to standard error. Neither ever brings the
//! program down.

use std::fmt::Arguments;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};

/// What is written at once at most: the lines of a storm come by the hundred.
const STORM: usize = 64 << 10;

/// Standard output. Once its reader has gone (`fingerpost inspect … | head`) the rest is dropped quietly, so that the
/// exit code still tells what was found.
#[derive(Debug)]
pub(crate) struct Output {
    stdout: BufWriter<StdoutLock<'static>>,
    is_open: bool,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self { stdout: BufWriter::with_capacity(STORM, io::stdout().lock()), is_open: true }
    }

    /// Lets a failure of the reader's making pass as done.
    fn forgive<T>(&mut self, outcome: io::Result<T>, done: T) -> io::Result<T> {
        match outcome {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_open = false;
                Ok(done)
            }
            other => other,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let outcome = if self.is_open { self.stdout.write(bytes) } else { Ok(bytes.len()) };
        self.forgive(outcome, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let outcome = if self.is_open { self.stdout.flush() } else { Ok(()) };
        self.forgive(outcome, ())
    }
}

/// Whether people read standard output in colour.
pub(crate) fn is_coloured() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}

/// A line to people. Nobody may be listening.
pub(crate) fn say(words: Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}
