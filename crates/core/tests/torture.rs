//! The messages of RFC 4475, where the environment variable `FINGERPOST_TORTURE` names a folder that holds them with
//! their `INDEX.tsv` (file, section, class, what a strict parser is expected to do). For those who have no such folder,
//! `tests/conformance` holds messages of our own with the same mistakes.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::check::{Context, Finding, Policy, Reach, Severity, Verdict, check, verdict};
use fingerpost_core::{Message, scan};
use std::path::{Path, PathBuf};

/// What becomes of a message: taken, answered with a status, or dropped.
use Becomes::{Answered, Dropped, Taken};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Taken,
    Answered(u16),
    Dropped,
}

/// File without its ending; what becomes of it for a strict and for a robust reader; what is found, and at which text.
/// Where `…` ends the text, it is only the beginning.
type Row = (&'static str, Becomes, Becomes, &'static [(&'static str, &'static str)]);

const ROWS: &[Row] = &[
    ("wsinv", Taken, Taken, &[("sip.via.branch-cookie", "390skdjuw")]),
    (
        "intmeth",
        Taken,
        Taken,
        &[("sip.method.unknown", "!interesting-Method0123456789_*+`.%indeed'~")],
    ),
    ("esc01", Taken, Taken, &[]),
    ("escnull", Taken, Taken, &[]),
    ("esc02", Taken, Taken, &[("sip.method.unknown", "RE%47IST%45R")]),
    ("lwsdisp", Taken, Taken, &[]),
    ("longreq", Taken, Taken, &[("sip.via.branch-missing", "sip33.example.com")]),
    (
        "dblreq",
        Taken,
        Taken,
        &[("framing.content-length.too-small", "\r\nINVITE sip:joe@example.com SIP/2.0\r\n…")],
    ),
    ("semiuri", Taken, Taken, &[]),
    ("transports", Taken, Taken, &[]),
    ("mpart01", Taken, Taken, &[]),
    ("unreason", Taken, Taken, &[]),
    ("noreason", Taken, Taken, &[]),
    (
        "badinv01",
        Answered(400),
        Answered(400),
        &[("sip.via.grammar", ";,;,,"), ("sip.header.extra-separator", ";;;")],
    ),
    ("clerr", Answered(400), Answered(400), &[("framing.content-length.too-large", "9999")]),
    ("ncl", Answered(400), Answered(400), &[("framing.content-length.grammar", "-999")]),
    (
        "scalar02",
        Answered(400),
        Answered(400),
        &[
            ("sip.cseq.grammar", "36893488147419103232"),
            ("sip.max-forwards.range", "300"),
            ("sip.number.range", "10000000000000000000000000000000000000000000…"),
        ],
    ),
    (
        "scalarlg",
        Dropped,
        Dropped,
        &[
            ("sip.to.tag-missing", "<sip:user@example.com>"),
            ("sip.cseq.grammar", "9292394834772304023312"),
            ("sip.number.range", "949302838503028349304023988"),
            ("sip.number.range", "1812"),
        ],
    ),
    (
        "quotbal",
        Answered(400),
        Taken,
        &[("sip.quote.unclosed", "\"Mr. J. User <sip:j.user@example.com>")],
    ),
    (
        "ltgtruri",
        Answered(400),
        Taken,
        &[
            ("sip.request-uri.brackets", "<sip:user@example.com>"),
            ("sip.via.branch-missing", "192.0.2.5"),
        ],
    ),
    ("lwsruri", Answered(400), Taken, &[("sip.request-uri.space", " lr")]),
    (
        "lwsstart",
        Answered(400),
        Taken,
        &[("sip.request-line.space", "INVITE  sip:user@example.com  SIP/2.0")],
    ),
    (
        "trws",
        Answered(400),
        Taken,
        &[("sip.request-line.space", "OPTIONS sip:remote-target@example.com SIP/2.0  ")],
    ),
    ("escruri", Taken, Taken, &[("sip.request-uri.headers", "Route=%3Csip:example.com%3E")]),
    ("baddate", Taken, Taken, &[("sip.date.zone", "Fri, 01 Jan 2010 16:00:00 EST")]),
    (
        "regbadct",
        Answered(400),
        Answered(400),
        &[("sip.address.brackets", "?Route=%3Csip:sip.example.com%3E")],
    ),
    ("badaspec", Answered(400), Taken, &[("sip.address.space", " sip:t.watson@example.org ")]),
    // The archive's file lacks the empty line, too.
    (
        "baddn",
        Answered(400),
        Answered(400),
        &[
            ("sip.display-name.unquoted", "Bell, Alexander"),
            ("sip.display-name.unquoted", "Watson, Thomas"),
            ("framing.headers-unterminated", ""),
        ],
    ),
    (
        "badvers",
        Answered(505),
        Answered(505),
        &[("sip.version", "SIP/7.0"), ("sip.via.protocol", "SIP/7.0")],
    ),
    ("mismatch01", Answered(400), Answered(400), &[("sip.cseq.method-differs", "INVITE")]),
    (
        "mismatch02",
        Answered(400),
        Answered(400),
        &[("sip.method.unknown", "NEWMETHOD"), ("sip.cseq.method-differs", "INVITE")],
    ),
    ("bigcode", Dropped, Dropped, &[("sip.status-code", "4294967301")]),
    ("badbranch", Taken, Taken, &[("sip.via.branch-cookie", "z9hG4bK")]),
    (
        "insuf",
        Answered(400),
        Answered(400),
        &[
            ("sip.contact.missing", "INVITE sip:user@example.com SIP/2.0"),
            ("sip.header.missing", "INVITE sip:user@example.com SIP/2.0"),
            ("sip.header.missing", "INVITE sip:user@example.com SIP/2.0"),
            ("sip.header.missing", "INVITE sip:user@example.com SIP/2.0"),
            ("sip.max-forwards.missing", "INVITE sip:user@example.com SIP/2.0"),
        ],
    ),
    (
        "unkscm",
        Answered(416),
        Answered(416),
        &[("sip.request-uri.scheme", "nobodyKnowsThisScheme:totallyopaquecontent")],
    ),
    (
        "novelsc",
        Answered(416),
        Answered(416),
        &[("sip.request-uri.scheme", "soap.beep://192.0.2.103:3002")],
    ),
    ("unksm2", Taken, Taken, &[("sip.contact.scheme", "name")]),
    (
        "bext01",
        Answered(420),
        Answered(420),
        &[
            ("sip.require.extension", "nothingSupportsThis"),
            ("sip.require.extension", "nothingSupportsThisEither"),
            ("sip.proxy-require.extension", "noProxiesSupportThis"),
            ("sip.proxy-require.extension", "norDoAnyProxiesSupportThis"),
        ],
    ),
    (
        "invut",
        Answered(415),
        Answered(415),
        &[("sip.content-type.unsupported", "application/unknownformat")],
    ),
    ("regaut01", Taken, Taken, &[("sip.authorization.scheme", "NoOneKnowsThisScheme")]),
    (
        "multi01",
        Answered(400),
        Answered(400),
        &[
            ("sip.header.repeated", "CSeq: 59 INVITE"),
            ("sip.header.repeated", "Call-ID: multi01.98asdh@192.0.2.2"),
            ("sip.header.repeated", "To: sip:other@example.net"),
            ("sip.header.repeated", "From: sip:caller@example.net;tag=2923420123"),
            ("sip.contact.several", "sip:caller@host36.example.net"),
            ("sip.header.repeated", "Max-Forwards: 5"),
        ],
    ),
    (
        "mcl01",
        Answered(400),
        Answered(400),
        &[("framing.content-length.conflict", "Content-Length: 5")],
    ),
    ("bcast", Dropped, Dropped, &[("sip.via.broadcast", "255.255.255.255")]),
    ("zeromf", Taken, Taken, &[("sip.max-forwards.zero", "0")]),
    ("cparam01", Taken, Taken, &[]),
    ("cparam02", Taken, Taken, &[]),
    ("regescrt", Taken, Taken, &[]),
    ("sdp01", Answered(406), Answered(406), &[("sip.accept.no-sdp", "text/nobodyKnowsThis")]),
    (
        "inv2543",
        Taken,
        Taken,
        &[
            ("framing.content-length.missing", "INVITE sip:UserB@example.com SIP/2.0"),
            ("sip.contact.missing", "INVITE sip:UserB@example.com SIP/2.0"),
            ("sip.max-forwards.missing", "INVITE sip:UserB@example.com SIP/2.0"),
            ("sip.via.branch-missing", "iftgw.example.com"),
            ("sip.from.tag-missing", "<sip:+13035551111@ift.client.example.net;user=phone>"),
        ],
    ),
];

