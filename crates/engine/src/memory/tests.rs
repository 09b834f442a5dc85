use super::database::Database;
use super::record::{ExchangeRecord, MessageRecord, Note, Step};
use super::*;
use crate::marks::{Adoption, Marking, Marks};
use crate::phone::Phone;
use crate::recorder::Direction;
use crate::view::PhoneState;
use crate::{Timestamp, memory::inbox::Batch};
use fingerpost_core::pnp::{Dialect, Identity};
use rusqlite::Connection;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("fingerpost-memory-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("memory.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn address(host: u8) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, host], 5060))
}

fn row(mac: &str, at: i64) -> PhoneRow {
    let identity = Identity::claimed(mac.parse().ok(), Some("snom"), Some("D120"), Some("10.1"));
    PhoneRow {
        phone: Phone::new(&identity, Some(address(7).ip())).into(),
        source: address(7),
        interface: "eth0".into(),
        first_asked: Timestamp::from_millis(1),
        last_asked: Timestamp::from_millis(at),
        asked: 3,
        notified: 2,
        state: PhoneState::Acknowledged,
        rule: Some("all".into()),
        url: Some("tftp://x".into()),
        dialect: Some(Dialect::Rfc),
        reason: None,
        name: None,
        tags: Vec::new(),
        adoption: Adoption::New,
        is_remembered: false,
        is_simulated: false,
        server: Some(address(1).ip()),
        also_at: Vec::new(),
    }
}

fn exchange(id: u64, phone: &str) -> ExchangeRecord {
    ExchangeRecord {
        id,
        phone: phone.into(),
        asked_at: 5_000_000,
        interface: "eth0".into(),
        source: address(7),
        server: Some(address(1)),
        is_refresh: false,
        decisions: Vec::new(),
        learned: Some(Dialect::Manual),
        entropy: vec!["0a0b".into()],
        steps: vec![Step::Acknowledged { at: 6_000_000, status: 200 }],
        state: PhoneState::Acknowledged,
        status: Some(200),
        reason: None,
        lost: 0,
    }
}

fn message(exchange: u64, bytes: &[u8]) -> MessageRecord {
    MessageRecord {
        exchange,
        at: 5_000_001,
        caused_at: Some(5_000_000),
        direction: Direction::Out,
        local: address(1),
        peer: address(7),
        is_multicast: false,
        bytes: bytes.into(),
    }
}

fn batch(phones: &[PhoneRow], exchanges: &[ExchangeRecord], messages: &[MessageRecord]) -> Batch {
    let inbox = Inbox::default();
    inbox.put(phones.iter().cloned().map(|row| Note::Phone(Box::new(row))));
    inbox.put(exchanges.iter().cloned().map(|exchange| Note::Exchange(Box::new(exchange))));
    inbox.put(messages.iter().cloned().map(Note::Message));
    inbox.take(Duration::ZERO)
}

fn refusal(folder: &Folder) -> String {
    Database::open(&folder.0).unwrap_err().to_string()
}

const MAC: &str = "000413000001";

#[test]
fn what_was_written_is_read_again() {
    let folder = Folder::new("written");
    let mut database = Database::open(&folder.0).unwrap();
    // No UTF-8, and no text at all.
    let bytes = [0, 0xFF, b'\r', b'\n', 0xC3];
    let (exchange, message) = (exchange(9, MAC), message(9, &bytes));
    let all =
        batch(&[row(MAC, 2)], std::slice::from_ref(&exchange), std::slice::from_ref(&message));
    database.write(&all, &Retention::default(), &mut 0).unwrap();
    drop(database);
    let database = Database::open(&folder.0).unwrap();
    let expected = PhoneRow { is_remembered: true, ..row(MAC, 2) };
    assert_eq!(database.phones().unwrap(), [expected]);
    assert_eq!(database.exchanges(MAC, 5).unwrap(), [exchange]);
    assert_eq!(database.messages(9).unwrap(), [message]);
    assert_eq!(database.last_exchange().unwrap(), 9);
    assert_eq!(database.size().unwrap(), 5);
}

