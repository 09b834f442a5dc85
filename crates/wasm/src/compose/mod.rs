//! Owns composing the messages of an exchange, as `fingerpost compose` does it.

use crate::endpoint::socket;
mod answer;
mod capture;
mod command;
mod example;
mod letter;
mod literal;
mod model;
mod preset;
mod renew;
mod sipp;

pub use answer::answer;
pub use capture::capture;
pub use command::{ASKING_FILE, command};
pub use example::example;
pub use letter::Letter;
pub use literal::{c_string, hex_dump, json_string};
pub use model::{Hole, Model, ModelError, fill, holes, models};
pub use preset::{Preset, preset, presets};
pub use renew::renewed;
pub use sipp::{Side, sipp};

use crate::address::via_address;
use crate::{ComposeError, ComposeFields, Composed, Dialect, Field};
use fingerpost_core::pnp::{self, Identity, Mac, PhoneProfile, ReplyFields, Subscriber, profile};
use fingerpost_core::template::{TemplateValues, UrlTemplate};
use fingerpost_core::{Message, SeededEntropy};
use fingerpost_trace::find_messages;
use serde::Serialize;
use std::net::IpAddr;

/// A vendor whose way of asking is known, and what its phones say unless told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Vendor {
    /// Its name.
    pub name: &'static str,
    /// The model.
    pub model: &'static str,
    /// The firmware version.
    pub version: &'static str,
    /// The first half of the hardware address.
    pub oui: String,
}

/// The vendors whose way of asking is known.
pub fn vendors() -> Vec<Vendor> {
    let vendor = |profile: &PhoneProfile| Vendor {
        name: profile.vendor,
        model: profile.model,
        version: profile.version,
        oui: profile.oui.map(|byte| format!("{byte:02x}")).join(":"),
    };
    profile::ALL.iter().map(vendor).collect()
}

/// Writes the messages of an exchange.
///
/// # Errors
/// [`ComposeError`] with the field that is to be changed.
pub fn compose(fields: &ComposeFields) -> Result<Composed, ComposeError> {
    let url = UrlTemplate::parse(&fields.url).map_err(|error| Field::Url.error(&error))?;
    let server = socket(&fields.server, 5060).map_err(|error| Field::Server.error(&error))?;
    let asking = match &fields.reply_to {
        Some(text) => Asking::first_in(text)?,
        None => Asking::of(&fields.caller()?, fields.seed)?,
    };
    let url = url.expand(&asking.values(server.ip())).map_err(|error| Field::Url.error(&error))?;
    let reply_fields = ReplyFields::new(server, url, fields.dialect.into());
    // Other words than the phone's own, which come from the seed itself.
    let mut entropy = SeededEntropy::new(!fields.seed);
    let reply = pnp::reply(&asking.bytes, &reply_fields, &mut entropy);
    let reply = reply.map_err(|error| fields.culprit(error))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Composed {
        subscribe: text(&asking.bytes),
        ok: text(&reply.ok),
        notify: text(&reply.notify),
        acknowledge: text(&answer::acknowledged(&reply.notify, server).unwrap_or_default()),
    })
}

impl From<Dialect> for pnp::Dialect {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Rfc => Self::Rfc,
            Dialect::Manual => Self::Manual,
        }
    }
}

impl ComposeFields {
    /// The phone that the fields describe.
    fn caller(&self) -> Result<Caller, ComposeError> {
        let vendor = given(Some(&self.vendor));
        let model = given(self.model.as_deref());
        let known = vendor.as_deref().and_then(|name| profile::find_model(name, model.as_deref()));
        let profile = known.unwrap_or(profile::generic());
        let local = socket(&self.phone, profile.source_port);
        let mac = given(self.mac.as_deref()).map(|mac| mac.parse()).transpose();
        Ok(Caller {
            profile,
            local: Subscriber::new(local.map_err(|error| Field::Phone.error(&error))?),
            mac: mac.map_err(|error| Field::Mac.error(&error))?,
            named: vendor.filter(|_| known.is_none()),
            model,
            version: given(self.version.as_deref()),
        })
    }

