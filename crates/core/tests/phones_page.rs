//! `phones.md`: how each vendor's phones ask and are answered, with its evidence, made from the profiles and practices.
//! `UPDATE_PHONES=1 cargo test -p fingerpost-core --test phones_page` writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Message;
use fingerpost_core::pnp::practice::{ALL, Practice, of};
use fingerpost_core::pnp::sync::sync_event;
use fingerpost_core::pnp::{asking, profile};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const HEAD: &str = "# Phones: how they ask, and how they are answered

<!-- Made by `UPDATE_PHONES=1 cargo test -p fingerpost-core --test phones_page`. Do not edit. -->

What is not set by a rule of the policy follows this table: the first row that fits a phone's vendor and model. None of it
was measured by this project against a real phone. The evidence: *captured* (seen in a capture or a trace of one),
*documented* (printed by the vendor or by who makes servers for its phones), *tool* (what a tool does that is used with
them, or its author's word), *inferred* (concluded from something else).

`rfc`, `manual` and `auto` are the forms of the answer: as RFC 3261 and RFC 6665 ask, as the AudioCodes 400HD manual
prints it, and the first with the second as a fallback (after a 481, after 1.5 s of silence, or when the phone asks again;
what worked is remembered by vendor, model and version). *Driven by* names the messages in `tests/corpus/phones`, composed
after captures and documents, with which a test drives `fingerpost serve` from a bare socket
(`tests/system/tests/vendors.rs`); *imitated* says whether `fingerpost phone --vendor` speaks so.
";

const TAIL: &str = "
No RFC describes check-sync. With `reboot=` it is documented for Yealink, Gigaset and Flyingvoice phones, bare for Grandstream
and Fanvil; for the others it is inferred. Without a restart it ends in `reboot=false`.

## Where the hardware address is looked for

User part of Request-URI, From, To and Contact (`MAC%3a…`, `MAC:`, `MAC=`, `MAC-`, `MAC`, a version 1 UUID; upper or
lower case), then User-Agent, then the link layer: the kernel's neighbour table, for sources on the card's own subnets
only, since beyond a router the neighbour is the router. The table knows a phone once something was sent to it. So a rule
on `mac`, or a URL with `%{mac}`, sends one empty datagram to the phone's discard port where the table is silent, and waits
300 ms at most; any other phone is answered at once and learned afterwards. Never from a Call-ID, never from another UUID.

## What the responder does otherwise than the RFCs, and why

- It listens on UDP alone (RFC 3261 §18.2.1 asks for TCP too): no phone in the table needs it, and a telephone system on the
  same machine does.
- A copy of a SUBSCRIBE that is heard on a second card gets no answer (§17.2.2 asks for the same one again): it could be
  taken for another server's. It is never refused as merged (482).
- Responses and NOTIFYs go to where the datagram came from, never to `maddr`, a Via or a Contact: a forged message must not
  send anything to a third address.
- A NOTIFY is sent at 0, 0.5, 1.5 and 3.5 s and then given up (§17.1.2.2 goes on for 32 s): phones wait for 5 s.
- On multicast everything that is refused is met with silence, unless a rule says `deny`.
";

fn files() -> Vec<(String, String, Option<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/phones");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        let phone = asking(&Message::parse(&bytes).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, phone.vendor.unwrap_or_default(), phone.model)
    };
    paths.iter().map(read).collect()
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    page += "\n| Phones | How they ask | Evidence | Form | Evidence | Check-sync | Driven by | Imitated | Remarks |\n";
    page += "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
    let files = files();
    for practice in ALL {
        page += &row(practice, &files);
    }
    page + TAIL
}

fn row(practice: &Practice, files: &[(String, String, Option<String>)]) -> String {
    let is_driven = |(_, vendor, model): &&(String, String, Option<String>)| {
        of(Some(vendor), model.as_deref()) == practice
    };
    let driven: Vec<&str> =
        files.iter().filter(is_driven).map(|(name, ..)| name.as_str()).collect();
    let is_imitated = |(_, vendor, model): &&(String, String, Option<String>)| {
        let known = profile::find_model(vendor, model.as_deref());
        known.is_some_and(|known| of(Some(known.vendor), Some(known.model)) == practice)
    };
    let imitated =
        if files.iter().filter(is_driven).any(|file| is_imitated(&file)) { "yes" } else { "" };
    let slash = if practice.wants_folder { ", `slash`" } else { "" };
    let form = format!("{}{slash}", practice.dialect);
    let sync = sync_event(Some(practice.vendor), true);
    let sync = format!("`{}`{}", sync.event, if sync.wants_url { " and the URL" } else { "" });
    let mut row = String::new();
    writeln!(
        row,
        "| {} | {} | {} | {form} | {} | {sync} | {} | {imitated} | {} |",
        who(practice),
        practice.asks,
        practice.asks_mark.name(),
        practice.answer_mark.name(),
        driven.join(", "),
        practice.remark,
    )
    .unwrap();
    row
}

fn who(practice: &Practice) -> String {
    match (practice.vendor, practice.models) {
        ("", _) => "any other".into(),
        (vendor, "") => vendor.into(),
        (vendor, models) => format!("{vendor} `{models}*`"),
    }
}

#[test]
fn the_page_of_phones_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("phones.md");
    let page = page();
    if std::env::var_os("UPDATE_PHONES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let how = "UPDATE_PHONES=1 cargo test -p fingerpost-core --test phones_page";
    assert!(written == page, "phones.md is out of date: {how}");
}

#[test]
fn every_vendor_of_whom_a_message_is_known_is_driven_by_one() {
    let files = files();
    // Of these no spelling is known: a message after them would be made up.
    let unknown = ["akuvox", "escene", "flyingvoice"];
    for practice in ALL.iter().filter(|practice| !unknown.contains(&practice.vendor)) {
        let is_driven =
            files.iter().any(|(_, vendor, model)| of(Some(vendor), model.as_deref()) == practice);
        assert!(is_driven, "{}", who(practice));
    }
}