#[test]
fn a_phone_that_goes_by_another_id_keeps_what_it_said_and_what_was_said_of_it() {
    let folder = Folder::new("renamed");
    let mut database = Database::open(&folder.0).unwrap();
    let before = row(MAC, 2);
    let mut nameless = before.clone();
    Arc::make_mut(&mut nameless.phone).id = "x1".into();
    let first = batch(&[nameless], &[exchange(9, "x1")], &[message(9, b"A")]);
    database.write(&first, &Retention::default(), &mut 0).unwrap();
    let inbox = Inbox::default();
    let tags = vec!["lobby".into()];
    let known = PhoneRow { tags, ..before };
    inbox.put([Note::Renamed { formerly: "x1".into(), row: Box::new(known.clone()) }]);
    database.write(&inbox.take(Duration::ZERO), &Retention::default(), &mut 1).unwrap();
    assert_eq!(database.phones().unwrap(), [PhoneRow { is_remembered: true, ..known }]);
    assert_eq!(database.exchanges(MAC, 5).unwrap(), [exchange(9, MAC)]);
    assert_eq!(database.messages(9).unwrap().len(), 1);
}

#[test]
fn what_people_said_outlives_the_phones_next_question() {
    let folder = Folder::new("marks");
    let mut database = Database::open(&folder.0).unwrap();
    database.write(&batch(&[row(MAC, 2)], &[], &[]), &Retention::default(), &mut 0).unwrap();
    drop(database);
    let mut archive = Archive::open_to_change(&folder.0).unwrap();
    let ids = [MAC.to_owned()];
    archive.mark(&ids, &Marking::Tag("lobby".into())).unwrap();
    archive.mark(&ids, &Marking::Name(Some("Empfang".into()))).unwrap();
    archive.mark(&ids, &Marking::Adoption(Adoption::Ignored)).unwrap();
    let unknown = archive.mark(&["x".into(), MAC.into()], &Marking::Tag("y".into()));
    assert!(unknown.unwrap_err().to_string().contains("no such phone"));
    drop(archive);
    let mut database = Database::open(&folder.0).unwrap();
    database.write(&batch(&[row(MAC, 99)], &[], &[]), &Retention::default(), &mut 0).unwrap();
    let row = &database.phones().unwrap()[0];
    assert_eq!(row.last_asked, Timestamp::from_millis(99));
    let marks = Marks {
        name: Some("Empfang".into()),
        tags: vec!["lobby".into()],
        adoption: Adoption::Ignored,
    };
    assert_eq!(row.marks(), marks);
}

#[test]
fn a_database_of_an_earlier_version_is_brought_up_to_date_with_all_that_it_holds() {
    let folder = Folder::new("earlier");
    let mut connection = Connection::open(folder.file()).unwrap();
    schema::make_format(&mut connection, 1);
    connection
        .execute_batch(
            "INSERT INTO phone VALUES ('000413000001', '000413000001', 'snom', 'D120', '10.1', '[]',
                '192.0.2.7:5060', 'eth0', 1000, 2000, 3, 2, 'acknowledged', 'all', 'tftp://x', 'rfc', NULL,
                'Empfang', '[\"lobby\"]', 'adopted');
             INSERT INTO exchange VALUES (4, '000413000001', 5000000, 'eth0', '192.0.2.7:5060', 'acknowledged',
                'all', 'tftp://x', 'rfc', 200, NULL);
             INSERT INTO message VALUES (4, 5000001, 'in', '192.0.2.1:5060', '192.0.2.7:5060', 1, x'41');",
        )
        .unwrap();
    drop(connection);
    let database = Database::open(&folder.0).unwrap();
    let row = &database.phones().unwrap()[0];
    assert_eq!(row.name.as_deref(), Some("Empfang"));
    assert_eq!((&row.tags[..], row.adoption), (&["lobby".to_owned()][..], Adoption::Adopted));
    assert_eq!(row.server, None, "that was not remembered then");
    let exchange = &database.exchanges(MAC, 5).unwrap()[0];
    assert_eq!((exchange.id, exchange.asked_at, exchange.steps.len()), (4, 5_000_000, 0));
    assert_eq!(database.messages(4).unwrap()[0].bytes, b"A");
    let version = |name| database.connection.pragma_query_value(None, name, |row| row.get(0));
    assert_eq!(version("user_version"), Ok(schema::NEWEST));
    assert_eq!(version("application_id"), Ok(schema::APPLICATION));
}