/// The folder with the messages; `None`, said aloud, where there is none.
#[allow(clippy::print_stdout, reason = "who runs the tests should see what was skipped")]
fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("FINGERPOST_TORTURE").map(PathBuf::from);
    if folder.is_none() {
        println!("SKIPPED: FINGERPOST_TORTURE names no folder with the RFC 4475 messages");
    }
    folder
}

fn judged(bytes: &[u8], policy: Policy, reach: Reach) -> (Vec<Finding>, Becomes) {
    let message = Message::parse(bytes).unwrap();
    let findings = check(&message, &Context::default().with_policy(policy));
    let becomes = match verdict(&message, &findings, reach) {
        Verdict::Accept => Taken,
        Verdict::Answer { status, .. } => Answered(status),
        _ => Dropped,
    };
    (findings, becomes)
}

fn is_at(bytes: &[u8], finding: &Finding, (rule, text): &(&str, &str)) -> bool {
    let place = finding.span.slice(bytes).unwrap();
    let is_there = match text.strip_suffix('…') {
        Some(start) => place.starts_with(start.as_bytes()),
        None => place == text.as_bytes(),
    };
    finding.rule.id == *rule && is_there
}

/// Every line of the index: file, and what a strict parser is expected to do.
fn index(folder: &Path) -> Vec<(String, String)> {
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let rows = index.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        (fields[0].to_string(), fields[4].to_string())
    });
    rows.collect()
}

