//! `cargo xtask package --try`: the package in a clean root (a minimal Debian in a folder): installed, its programs
//! started, its window looked at, uninstalled, and nothing of it left. Everything that runs there ends with its
//! namespace, and the folder goes in the end.

use crate::packages::{self, Needed, Part};
use crate::process;
use crate::steps::Bench;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const NEEDED: [Needed; 3] = [
    Needed {
        part: Part::Program("debootstrap"),
        package: "debootstrap",
        reason: "makes the clean root",
    },
    Needed {
        part: Part::Program("Xvfb"),
        package: "xvfb",
        reason: "is the display on which the window is opened",
    },
    Needed {
        part: Part::Program("import"),
        package: "imagemagick",
        reason: "takes the picture of the window",
    },
];

const DISPLAY: &str = ":75";
const INSTALL: Duration = Duration::from_mins(10);
const OPEN: Duration = Duration::from_mins(1);
/// A screen with a page on it has many; an empty one has one.
const COLOURS: usize = 50;

/// Why it cannot be tried here.
pub(crate) fn obstacle(bench: &Bench) -> Result<Option<String>> {
    if !packages::is_root()? {
        return Ok(Some("only root can make a clean root".to_owned()));
    }
    packages::provide(&NEEDED, bench.yes)
}

/// Tries it; an error says what did not go as it should.
pub(crate) fn run(bench: &Bench, deb: &Path) -> Result<()> {
    let clean = Clean::make(&bench.target.join("package/try"))?;
    fs::copy(deb, clean.root.join("tmp/fingerpost.deb"))?;
    clean.run(
        "apt-get -q update && apt-get -q install --yes --no-install-recommends /tmp/fingerpost.deb",
    )?;
    clean.run(
        "fingerpost --version && fingerpost-desktop --version && fingerpost-console --version",
    )?;
    let picture = bench.target.join("package/window.png");
    look(&clean, "fingerpost-desktop", &picture)?;
    println!("the window opened: {}", picture.display());
    clean.run("dpkg --purge fingerpost")?;
    clean.run("! find / -xdev -path /proc -prune -o -name '*fingerpost*' ! -path '/tmp/*' -print | grep .")?;
    println!("installed, opened and uninstalled in a clean root; nothing is left");
    Ok(())
}

/// A minimal Debian in a folder. The folder goes with the value.
struct Clean {
    root: PathBuf,
}

impl Clean {
    fn make(root: &Path) -> Result<Self> {
        let clean = Self { root: root.to_owned() };
        clean.remove()?;
        fs::create_dir_all(root)?;
        let release = fs::read_to_string("/etc/os-release")?;
        let name = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
        let name = name.context("/etc/os-release names no release")?;
        let mut make = Command::new("debootstrap");
        make.args(["--variant=minbase", name]).arg(root).env("PATH", process::search_path());
        within(&mut make, INSTALL)?;
        Ok(clean)
    }

    /// A command in it, in namespaces that end with it.
    fn command(&self, script: &str) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--pid", "--fork", "--kill-child"]);
        command.arg(format!("--mount-proc={}", self.root.join("proc").display()));
        command.arg("chroot").arg(&self.root).args(["sh", "-c", script]).stdin(Stdio::null());
        command.env("PATH", process::search_path()).env("DEBIAN_FRONTEND", "noninteractive");
        command.env("HOME", "/tmp/home").env("LC_ALL", "C.UTF-8").env("DISPLAY", DISPLAY);
        for variable in ["XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "TMPDIR"]
        {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, script: &str) -> Result<()> {
        within(&mut self.command(script), INSTALL)
    }

    fn remove(&self) -> Result<()> {
        if self.root.exists() {
            fs::remove_dir_all(&self.root)?;
        }
        Ok(())
    }
}

impl Drop for Clean {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            eprintln!("{} could not be removed: {error}", self.root.display());
        }
    }
}

/// Opens the window and waits until there is something to see on its screen.
fn look(clean: &Clean, program: &str, picture: &Path) -> Result<()> {
    let mut screen = Command::new("Xvfb");
    screen.args([DISPLAY, "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
    let _screen = Running(process::start(screen.stdin(Stdio::null()))?);
    // The clean root shares our network, and so the screen's abstract socket.
    let script = format!(
        "mkdir -p /tmp/home; WEBKIT_DISABLE_DMABUF_RENDERER=1 LIBGL_ALWAYS_SOFTWARE=1 exec {program} --data /tmp/data \
         --interface lo --group 239.255.75.2 --port 35076 --theme light"
    );
    let mut window = Running(process::start(&mut clean.command(&script))?);
    let deadline = Instant::now() + OPEN;
    while Instant::now() < deadline {
        if let Some(status) = window.0.try_wait()? {
            bail!("{program} ended with {status}");
        }
        std::thread::sleep(Duration::from_secs(1));
        if colours(picture)? >= COLOURS {
            // What is drawn in steps is complete then.
            std::thread::sleep(Duration::from_secs(2));
            colours(picture)?;
            return Ok(());
        }
    }
    bail!("{program} showed nothing within {OPEN:?}; see {}", picture.display())
}

/// Takes a picture of the screen; how many colours are in it.
fn colours(picture: &Path) -> Result<usize> {
    let mut shot = Command::new("import");
    shot.args(["-display", DISPLAY, "-window", "root"]).arg(picture);
    if !process::status(&mut shot)?.success() {
        // The screen is just starting.
        return Ok(0);
    }
    let mut count = Command::new("identify");
    let output = count.args(["-format", "%k"]).arg(picture).output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0))
}

/// A program that ends with the value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn within(command: &mut Command, limit: Duration) -> Result<()> {
    let status = process::within(command, limit)?;
    let status = status.with_context(|| format!("{command:?} took longer than {limit:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
