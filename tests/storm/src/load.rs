//! Owns how busy the machine is besides: figures of a busy one are low.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// The load averages, as the kernel says them.
pub(crate) fn average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let three: Vec<&str> = text.split(' ').take(3).collect();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{} on {cores} cores", three.join(" "))
}

/// Thousands of phones are thousands of sockets: as many as this machine lets us have.
pub(crate) fn allow_many_files() {
    if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
        // Where it may not be, the phones say so.
        let _ = setrlimit(Resource::RLIMIT_NOFILE, most, most);
    }
}
