//! Starts other programs: plainly, with their output read along, or with a time limit.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Where administration tools live that a user's PATH often leaves out.
const SYSTEM_FOLDERS: [&str; 3] = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/// The Cargo that started us, so that the toolchain stays the same.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end; anything but success is an error.
pub(crate) fn succeed(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{} ended with {status}", name(command));
    }
    Ok(())
}

/// Runs to the end.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    command.status().with_context(|| format!("{} did not start", name(command)))
}

/// Starts it and does not wait.
pub(crate) fn start(command: &mut Command) -> Result<Child> {
    command.spawn().with_context(|| format!("{} did not start", name(command)))
}

/// Runs to the end, passes standard output on to `out` and hands each line of it to `line` as well.
pub(crate) fn follow(
    command: &mut Command,
    out: &mut impl Write,
    mut line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} did not start", name(command)))?;
    let output = child.stdout.take().context("the standard output is not piped")?;
    for text in BufReader::new(output).split(b'\n') {
        let text = text?;
        out.write_all(&text)?;
        out.write_all(b"\n")?;
        line(&String::from_utf8_lossy(&text));
    }
    Ok(child.wait()?)
}

/// Runs at most `limit`; `None` where the time was up and the program was ended.
pub(crate) fn within(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>> {
    let mut child = start(command)?;
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    end(&mut child)?;
    Ok(None)
}

/// Whether the program can be found, also in the administrator's folders.
pub(crate) fn is_installed(program: &str) -> bool {
    std::env::split_paths(&search_path()).any(|folder| folder.join(program).is_file())
}

/// PATH with the administrator's folders at its end.
pub(crate) fn search_path() -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(SYSTEM_FOLDERS.map(PathBuf::from));
    std::env::join_paths(folders).unwrap_or(path)
}

fn end(child: &mut Child) -> Result<()> {
    child.kill()?;
    child.wait()?;
    Ok(())
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let begun = Instant::now();
        let status = within(Command::new("sleep").arg("20"), Duration::from_millis(100)).unwrap();
        assert!(status.is_none() && begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn each_line_of_the_output_is_read_along() {
        let mut lines = Vec::new();
        let mut command = Command::new("printf");
        let mut out = Vec::new();
        let each = |line: &str| lines.push(line.to_owned());
        let status = follow(command.arg("one\ntwo\n"), &mut out, each).unwrap();
        assert!(status.success());
        assert_eq!((lines.join(" ").as_str(), out.as_slice()), ("one two", &b"one\ntwo\n"[..]));
    }
}
