//! Repeated requests, lost and refused acknowledgements.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::manual_subscribe;
use fingerpost_system_tests::office::{Office, PHONE};
use fingerpost_system_tests::phone::{PATIENCE, Phone};
use fingerpost_system_tests::serve::{SOON, named};
use std::time::Duration;

const QUIET: Duration = Duration::from_millis(700);

/// When a NOTIFY is sent that nobody acknowledges.
const SCHEDULE: [f64; 4] = [0.0, 0.5, 1.5, 3.5];

/// Packets may lie this much closer together than they were sent. How late a busy machine may be is not judged: the
/// exact times are tested on a made-up clock.
const TOLERANCE: f64 = 0.1;

/// RFC 3261's limit for an answer to a request, 64 times T1, and a little more.
const LAST_MOMENT: Duration = Duration::from_secs(35);

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_repeated_subscribe_gets_the_same_200_and_no_second_notify() -> Result<()> {
    for dialect in ["rfc", "manual"] {
        let office = Office::open()?;
        let mut serve = office.serve_in_dialect(dialect)?;
        let phone = office.phone()?;
        let question = manual_subscribe(PHONE)?;
        phone.ask(&question)?;
        let first = phone.answers()?;
        phone.reply(&first.notify, "200 OK")?;
        serve.wait_for("acknowledged", |_| true, SOON)?;
        phone.ask(&question)?;
        let again = phone.hear_one(false, PATIENCE)?;
        assert_eq!(again.text(), first.ok.text(), "{dialect}");
        phone.stay_unheard(QUIET)?;
        let events = serve.stop()?;
        assert_eq!(named(&events, "notified").len(), 1, "{dialect}: {events:#?}");
    }
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_lost_acknowledgement_is_said() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve_in_dialect("rfc")?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let times = hear_notify_repeated(&phone)?;
    eprintln!("NOTIFY at {times:.2?} s");
    for (time, due) in times.iter().zip(SCHEDULE) {
        assert!(*time >= due - TOLERANCE, "{times:?}");
    }
    serve.wait_for("unacknowledged", |_| true, LAST_MOMENT)?;
    phone.stay_unheard(QUIET)?;
    serve.stop()?;
    Ok(())
}

/// The seconds after the first at which the same bytes came.
fn hear_notify_repeated(phone: &Phone) -> Result<Vec<f64>> {
    let first = phone.hear_one(true, PATIENCE)?;
    let mut times = vec![0.0];
    while times.len() < SCHEDULE.len() {
        let next = phone.hear_one(true, PATIENCE)?;
        assert_eq!(next.text(), first.text(), "a repeated NOTIFY must be the same");
        times.push((next.at - first.at).as_secs_f64());
    }
    Ok(times)
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_refused_notify_is_said_and_not_repeated() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve_in_dialect("rfc")?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "481 Subscription does not exist")?;
    assert_eq!(serve.wait_for("refused", |_| true, SOON)?["status"], 481);
    phone.stay_unheard(QUIET)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn in_dialect_auto_a_refused_notify_is_followed_by_one_in_the_other() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve_in_dialect("auto")?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "481 Subscription does not exist")?;
    let second = phone.hear_one(true, PATIENCE)?;
    assert!(answers.notify.text().contains("\r\nMax-Forwards: 70\r\n"), "the first is no rfc");
    assert!(second.text().contains("\r\nMax-Forwards: 20\r\n"), "the second is no manual");
    phone.reply(&second, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;
    phone.stay_unheard(QUIET)?;
    serve.stop()?;
    Ok(())
}
