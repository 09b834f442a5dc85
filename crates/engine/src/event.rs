//! Owns what the engine says: one event at a time, in the past tense. The shapes here are the lines of `serve --json`.

use crate::clock::Timestamp;
use crate::phone::Phone;
use crate::refusal::Mistake;
use fingerpost_core::pnp::Dialect;
use serde::Serialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct TimedEvent {
    /// When.
    pub time: Timestamp,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// The group is joined on a card.
    Listening {
        /// The card's name.
        interface: String,
        /// Our address on it.
        address: Ipv4Addr,
        /// The group.
        group: Ipv4Addr,
        /// The group's port.
        port: u16,
        /// The port from which answers leave: the group's, where nobody else had it.
        answer_port: u16,
    },
    /// A card changed, or could not be used as wished.
    InterfaceChanged {
        /// The card's name.
        interface: String,
        /// How it stands now.
        state: CardState,
        /// What happened and what to do, in words.
        reason: String,
    },
    /// A phone asked for its URL.
    PhoneAsked {
        /// The card on which it asked.
        interface: String,
        /// Its address and port.
        source: SocketAddr,
        /// Who it is.
        phone: Arc<Phone>,
    },
    /// Its SUBSCRIBE got a final response.
    Answered {
        /// Who.
        phone: Arc<Phone>,
        /// The status.
        status: u16,
        /// The rule that chose it.
        rule: String,
    },
    /// A NOTIFY with a URL went out.
    Notified {
        /// Who.
        phone: Arc<Phone>,
        /// The URL.
        url: String,
        /// The shape of the NOTIFY.
        #[cfg_attr(test, ts(type = "\"rfc\" | \"manual\""))]
        dialect: Dialect,
        /// 1 for the first.
        attempt: u8,
    },
    /// The phone took the NOTIFY.
    Acknowledged {
        /// Who.
        phone: Arc<Phone>,
        /// 200 to 299.
        status: u16,
    },
    /// The phone's answer to the NOTIFY did not come. In the manual's shape that proves nothing.
    Unacknowledged {
        /// Who.
        phone: Arc<Phone>,
    },
    /// The phone refused the NOTIFY.
    Refused {
        /// Who.
        phone: Arc<Phone>,
        /// 300 to 699.
        status: u16,
    },
    /// A phone that does not name its hardware address was known by the link layer once it was answered: by another `id`
    /// from now on.
    Identified {
        /// Who, with the address and its evidence.
        phone: Arc<Phone>,
        /// The `id` that it went by before.
        formerly: String,
    },
    /// A subscription that lasted is over, by its time or the phone's own wish.
    SubscriptionEnded {
        /// Who.
        phone: Arc<Phone>,
    },
    /// A request that was sent to us alone was refused as the RFCs ask, or an OPTIONS answered. At most 8 a second for
    /// each source, 256 in all; beyond that nothing is answered.
    Rejected {
        /// Who sent it.
        source: SocketAddr,
        /// The status of the answer.
        status: u16,
        /// Why.
        reason: String,
    },
    /// A phone was asked to fetch its configuration anew.
    CheckSyncSent {
        /// Who.
        phone: Arc<Phone>,
        /// The value of Event that was sent.
        sent: String,
        /// 1 for the first, one more for each time it was sent again.
        attempt: u8,
        /// What such phones do, where that is not what was asked for.
        remark: Option<String>,
    },
    /// The phone answered that.
    CheckSyncAnswered {
        /// Who.
        phone: Arc<Phone>,
        /// 200 to 699; 200 to 299 says that it takes it.
        status: u16,
    },
    /// The phone did not answer that within five seconds.
    CheckSyncUnanswered {
        /// Who.
        phone: Arc<Phone>,
    },
    /// A message that somebody wrote was sent to a phone, once and as it stands.
    MessageSent {
        /// Who.
        phone: Arc<Phone>,
        /// Tells it from other messages to the phone: its answers have the same.
        #[cfg_attr(test, ts(type = "number"))]
        number: u64,
        /// What it is, in a few words: `NOTIFY`, `200 OK to SUBSCRIBE`; none where it is no SIP message.
        what: Option<String>,
        /// How many bytes.
        bytes: usize,
        /// Whether an answer can come: none does to a response or an ACK.
        wants_answer: bool,
    },
    /// The phone answered that; again, where the answer before was provisional.
    MessageAnswered {
        /// Who.
        phone: Arc<Phone>,
        /// That message's.
        #[cfg_attr(test, ts(type = "number"))]
        number: u64,
        /// 100 to 699.
        status: u16,
        /// The reason phrase, as the phone wrote it; a long one is cut.
        reason: String,
        /// Milliseconds that it took.
        #[cfg_attr(test, ts(type = "number"))]
        ms: u64,
    },
    /// The phone did not answer that within five seconds.
    MessageUnanswered {
        /// Who.
        phone: Arc<Phone>,
        /// That message's.
        #[cfg_attr(test, ts(type = "number"))]
        number: u64,
    },
    /// Datagrams got no answer. Said at most once a second for each source and reason.
    Ignored {
        /// Who sent them: address and port, or `others` where too many sources sent too much to tell them apart.
        source: String,
        /// Why.
        reason: String,
        /// How many since it was last said.
        #[cfg_attr(test, ts(type = "number"))]
        count: u64,
    },
    /// A datagram could not be sent.
    SendFailed {
        /// Where it was to go.
        destination: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// The policy in force is another one now.
    PolicyChanged {
        /// Number of rules.
        rules: usize,
        /// Whether phones are answered.
        answering: bool,
    },
    /// The policy file holds something else now that cannot be followed; the old policy stays in force.
    PolicyRefused {
        /// The file as it was named.
        file: String,
        /// What is wrong, in words.
        reason: String,
        /// Each mistake with its place; none where the file cannot be read.
        mistakes: Vec<Mistake>,
    },
    /// People said something of phones: see their rows.
    PhonesMarked {
        /// Their ids.
        phones: Vec<String>,
        /// What, in words: `adopted`, `tagged "lobby"`.
        what: String,
    },
    /// Phones are forgotten, with everything that they said, because people wanted it.
    PhonesForgotten {
        /// Their ids.
        phones: Vec<String>,
    },
    /// Nothing can be remembered any more; phones are answered all the same. It is tried again every second.
    MemoryFailed {
        /// The database's file.
        file: String,
        /// What the system said.
        reason: String,
    },
    /// What happens is remembered again.
    MemoryMended {
        /// The database's file.
        file: String,
        /// Datagrams that were not written down meanwhile.
        #[cfg_attr(test, ts(type = "number"))]
        lost: u64,
    },
    /// Datagrams came faster than they could be written down. Said at most once a second.
    MemoryBehind {
        /// How many were not written down since it was last said.
        #[cfg_attr(test, ts(type = "number"))]
        lost: u64,
    },
    /// The oldest went to make room. Said at most once a second.
    Forgotten {
        /// The oldest exchanges, because all together took more bytes than are kept.
        #[cfg_attr(test, ts(type = "number"))]
        exchanges: u64,
        /// The phones that were silent longest, because there were more than are kept.
        #[cfg_attr(test, ts(type = "number"))]
        phones: u64,
    },
    /// The engine ended.
    Stopped,
}

impl Event {
    /// Whether it is a step of an exchange that goes as it should, or says that somebody was passed over by choice: what
    /// a log can do without.
    #[must_use]
    pub const fn is_routine(&self) -> bool {
        matches!(
            self,
            Self::PhoneAsked { .. }
                | Self::Answered { .. }
                | Self::Notified { .. }
                | Self::Acknowledged { .. }
                | Self::Identified { .. }
                | Self::SubscriptionEnded { .. }
                | Self::Ignored { .. }
        )
    }
}

/// How a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CardState {
    /// Joined and heard.
    Listening,
    /// Joined; answers leave from another port than the group's, because somebody has that.
    OtherPort,
    /// Not joined: it could not be opened.
    Failed,
    /// Switched off; heard again when it is switched on.
    Down,
    /// Not there (any more); joined once it is.
    Gone,
    /// Not listened on by choice: a tunnel, or none of the wanted cards.
    LeftOut,
}