    /// What cannot be answered is the text that was given to be answered.
    fn culprit(&self, error: pnp::ReplyError) -> ComposeError {
        match (error, &self.reply_to) {
            (error @ (pnp::ReplyError::NotSip(_) | pnp::ReplyError::NotAsking(_)), Some(_)) => {
                Field::ReplyTo.error(&error)
            }
            (error, _) => ComposeError::anywhere(&error),
        }
    }
}

/// What was typed; nothing where that is only blanks.
fn given(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(String::from)
}

/// A phone that is to ask.
#[derive(Debug, Clone)]
struct Caller {
    profile: &'static PhoneProfile,
    local: Subscriber,
    mac: Option<Mac>,
    /// The vendor it names, where it is none whose way of asking is known.
    named: Option<String>,
    model: Option<String>,
    version: Option<String>,
}

impl Caller {
    fn subscribe(&self, seed: u64) -> Result<Vec<u8>, ComposeError> {
        let written = self.write([true; 3], seed);
        written.map_err(|error| match self.culprit(seed) {
            Some(field) => field.error(&error),
            None => ComposeError::anywhere(&error),
        })
    }

    /// The value that cannot stand in a message: with it alone, none can be written either.
    fn culprit(&self, seed: u64) -> Option<Field> {
        let alone = [
            (Field::Vendor, [true, false, false]),
            (Field::Model, [false, true, false]),
            (Field::Version, [false, false, true]),
        ];
        let fails =
            |(field, with): (Field, [bool; 3])| self.write(with, seed).is_err().then_some(field);
        alone.into_iter().find_map(fails)
    }

    /// The SUBSCRIBE, with or without vendor, model and version.
    fn write(&self, with: [bool; 3], seed: u64) -> Result<Vec<u8>, impl ToString + use<>> {
        let [named, model, version] = with;
        let phone = self.local.clone().with_product(
            self.named.clone().filter(|_| named),
            self.model.clone().filter(|_| model),
            self.version.clone().filter(|_| version),
        );
        let phone = match self.mac {
            Some(mac) => phone.with_mac(mac),
            None => phone,
        };
        self.profile.subscribe(&phone, &mut SeededEntropy::new(seed))
    }
}

/// A phone's SUBSCRIBE and who sent it.
#[derive(Debug)]
struct Asking {
    bytes: Vec<u8>,
    phone: Identity,
    /// What the phone itself says its address is.
    address: Option<IpAddr>,
}

impl Asking {
    /// The first phone that asks in `text`.
    fn first_in(text: &str) -> Result<Self, ComposeError> {
        let found = find_messages(text.as_bytes());
        let asking = found.into_iter().find_map(|found| Self::read(found.bytes));
        asking.ok_or_else(|| {
            Field::ReplyTo.error(
                &"no phone asks in this text: a SUBSCRIBE with Event ua-profile that takes application/url is needed",
            )
        })
    }

    /// `caller`'s SUBSCRIBE. What it says of itself is completed by what is known of it.
    fn of(caller: &Caller, seed: u64) -> Result<Self, ComposeError> {
        let asking = Self::read(caller.subscribe(seed)?);
        let mut asking = asking.ok_or_else(|| {
            ComposeError::anywhere(&"the SUBSCRIBE of these values cannot be read back")
        })?;
        let (vendor, profile) = (caller.named.as_deref(), caller.profile.vendor);
        let claimed = Identity::claimed(
            caller.mac,
            Some(vendor.unwrap_or(profile)),
            caller.model.as_deref(),
            caller.version.as_deref(),
        );
        let phone = &mut asking.phone;
        phone.mac = phone.mac.or(claimed.mac);
        phone.vendor = phone.vendor.take().or(claimed.vendor);
        phone.model = phone.model.take().or(claimed.model);
        phone.version = phone.version.take().or(claimed.version);
        Ok(asking)
    }

    fn read(bytes: Vec<u8>) -> Option<Self> {
        let message = Message::parse(&bytes).ok()?;
        let (phone, address) = (pnp::asking(&message)?, via_address(&message));
        Some(Self { bytes, phone, address })
    }

    fn values(&self, server: IpAddr) -> TemplateValues<'_> {
        TemplateValues {
            phone: &self.phone,
            server: Some(server),
            interface: None,
            source: self.address,
        }
    }
}
