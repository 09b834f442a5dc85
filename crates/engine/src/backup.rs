//! Owns everything in one file: settings, policy, and what people said of phones, to take to another machine or to keep.
//! Knows no disk; what was said by phones is not in it.

use crate::clock::Timestamp;
use crate::command::CommandError;
use crate::marks::{Adoption, Marking};
use crate::phone::Phone;
use crate::settings::Settings;
use crate::view::{PhoneRow, PhoneState};
use crate::written::Written;
use fingerpost_core::pnp::Mac;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// Settings, policy and phones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Backup {
    /// The format's number: 1.
    pub fingerpost_backup: u32,
    /// What is kept between two runs.
    pub settings: Settings,
    /// The text of the policy file; none where none is followed.
    pub policy: Option<String>,
    /// The phones.
    pub phones: Vec<BackedUpPhone>,
}

/// A phone with what people said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BackedUpPhone {
    /// Stable for the phone: its MAC, else a hash of what is known.
    pub id: String,
    /// 12 lower-case hex digits.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub mac: Option<Mac>,
    /// Canonical lower-case vendor name.
    pub vendor: Option<String>,
    /// As the phone said it.
    pub model: Option<String>,
    /// As the phone said it.
    pub version: Option<String>,
    /// Where it asked from last.
    pub source: SocketAddr,
    /// The card on which it asked last.
    pub interface: String,
    /// When it first asked.
    pub first_asked: Timestamp,
    /// When it last asked.
    pub last_asked: Timestamp,
    /// How often it asked.
    #[cfg_attr(test, ts(type = "number"))]
    pub asked: u64,
    /// What people call it.
    pub name: Option<String>,
    /// Tags that people gave it.
    pub tags: Vec<String>,
    /// Whether people took it in, or want nothing to do with it.
    pub adoption: Adoption,
}

/// What came of taking a backup over, or what would come of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Restored {
    /// Whether it was done, and not only tried.
    pub done: bool,
    /// Phones that were not known.
    pub new_phones: usize,
    /// Phones that are known and of which the backup says other things.
    pub changed_phones: usize,
    /// Settings that become others, in words: `mode: answer, not observe`.
    pub settings: Vec<String>,
    /// The policy file that becomes another one, or is begun.
    pub policy_file: Option<String>,
    /// What is not taken over and why, in words.
    pub left_out: Vec<String>,
}

impl Backup {
    const FORMAT: u32 = 1;
    const MOST_PHONES: usize = 100_000;

    pub(crate) fn new(settings: Settings, policy: Option<String>, rows: &[PhoneRow]) -> Self {
        let real = rows.iter().filter(|row| !row.is_simulated);
        let phones = real.map(BackedUpPhone::of).collect();
        Self { fingerpost_backup: Self::FORMAT, settings, policy, phones }
    }

    /// The backup in a file's text.
    ///
    /// # Errors
    /// [`CommandError::Backup`]: it is none, or holds what cannot be taken over.
    pub fn parse(text: &str) -> Result<Self, CommandError> {
        let wrong = |error: serde_json::Error| {
            CommandError::Backup(format!("this is no backup of Fingerpost: {error}"))
        };
        let backup: Self = serde_json::from_str(text).map_err(wrong)?;
        backup.check().map_err(CommandError::Backup)?;
        Ok(backup)
    }

    /// As a file's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    fn check(&self) -> Result<(), String> {
        if self.fingerpost_backup != Self::FORMAT {
            return Err(format!(
                "a newer Fingerpost made this backup (format {}; this one knows {})",
                self.fingerpost_backup,
                Self::FORMAT
            ));
        }
        if self.phones.len() > Self::MOST_PHONES {
            return Err(format!("it holds more than {} phones", Self::MOST_PHONES));
        }
        self.settings.check()?;
        self.phones.iter().try_for_each(|phone| {
            phone.check().map_err(|words| format!("phone {:?}: {words}", phone.id))
        })
    }

    pub(crate) fn rows(&self) -> Vec<PhoneRow> {
        self.phones.iter().map(BackedUpPhone::row).collect()
    }
}

