//! Owns which core serves and which one loads, and that neighbours on this machine do not disturb them where the system
//! lets us.

use nix::sched::{CpuSet, sched_getaffinity};
use nix::unistd::Pid;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What a program is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The one that is measured: the first core that we may use.
    Server,
    /// The one that asks: the last.
    Load,
}

impl Part {
    fn core(self) -> usize {
        let ours = sched_getaffinity(Pid::from_raw(0)).unwrap_or_default();
        let mut cores = (0..CpuSet::count()).filter(|core| ours.is_set(*core).unwrap_or(false));
        let core = if self == Self::Server { cores.next() } else { cores.next_back() };
        core.unwrap_or_default()
    }

    /// A command that runs on this part's core alone.
    pub(crate) fn command(self, program: impl AsRef<Path>) -> Command {
        let core = self.core().to_string();
        let mut words = if has_priority() { vec!["chrt", "-r", "1"] } else { vec![] };
        words.extend(["taskset", "-c", &core]);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).arg(program.as_ref()).env("TERM", "dumb");
        command
    }
}

/// Whether we may go before other programs of this machine.
pub(crate) fn has_priority() -> bool {
    static MAY: OnceLock<bool> = OnceLock::new();
    *MAY.get_or_init(|| {
        let mut trial = Command::new("chrt");
        trial.args(["-r", "1", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
        trial.status().is_ok_and(|status| status.success())
    })
}
