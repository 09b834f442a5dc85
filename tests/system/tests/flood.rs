//! A million datagrams of noise and forgeries beside a hundred phones: the phones are served, nobody else hears of it,
//! and nothing grows without bound.

#![cfg(target_os = "linux")]

use anyhow::{Result, bail};
use fingerpost_system_tests::flood;
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::serve::named;

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_million_datagrams_of_garbage_keep_no_phone_from_its_url() -> Result<()> {
    let mut office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let outcome = flood::pour(&mut office)?;
    if let Some(first) = outcome.unserved.first() {
        bail!("{} phones are without a URL: {first:#}", outcome.unserved.len());
    }
    // Eight refusals a second for one address, and a window more at either end.
    let (heard, seconds) = (outcome.heard, usize::try_from(outcome.took.as_secs())?);
    assert!(heard <= 8 * (seconds + 2), "{heard} refusals in {seconds} s");
    let memory = serve.peak_memory()?;
    assert!(memory < 100 << 20, "{memory} bytes at the most");
    let events = serve.stop()?;
    let said = named(&events, "ignored").len() + named(&events, "rejected").len();
    // Twenty sources, half a dozen reasons, each once a second, at its beginning and its end.
    assert!(said < 20 * 6 * 2 * (seconds + 2), "{said} lines about the flood in {seconds} s");
    eprintln!("{heard} refusals, {} MB, {said} lines in {seconds} s", memory >> 20);
    Ok(())
}
