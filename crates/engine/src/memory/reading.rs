//! Owns what is read from the database. A row that holds what was never written here (somebody edited it) is passed over.

use super::database::Database;
use super::record::{ExchangeRecord, LearnedRecord, MessageRecord};
use super::text::{of_json, of_word};
use crate::clock::Timestamp;
use crate::phone::Phone;
use crate::simulation::is_simulated;
use crate::view::{PhoneRow, PhoneState};
use crate::written::Written;
use rusqlite::{Row, params};
use std::str::FromStr;

const PHONES: &str =
    "SELECT id, mac, vendor, model, version, evidence, source, interface, server, first_asked,
        last_asked, asked, notified, state, rule, url, dialect, reason, name, tags, adoption
    FROM phone ORDER BY name IS NULL AND tags = '[]' AND adoption = 'new', last_asked DESC";

const EXCHANGES: &str =
    "SELECT id, phone, asked_at, interface, source, server, is_refresh, decisions, learned, entropy, steps,
        state, status, reason, lost
    FROM exchange WHERE phone = ?1 ORDER BY id DESC LIMIT ?2";

const MESSAGES: &str = "SELECT exchange, at, direction, local, peer, is_multicast, bytes, caused_at
    FROM message WHERE exchange = ?1 ORDER BY rowid";

impl Database {
    /// The phones: first those of which people said something, then the one that asked last.
    pub(crate) fn phones(&self) -> rusqlite::Result<Vec<PhoneRow>> {
        self.all(PHONES, [], phone)
    }

    /// The latest exchanges of a phone, the latest first.
    pub(crate) fn exchanges(&self, id: &str, most: u32) -> rusqlite::Result<Vec<ExchangeRecord>> {
        self.all(EXCHANGES, params![id, most], exchange)
    }

    /// The datagrams of an exchange, in the order in which they came and went.
    pub(crate) fn messages(&self, exchange: u64) -> rusqlite::Result<Vec<MessageRecord>> {
        self.all(MESSAGES, [exchange], message)
    }

    /// What was learned, the latest last.
    pub(crate) fn learned(&self) -> rusqlite::Result<Vec<LearnedRecord>> {
        let sql = "SELECT vendor, model, version, dialect, at FROM learned ORDER BY at";
        self.all(sql, [], learned)
    }

    /// The greatest number of an exchange; 0 where there is none.
    pub(crate) fn last_exchange(&self) -> rusqlite::Result<u64> {
        let sql = "SELECT coalesce(max(id), 0) FROM exchange";
        self.connection.query_row(sql, [], |row| row.get(0))
    }

    /// The bytes of all datagrams.
    pub(crate) fn size(&self) -> rusqlite::Result<u64> {
        let sql = "SELECT coalesce(sum(length(bytes)), 0) FROM message";
        self.connection.query_row(sql, [], |row| row.get(0))
    }

    fn all<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| read(row))?;
        rows.filter_map(Result::transpose).collect()
    }
}

fn phone(row: &Row<'_>) -> rusqlite::Result<Option<PhoneRow>> {
    let (Some(source), Some(state)) = (parsed(row, "source")?, worded(row, "state")?) else {
        return Ok(None);
    };
    let source: std::net::SocketAddr = source;
    let phone = Phone {
        id: row.get("id")?,
        mac: parsed(row, "mac")?,
        vendor: row.get("vendor")?,
        model: row.get("model")?,
        version: row.get("version")?,
        address: Some(source.ip().to_string()),
        evidence: of_json::<Vec<_>>(&row.get::<_, String>("evidence")?).unwrap_or_default().into(),
        written: Written::default(),
    };
    let is_simulated = is_simulated(phone.mac);
    Ok(Some(PhoneRow {
        phone: phone.into(),
        source,
        interface: row.get("interface")?,
        first_asked: time(row.get("first_asked")?),
        last_asked: time(row.get("last_asked")?),
        asked: row.get("asked")?,
        notified: row.get("notified")?,
        state,
        rule: row.get("rule")?,
        url: row.get("url")?,
        is_simulated,
        dialect: worded(row, "dialect")?,
        reason: row.get("reason")?,
        name: row.get("name")?,
        tags: of_json(&row.get::<_, String>("tags")?).unwrap_or_default(),
        adoption: worded(row, "adoption")?.unwrap_or_default(),
        is_remembered: true,
        server: parsed(row, "server")?,
        also_at: Vec::new(),
    }))
}

fn exchange(row: &Row<'_>) -> rusqlite::Result<Option<ExchangeRecord>> {
    let Some(source) = parsed(row, "source")? else { return Ok(None) };
    let list = |name: &str| row.get::<_, String>(name);
    Ok(Some(ExchangeRecord {
        id: row.get("id")?,
        phone: row.get("phone")?,
        asked_at: row.get("asked_at")?,
        interface: row.get("interface")?,
        source,
        server: parsed(row, "server")?,
        is_refresh: row.get("is_refresh")?,
        decisions: of_json(&list("decisions")?).unwrap_or_default(),
        learned: worded(row, "learned")?,
        entropy: of_json(&list("entropy")?).unwrap_or_default(),
        steps: of_json(&list("steps")?).unwrap_or_default(),
        state: worded(row, "state")?.unwrap_or(PhoneState::Asked),
        status: row.get("status")?,
        reason: row.get("reason")?,
        lost: row.get("lost")?,
    }))
}

fn message(row: &Row<'_>) -> rusqlite::Result<Option<MessageRecord>> {
    let (Some(local), Some(peer), Some(direction)) =
        (parsed(row, "local")?, parsed(row, "peer")?, worded(row, "direction")?)
    else {
        return Ok(None);
    };
    Ok(Some(MessageRecord {
        exchange: row.get("exchange")?,
        at: row.get("at")?,
        caused_at: row.get("caused_at")?,
        direction,
        local,
        peer,
        is_multicast: row.get("is_multicast")?,
        bytes: row.get("bytes")?,
    }))
}

fn learned(row: &Row<'_>) -> rusqlite::Result<Option<LearnedRecord>> {
    let Some(dialect) = worded(row, "dialect")? else { return Ok(None) };
    let part = |name: &str| {
        row.get::<_, String>(name).map(|part| Some(part).filter(|part| !part.is_empty()))
    };
    let (vendor, model, version) = (part("vendor")?, part("model")?, part("version")?);
    Ok(Some(LearnedRecord { vendor, model, version, dialect, at: row.get("at")? }))
}

fn parsed<T: FromStr>(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(name)?.and_then(|text| text.parse().ok()))
}

fn worded<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    name: &str,
) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(name)?.and_then(|text| of_word(&text)))
}

/// The database counts microseconds.
fn time(micros: i64) -> Timestamp {
    Timestamp::from_millis(micros.div_euclid(1000))
}
