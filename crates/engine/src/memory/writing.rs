//! Owns how a batch gets into the database: one transaction, all or nothing.

use super::inbox::{Batch, Wish};
use super::pruning::{Pruned, prune, prune_learned};
use super::record::{ExchangeRecord, LearnedRecord, MessageRecord};
use super::text::{json, word};
use super::{Retention, database::Database};
use crate::marks::Marks;
use crate::view::PhoneRow;
use rusqlite::{Transaction, TransactionBehavior, params};
use std::collections::BTreeSet;

/// What people said of a phone stays as it is.
const PUT_PHONE: &str = "INSERT INTO phone (id, mac, vendor, model, version, evidence, source, interface, server,
        first_asked, last_asked, asked, notified, state, rule, url, dialect, reason)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
    ON CONFLICT (id) DO UPDATE SET mac = ?2, vendor = ?3, model = ?4, version = ?5, evidence = ?6, source = ?7,
        interface = ?8, server = ?9, first_asked = ?10, last_asked = ?11, asked = ?12, notified = ?13, state = ?14,
        rule = ?15, url = ?16, dialect = ?17, reason = ?18";

/// Of a phone that was forgotten meanwhile nothing is kept.
const PUT_EXCHANGE: &str = "INSERT INTO exchange (id, phone, asked_at, interface, source, server, state, rule, url,
        dialect, status, reason, decisions, learned, entropy, steps, lost, is_refresh)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18
        WHERE EXISTS (SELECT 1 FROM phone WHERE id = ?2)
    ON CONFLICT (id) DO UPDATE SET phone = ?2, state = ?7, rule = ?8, url = ?9, dialect = ?10, status = ?11, reason = ?12,
        decisions = ?13, learned = ?14, entropy = ?15, steps = ?16, lost = max(lost, ?17)";

const PUT_MESSAGE: &str =
    "INSERT INTO message (exchange, at, direction, local, peer, is_multicast, bytes, caused_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM exchange WHERE id = ?1)";

const PUT_LEARNED: &str =
    "INSERT INTO learned (vendor, model, version, dialect, at) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (vendor, model, version) DO UPDATE SET dialect = ?4, at = ?5";

const MARK: &str = "UPDATE phone SET name = ?2, tags = ?3, adoption = ?4 WHERE id = ?1";

/// What became of a batch.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) pruned: Pruned,
    /// Exchanges in which holes were marked. The others are not there (yet).
    pub(crate) holed: Vec<u64>,
}

impl Database {
    /// Writes everything, and makes room for it. `size` is the datagrams' bytes in the database, before and after.
    pub(crate) fn write(
        &mut self,
        batch: &Batch,
        retention: &Retention,
        size: &mut u64,
    ) -> rusqlite::Result<Written> {
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let mut now = *size;
        for phone in batch.phones.values() {
            put_phone(&transaction, phone)?;
        }
        for (formerly, row) in &batch.renamed {
            rename(&transaction, formerly, row)?;
        }
        for exchange in batch.exchanges.values() {
            put_exchange(&transaction, exchange)?;
        }
        for message in &batch.messages {
            now += put_message(&transaction, message)?;
        }
        for learned in &batch.learned {
            put_learned(&transaction, learned)?;
        }
        if !batch.learned.is_empty() {
            prune_learned(&transaction)?;
        }
        for (_, wish) in &batch.wishes {
            now = now.saturating_sub(fulfil(&transaction, wish)?);
        }
        let asked: BTreeSet<&str> = batch.exchanges.values().map(|x| x.phone.as_str()).collect();
        let pruned = prune(&transaction, retention, &asked, &mut now)?;
        let holed = mark_holes(&transaction, &batch.holed)?;
        transaction.commit()?;
        *size = now;
        Ok(Written { pruned, holed })
    }

    /// Whether anything can be written: it is tried where nothing waits.
    pub(crate) fn probe(&mut self) -> rusqlite::Result<()> {
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        // A page's worth, which goes again at once.
        transaction
            .execute("INSERT INTO learned VALUES ('', '', hex(zeroblob(2048)), 'probe', 0)", [])?;
        transaction.execute("DELETE FROM learned WHERE dialect = 'probe'", [])?;
        transaction.commit()
    }
}