#[test]
fn every_torture_message_is_judged_as_rfc_4475_asks() {
    let Some(folder) = folder() else { return };
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (file, expected) in index(&folder) {
        let bytes = std::fs::read(folder.join(&file)).unwrap();
        let (findings, _) = judged(&bytes, Policy::Strict, Reach::Unicast);
        let is_refused = findings.iter().any(|finding| finding.severity == Severity::Error);
        count += 1;
        if expected != "either" && is_refused != (expected == "reject") {
            wrong.push(format!("{file} should be {expected}ed: {findings:?}"));
        }
        let tape = scan(&bytes);
        let leaves = tape.leaves().flat_map(|leaf| leaf.span.slice(&bytes).unwrap());
        assert!(leaves.eq(bytes.iter()), "{file}: the tokens do not tile it");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 49, "only {count} messages were judged");
}

#[test]
fn every_torture_message_has_its_findings_at_their_places_and_its_verdict() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    for (name, strict, robust, expected) in ROWS {
        let bytes = std::fs::read(folder.join(format!("{name}.dat"))).unwrap();
        let (findings, becomes) = judged(&bytes, Policy::Strict, Reach::Unicast);
        let is_found = findings.len() == expected.len()
            && findings.iter().zip(*expected).all(|(finding, row)| is_at(&bytes, finding, row));
        let liberal = judged(&bytes, Policy::Robust, Reach::Unicast).1;
        if !is_found || (becomes, liberal) != (*strict, *robust) {
            wrong.push(format!("{name}: {becomes:?}, {liberal:?}, {findings:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let named: Vec<String> = ROWS.iter().map(|(name, ..)| format!("{name}.dat")).collect();
    let missing: Vec<_> =
        index(&folder).into_iter().filter(|(file, _)| !named.contains(file)).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}

#[test]
fn no_torture_message_that_came_by_multicast_is_answered() {
    let Some(folder) = folder() else { return };
    for (name, strict, ..) in ROWS {
        let bytes = std::fs::read(folder.join(format!("{name}.dat"))).unwrap();
        let becomes = judged(&bytes, Policy::Strict, Reach::Multicast).1;
        let expected = if *strict == Taken { Taken } else { Dropped };
        assert_eq!(becomes, expected, "{name}");
    }
}

#[test]
fn every_fix_for_a_torture_message_mends_what_it_was_offered_for() {
    let Some(folder) = folder() else { return };
    let mut offered = 0;
    for (name, ..) in ROWS {
        let bytes = std::fs::read(folder.join(format!("{name}.dat"))).unwrap();
        let (before, _) = judged(&bytes, Policy::Strict, Reach::Unicast);
        let count = |findings: &[Finding], id| findings.iter().filter(|f| f.rule.id == id).count();
        let errors = |findings: &[Finding]| {
            let errors = findings.iter().filter(|f| f.severity == Severity::Error);
            errors.map(|finding| finding.rule.id).collect::<Vec<_>>()
        };
        for finding in before.iter().filter(|finding| finding.fix.is_some()) {
            let (id, fix) = (finding.rule.id, finding.fix.as_ref().unwrap());
            let (after, _) = judged(&fix.apply(&bytes), Policy::Strict, Reach::Unicast);
            assert!(count(&after, id) < count(&before, id), "{name}: {id} is still there");
            let new: Vec<_> =
                errors(&after).into_iter().filter(|id| !errors(&before).contains(id)).collect();
            assert!(new.is_empty(), "{name}: the fix for {id} makes {new:?}");
            offered += 1;
        }
    }
    assert!(offered >= 15, "only {offered} fixes were offered");
}
