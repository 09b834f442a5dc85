//! `fingerpost phone` on the loopback card: each test has a group and port of its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::Value;
use support::files;
use support::served::{Served, network};
use support::{Ended, run};

fn phone(number: u8, options: &[&str]) -> Ended {
    let network = network(number);
    let network: Vec<&str> = network.iter().map(String::as_str).collect();
    run(&[&["phone"], &network[..], options].concat())
}

fn done(ended: &Ended) -> Value {
    serde_json::from_str(ended.text().lines().next().unwrap()).unwrap()
}

#[test]
fn all_lists_a_machine_once_with_its_first_url() {
    let _server = Served::start(121, &["--url", "http://first.example/"]);
    let ended = phone(121, &["--all", "--wait", "1s", "--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let responders = done(&ended)["responders"].take();
    assert_eq!(responders.as_array().unwrap().len(), 1, "{responders:#}");
    let row = &responders[0];
    assert_eq!((&row["address"], &row["port"]), (&"127.0.0.1".into(), &36_821.into()));
    assert_eq!((&row["status"], &row["url"]), (&"200".into(), &"http://first.example/".into()));
    assert_eq!(
        (&row["mac"], &row["vendor"]),
        (&Value::Null, &Value::Null),
        "the loopback has none"
    );
}

#[test]
fn all_tells_people_who_answers() {
    let _server = Served::start(122, &["--url", "http://first.example/"]);
    let text = phone(122, &["--all", "--wait", "1s"]).text();
    assert!(text.contains("One responder answers here:\n  127.0.0.1  "), "{text}");
}

#[test]
fn a_phone_that_takes_the_first_answer_lists_nobody() {
    let _server = Served::start(123, &["--url", "http://first.example/"]);
    assert_eq!(done(&phone(123, &["--json"])).get("responders"), None);
    let nobody = phone(124, &["--all", "--wait", "300ms", "--json"]);
    assert_eq!((nobody.code, &done(&nobody)["responders"]), (Some(3), &Value::Array(Vec::new())));
}

/// What a phone fetched from a server that told it `url`.
fn fetched(number: u8, url: &str, options: &[&str]) -> (Option<i32>, Value) {
    let _server = Served::start(number, &["--url", url]);
    let ended = phone(number, &[&["--fetch", "--json"], options].concat());
    (ended.code, done(&ended)["fetched"].take())
}

#[test]
fn fetch_follows_a_folder_by_http_as_a_grandstream_phone_does() {
    let server = files::http(&[("gs/cfg000b82000001.xml", "<gs_provision/>")]);
    let options = ["--vendor", "grandstream", "--mac", "000b82000001"];
    let (code, files) = fetched(131, &format!("http://{server}/gs/"), &options);
    let file = &files[0];
    assert_eq!((code, files.as_array().unwrap().len()), (Some(0), 1), "{files:#}");
    assert_eq!(file["url"], format!("http://{server}/gs/cfg000b82000001.xml"));
    assert_eq!((&file["status"], &file["size"]), (&"200 OK".into(), &15.into()));
    assert_eq!(file["content_type"], "text/xml");
    assert_eq!(file["beginning"], "<gs_provision/>");
    assert!(file["explanation"].as_str().unwrap().contains("cfg000b82000001.xml"), "{file:#}");
}

#[test]
fn fetch_follows_both_files_by_tftp_as_an_audiocodes_phone_does() {
    let firmware = "f".repeat(1024);
    let server = files::tftp(&[("440HD.img", &firmware), ("00908f000001.cfg", "ini/x=1\r\n")]);
    let (code, files) = fetched(132, &format!("tftp://{server}"), &["--mac", "00908f000001"]);
    assert_eq!(code, Some(0), "{files:#}");
    let told = |at: usize| (&files[at]["what"], &files[at]["ok"], &files[at]["size"]);
    assert_eq!(told(0), (&"firmware".into(), &true.into(), &1024.into()), "{files:#}");
    assert_eq!(told(1), (&"configuration".into(), &true.into(), &9.into()), "{files:#}");
    assert_eq!(files[1]["beginning"], "ini/x=1\r\n");
}

#[test]
fn fetch_says_why_nothing_came_and_that_is_no_success() {
    let (tftp, http) = (files::tftp(&[]), files::http(&[]));
    let (code, files) = fetched(133, &format!("tftp://{tftp}/fw.img;cfg.cfg"), &[]);
    assert_eq!(code, Some(3), "{files:#}");
    assert_eq!(files[1]["status"], "error 1: file not found (no such file)", "{files:#}");
    let (code, files) = fetched(134, &format!("http://{http}/no.xml"), &["--vendor", "snom"]);
    assert_eq!((code, &files[0]["status"]), (Some(3), &"404 Not Found".into()), "{files:#}");
    let (code, files) = fetched(135, "https://phones.example/", &["--vendor", "snom"]);
    assert_eq!((code, &files[0]["status"]), (Some(3), &Value::Null), "{files:#}");
    assert!(files[0]["error"].as_str().unwrap().contains("https is not followed"), "{files:#}");
    let nobody = phone(136, &["--fetch", "--wait", "300ms", "--json"]);
    assert_eq!((nobody.code, &done(&nobody)["fetched"]), (Some(3), &Value::Array(Vec::new())));
}

#[test]
fn fetch_tells_people_what_came_and_lets_no_file_steer_the_terminal() {
    let server = files::http(&[("000413000001.xml", "<settings>\u{1b}[2J</settings>")]);
    let url = format!("http://{server}/{{mac}}.xml");
    let _server = Served::start(137, &["--url", &url]);
    let ended = phone(137, &["--fetch", "--vendor", "snom", "--mac", "000413000001"]);
    let text = ended.text();
    assert_eq!(ended.code, Some(0), "{text}");
    for words in
        ["000413000001.xml", "fills in {mac}", "200 OK; 25 bytes; text/xml", "<settings>\\u{1b}[2J"]
    {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
}

#[test]
fn fetch_is_for_one_phone() {
    assert_eq!(run(&["phone", "--fetch", "--count", "2"]).code, Some(2));
}
