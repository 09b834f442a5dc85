//! Owns writing a phone's SUBSCRIBE after its profile.

use super::{PhoneProfile, Rport, Subscriber};
use crate::build::{BuildError, MessageBuilder, quoted};
use crate::message::{HeaderName as H, Request};
use crate::pnp::Mac;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

const ALLOWED: &str =
    "INVITE, ACK, OPTIONS, CANCEL, BYE, SUBSCRIBE, NOTIFY, INFO, REFER, UPDATE, MESSAGE";

/// A SUBSCRIBE in the making.
pub(super) struct Draft<'x> {
    pub(super) profile: &'x PhoneProfile,
    pub(super) phone: &'x Subscriber,
    pub(super) mac: Mac,
    /// Made up: branch, tag and Call-ID are cut out of it.
    pub(super) noise: String,
}

impl Draft<'_> {
    pub(super) fn write(&self) -> Result<Vec<u8>, BuildError> {
        let order = self.profile.order.iter();
        let builder = Request::builder("SUBSCRIBE", &self.uri());
        let bytes = order.fold(builder, |builder, name| self.header(builder, *name)).build()?;
        Ok(if self.profile.tight_event { tighten_event(&bytes) } else { bytes })
    }

    fn fill(&self, pattern: &str, quote: fn(&str) -> String) -> String {
        let or = |own: &Option<String>, default: &str| {
            own.clone().unwrap_or_else(|| default.to_string())
        };
        pattern
            .replace("{mac}", &self.mac.to_string())
            .replace("{MAC}", &format!("{:X}", self.mac))
            .replace("{ma:c}", &parted(self.mac))
            .replace("{vendor}", &quote(&or(&self.phone.vendor, self.profile.vendor)))
            .replace("{model}", &quote(&or(&self.phone.model, self.profile.model)))
            .replace("{version}", &quote(&or(&self.phone.version, self.profile.version)))
    }

    /// `sip:MAC%3a…@224.0.1.75`; the manual's phones write the group with its port and nothing before it.
    fn uri(&self) -> String {
        match self.profile.user {
            "" => format!("sip:{}", self.phone.group),
            user => format!("sip:{}@{}", self.fill(user, str::to_string), self.host()),
        }
    }

    fn host(&self) -> String {
        match self.profile.host {
            "" => self.phone.group.ip().to_string(),
            host => host.to_string(),
        }
    }

    fn contact(&self) -> String {
        let local = self.phone.local;
        match self.profile.user {
            "" => format!("<{}>", self.own_uri()),
            user if self.profile.has_contact_user => {
                format!("<sip:{}@{local}>", self.fill(user, str::to_string))
            }
            _ => format!("<sip:{local}>"),
        }
    }

    fn via(&self) -> String {
        let via = format!("SIP/2.0/UDP {}", self.phone.local);
        let branch = if self.profile.has_branch {
            format!(";branch=z9hG4bK{}", self.noise)
        } else {
            String::new()
        };
        match self.profile.rport {
            Rport::Absent => via + &branch,
            Rport::First => via + ";rport" + &branch,
            Rport::Last => via + &branch + ";rport",
        }
    }

    fn own_uri(&self) -> String {
        match self.profile.user {
            "" => format!("sip:00000001@{}", self.phone.local),
            _ if !self.profile.from_user.is_empty() => {
                format!("sip:{}@{}", self.profile.from_user, self.phone.local.ip())
            }
            _ => self.uri(),
        }
    }

    fn header(&self, builder: MessageBuilder, name: H) -> MessageBuilder {
        match name {
            H::UserAgent => builder.header(name, self.fill(self.profile.agent, str::to_string)),
            H::Event => builder.header(name, self.fill(self.profile.event, quoted)),
            _ => builder.header(name, self.value(name)),
        }
    }

    fn value(&self, name: H) -> String {
        let local = self.phone.local;
        match name {
            H::Via => self.via(),
            H::From if !self.profile.has_from_tag => format!("<{}>", self.own_uri()),
            H::From => format!("<{}>;tag={}", self.own_uri(), &self.noise[..8]),
            H::To => format!("<{}>", self.uri()),
            H::CallId => format!("{}@{}", self.noise, local.ip()),
            H::CSeq => format!("{} SUBSCRIBE", self.profile.cseq),
            H::Contact => self.contact(),
            H::MaxForwards => "70".to_string(),
            H::Expires => "0".to_string(),
            H::Accept => "application/url".to_string(),
            H::Supported => self.profile.supported.to_string(),
            H::Allow => ALLOWED.to_string(),
            _ => String::new(),
        }
    }
}

/// `80:5e:c0:…`
fn parted(mac: Mac) -> String {
    mac.bytes().map(|byte| format!("{byte:02x}")).join(":")
}

/// `Event:ua-profile`, as PLANET phones write it (legal by RFC 3261 §7.3.1).
fn tighten_event(bytes: &[u8]) -> Vec<u8> {
    match memchr::memmem::find(bytes, b"\r\nEvent: ") {
        Some(at) => [&bytes[..at + 8], &bytes[at + 9..]].concat(),
        None => bytes.to_vec(),
    }
}
