//! The steps that build the desktop app and look at windows and pages, with phones on a LAN beside them.

use crate::packages::{self, Needed, Part};
use crate::steps::{Bench, Report, tests};
use crate::tally::Tally;
use crate::{desktop, npm, process, system, wasm_package};
use anyhow::Result;

pub(crate) const PACKAGE: &str = "fingerpost-e2e";

const NEEDED: [Needed; 6] = [
    Needed {
        part: Part::Program("Xvfb"),
        package: "xvfb",
        reason: "is the display on which windows are tested",
    },
    Needed {
        part: Part::Program("xdotool"),
        package: "xdotool",
        reason: "moves windows and presses keys in their questions",
    },
    Needed {
        part: Part::Program("dbus-daemon"),
        package: "dbus-daemon",
        reason: "is the session bus of the tray and the notifications",
    },
    Needed {
        part: Part::Program("WebKitWebDriver"),
        package: "webkit2gtk-driver",
        reason: "clicks and reads in the desktop window",
    },
    Needed {
        part: Part::Program("chromedriver"),
        package: "chromium-driver",
        reason: "clicks and reads in the served page",
    },
    Needed {
        part: Part::Program("chromium"),
        package: "chromium",
        reason: "is the browser in which the pages are tested",
    },
];

/// Builds the desktop app with its pages.
pub(crate) fn build(bench: &Bench) -> Result<Report> {
    match obstacle(bench)? {
        Some(why) => Ok(Report::skipped(why)),
        None => desktop::compile(bench).map(|_| Tally::PASSED.into()),
    }
}

/// Looks at the desktop window and the served page while phones on a LAN ask.
pub(crate) fn test(bench: &Bench) -> Result<Report> {
    let app = bench.target.join("debug").join(desktop::PACKAGE);
    if let Some(why) = obstacle(bench)? {
        return Ok(Report::skipped(why));
    }
    if let Some(why) = packages::provide(&NEEDED, bench.yes)? {
        return Ok(Report::skipped(why));
    }
    let wrapper = match system::namespaces(bench)? {
        Ok(wrapper) => wrapper,
        Err(why) => return Ok(Report::skipped(why)),
    };
    process::succeed(&mut bench.cargo(&["build", "-p", "fingerpost"]))?;
    let mut command = system::on_stage(bench, wrapper, PACKAGE)?;
    tests(command.env("FINGERPOST_DESKTOP", app))
}

/// Why there is no desktop app to look at.
fn obstacle(bench: &Bench) -> Result<Option<String>> {
    if !wasm_package::web_folder(bench).is_dir() {
        return Ok(Some("the wasm package is not built".to_owned()));
    }
    if let Some(why) = npm::provide(bench)? {
        return Ok(Some(why));
    }
    desktop::provide(bench)
}
