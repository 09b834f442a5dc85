//! What `fingerpost serve --data` remembers: across its end, a kill, a full disk; and what `fingerpost phones` makes of
//! it. Each test has a group and port of its own on the loopback card.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

mod support;

use rusqlite::Connection;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};
use std::time::Instant;
use support::served::{LONG, Served, network, refusal};
use support::{Ended, Folder, command, run};

const URL: [&str; 2] = ["--url", "tftp://%{server}/%{mac}.cfg"];
const SNOM: [&str; 4] = ["--vendor", "snom", "--mac", "000413000001"];
const ID: &str = "000413000001";

fn serve(number: u8, folder: &Folder) -> Served {
    Served::start(number, &[&["--data", folder.path()], &URL[..]].concat())
}

/// `fingerpost phones` with this folder.
fn phones(folder: &Folder, arguments: &[&str]) -> Ended {
    run(&[&["phones", "--data", folder.path()], arguments].concat())
}

fn listed(folder: &Folder) -> Vec<Value> {
    let listed = phones(folder, &["--format", "json"]);
    assert_eq!(listed.code, Some(0), "{listed:?}");
    listed.json().as_array().unwrap().clone()
}

/// Waits until `holds`, at most as long as anything here may take.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !holds() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn a_phone_and_what_people_said_of_it_outlive_the_server() {
    let folder = Folder::new("outlive");
    let served = serve(41, &folder);
    assert!(served.greeting.contains(folder.path()), "{}", served.greeting);
    assert_eq!(served.phone(&SNOM), "tftp://127.0.0.1/000413000001.cfg");
    served.do_it(&json!({"command": "adopt", "phones": [ID]}));
    served.do_it(&json!({"command": "tag", "phones": [ID], "tag": "lobby"}));
    served.do_it(&json!({"command": "name", "phone": ID, "name": "Empfang"}));
    let before = served.get(&format!("/api/phones/{ID}")).json();
    served.end();

    let served = serve(41, &folder);
    let row = &served.view()["phones"][0];
    assert_eq!((&row["phone"]["id"], &row["name"]), (&json!(ID), &json!("Empfang")));
    assert_eq!((&row["tags"], &row["adoption"]), (&json!(["lobby"]), &json!("adopted")));
    assert_eq!((&row["is_remembered"], &row["state"]), (&json!(true), &json!("acknowledged")));
    assert_eq!(row["first_asked"], before["row"]["first_asked"]);
    let after = served.get(&format!("/api/phones/{ID}")).json();
    assert_eq!(after["messages"], before["messages"], "every message of the earlier run");
    assert_eq!(after["messages"].as_array().unwrap().len(), 4);
    let names = |told: &Value| -> Vec<String> {
        let names = told["timeline"].as_array().unwrap().iter();
        names.map(|event| event["event"].as_str().unwrap().into()).collect()
    };
    assert_eq!(names(&after), ["phone_asked", "answered", "notified", "acknowledged"]);

    served.phone(&SNOM);
    let row = &served.view()["phones"][0];
    assert_eq!((&row["is_remembered"], &row["asked"]), (&json!(false), &json!(2)), "{row}");
    assert_eq!(row["name"], "Empfang");
    let both = served.get(&format!("/api/phones/{ID}")).json();
    assert_eq!(both["messages"].as_array().unwrap().len(), 8, "both runs, each once");
    assert_eq!(names(&both).len(), 8);
}

#[test]
fn without_a_data_folder_nothing_is_kept_and_that_is_said() {
    let served = Served::start(42, &URL);
    assert!(served.greeting.contains("Nothing is kept: give --data"), "{}", served.greeting);
    assert_eq!(served.view()["memory"], Value::Null);
    served.phone(&SNOM);
    served.do_it(&json!({"command": "name", "phone": ID, "name": "Empfang"}));
    assert_eq!(served.view()["phones"][0]["name"], "Empfang", "it holds for this run");
}

