//! Owns that a data folder has one window: the first start holds a lock in the folder and listens on a socket beside it;
//! a later start hands its files over there and ends. No session bus is needed, and two folders know nothing of each
//! other. Knows no window.

use fingerpost_launch::Failure;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const LOCK: &str = "window.lock";
/// The first start may just be opening its socket, or ending.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

/// Which start this is.
#[derive(Debug)]
pub(crate) enum Start {
    /// The folder's window is ours to open.
    First(Door),
    /// It is open already, and has the files now.
    Later,
}

/// Where later starts come in. The lock is held as long as this lives.
#[derive(Debug)]
pub(crate) struct Door {
    _lock: File,
    #[cfg(unix)]
    socket: Option<socket::Listener>,
}

/// Takes the folder, or hands `files` to whoever has it.
pub(crate) fn claim(folder: &Path, files: &[PathBuf]) -> Result<Start, Failure> {
    let refused = |error: io::Error| {
        let folder = folder.display();
        Failure::refused(&format!(
            "{folder}: {error}; check that the folder can be made and belongs to you"
        ))
    };
    fs::create_dir_all(folder).map_err(refused)?;
    let lock = File::create(folder.join(LOCK)).map_err(refused)?;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Start::First(Door::open(lock, folder))),
            Err(TryLockError::WouldBlock) if hand_over(folder, files) => return Ok(Start::Later),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                std::thread::sleep(PAUSE);
            }
            Err(TryLockError::WouldBlock) => return Err(busy(folder)),
            Err(TryLockError::Error(error)) => return Err(refused(error)),
        }
    }
}

fn busy(folder: &Path) -> Failure {
    Failure::refused(&format!(
        "a Fingerpost that does not answer has {} open: end it, or give another folder with --data DIR",
        folder.display()
    ))
}

#[cfg(unix)]
fn hand_over(folder: &Path, files: &[PathBuf]) -> bool {
    socket::hand_over(folder, files).unwrap_or(false)
}

#[cfg(not(unix))]
fn hand_over(_: &Path, _: &[PathBuf]) -> bool {
    false
}

impl Door {
    #[cfg(unix)]
    fn open(lock: File, folder: &Path) -> Self {
        let socket = socket::Listener::bind(folder);
        if let Err(error) = &socket {
            crate::log::say(&format!("a second start cannot hand its files over: {error}"));
        }
        Self { _lock: lock, socket: socket.ok() }
    }

    #[cfg(not(unix))]
    fn open(lock: File, _: &Path) -> Self {
        Self { _lock: lock }
    }

    /// From now on `take` hears of each later start; it says whether its files were taken.
    pub(crate) fn attend(&self, take: impl Fn(Vec<PathBuf>) -> bool + Send + 'static) {
        #[cfg(unix)]
        if let Some(Err(error)) = self.socket.as_ref().map(|socket| socket.attend(take)) {
            crate::log::say(&format!("a second start cannot hand its files over: {error}"));
        }
    }
}

#[cfg(unix)]
mod socket {
    //! The words between two starts: paths, each with a NUL behind it; then `taken`, or nothing.

    use std::ffi::OsStr;
    use std::fs::{self, File};
    use std::io::{self, Read, Write};
    use std::net::Shutdown;
    use std::os::fd::AsRawFd;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::{Path, PathBuf};
    use std::thread;
    use std::time::Duration;

    const SOCKET: &str = "window.sock";
    const TAKEN: &[u8] = b"taken";
    /// All paths of one start.
    const LIMIT: u64 = 1 << 20;
    const PATIENCE: Duration = Duration::from_secs(5);
    /// What fits into an address everywhere.
    const LONGEST: usize = 100;

    #[derive(Debug)]
    pub(super) struct Listener(UnixListener);

    impl Listener {
        /// The lock is ours: a socket that lies there is nobody's.
        pub(super) fn bind(folder: &Path) -> io::Result<Self> {
            let _ = fs::remove_file(folder.join(SOCKET));
            Address::of(folder)?.with(|path| UnixListener::bind(path)).map(Self)
        }

