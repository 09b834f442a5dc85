//! Owns what goes to make room: the oldest exchanges first; of phones, those that were silent longest and of which
//! nobody said anything.

use super::Retention;
use rusqlite::Transaction;
use std::collections::BTreeSet;

/// Exchanges that are looked for at a time.
const AT_A_TIME: u32 = 64;

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Pruned {
    /// Exchanges of phones that have newer ones.
    pub(crate) surplus: u64,
    /// The oldest exchanges of all, for want of room.
    pub(crate) exchanges: u64,
    /// Phones, for want of room.
    pub(crate) phones: u64,
}

/// Learned shapes that are kept: as many as a responder uses.
const MOST_LEARNED: u32 = 256;

/// Keeps the latest learned shapes.
pub(crate) fn prune_learned(from: &Transaction<'_>) -> rusqlite::Result<()> {
    let older = "DELETE FROM learned WHERE rowid IN
        (SELECT rowid FROM learned ORDER BY at DESC LIMIT -1 OFFSET ?1)";
    from.execute(older, [MOST_LEARNED]).map(|_| ())
}

pub(crate) fn prune(
    from: &Transaction<'_>,
    retention: &Retention,
    asked: &BTreeSet<&str>,
    size: &mut u64,
) -> rusqlite::Result<Pruned> {
    let mut pruned = Pruned::default();
    for phone in asked {
        pruned.surplus += surplus(from, phone, retention.exchanges_per_phone, size)?;
    }
    pruned.exchanges = oldest(from, retention.bytes, size)?;
    if !asked.is_empty() {
        pruned.phones = silent(from, retention.phones, size)?;
    }
    Ok(pruned)
}

fn surplus(
    from: &Transaction<'_>,
    phone: &str,
    most: u32,
    size: &mut u64,
) -> rusqlite::Result<u64> {
    // SQLite plans a statement anew whenever a number in its LIMIT or OFFSET is bound.
    let older =
        format!("SELECT id FROM exchange WHERE phone = ?1 ORDER BY id DESC LIMIT -1 OFFSET {most}");
    let mut older = from.prepare_cached(&older)?;
    let ids: Vec<i64> = older.query_map([phone], |row| row.get(0))?.collect::<Result<_, _>>()?;
    delete(from, &ids, size)
}

fn oldest(from: &Transaction<'_>, most: u64, size: &mut u64) -> rusqlite::Result<u64> {
    let mut count = 0;
    while *size > most {
        let oldest = format!("SELECT id FROM exchange ORDER BY id LIMIT {AT_A_TIME}");
        let mut oldest = from.prepare_cached(&oldest)?;
        let ids: Vec<i64> = oldest.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if ids.is_empty() {
            *size = 0;
        }
        for id in ids {
            if *size > most {
                count += delete(from, &[id], size)?;
            }
        }
    }
    Ok(count)
}

fn delete(from: &Transaction<'_>, ids: &[i64], size: &mut u64) -> rusqlite::Result<u64> {
    for id in ids {
        let sum = "SELECT coalesce(sum(length(bytes)), 0) FROM message WHERE exchange = ?1";
        let bytes: u64 = from.prepare_cached(sum)?.query_row([id], |row| row.get(0))?;
        from.prepare_cached("DELETE FROM exchange WHERE id = ?1")?.execute([id])?;
        *size = size.saturating_sub(bytes);
    }
    Ok(ids.len() as u64)
}

fn silent(from: &Transaction<'_>, most: u32, size: &mut u64) -> rusqlite::Result<u64> {
    let mut count = from.prepare_cached("SELECT count(*) FROM phone")?;
    let count: u32 = count.query_row([], |row| row.get(0))?;
    if count <= most {
        return Ok(0);
    }
    let silent = format!(
        "SELECT id FROM phone WHERE name IS NULL AND tags = '[]' AND adoption = 'new'
        ORDER BY last_asked DESC LIMIT -1 OFFSET {most}"
    );
    let mut silent = from.prepare_cached(&silent)?;
    let ids: Vec<String> = silent.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in &ids {
        surplus(from, id, 0, size)?;
        from.prepare_cached("DELETE FROM phone WHERE id = ?1")?.execute([id])?;
    }
    Ok(ids.len() as u64)
}
