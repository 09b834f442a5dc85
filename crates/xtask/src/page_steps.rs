//! The steps that build the public page and test it.

use crate::packages::{self, Needed, Part};
use crate::runner::Runner;
use crate::steps::{Bench, Report, count};
use crate::tally::Tally;
use crate::{npm, process, wasm_package, web};
use anyhow::Result;

/// What the first load may weigh, packed.
const LIMIT: usize = 350_000;

/// A browser that dies is no failure of a page. What passes at its second try only is named at the end of everything.
const TWICE: [&str; 2] = ["--", "--retries=1"];

const CHROMIUM: Needed = Needed {
    part: Part::Program("chromium"),
    package: "chromium",
    reason: "is the browser in which the pages are tested",
};

/// Types first, because a wrong one explains a failed test.
pub(crate) fn check(bench: &Bench) -> Result<Report> {
    if let Some(why) = obstacle(bench)? {
        return Ok(Report::skipped(why));
    }
    let types = npm::script(bench, "check").status()?;
    let tally = if types.success() { Tally::PASSED } else { Tally::FAILED };
    let mut tests = npm::script(bench, "test");
    let mut report = count(&mut tests, &mut std::io::stdout(), Runner::VITEST)?;
    report.tally += tally;
    Ok(report)
}

/// Builds the page; one that weighs too much has failed.
pub(crate) fn build(bench: &Bench) -> Result<Report> {
    if let Some(why) = obstacle(bench)? {
        return Ok(Report::skipped(why));
    }
    let mut page = web::build(bench)?;
    page.files.push(web::build_single(bench)?.1);
    web::print(&page);
    if page.first_load.gzip > LIMIT {
        println!("the first load weighs more than {LIMIT} bytes");
        return Ok(Tally::FAILED.into());
    }
    Ok(Tally::PASSED.into())
}

/// Tests the built page as people use it.
pub(crate) fn browse(bench: &Bench) -> Result<Report> {
    if let Some(why) = obstacle(bench)? {
        return Ok(Report::skipped(why));
    }
    if let Some(why) = packages::provide(&[CHROMIUM], bench.yes)? {
        return Ok(Report::skipped(why));
    }
    let mut tests = npm::script(bench, "e2e");
    tests.args(TWICE);
    count(&mut tests, &mut std::io::stdout(), Runner::PLAYWRIGHT)
}

/// Tests the pages that a running server shows, in a browser, with simulated phones on loopback.
pub(crate) fn browse_served(bench: &Bench) -> Result<Report> {
    if let Some(why) = obstacle(bench)? {
        return Ok(Report::skipped(why));
    }
    if let Some(why) = packages::provide(&[CHROMIUM], bench.yes)? {
        return Ok(Report::skipped(why));
    }
    process::succeed(&mut npm::script(bench, "build:app"))?;
    // The binary carries the pages: it is built after them.
    process::succeed(&mut bench.cargo(&["build", "--quiet", "-p", "fingerpost"]))?;
    let mut tests = npm::script(bench, "e2e:app");
    tests.args(TWICE).env("FINGERPOST_BIN", bench.target.join("debug/fingerpost"));
    count(&mut tests, &mut std::io::stdout(), Runner::PLAYWRIGHT)
}

fn obstacle(bench: &Bench) -> Result<Option<String>> {
    if !wasm_package::web_folder(bench).is_dir() {
        return Ok(Some("the wasm package is not built".to_owned()));
    }
    npm::provide(bench)
}