fn put_phone(to: &Transaction<'_>, row: &PhoneRow) -> rusqlite::Result<()> {
    let phone = &row.phone;
    to.prepare_cached(PUT_PHONE)?.execute(params![
        phone.id,
        phone.mac.map(|mac| mac.to_string()),
        phone.vendor,
        phone.model,
        phone.version,
        json(&phone.evidence),
        row.source.to_string(),
        row.interface,
        row.server.map(|server| server.to_string()),
        row.first_asked.as_millis().saturating_mul(1000),
        row.last_asked.as_millis().saturating_mul(1000),
        row.asked,
        row.notified,
        word(&row.state),
        row.rule,
        row.url,
        row.dialect.map(|dialect| word(&dialect)),
        row.reason,
    ])?;
    Ok(())
}

/// What was kept of the phone under its former id goes on under the new one.
fn rename(to: &Transaction<'_>, formerly: &str, row: &PhoneRow) -> rusqlite::Result<()> {
    let id = &row.phone.id;
    put_phone(to, row)?;
    mark(to, id, &row.marks())?;
    to.execute("UPDATE exchange SET phone = ?2 WHERE phone = ?1", params![formerly, id])?;
    to.execute("DELETE FROM phone WHERE id = ?1", [formerly])?;
    Ok(())
}

fn put_exchange(to: &Transaction<'_>, exchange: &ExchangeRecord) -> rusqlite::Result<()> {
    let decided = exchange.decisions.last();
    to.prepare_cached(PUT_EXCHANGE)?.execute(params![
        exchange.id,
        exchange.phone,
        exchange.asked_at,
        exchange.interface,
        exchange.source.to_string(),
        exchange.server.map(|server| server.to_string()),
        word(&exchange.state),
        decided.and_then(|decided| decided.rule.clone()),
        decided.and_then(|decided| decided.url.clone()),
        exchange.dialect().map(|dialect| word(&dialect)),
        exchange.status,
        exchange.reason,
        json(&exchange.decisions),
        exchange.learned.map(|dialect| word(&dialect)),
        json(&exchange.entropy),
        json(&exchange.steps),
        exchange.lost,
        exchange.is_refresh,
    ])?;
    Ok(())
}

/// The bytes it takes.
fn put_message(to: &Transaction<'_>, message: &MessageRecord) -> rusqlite::Result<u64> {
    let written = to.prepare_cached(PUT_MESSAGE)?.execute(params![
        message.exchange,
        message.at,
        word(&message.direction),
        message.local.to_string(),
        message.peer.to_string(),
        message.is_multicast,
        message.bytes,
        message.caused_at,
    ])?;
    Ok(if written == 0 { 0 } else { message.bytes.len() as u64 })
}

/// A recording with a hole says so.
fn mark_holes(to: &Transaction<'_>, holed: &BTreeSet<u64>) -> rusqlite::Result<Vec<u64>> {
    let mut marked = Vec::new();
    let mut hole = to.prepare_cached("UPDATE exchange SET lost = lost + 1 WHERE id = ?1")?;
    for id in holed {
        if hole.execute([id])? > 0 {
            marked.push(*id);
        }
    }
    Ok(marked)
}

fn put_learned(to: &Transaction<'_>, learned: &LearnedRecord) -> rusqlite::Result<()> {
    let [vendor, model, version] = [&learned.vendor, &learned.model, &learned.version]
        .map(|part| part.as_deref().unwrap_or_default());
    let (dialect, at) = (word(&learned.dialect), learned.at);
    to.prepare_cached(PUT_LEARNED)?.execute(params![vendor, model, version, dialect, at])?;
    Ok(())
}

/// The bytes that went.
fn fulfil(to: &Transaction<'_>, wish: &Wish) -> rusqlite::Result<u64> {
    match wish {
        Wish::Mark(phones) => {
            for (id, marks) in phones {
                mark(to, id, marks)?;
            }
            Ok(0)
        }
        Wish::Know(phones) => {
            for row in phones {
                put_phone(to, row)?;
                mark(to, &row.phone.id, &row.marks())?;
            }
            Ok(0)
        }
        Wish::Forget(phones) => phones.iter().map(|id| forget(to, id)).sum(),
    }
}

fn mark(to: &Transaction<'_>, id: &str, marks: &Marks) -> rusqlite::Result<()> {
    let (tags, adoption) = (json(&marks.tags), word(&marks.adoption));
    to.prepare_cached(MARK)?.execute(params![id, marks.name, tags, adoption])?;
    Ok(())
}

fn forget(to: &Transaction<'_>, id: &str) -> rusqlite::Result<u64> {
    let sum = "SELECT coalesce(sum(length(bytes)), 0) FROM message
        WHERE exchange IN (SELECT id FROM exchange WHERE phone = ?1)";
    let bytes: u64 = to.query_row(sum, [id], |row| row.get(0))?;
    to.execute("DELETE FROM phone WHERE id = ?1", [id])?;
    Ok(bytes)
}
