//! Owns what the engine can be told.

use crate::memory::Retention;
use fingerpost_rules::{Mode, PolicyErrors};
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};

/// Something to do, in the imperative.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Command {
    /// Answer phones, or only look.
    SetMode {
        /// Which.
        #[cfg_attr(test, ts(type = "\"answer\" | \"observe\""))]
        mode: Mode,
    },
    /// Send this URL to phones that no rule names; none: they get nothing.
    SetUrl {
        /// The template, as `serve --url` takes it.
        url: Option<String>,
    },
    /// Listen on these cards from now on, by name or address; none: on all that suit.
    SetInterfaces {
        /// Names or addresses.
        interfaces: Vec<String>,
    },
    /// Listen to another group or port from now on. Where no card can be opened for it, nothing changes.
    SetGroup {
        /// A multicast group.
        group: Ipv4Addr,
        /// From 1 on.
        port: u16,
    },
    /// Remember so much from now on; what is too much goes, the oldest first.
    SetRetention {
        /// How much.
        retention: Retention,
    },
    /// Listen on the cards anew: those that could not be opened may be free by now.
    OpenCards,
    /// Follow another policy from now on.
    SetPolicy {
        /// The text of a policy file. One with errors changes nothing.
        policy: String,
    },
    /// Read the policy file again, changed or not. One with errors changes nothing.
    ReloadPolicy,
    /// Ask a phone to fetch its configuration anew: only one that asked, and only while the same device answers at its
    /// address. What it answers is said as an event.
    CheckSync {
        /// The phone's `id`.
        phone: String,
        /// Whether it shall restart for it, where its vendor knows the difference.
        #[serde(default)]
        reboot: bool,
    },
    /// Send a phone a message as it stands, once: only one that asked in this run, and only while the same device answers
    /// at the address that it asked from. What it answers is said as an event.
    Send {
        /// The phone's `id`.
        phone: String,
        /// Where whoever orders it saw the phone: where it is elsewhere by now, nothing is sent. It is sent nowhere else
        /// for that.
        #[serde(default)]
        seen_at: Option<SocketAddr>,
        /// The message, to the byte: a text, or hex digits.
        #[serde(with = "crate::recording::bytes")]
        #[cfg_attr(test, ts(type = "string | { hex: string }"))]
        bytes: Vec<u8>,
    },
    /// These phones are ours.
    Adopt {
        /// Their ids.
        phones: Vec<String>,
    },
    /// Say nothing to these phones whatever the policy says, and nothing of them, until told otherwise.
    Ignore {
        /// Their ids.
        phones: Vec<String>,
    },
    /// These phones are neither ours nor ignored: as if nobody had said anything.
    Release {
        /// Their ids.
        phones: Vec<String>,
    },
    /// Give these phones a tag, which rules can ask for.
    Tag {
        /// Their ids.
        phones: Vec<String>,
        /// At most 100 characters.
        tag: String,
    },
    /// Take a tag from these phones.
    Untag {
        /// Their ids.
        phones: Vec<String>,
        /// The tag.
        tag: String,
    },
    /// Call a phone by a name.
    Name {
        /// Its id.
        phone: String,
        /// At most 100 characters; none: it has no name any more.
        name: Option<String>,
    },
    /// Take back the last change of what was said of phones; then the one before it, and so on.
    Undo,
    /// Forget these phones and everything that they said. There is no way back.
    Forget {
        /// Their ids.
        phones: Vec<String>,
    },
    /// Let a made-up phone ask on one of the cards that are listened on, and go the whole way as a real one would. It has
    /// a hardware address of the range for documentation (00-00-5E-00-53-xx, RFC 9542), and no other machine hears it.
    Simulate {
        /// The card's name; none: the first one.
        #[serde(default)]
        interface: Option<String>,
        /// As whose phone it asks; none: as one of no vendor that there is.
        #[serde(default)]
        vendor: Option<String>,
    },
    /// End.
    Stop,
}

/// A command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The policy has errors; the old one stays in force.
    #[error("{0}")]
    Policy(PolicyErrors),
    /// The URL template has a mistake; the old one stays in force.
    #[error("the URL: {message}")]
    Url {
        /// What is wrong, in words.
        message: String,
        /// Byte offsets of the mistake in the template.
        span: (usize, usize),
    },
    /// No card could be opened, or not each one that was asked for.
    #[error("{0}")]
    Cards(String),
    /// The settings could not be kept, so they were not changed.
    #[error("{0}")]
    Settings(String),
    /// The policy file cannot be read, or there is none; the policy stays in force.
    #[error("{0}")]
    PolicyFile(String),
    /// The policy file cannot be changed like that.
    #[error("{0}")]
    Edit(String),
    /// The phone cannot be asked to fetch anew.
    #[error("{0}")]
    CheckSync(String),
    /// The message cannot be sent to the phone.
    #[error("{0}")]
    Send(String),
    /// No phone can be simulated.
    #[error("{0}")]
    Simulate(String),
    /// No phone with this id has asked, or is remembered.
    #[error("{0:?}: no such phone is known")]
    Unknown(String),
    /// It cannot be said of a phone.
    #[error("{0}")]
    Marking(String),
    /// It could not be written into the memory, so it was not changed.
    #[error("it cannot be remembered, so nothing was changed: {0}")]
    Memory(String),
    /// The memory cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// It cannot be searched for other responders now.
    #[error("{0}")]
    Search(String),
    /// This machine could not be examined in time.
    #[error("{0}")]
    Examination(String),
    /// The backup cannot be taken over.
    #[error("{0}")]
    Backup(String),
    /// The engine has ended.
    #[error("the engine has ended")]
    Ended,
}