#[test]
fn rules_follow_the_tags_that_people_give_while_it_runs() {
    let folder = Folder::new("tags");
    let policy = "version = 1\n[[rule]]\nmatch.tag = \"lobby\"\nanswer.url = \"tftp://lobby\"\n\
        [[rule]]\nanswer.url = \"tftp://rest\"\n";
    let file = support::Scratch::new("tags.toml", policy.as_bytes());
    let options = ["--data", folder.path(), "--config", file.path()];
    let served = Served::start(43, &options);
    assert_eq!(served.phone(&SNOM), "tftp://rest");
    let mut stream = served.stream();
    served.do_it(&json!({"command": "tag", "phones": [ID], "tag": "lobby"}));
    assert_eq!(stream.until("phones_marked")["phones"], json!([ID]));
    assert_eq!(served.phone(&SNOM), "tftp://lobby");
    served.do_it(&json!({"command": "undo"}));
    assert_eq!(served.phone(&SNOM), "tftp://rest");
    served.end();
    let ended = phones(&folder, &["tag", "lobby", "00:04:13:00:00:01"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(Served::start(43, &options).phone(&SNOM), "tftp://lobby");
}

#[test]
fn an_ignored_phone_stays_ignored_and_out_of_every_counter() {
    let folder = Folder::new("ignored");
    let served = serve(44, &folder);
    served.phone(&SNOM);
    served.do_it(&json!({"command": "ignore", "phones": [ID]}));
    served.end();
    let served = serve(44, &folder);
    let asks = |served: &Served| {
        let asking = ["phone", "--json", "--wait", "1s"];
        let asked = command(&asking).args(network(44)).args(SNOM).output().unwrap();
        assert_eq!(asked.status.code(), Some(3), "it is told nothing");
        served.view()
    };
    let view = asks(&served);
    assert_eq!((&view["ignored"], &view["phones"][0]["adoption"]), (&json!(0), &json!("ignored")));
    assert_eq!(view["phones"][0]["state"], "ignored");
    assert_eq!(served.phone(&["--vendor", "yealink"]).as_str().unwrap().len(), 33, "others are");
    served.do_it(&json!({"command": "release", "phones": [ID]}));
    assert_eq!(served.phone(&SNOM), "tftp://127.0.0.1/000413000001.cfg");
    let said = served.end().said;
    let line = said.lines().find(|line| line.contains(ID)).unwrap();
    assert!(line.contains("changed by hand"), "nothing was said of it before: {line}");
}

#[test]
fn a_change_that_cannot_be_made_changes_nothing_and_says_why() {
    let folder = Folder::new("refused");
    let served = serve(45, &folder);
    served.phone(&SNOM);
    let refused = |command: Value| {
        let answer = served.post(&command.to_string());
        assert_eq!(answer.status, 422, "{answer:?}");
        answer.json()["error"].as_str().unwrap().to_owned()
    };
    let unknown = refused(json!({"command": "adopt", "phones": [ID, "nobody"]}));
    assert!(unknown.contains("\"nobody\": no such phone"), "{unknown}");
    let tag = refused(json!({"command": "tag", "phones": [ID], "tag": "a\nb"}));
    assert!(tag.contains("control characters"), "{tag}");
    assert!(refused(json!({"command": "undo"})).contains("nothing to take back"));
    assert_eq!(served.view()["phones"][0]["adoption"], "new");
}

#[test]
fn a_forgotten_phone_is_gone_from_the_view_and_from_the_disk() {
    let folder = Folder::new("forget");
    let served = serve(46, &folder);
    served.phone(&SNOM);
    let mut stream = served.stream();
    served.do_it(&json!({"command": "forget", "phones": [ID]}));
    assert_eq!(stream.until("phones_forgotten")["phones"], json!([ID]));
    assert_eq!(served.view()["phones"], json!([]));
    served.end();
    assert_eq!(listed(&folder), Vec::<Value>::new());
    assert_eq!(phones(&folder, &[]).text(), "No phone has asked yet.\n");
}

/// A building after a power cut, seen in the middle of it.
#[test]
fn what_was_written_before_a_kill_is_found_again() {
    let folder = Folder::new("killed");
    let served = serve(47, &folder);
    served.phone(&SNOM);
    served.do_it(&json!({"command": "adopt", "phones": [ID]}));
    let mut storm =
        command(&["phone", "--json", "--count", "2000", "--over", "4s", "--wait", "5s"])
            .args(network(47))
            .args(["--vendor", "yealink", "--mac", "805ec0000000"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
    let mut seen = Vec::new();
    until("some phones are written", || {
        seen = listed(&folder);
        seen.len() > 100
    });
    served.signal("KILL");
    assert_eq!(served.ended().code, None, "a signal ended it");
    storm.kill().unwrap();
    storm.wait().unwrap();

    let served = serve(47, &folder);
    let view = served.view();
    let rows = view["phones"].as_array().unwrap();
    let row = |id: &Value| rows.iter().find(|row| row["phone"]["id"] == *id);
    assert!(seen.len() < 2_001, "it was killed in the middle");
    for old in &seen {
        let row = row(&old["phone"]["id"]).unwrap_or_else(|| panic!("lost: {old}"));
        assert_eq!(row["first_asked"], old["first_asked"]);
    }
    assert_eq!(row(&json!(ID)).unwrap()["adoption"], "adopted", "what was confirmed holds");
    served.end();
    let connection = Connection::open(folder.file("memory.db")).unwrap();
    let check: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let orphans = "SELECT count(*) FROM pragma_foreign_key_check";
    assert_eq!(connection.query_row(orphans, [], |row| row.get(0)), Ok(0));
}

/// A server whose data folder is a disk of its own, which only it sees.
fn serve_on_a_small_disk(number: u8, folder: &Folder) -> Served {
    let script = "mount -t tmpfs -o size=1536k tmpfs \"$1\" && shift && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation", "private", "sh", "-c", script, "sh", folder.path()]);
    command.arg(env!("CARGO_BIN_EXE_fingerpost"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    Served::start_by(command, number, &[&["--data", folder.path()], &URL[..]].concat())
}

#[test]
fn on_a_full_disk_phones_are_answered_and_it_is_said_until_there_is_room_again() {
    // The owner of our own process is who we are.
    if std::fs::metadata("/proc/self").unwrap().uid() != 0 {
        eprintln!("skipped: making a small disk needs root");
        return;
    }
    let folder = Folder::new("full");
    let served = serve_on_a_small_disk(48, &folder);
    served.phone(&SNOM);
    served.do_it(&json!({"command": "adopt", "phones": [ID]}));
    let filler = format!("/proc/{}/root{}/filler", served.pid(), folder.path());
    let mut disk = File::create(&filler).unwrap();
    let full = (0..).find_map(|_| disk.write_all(&[0; 512]).err()).unwrap();
    assert_eq!(full.kind(), ErrorKind::StorageFull);

    let mut stream = served.stream();
    let long = "x".repeat(4_000);
    let storm = ["--vendor", "yealink", "--model", &long, "--count", "50"];
    assert_eq!(served.phone(&storm).as_str().unwrap().len(), 33);
    let failed = stream.until("memory_failed");
    assert!(failed["reason"].as_str().unwrap().contains("full"), "{failed}");
    let view = served.view();
    let file = format!("{}/memory.db", folder.path());
    assert_eq!(
        (&view["memory"]["file"], &view["memory"]["problem"]),
        (&json!(file), &failed["reason"])
    );
    assert!(view["state"].as_str().unwrap().contains("Nothing is being remembered"), "{view}");
    served.wait_until_said("nothing can be kept in");
    let refused = served.post(&json!({"command": "ignore", "phones": [ID]}).to_string());
    assert_eq!(refused.status, 422, "what cannot be kept is not pretended: {refused:?}");
    assert!(refused.json()["error"].as_str().unwrap().contains("cannot be remembered"));
    assert_eq!(served.phone(&SNOM), "tftp://127.0.0.1/000413000001.cfg", "it is answered still");

    // The room is given back with the last who holds the file.
    drop(disk);
    std::fs::remove_file(&filler).unwrap();
    assert_eq!(stream.until("memory_mended")["file"], file);
    served.wait_until_said("is kept in");
    let view = served.view();
    assert_eq!(view["memory"]["problem"], Value::Null);
    assert!(!view["state"].as_str().unwrap().contains("remembered"), "{view}");
    served.do_it(&json!({"command": "name", "phone": ID, "name": "Empfang"}));
    let listed = Command::new("nsenter")
        .args(["--mount", "--target", &served.pid().to_string(), env!("CARGO_BIN_EXE_fingerpost")])
        .args(["phones", "--data", folder.path(), "--format", "json"])
        .output()
        .unwrap();
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 51, "phones that asked meanwhile are not lost");
    assert_eq!((&listed[0]["name"], &listed[0]["asked"]), (&json!("Empfang"), &json!(2)));
}

#[test]
fn while_another_program_holds_the_database_phones_are_answered() {
    let folder = Folder::new("held");
    let served = serve(53, &folder);
    served.phone(&SNOM);
    served.do_it(&json!({"command": "adopt", "phones": [ID]}));
    let mut stream = served.stream();
    let other = Connection::open(folder.file("memory.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(served.phone(&SNOM), "tftp://127.0.0.1/000413000001.cfg");
    let failed = stream.until("memory_failed");
    assert!(failed["reason"].as_str().unwrap().contains("locked"), "{failed}");
    assert_eq!(served.phone(&SNOM), "tftp://127.0.0.1/000413000001.cfg");
    other.execute_batch("ROLLBACK").unwrap();
    assert!(stream.until("memory_mended")["lost"].as_u64().unwrap() > 0);
    until("what the phone did meanwhile is known", || listed(&folder)[0]["asked"] == 3);
}

#[test]
fn the_oldest_exchanges_go_and_that_is_said() {
    let folder = Folder::new("oldest");
    let options =
        [&["--data", folder.path(), "--keep-mib", "1", "--keep-exchanges", "2"], &URL[..]];
    let served = Served::start(49, &options.concat());
    for _ in 0..4 {
        served.phone(&SNOM);
    }
    let mut stream = served.stream();
    // Some 10 kB of datagrams each.
    let long = "x".repeat(4_000);
    let storm = ["--vendor", "yealink", "--mac", "805ec0000000", "--model", &long];
    served.phone(&[&storm[..], &["--count", "150", "--over", "1s"]].concat());
    let said = stream.until("forgotten");
    assert!(said["exchanges"].as_u64().unwrap() > 0, "{said}");
    assert!(served.view()["memory"]["forgotten"].as_u64().unwrap() > 2);
    served.end();
    let connection = Connection::open(folder.file("memory.db")).unwrap();
    let bytes = "SELECT sum(length(bytes)) FROM message";
    let bytes: u64 = connection.query_row(bytes, [], |row| row.get(0)).unwrap();
    assert!((900_000..=1 << 20).contains(&bytes), "{bytes}");
    assert_eq!(listed(&folder).len(), 151, "the phones stay");
}

#[test]
fn phones_are_listed_and_exported_also_while_it_runs() {
    let folder = Folder::new("listed");
    let served = serve(50, &folder);
    served.phone(&SNOM);
    let name = "=HYPERLINK(\"http://x\"), \"Empfang\"";
    served.do_it(&json!({"command": "name", "phone": ID, "name": name}));
    served.do_it(&json!({"command": "tag", "phones": [ID], "tag": "lobby"}));
    served.do_it(&json!({"command": "tag", "phones": [ID], "tag": "2. OG"}));
    let table = phones(&folder, &[]).text();
    assert!(table.starts_with("ID  ") && table.contains("snom snomD120"), "{table}");
    let row = &listed(&folder)[0];
    assert_eq!((&row["phone"]["id"], &row["name"]), (&json!(ID), &json!(name)));

    let csv = phones(&folder, &["--format", "csv"]).text();
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(
        lines[0].starts_with("\u{FEFF}id,mac,vendor,model,version,address,interface,"),
        "{csv}"
    );
    assert!(lines[1].starts_with("00:04:13:00:00:01,00:04:13:00:00:01,snom,"), "{csv}");
    let safe = ",\"'=HYPERLINK(\"\"http://x\"\"), \"\"Empfang\"\"\",\"lobby, 2. OG\",new,";
    assert!(lines[1].contains(safe), "{csv}");
    assert_eq!((lines.len(), lines[2]), (3, ""));

    let answer = served.get("/api/phones.csv");
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"phones.csv\""));
    // The one is read from the disk, the other is of this run.
    assert!(answer.body.ends_with(",false,false,\r\n"), "{}", answer.body);
    assert_eq!(
        answer.body.trim_end_matches(",false,false,\r\n"),
        csv.trim_end_matches(",true,false,\r\n")
    );
    let answer = served.get("/api/phones.json");
    assert_eq!(answer.json(), served.view()["phones"]);
}

#[test]
fn changes_by_hand_are_made_by_the_page_while_it_runs_and_by_the_command_else() {
    let folder = Folder::new("by-hand");
    let served = serve(51, &folder);
    served.phone(&SNOM);
    until("it is written", || listed(&folder).len() == 1);
    let running = phones(&folder, &["adopt", ID]);
    assert_eq!(running.code, Some(4), "{running:?}");
    assert!(running.stderr.contains("another Fingerpost runs"), "{running:?}");
    let second = refusal(&[&["--data", folder.path()], &URL[..]].concat());
    assert_eq!(second.code, Some(4), "{second:?}");
    assert!(second.said.contains("another Fingerpost runs"), "{second:?}");
    served.end();
    for action in [
        &["adopt", "00-04-13-00-00-01"][..],
        &["tag", "lobby", ID],
        &["tag", "cellar", ID],
        &["untag", "cellar", ID],
        &["name", ID, "Empfang"],
    ] {
        let ended = phones(&folder, action);
        assert_eq!(ended.code, Some(0), "{action:?}: {ended:?}");
    }
    let row = &listed(&folder)[0];
    assert_eq!((&row["adoption"], &row["tags"]), (&json!("adopted"), &json!(["lobby"])));
    assert_eq!(row["name"], "Empfang");
    for (action, said) in
        [(&["adopt", "nobody"][..], "no such phone"), (&["tag", "", ID], "not empty")]
    {
        let ended = phones(&folder, action);
        assert_eq!(ended.code, Some(2), "{action:?}: {ended:?}");
        assert!(ended.stderr.contains(said), "{ended:?}");
    }
    assert_eq!(phones(&folder, &["release", ID]).code, Some(0));
    assert_eq!(phones(&folder, &["name", ID, ""]).code, Some(0));
    let row = &listed(&folder)[0];
    assert_eq!((&row["adoption"], &row["name"]), (&json!("new"), &Value::Null));
    assert_eq!(phones(&folder, &["forget", ID]).code, Some(0));
    assert!(listed(&folder).is_empty());
}

#[test]
fn a_memory_that_is_none_is_named_and_left_as_it_is() {
    let folder = Folder::new("none");
    let file = folder.file("memory.db");
    let missing = phones(&folder, &[]);
    assert_eq!(missing.code, Some(2), "{missing:?}");
    assert!(missing.stderr.contains("nothing is remembered here"), "{missing:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");

    let refused = |why: &str| {
        let before = std::fs::read(&file).unwrap();
        let served = refusal(&[&["--data", folder.path()], &URL[..]].concat());
        assert_eq!(served.code, Some(2), "{served:?}");
        let listed = phones(&folder, &[]);
        assert_eq!(listed.code, Some(2), "{listed:?}");
        for said in [&served.said, &listed.stderr] {
            assert!(said.contains(why) && said.contains("memory.db"), "{said}");
            assert!(said.contains("move"), "{said}");
        }
        assert_eq!(std::fs::read(&file).unwrap(), before);
    };
    std::fs::write(&file, "Dear diary").unwrap();
    refused("this is no database");
    std::fs::remove_file(&file).unwrap();
    let other = Connection::open(&file).unwrap();
    other.execute_batch("CREATE TABLE bookmark (url TEXT)").unwrap();
    drop(other);
    refused("another program's database");
    std::fs::remove_file(&file).unwrap();
    serve(52, &folder).end();
    let newer = Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    refused("a newer Fingerpost wrote it");
}

#[test]
fn a_data_folder_in_which_nothing_can_be_made_ends_it() {
    let folder = Folder::new("blocked");
    // Whatever the rights of whoever runs this: a folder is no lock.
    std::fs::create_dir(folder.file("memory.lock")).unwrap();
    let served = refusal(&[&["--data", folder.path()], &URL[..]].concat());
    assert_eq!(served.code, Some(4), "{served:?}");
    assert!(served.said.contains("memory.lock"), "{served:?}");
    assert!(!folder.file("memory.db").exists() && !folder.file("memory.db.new").exists());
}