#[test]
fn what_is_not_ours_is_refused_and_left_as_it_is() {
    let folder = Folder::new("foreign");
    let put = |bytes: &[u8]| std::fs::write(folder.file(), bytes).unwrap();
    let no_database = b"Dear diary, today I moved the phones about. ".repeat(200);
    put(&no_database);
    let said = refusal(&folder);
    assert!(said.contains("memory.db") && said.contains("no database"), "{said}");
    assert!(said.contains("move it away"), "{said}");
    assert_eq!(std::fs::read(folder.file()).unwrap(), no_database);
    put(b"");
    assert!(refusal(&folder).contains("no database"));

    std::fs::remove_file(folder.file()).unwrap();
    let other = Connection::open(folder.file()).unwrap();
    other.execute_batch("CREATE TABLE bookmark (url TEXT)").unwrap();
    drop(other);
    let before = std::fs::read(folder.file()).unwrap();
    assert!(refusal(&folder).contains("another program's database"));
    assert_eq!(std::fs::read(folder.file()).unwrap(), before);
}

#[test]
fn a_newer_ones_memory_is_refused_and_left_as_it_is() {
    let folder = Folder::new("newer");
    drop(Database::open(&folder.0).unwrap());
    let newer = Connection::open(folder.file()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = std::fs::read(folder.file()).unwrap();
    let said = refusal(&folder);
    assert!(said.contains("memory.db") && said.contains("format 99; this one knows 2"), "{said}");
    assert_eq!(std::fs::read(folder.file()).unwrap(), before);
}

#[test]
fn a_damaged_one_is_refused() {
    let folder = Folder::new("damaged");
    drop(Database::open(&folder.0).unwrap());
    let mut bytes = std::fs::read(folder.file()).unwrap();
    for byte in bytes.iter_mut().skip(100) {
        *byte = 0xA5;
    }
    std::fs::write(folder.file(), &bytes).unwrap();
    let said = refusal(&folder);
    assert!(said.contains("damaged") && said.contains("memory.db"), "{said}");
    assert_eq!(std::fs::read(folder.file()).unwrap(), bytes);
}

#[test]
fn a_start_that_was_cut_short_is_begun_anew() {
    let folder = Folder::new("cut-short");
    std::fs::write(folder.0.join("memory.db.new"), b"half").unwrap();
    drop(Database::open(&folder.0).unwrap());
    assert!(!folder.0.join("memory.db.new").exists());
    assert!(Archive::open(&folder.0).unwrap().phones().unwrap().is_empty());
}

#[test]
fn one_writes_and_others_look_on() {
    let folder = Folder::new("locked");
    let writer = Database::open(&folder.0).unwrap();
    assert!(refusal(&folder).contains("another Fingerpost"));
    let change = Archive::open_to_change(&folder.0).unwrap_err();
    assert!(change.is_of_this_machine() && change.to_string().contains("another Fingerpost"));
    assert!(Archive::open(&folder.0).unwrap().phones().unwrap().is_empty());
    drop(writer);
    assert!(Archive::open_to_change(&folder.0).is_ok());
}

#[test]
fn where_nothing_is_remembered_nothing_is_made() {
    let folder = Folder::new("nothing");
    for outcome in [Archive::open(&folder.0), Archive::open_to_change(&folder.0)] {
        assert!(outcome.unwrap_err().to_string().contains("nothing is remembered here"));
    }
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn of_a_phone_the_latest_exchanges_are_kept() {
    let folder = Folder::new("surplus");
    let mut database = Database::open(&folder.0).unwrap();
    let retention = Retention { exchanges_per_phone: 3, ..Retention::default() };
    let mut size = 0;
    for id in 1..=5 {
        let all = batch(&[row(MAC, 1)], &[exchange(id, MAC)], &[message(id, b"12345")]);
        let pruned = database.write(&all, &retention, &mut size).unwrap().pruned;
        assert_eq!(pruned.surplus, u64::from(id > 3));
    }
    let ids: Vec<u64> = database.exchanges(MAC, 9).unwrap().iter().map(|x| x.id).collect();
    assert_eq!(ids, [5, 4, 3]);
    assert_eq!((size, database.size().unwrap()), (15, 15), "their datagrams went with them");
}

#[test]
fn the_oldest_exchanges_go_when_all_take_too_much() {
    let folder = Folder::new("oldest");
    let mut database = Database::open(&folder.0).unwrap();
    let retention =
        Retention { bytes: 100_000, exchanges_per_phone: 1_000, ..Retention::default() };
    let exchanges: Vec<_> = (1..=200).map(|id| exchange(id, MAC)).collect();
    let messages: Vec<_> = (1..=200).map(|id| message(id, &[b'x'; 1_000])).collect();
    let all = batch(&[row(MAC, 1)], &exchanges, &messages);
    let mut size = 0;
    let pruned = database.write(&all, &retention, &mut size).unwrap().pruned;
    assert_eq!(size, database.size().unwrap());
    assert!(size <= 100_000 && pruned.exchanges >= 100, "{size} {pruned:?}");
    let oldest = database.exchanges(MAC, 1_000).unwrap().last().unwrap().id;
    assert_eq!(oldest, pruned.exchanges + 1);
}

#[test]
fn silent_phones_go_first_and_those_with_a_name_stay() {
    let folder = Folder::new("silent");
    let mut database = Database::open(&folder.0).unwrap();
    let retention = Retention { phones: 10, ..Retention::default() };
    let mac = |n: i64| format!("0004130000{n:02x}");
    let rows: Vec<_> = (0..10).map(|n| row(&mac(n), n)).collect();
    database.write(&batch(&rows, &[], &[]), &retention, &mut 0).unwrap();
    let mut named = Batch::default();
    let marks = Marks { name: Some("Empfang".into()), ..Marks::default() };
    named.wishes.push((1, Wish::Mark(vec![(mac(0), marks)])));
    database.write(&named, &retention, &mut 0).unwrap();
    let rows: Vec<_> = (10..15).map(|n| row(&mac(n), n)).collect();
    let asked: Vec<_> = (10_i64..15).map(|n| exchange(n.unsigned_abs(), &mac(n))).collect();
    let pruned = database.write(&batch(&rows, &asked, &[]), &retention, &mut 0).unwrap().pruned;
    assert_eq!(pruned.phones, 4);
    let left: Vec<_> =
        database.phones().unwrap().into_iter().map(|row| row.phone.id.clone()).collect();
    assert_eq!(left.len(), 11);
    assert!(left.contains(&mac(0)) && left.contains(&mac(14)) && !left.contains(&mac(1)));
}

#[test]
fn a_recording_with_a_hole_says_so_also_when_its_exchange_is_written_later() {
    let folder = Folder::new("hole");
    let mut database = Database::open(&folder.0).unwrap();
    let holed = |mut batch: Batch| {
        batch.holed = [1, 2].into();
        batch
    };
    let write = |database: &mut Database, batch: Batch| {
        database.write(&holed(batch), &Retention::default(), &mut 0).unwrap().holed
    };
    let first = batch(&[row(MAC, 1)], &[exchange(1, MAC)], &[]);
    assert_eq!(write(&mut database, first), [1]);
    let again = batch(&[], &[exchange(1, MAC), exchange(2, MAC)], &[]);
    assert_eq!(write(&mut database, again), [1, 2]);
    let lost: Vec<_> = database.exchanges(MAC, 9).unwrap().iter().map(|one| one.lost).collect();
    assert_eq!(lost, [1, 2]);
}

#[test]
fn a_forgotten_phone_takes_everything_with_it() {
    let folder = Folder::new("forgotten");
    let mut database = Database::open(&folder.0).unwrap();
    let all = batch(&[row(MAC, 1)], &[exchange(1, MAC)], &[message(1, b"12345")]);
    database.write(&all, &Retention::default(), &mut 0).unwrap();
    drop(database);
    let mut archive = Archive::open_to_change(&folder.0).unwrap();
    assert_eq!(archive.phone(MAC).unwrap().unwrap().messages.len(), 1);
    archive.forget(&[MAC.into()]).unwrap();
    assert!(archive.phones().unwrap().is_empty());
    drop(archive);
    assert_eq!(Database::open(&folder.0).unwrap().size().unwrap(), 0);
}

#[tokio::test]
async fn a_wish_is_told_once_it_is_written() {
    let folder = Folder::new("wish");
    let (mut memory, _) = Memory::open(&folder.0, Retention::default()).unwrap();
    memory.put([Note::Phone(Box::new(row(MAC, 1)))]);
    let marks = Marks { adoption: Adoption::Adopted, ..Marks::default() };
    let number = memory.wish(Wish::Mark(vec![(MAC.into(), marks)]));
    let Told::Wish(told, Ok(())) = memory.recv().await else { panic!() };
    assert_eq!(told, number);
    // Another one sees it while the first still runs.
    let row = &Archive::open(&folder.0).unwrap().phones().unwrap()[0];
    assert_eq!(row.adoption, Adoption::Adopted);
    assert!(memory.close().await.is_empty());
}
