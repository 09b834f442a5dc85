//! Owns the shape of the database and how an older one becomes the newest. A released step is never changed.

use rusqlite::{Connection, TransactionBehavior};

/// "FPST", in the file's head: which program's database this is.
pub(crate) const APPLICATION: u32 = 0x4650_5354;

/// Step n makes format n out of format n - 1.
const STEPS: [&str; 2] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The format that is written here.
pub(crate) const NEWEST: u32 = 2;
const _: () = assert!(NEWEST as usize == STEPS.len());

/// Takes the steps that are missing, all or none.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    migrate_to(connection, STEPS.len())
}

fn migrate_to(connection: &mut Connection, newest: usize) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
    let found = usize::try_from(version("user_version")?).unwrap_or(usize::MAX);
    for step in STEPS.iter().take(newest).skip(found) {
        transaction.execute_batch(step)?;
    }
    if found < newest {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", u32::try_from(newest).unwrap_or(NEWEST))?;
    }
    transaction.commit()
}

/// A database as an earlier version made it.
#[cfg(test)]
pub(crate) fn make_format(connection: &mut Connection, format: usize) {
    migrate_to(connection, format).unwrap();
}
