//! Owns what the simulated LAN says of bad networks: the same responder and phones without sockets, on a made-up clock.
//! For machines without namespaces.

use crate::table::Row;
use fingerpost_core::Instant;
use fingerpost_testkit::{Fate, Link, Office, Server, policy};
use std::time::Duration;

const PHONES: u16 = 500;
const URL: &str = "tftp://10.13.4.121";
const PATIENCE: Duration = Duration::from_secs(5);

/// 500 phones at 1 % and at 20 % loss, and why they are not real.
pub(crate) fn rows(why: &str) -> Vec<Row> {
    let mut rows = vec![Row::skipped("phones behind a bad cable", why)];
    for (loss, wanted) in [(10, "all"), (200, "at least 98 %")] {
        let what = format!("simulated LAN (testkit), {} % loss", loss / 10);
        rows.push(Row::new(what, served(loss), wanted));
    }
    rows
}

/// A network that loses, and doubles and reorders 5 % of what it does not lose.
pub(crate) fn bad_link(per_mille: u16) -> Link {
    Link::default()
        .with_loss(per_mille)
        .with_duplicates(50)
        .with_jitter(Duration::from_millis(20))
        .with_reordering(50, Duration::from_millis(80))
}

/// How many phones took the URL within five seconds of their first question.
fn served(per_mille: u16) -> String {
    let mut office = Office::new(1, bad_link(per_mille), Server::new(policy::by_vendor(URL)));
    let phones = match office.add_phones(PHONES, Duration::from_millis(6)) {
        Ok(phones) => phones,
        Err(error) => return format!("broke off: {error}"),
    };
    if let Err(error) = office.lan.run_to_end() {
        return format!("broke off: {error}");
    }
    let log = office.lan.log();
    let is_served = |phone: &&_| {
        let asked = log.asked_ms(**phone).first().copied().unwrap_or_default();
        let until = Instant::from_millis(asked) + PATIENCE;
        log.urls_of(**phone).any(|(at, url)| url == URL && at <= until)
    };
    let lost = log.count(|fate| matches!(fate, Fate::Lost { .. }));
    let doubled = log.count(|fate| matches!(fate, Fate::Duplicated { .. }));
    let served = phones.iter().filter(is_served).count();
    format!(
        "{served} of {PHONES} within 5 s; {lost} datagrams lost, {doubled} doubled, 5 % out of order"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_phones_were_served_and_what_was_lost() {
        let words = served(200);
        let count = words.split(' ').next().and_then(|count| count.parse::<u16>().ok());
        assert!(count.is_some_and(|count| (400..=PHONES).contains(&count)), "{words}");
        assert!(!words.contains(" 0 datagrams lost"), "{words}");
    }
}
