//! The exchange that the AudioCodes manual prints, over a real LAN.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::corpus;
use fingerpost_system_tests::office::{Office, SERVER};
use std::path::Path;

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn the_manuals_exchange_is_answered_byte_for_byte() -> Result<()> {
    let office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let phone = office.phone()?;
    let asked = phone.ask(&corpus("manual/subscribe.sip")?)?;
    let answers = phone.answers()?;
    eprintln!(
        "200 after {:?}, NOTIFY after {:?}",
        answers.ok.at - asked,
        answers.notify.at - asked
    );
    for (heard, file) in [(&answers.ok, "200-ok.sip"), (&answers.notify, "notify.sip")] {
        let printed = corpus(&format!("manual/{file}"))?;
        assert_eq!(heard.text(), String::from_utf8_lossy(&printed), "{file}");
        assert_eq!(heard.bytes, printed, "{file}");
        assert_eq!(heard.from.to_string(), format!("{SERVER}:5060"), "{file}");
    }
    serve.stop()?;
    Ok(())
}

#[test]
fn the_corpus_holds_the_manuals_own_bytes() -> Result<()> {
    for (file, length) in [("subscribe.sip", 579), ("200-ok.sip", 368), ("notify.sip", 565)] {
        let ours = corpus(&format!("manual/{file}"))?;
        assert_eq!(ours.len(), length, "{file}");
        assert!(ours.windows(2).any(|two| two == b"\r\n"), "{file} has lost its CRLF");
        // The transcript of the manual is not ours to keep.
        if let Some(folder) = std::env::var_os("FINGERPOST_MANUAL") {
            assert_eq!(ours, std::fs::read(Path::new(&folder).join(file))?, "{file}");
        }
    }
    Ok(())
}
