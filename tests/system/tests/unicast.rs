//! What is sent to the server alone, and subscriptions that last: as the RFCs ask, over the wire.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::{
    manual_subscribe, refreshed, replaced, with_header, without,
};
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::{PATIENCE, Phone};
use fingerpost_system_tests::serve::SOON;
use fingerpost_system_tests::sip::{Sip, parameter};
use std::net::SocketAddr;
use std::time::Duration;

const QUIET: Duration = Duration::from_millis(700);

fn server() -> SocketAddr {
    SocketAddr::from(([10, 13, 4, 121], 5060))
}

/// The message that is sent, and what it is refused with: the first line and a header.
type Case = (Vec<u8>, &'static str, (&'static str, &'static str));

fn refused() -> Result<Vec<Case>> {
    let asked = manual_subscribe(PHONE)?;
    let method = |name: &str| replaced(&asked, "SUBSCRIBE", name);
    Ok(vec![
        (
            replaced(&asked, "ua-profile", "presence")?,
            "489 Bad Event",
            ("Allow-Events", "ua-profile"),
        ),
        (without(&asked, "Event")?, "489 Bad Event", ("Allow-Events", "ua-profile")),
        (with_header(&asked, "Require: tea")?, "420 Bad Extension", ("Unsupported", "tea")),
        (
            replaced(&asked, "application/url", "text/plain")?,
            "406 Not Acceptable",
            ("CSeq", "1 SUBSCRIBE"),
        ),
        (replaced(&asked, "Length: 0", "Length: 9")?, "400 Bad Request", ("CSeq", "1 SUBSCRIBE")),
        (method("INVITE")?, "405 Method Not Allowed", ("Allow", "SUBSCRIBE, OPTIONS")),
        (method("BREW")?, "501 Not Implemented", ("Allow", "SUBSCRIBE, OPTIONS")),
        (method("OPTIONS")?, "200 OK", ("Allow-Events", "ua-profile")),
    ])
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn what_is_sent_to_the_server_alone_is_refused_aloud_and_to_the_group_in_silence() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve_in_dialect("rfc")?;
    let phone = office.phone()?;
    for (bytes, first, (header, value)) in refused()? {
        phone.ask(&bytes)?;
        phone.stay_unheard(Duration::from_millis(100))?;
        phone.send(&bytes, server())?;
        let answer = phone.hear_one(false, PATIENCE)?;
        assert_eq!(answer.from, server());
        let answer = Sip::read(&answer.bytes)?;
        assert_eq!(answer.start, format!("SIP/2.0 {first}"));
        assert_eq!(answer.only(header)?, value, "{first}");
        assert!(parameter(answer.only("To")?, "tag").is_some(), "{first}");
        let status: u16 = first[..3].parse()?;
        serve.wait_for("rejected", |event| event["status"] == status, SOON)?;
    }
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_that_asks_the_server_alone_gets_its_url() -> Result<()> {
    let office = Office::open()?;
    let serve = office.serve_in_dialect("rfc")?;
    let phone = office.phone()?;
    phone.send(&manual_subscribe(PHONE)?, server())?;
    let answers = phone.answers()?;
    assert!(answers.notify.text().ends_with(&format!("\r\n\r\ntftp://{SERVER}")));
    phone.reply(&answers.notify, "200 OK")?;
    serve.stop()?;
    Ok(())
}

fn subscribed(phone: &Phone, asked: &[u8]) -> Result<(Vec<u8>, Sip)> {
    phone.ask(asked)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "200 OK")?;
    Ok((answers.ok.bytes, Sip::read(&answers.notify.bytes)?))
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_subscription_is_refreshed_and_ended_by_the_phone() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve_in_dialect("rfc")?;
    let phone = office.phone()?;
    let asked = replaced(&manual_subscribe(PHONE)?, "Expires: 0", "Expires: 2")?;
    let (ok, first) = subscribed(&phone, &asked)?;
    assert_eq!(first.only("Subscription-State")?, "active;expires=2");

    phone.send(&refreshed(&asked, &ok, 2, 600)?, server())?;
    let granted = phone.answers()?;
    assert_eq!(Sip::read(&granted.ok.bytes)?.only("Expires")?, "600");
    let notify = Sip::read(&granted.notify.bytes)?;
    assert_eq!(notify.only("Subscription-State")?, "active;expires=600");
    assert_eq!(notify.only("From")?, first.only("From")?);
    phone.reply(&granted.notify, "200 OK")?;

    phone.send(&refreshed(&asked, &ok, 3, 0)?, server())?;
    let ended = phone.answers()?;
    assert_eq!(Sip::read(&ended.ok.bytes)?.only("Expires")?, "0");
    let last = Sip::read(&ended.notify.bytes)?;
    assert_eq!(last.only("Subscription-State")?, "terminated;reason=timeout");
    assert!(last.body.is_empty());
    phone.reply(&ended.notify, "200 OK")?;
    serve.wait_for("subscription_ended", |_| true, SOON)?;

    phone.send(&refreshed(&asked, &ok, 4, 600)?, server())?;
    let late = phone.hear_one(false, PATIENCE)?;
    assert!(late.text().starts_with("SIP/2.0 481 "), "{}", late.text());
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_subscription_whose_time_is_over_ends_with_a_last_notify() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve_in_dialect("rfc")?;
    let phone = office.phone()?;
    let asked = replaced(&manual_subscribe(PHONE)?, "Expires: 0", "Expires: 2")?;
    let (_, first) = subscribed(&phone, &asked)?;
    let last = phone.hear_one(true, PATIENCE)?;
    phone.reply(&last, "200 OK")?;
    let last = Sip::read(&last.bytes)?;
    assert_eq!(last.only("Subscription-State")?, "terminated;reason=timeout");
    assert_eq!(last.only("Call-ID")?, first.only("Call-ID")?);
    assert!(last.body.is_empty());
    serve.wait_for("subscription_ended", |_| true, SOON)?;
    phone.stay_unheard(QUIET)?;
    serve.stop()?;
    Ok(())
}