        pub(super) fn attend(
            &self,
            take: impl Fn(Vec<PathBuf>) -> bool + Send + 'static,
        ) -> io::Result<()> {
            let listener = self.0.try_clone()?;
            let attend = move || {
                for mut caller in listener.incoming().flatten() {
                    // Who breaks off wants nothing.
                    let _ = hear(&mut caller, &take);
                }
            };
            thread::Builder::new().name("later starts".into()).spawn(attend).map(drop)
        }
    }

    fn hear(caller: &mut UnixStream, take: &impl Fn(Vec<PathBuf>) -> bool) -> io::Result<()> {
        caller.set_read_timeout(Some(PATIENCE))?;
        let mut words = Vec::new();
        Read::by_ref(caller).take(LIMIT).read_to_end(&mut words)?;
        let paths = words.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        if take(paths.map(|path| OsStr::from_bytes(path).into()).collect()) {
            caller.write_all(TAKEN)?;
        }
        Ok(())
    }

    /// Whether they were taken; where nobody listens, an error.
    pub(super) fn hand_over(folder: &Path, files: &[PathBuf]) -> io::Result<bool> {
        let mut other = Address::of(folder)?.with(|path| UnixStream::connect(path))?;
        other.set_read_timeout(Some(PATIENCE))?;
        for file in files {
            other.write_all(file.as_os_str().as_bytes())?;
            other.write_all(&[0])?;
        }
        other.shutdown(Shutdown::Write)?;
        let mut answer = Vec::new();
        other.read_to_end(&mut answer)?;
        Ok(answer == TAKEN)
    }

    /// A socket's address holds a short path; a long one is reached through the open folder.
    enum Address {
        Short(PathBuf),
        Through(File),
    }

    impl Address {
        fn of(folder: &Path) -> io::Result<Self> {
            let path = folder.join(SOCKET);
            let is_short = path.as_os_str().len() <= LONGEST || !cfg!(target_os = "linux");
            if is_short { Ok(Self::Short(path)) } else { File::open(folder).map(Self::Through) }
        }

        fn with<T>(&self, work: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
            match self {
                Self::Short(path) => work(path),
                Self::Through(folder) => work(
                    &Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(SOCKET),
                ),
            }
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn folder(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("fingerpost-instance-{}-{name}", std::process::id()))
    }

    fn door(start: Start) -> Door {
        let door = if let Start::First(door) = start { Some(door) } else { None };
        door.unwrap()
    }

    #[test]
    fn a_later_start_hands_its_files_over_and_another_folder_is_free() {
        // Also where the path is too long for a socket's address.
        let (one, other) = (folder(&"long".repeat(40)), folder("other"));
        let first = door(claim(&one, &[]).unwrap());
        let (tell, told) = channel();
        first.attend(move |files| tell.send(files).is_ok());
        let files = [PathBuf::from("/tmp/a b.pcap"), PathBuf::from("/tmp/ö.sip")];
        assert!(matches!(claim(&one, &files).unwrap(), Start::Later));
        assert_eq!(told.recv_timeout(PATIENCE).unwrap(), files);
        drop(door(claim(&other, &[]).unwrap()));
        for folder in [one, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn a_start_during_the_end_of_another_becomes_the_first() {
        let folder = folder("ending");
        let first = door(claim(&folder, &[]).unwrap());
        let (tell, told) = channel();
        first.attend(move |_| {
            // It is on its way out: it takes nothing any more.
            let _ = tell.send(());
            false
        });
        let later = std::thread::spawn({
            let folder = folder.clone();
            move || claim(&folder, &[])
        });
        told.recv_timeout(PATIENCE).unwrap();
        drop(first);
        drop(door(later.join().unwrap().unwrap()));
        fs::remove_dir_all(folder).unwrap();
    }
}
