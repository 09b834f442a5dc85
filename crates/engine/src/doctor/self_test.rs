//! Owns the self-test: a SUBSCRIBE of nobody's phone, sent to the group on one card and heard again there.
//!
//! Who asks is a reserved identity: vendor `fingerpost`, and a hardware address of the range for documentation
//! (00-00-5E-00-53-xx, RFC 9542 §2.1.2). It leaves with a TTL of 0, so that no other machine hears it, and accepts no
//! `application/url`, so that a responder on this machine has nothing to answer.

use super::DoctorPlan;
use super::diagnosis::SelfTest;
use crate::random::OsEntropy;
use fingerpost_core::build::BuildError;
use fingerpost_core::{Entropy, HeaderName as H, Request};
use fingerpost_net::GroupProbe;
use std::net::SocketAddrV4;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The reserved hardware address.
const MAC: &str = "00005e005301";

/// Inside one machine it takes less than a millisecond.
const PATIENCE: Duration = Duration::from_secs(2);

/// Sends, hears, and goes on listening as long as the plan says; also how many datagrams of others came.
pub(super) async fn run(probe: &GroupProbe, plan: &DoctorPlan) -> (SelfTest, u32) {
    let message = match subscribe(probe.local_address(), plan.group, &mut OsEntropy) {
        Ok(message) => message,
        Err(error) => return (not_sent(&error.to_string()), 0),
    };
    let begun = Instant::now();
    if let Err(error) = probe.send(&message).await {
        return (not_sent(&error.to_string()), 0);
    }
    let mut ears = Ears { probe, message: &message, others: 0 };
    let test = ears.hear_ourselves(begun).await;
    ears.hear_others(begun + plan.listen).await;
    (test, ears.others)
}

struct Ears<'x> {
    probe: &'x GroupProbe,
    message: &'x [u8],
    others: u32,
}

impl Ears<'_> {
    async fn hear_ourselves(&mut self, begun: Instant) -> SelfTest {
        let silent = |error| SelfTest { sent: true, heard: false, ms: None, error };
        while let Ok(received) = timeout_at(begun + PATIENCE, self.probe.recv()).await {
            match received {
                Ok((_, bytes)) if bytes == self.message => {
                    // Microseconds are as fine as the clock is honest.
                    let ms = (begun.elapsed().as_secs_f64() * 1e6).round() / 1e3;
                    return SelfTest { sent: true, heard: true, ms: Some(ms), error: None };
                }
                Ok(_) => self.others = self.others.saturating_add(1),
                Err(error) => return silent(Some(error.to_string())),
            }
        }
        silent(None)
    }

    async fn hear_others(&mut self, until: Instant) {
        while let Ok(Ok((_, bytes))) = timeout_at(until, self.probe.recv()).await {
            self.others = self.others.saturating_add(u32::from(bytes != self.message));
        }
    }
}

fn not_sent(error: &str) -> SelfTest {
    SelfTest { sent: false, heard: false, ms: None, error: Some(error.into()) }
}

/// What a phone would ask, but for what it accepts.
fn subscribe(
    local: SocketAddrV4,
    group: SocketAddrV4,
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, BuildError> {
    let mut noise = [0; 8];
    entropy.fill(&mut noise);
    let noise = format!("{:016x}", u64::from_ne_bytes(noise));
    let uri = format!("sip:MAC%3a{MAC}@{}", group.ip());
    Request::builder("SUBSCRIBE", &uri)
        .header(H::Via, format!("SIP/2.0/UDP {local};branch=z9hG4bK{noise};rport"))
        .header(H::MaxForwards, "70")
        .header(H::From, format!("<{uri}>;tag={noise}"))
        .header(H::To, format!("<{uri}>"))
        .header(H::CallId, format!("{noise}@{}", local.ip()))
        .header(H::CSeq, "1 SUBSCRIBE")
        .header(H::Contact, format!("<sip:{local}>"))
        .header(
            H::Event,
            "ua-profile;profile-type=\"device\";vendor=\"fingerpost\";model=\"doctor\";version=\"1\"",
        )
        .header(H::Accept, "application/x-fingerpost-self-test")
        .header(H::Expires, "0")
        .header(H::UserAgent, "fingerpost doctor")
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fingerpost_core::{Message, SeededEntropy, check, pnp};

    #[test]
    fn the_self_test_is_a_clean_message_of_a_reserved_identity_that_nobody_has_to_answer() {
        let (local, group) =
            ("192.0.2.7:40000".parse().unwrap(), "224.0.1.75:5060".parse().unwrap());
        let bytes = subscribe(local, group, &mut SeededEntropy::new(1)).unwrap();
        let message = Message::parse(&bytes).unwrap();
        let mut findings = check::check(&message, &check::Context::default());
        findings.retain(|finding| finding.severity > check::Severity::Note);
        let rules: Vec<_> = findings.iter().map(|finding| finding.rule.id).collect();
        assert_eq!(
            rules,
            ["ua-profile.accept.url-missing"],
            "what keeps responders from answering"
        );
        let who = pnp::identify(&message);
        assert_eq!(who.mac.unwrap().to_string(), "00005e005301");
        assert_eq!(who.vendor.as_deref(), Some("fingerpost"));
        assert!(pnp::asking(&message).is_none(), "a responder would list and answer it");
    }
}
