//! `fingerpost export` and `fingerpost replay`: an exchange with a real phone of ours, on the disk, in a file, and played
//! again. Each test has a group and port of its own on the loopback card.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

mod support;

use serde_json::{Value, json};
use support::served::Served;
use support::{Ended, Folder, Scratch, corpus, run, run_with};

const ID: &str = "000413000001";

fn serve(number: u8, folder: &Folder, url: &str) -> Served {
    Served::start(number, &["--data", folder.path(), "--url", url])
}

fn export(folder: &Folder, options: &[&str]) -> Ended {
    run(&[&["export", "--data", folder.path()], options].concat())
}

/// Plays a file that `export` wrote.
fn replay(exported: &Ended, options: &[&str]) -> Ended {
    assert_eq!(exported.code, Some(0), "{}", exported.stderr);
    run_with(&[&["replay", "-"], options].concat(), &exported.stdout)
}

#[test]
fn exchanges_of_every_vendor_replay_identically_from_both_kinds_of_files() {
    let folder = Folder::new("vendors");
    let served = serve(61, &folder, "http://%{server}/");
    let vendors = ["audiocodes", "snom", "yealink", "grandstream", "fanvil", "gigaset", "acme"];
    let macs: Vec<String> = (1..=vendors.len()).map(|n| format!("02000000000{n}")).collect();
    for (vendor, mac) in vendors.iter().zip(&macs) {
        served.phone(&["--vendor", vendor, "--mac", mac]);
    }
    served.end();
    let listed = run(&["phones", "--data", folder.path(), "--format", "json"]).json();
    assert_eq!(listed.as_array().unwrap().len(), vendors.len());
    for row in listed.as_array().unwrap() {
        let id = row["phone"]["id"].as_str().unwrap();
        for format in ["pcapng", "json"] {
            let played = replay(&export(&folder, &["--phone", id, "--format", format]), &[]);
            assert_eq!(played.code, Some(0), "{row}: {played:?}");
            assert!(played.text().contains("replays identically: 2 datagrams"), "{played:?}");
        }
    }
}

#[test]
fn the_page_and_the_command_export_the_same_file() {
    let folder = Folder::new("same");
    let served = serve(62, &folder, "tftp://%{server}");
    served.phone(&["--vendor", "snom", "--mac", ID]);
    served.phone(&["--vendor", "snom", "--mac", ID]);
    for (which, query) in [("1", ""), ("2", "?exchange=2")] {
        for format in ["json", "sip"] {
            let answer = served.get(&format!("/api/phones/{ID}/exchange.{format}{query}"));
            assert_eq!(answer.status, 200, "{answer:?}");
            let options = ["--phone", ID, "--exchange", which, "--format", format];
            let exported = export(&folder, &options);
            match format {
                "json" => assert_eq!(answer.json(), exported.json()),
                _ => assert_eq!(answer.body, exported.text()),
            }
        }
    }
    let (head, capture) = served.get_bytes(&format!("/api/phones/{ID}/exchange.pcapng"));
    let head = head.to_ascii_lowercase();
    assert!(head.contains("\r\ncontent-type: application/x-pcapng\r\n"), "{head}");
    assert!(head.contains("attachment; filename=\"exchange.pcapng\""), "{head}");
    assert_eq!(capture, export(&folder, &["--phone", ID]).stdout);
    for missing in ["exchange.pcapng?exchange=9", "exchange.exe", "x"] {
        let answer = served.get(&format!("/api/phones/{ID}/{missing}"));
        assert_eq!(answer.status, 404, "{missing}: {answer:?}");
    }
    assert_eq!(served.get(&format!("/api/phones/{ID}/exchange.json?n=1")).status, 400);

    let text = export(&folder, &["--phone", ID, "--format", "sip"]);
    let found = run_with(&["inspect", "-", "--format", "json"], &text.stdout).json();
    let found = found["messages"].as_array().unwrap();
    let lines: Vec<&Value> = found.iter().map(|one| &one["kind"]).collect();
    assert_eq!(lines, ["request", "response", "request", "response"], "{}", text.text());
    let unkept = Served::start(63, &["--url", "tftp://x"]);
    unkept.phone(&["--vendor", "snom", "--mac", ID]);
    let answer = unkept.get(&format!("/api/phones/{ID}/exchange.pcapng"));
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("--data"), "{answer:?}");
}

#[test]
fn a_recording_that_plays_otherwise_is_a_bug_report_with_its_place() {
    let folder = Folder::new("otherwise");
    let served = serve(64, &folder, "tftp://%{server}/%{mac}.cfg");
    served.phone(&["--vendor", "snom", "--mac", ID]);
    served.end();
    let exported = export(&folder, &["--phone", "00-04-13-00-00-01", "--format", "json"]);
    let mut recording = exported.json();
    let notify = recording["messages"][2]["bytes"].as_str().unwrap();
    let changed = notify.replace("Max-Forwards: 70", "Max-Forwards: 69");
    let byte = notify.find("Max-Forwards: 70").unwrap() + 14;
    recording["messages"][2]["bytes"] = json!(changed);
    let file = Scratch::new("changed.json", recording.to_string().as_bytes());
    let played = run(&["replay", file.path()]);
    assert_eq!(played.code, Some(1), "{played:?}");
    let said =
        format!("datagram 2 of ours differs from byte {byte} on: it was \"69\", now it is \"70\"");
    assert!(played.text().contains(&said), "{played:?}");
    let played = run(&["replay", file.path(), "--json"]);
    assert_eq!(played.code, Some(1));
    let told = played.json();
    assert_eq!((&told["identical"], &told["difference"]["byte"]), (&json!(false), &json!(byte)));
    assert_eq!(told["played"][0]["at"], 0);
}

#[test]
fn an_export_is_written_into_the_file_that_is_named() {
    let folder = Folder::new("file");
    let served = serve(65, &folder, "tftp://%{server}");
    served.phone(&["--vendor", "yealink", "--mac", "805ec0000001"]);
    served.end();
    let file = folder.file("phone.pcapng");
    let file = file.to_str().unwrap();
    let exported = export(&folder, &["--phone", "805ec0000001", "-o", file]);
    assert_eq!((exported.code, exported.stdout.len()), (Some(0), 0), "{exported:?}");
    assert!(std::fs::read(file).unwrap().starts_with(b"\n\r\r\n"));
    assert_eq!(run(&["replay", file]).code, Some(0));
}

#[test]
fn what_cannot_be_exported_or_replayed_is_told() {
    let folder = Folder::new("told");
    let nothing = export(&folder, &["--phone", ID]);
    assert_eq!(nothing.code, Some(2), "{nothing:?}");
    assert!(nothing.stderr.contains("nothing is remembered here"), "{nothing:?}");
    let served = serve(66, &folder, "tftp://%{server}");
    served.phone(&["--vendor", "snom", "--mac", ID]);
    served.end();
    for options in [&["--phone", "nobody"][..], &["--phone", ID, "--exchange", "2"]] {
        let ended = export(&folder, options);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.stderr.contains("that can be exported"), "{ended:?}");
    }
    let no_recording = run(&["replay", &corpus("manual/notify.sip")]);
    assert_eq!(no_recording.code, Some(2), "{no_recording:?}");
    assert!(no_recording.stderr.contains("notify.sip"), "{no_recording:?}");
    assert!(no_recording.stderr.contains("fingerpost export"), "{no_recording:?}");
}
