//! Owns how a remembered exchange is told to people: as the events that were said when it happened.

use super::record::{ExchangeRecord, MessageRecord, Step};
use crate::clock::Timestamp;
use crate::event::{Event, TimedEvent};
use crate::phone::Phone;
use crate::recorder::Recorded;
use std::sync::Arc;

/// What happened in `exchange`, which is one of `phone`.
pub(crate) fn timeline(exchange: &ExchangeRecord, phone: &Arc<Phone>) -> Vec<TimedEvent> {
    let asked = Event::PhoneAsked {
        interface: exchange.interface.clone(),
        source: exchange.source,
        phone: phone.clone(),
    };
    let asked = TimedEvent { time: time(exchange.asked_at), event: asked };
    let steps = exchange.steps.iter().map(|step| told(exchange, step, phone.clone()));
    let asked = (!exchange.is_ours()).then_some(asked);
    asked.into_iter().chain(steps).collect()
}

fn told(exchange: &ExchangeRecord, step: &Step, phone: Arc<Phone>) -> TimedEvent {
    let number = exchange.id;
    let (at, event) = match step.clone() {
        Step::Answered { at, status, rule } => (at, Event::Answered { phone, status, rule }),
        Step::Notified { at, dialect, attempt } => {
            let url = exchange.decisions.last().and_then(|decided| decided.url.clone());
            let url = url.unwrap_or_default();
            (at, Event::Notified { phone, url, dialect, attempt })
        }
        Step::Acknowledged { at, status } => (at, Event::Acknowledged { phone, status }),
        Step::Refused { at, status } => (at, Event::Refused { phone, status }),
        Step::Unacknowledged { at } => (at, Event::Unacknowledged { phone }),
        Step::CheckSyncSent { at, sent, attempt, remark } => {
            (at, Event::CheckSyncSent { phone, sent, attempt, remark })
        }
        Step::CheckSyncAnswered { at, status } => (at, Event::CheckSyncAnswered { phone, status }),
        Step::CheckSyncUnanswered { at } => (at, Event::CheckSyncUnanswered { phone }),
        Step::MessageSent { at, what, bytes, wants_answer } => {
            (at, Event::MessageSent { phone, number, what, bytes, wants_answer })
        }
        Step::MessageAnswered { at, status, reason, ms } => {
            (at, Event::MessageAnswered { phone, number, status, reason, ms })
        }
        Step::MessageUnanswered { at } => (at, Event::MessageUnanswered { phone, number }),
        Step::Ended { at } => (at, Event::SubscriptionEnded { phone }),
        Step::Ignored { at, reason } => {
            (at, Event::Ignored { source: exchange.source.to_string(), reason, count: 1 })
        }
    };
    TimedEvent { time: time(at), event }
}

/// The datagram as people look at it.
pub(crate) fn recorded(message: &MessageRecord, interface: &str) -> Recorded {
    Recorded {
        time: time(message.at),
        direction: message.direction,
        peer: message.peer,
        local: (!message.is_multicast).then_some(message.local),
        interface: interface.into(),
        is_multicast: message.is_multicast,
        text: String::from_utf8_lossy(&message.bytes).into_owned(),
    }
}

fn time(micros: i64) -> Timestamp {
    Timestamp::from_millis(micros.div_euclid(1000))
}