impl BackedUpPhone {
    fn of(row: &PhoneRow) -> Self {
        let (phone, row) = (Phone::clone(&row.phone), row.clone());
        Self {
            id: phone.id,
            mac: phone.mac,
            vendor: phone.vendor,
            model: phone.model,
            version: phone.version,
            source: row.source,
            interface: row.interface,
            first_asked: row.first_asked,
            last_asked: row.last_asked,
            asked: row.asked,
            name: row.name,
            tags: row.tags,
            adoption: row.adoption,
        }
    }

    /// Whether people say other things of the phone here.
    pub(crate) fn says_otherwise(&self, row: &PhoneRow) -> bool {
        (&self.name, &self.tags, self.adoption) != (&row.name, &row.tags, row.adoption)
    }

    fn check(&self) -> Result<(), String> {
        match self.mac {
            Some(mac) if mac.to_string() != self.id => {
                return Err(format!("its id is not its MAC, {mac}"));
            }
            None if self.id.is_empty() => return Err("it has no id".into()),
            _ => {}
        }
        let tags = self.tags.iter().cloned().map(Marking::Tag);
        let name = Marking::Name(self.name.clone());
        let marks = tags.chain([name]).try_fold(crate::marks::Marks::default(), |marks, said| {
            said.check()?;
            said.applied(&marks)
        });
        marks.map(|_| ())
    }

    fn row(&self) -> PhoneRow {
        let phone = Phone {
            id: self.id.clone(),
            mac: self.mac,
            vendor: self.vendor.clone(),
            model: self.model.clone(),
            version: self.version.clone(),
            address: Some(self.source.ip().to_string()),
            evidence: [].into(),
            written: Written::default(),
        };
        PhoneRow {
            phone: phone.into(),
            source: self.source,
            interface: self.interface.clone(),
            first_asked: self.first_asked,
            last_asked: self.last_asked,
            asked: self.asked,
            notified: 0,
            state: PhoneState::Asked,
            rule: None,
            url: None,
            dialect: None,
            reason: Some("known from a backup; it has not asked here yet".into()),
            name: self.name.clone(),
            tags: self.tags.clone(),
            adoption: self.adoption,
            is_remembered: true,
            is_simulated: false,
            server: None,
            also_at: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: &str = r#"{"id": "000413a27c10", "mac": "000413a27c10", "vendor": "snom", "model": null, "version": null,
        "source": "192.0.2.7:5060", "interface": "eth0", "first_asked": "2026-01-02T03:04:05.678Z",
        "last_asked": "2026-01-02T03:04:06.000Z", "asked": 3, "name": "Lobby", "tags": ["first floor"], "adoption": "adopted"}"#;

    fn backup(phone: &str) -> String {
        format!(
            r#"{{"fingerpost_backup": 1, "settings": {{"mode": "answer"}}, "policy": null, "phones": [{phone}]}}"#
        )
    }

    #[test]
    fn what_was_written_is_read_again() {
        let read = Backup::parse(&backup(PHONE)).unwrap();
        assert_eq!(Backup::parse(&read.to_text()).unwrap(), read);
        let row = &read.rows()[0];
        assert_eq!(row.first_asked.to_string(), "2026-01-02T03:04:05.678Z");
        assert_eq!((row.name.as_deref(), row.adoption), (Some("Lobby"), Adoption::Adopted));
        assert_eq!(Backup::new(read.settings.clone(), None, &read.rows()), read);
    }

    #[test]
    fn a_backup_with_a_mistake_is_refused_and_the_mistake_named() {
        let refused = |text: &str| Backup::parse(text).unwrap_err().to_string();
        assert!(refused("mode = 1").contains("no backup of Fingerpost"));
        assert!(
            refused(&backup(PHONE).replace(r#"backup": 1"#, r#"backup": 2"#)).contains("newer")
        );
        let twin = PHONE.replacen("000413a27c10", "000413a27c11", 1);
        assert!(refused(&backup(&twin)).contains("not its MAC"), "{}", refused(&backup(&twin)));
        let blank = PHONE.replace("first floor", " ");
        assert!(refused(&backup(&blank)).contains("a tag is not empty"));
        let group = backup(PHONE).replace(r#""mode""#, r#""group": "10.0.0.1", "mode""#);
        assert!(refused(&group).contains("no multicast group"));
    }
}
