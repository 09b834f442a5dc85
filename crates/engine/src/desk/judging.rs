//! Owns what is decided for a phone that asks: the policy in force, what people said of the phone, and the answer that
//! follows. Sends nothing.

use super::Desk;
use crate::dry_run::LastAsked;
use crate::event::Event;
use crate::marks::Adoption;
use crate::phone::Phone;
use crate::view::PhoneState;
use fingerpost_core::Instant;
use fingerpost_core::pnp::{Asked, Decision, Token};
use fingerpost_rules::Outcome;
use std::sync::Arc;

impl Desk {
    /// What the policy in force says to a phone.
    pub(super) fn judge(&self, asked: &Asked) -> Outcome {
        let marks = self.phones.marks(&id_of(asked)).unwrap_or_default();
        self.last_asked(asked).judge(&self.policy, &marks.tags)
    }

    fn last_asked(&self, asked: &Asked) -> LastAsked {
        LastAsked {
            // Its row has the evidence, and no rule looks at it.
            phone: asked.phone.without_evidence(),
            interface: self.card_name(asked.card).to_string(),
            source: asked.source.ip(),
            server: asked.server.ip(),
        }
    }

    /// A phone that is known as well as can be: written down, judged, answered.
    pub(super) fn meet(&mut self, now: Instant, asked: &Asked) {
        let (last_asked, source, token) = (self.last_asked(asked), asked.source, asked.token);
        let interface = last_asked.interface.clone();
        let phone = Arc::new(Phone::new(&asked.phone, Some(source.ip())));
        let marks = self.phones.marks(&phone.id).unwrap_or_default();
        let outcome = last_asked.judge(&self.policy, &marks.tags);
        self.phones.asked(token, self.clock.wall(now), &phone, source, last_asked);
        if marks.adoption == Adoption::Ignored {
            return self.ignored_for_good(now, token);
        }
        let at = self.clock.wall_micros(now);
        self.noted(|journal| {
            journal.met(token, &phone.id);
            journal.decided(at, token, &outcome.decision);
        });
        self.say_of(now, token, |phone| Event::PhoneAsked { interface, source, phone });
        self.phones.change(token, |row| row.rule.clone_from(&outcome.rule));
        self.learn_later(now, asked, &outcome);
        self.responder.decide(now, token, outcome.decision);
    }

    /// Nothing is said to such a phone, nor of it.
    fn ignored_for_good(&mut self, now: Instant, token: Token) {
        let reason = "somebody wants this phone ignored".to_owned();
        self.reached(token, PhoneState::Ignored, Some(reason.clone()));
        self.noted(|journal| journal.dismissed(token));
        self.responder.decide(now, token, Decision::Ignore { reason });
    }
}

/// The name by which the phone is known.
fn id_of(asked: &Asked) -> String {
    asked.phone.id(&asked.source.ip().to_string())
}
