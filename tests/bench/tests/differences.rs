//! Where other parsers and ours differ, pinned one by one to the section that says who is right. Read are the project's
//! own corpus, small variations of one message, and RFC 4475's messages where `FINGERPOST_TORTURE` names their folder.

#[path = "differences/pinned.rs"]
mod pinned;
#[path = "differences/variations.rs"]
mod variations;

use fingerpost_bench::peer::{Layer, Peer};
use fingerpost_bench::peers::{self, OWN};
use fingerpost_core::Message;
use fingerpost_core::check::{Context, Severity, check};
use pinned::{PINNED, Pinned};
use sipx_sip::headers::{CSeq, CallId, From, Via};
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// A message and its name.
type Sample = (String, Vec<u8>);

fn folder(folder: &Path, extension: &str) -> io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == extension) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            samples.push((name, fs::read(&path)?));
        }
    }
    Ok(samples)
}

fn own_samples() -> Vec<Sample> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let mut samples = variations::all();
    for part in ["manual", "phones", "paste"] {
        samples.extend(folder(&corpus.join(part), "sip").unwrap());
    }
    samples.push(("invite".into(), include_bytes!("../messages/invite.sip").to_vec()));
    samples
}

fn torture() -> Vec<Sample> {
    let named = std::env::var_os("FINGERPOST_TORTURE");
    named.map_or(Vec::new(), |path| folder(Path::new(&path), "dat").unwrap())
}

/// A strict reader of ours takes what has no errors.
fn is_taken(bytes: &[u8]) -> bool {
    let judged = |message| check(&message, &Context::default());
    let is_error = |severity| severity == Severity::Error;
    Message::parse(bytes)
        .is_ok_and(|message| !judged(message).iter().any(|found| is_error(found.severity)))
}

/// Peers that judge the message differently, with what we say of it.
fn differing(bytes: &[u8], peers: &[Box<dyn Peer>]) -> (bool, BTreeSet<&'static str>) {
    let ours = is_taken(bytes);
    let others = peers.iter().filter(|peer| peer.name() != OWN);
    let differing = others
        .filter(|peer| peer.read(Layer::Typed, bytes).is_some_and(|taken| taken != ours))
        .map(|peer| peer.name());
    (ours, differing.collect())
}

/// What is not as it is pinned, in words.
fn surprise(sample: &Sample, peers: &[Box<dyn Peer>]) -> Option<String> {
    let (name, bytes) = sample;
    let (taken, found) = differing(bytes, peers);
    let pinned = PINNED.iter().find(|pinned| pinned.message == name);
    let is_here = |peer: &&str| peers.iter().any(|known| known.name() == *peer);
    let expected: BTreeSet<&str> =
        pinned.map_or(&[][..], |pinned| pinned.peers).iter().copied().filter(is_here).collect();
    let is_as_pinned = found == expected && pinned.is_none_or(|pinned| pinned.we_take == taken);
    (!is_as_pinned)
        .then(|| format!("{name}: we take it: {taken}; differing: {found:?}, pinned: {expected:?}"))
}

#[test]
fn parsers_differ_where_it_is_pinned_and_nowhere_else() {
    let peers = peers::all();
    let samples = [own_samples(), torture()].concat();
    let surprises: Vec<String> =
        samples.iter().filter_map(|sample| surprise(sample, &peers)).collect();
    assert!(surprises.is_empty(), "\n{}", surprises.join("\n"));
}

#[test]
fn every_difference_cites_a_section_and_stands_once() {
    let mut seen = BTreeSet::new();
    for Pinned { message, peers, section, why, .. } in PINNED {
        assert!(seen.insert(message), "{message} is pinned twice");
        assert!(!peers.is_empty() && section.starts_with("RFC ") && !why.is_empty(), "{message}");
    }
    let all = [own_samples(), torture()].concat();
    let is_torture = std::env::var_os("FINGERPOST_TORTURE").is_some();
    for pinned in PINNED {
        let is_there = all.iter().any(|(name, _)| name == pinned.message);
        assert!(is_there || !is_torture, "{} is nowhere", pinned.message);
    }
}

/// What both read out of a message: Vias with branch and port, Call-ID, `CSeq`, the From tag.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    vias: Vec<(Option<Vec<u8>>, Option<u16>)>,
    call_id: Vec<u8>,
    cseq: u32,
    from_tag: Option<Vec<u8>>,
}

fn read_by_us(bytes: &[u8]) -> Option<Read> {
    let message = Message::parse(bytes).ok()?;
    let owned = |text: fingerpost_core::Text<'_>| text.as_bytes().to_vec();
    let vias = message.vias().map(|via| via.map(|via| (via.branch().map(owned), via.sent_by.port)));
    Some(Read {
        vias: vias.collect::<Result<_, _>>().ok()?,
        call_id: owned(message.call_id().ok()??.text),
        cseq: message.cseq().ok()??.number,
        from_tag: message.from().ok()??.tag().map(owned),
    })
}

fn read_by_sipx(bytes: &[u8]) -> Option<Read> {
    let bytes = bytes::Bytes::copy_from_slice(bytes);
    let message = sipx_sip::parse_datagram(bytes, &sipx_sip::Limits::datagram()).ok()?;
    let headers = message.headers();
    let vias = headers.typed_all::<Via>();
    let vias = vias.map(|via| via.map(|via| (via.branch().map(<[u8]>::to_vec), via.port)));
    Some(Read {
        vias: vias.collect::<Result<_, _>>().ok()?,
        call_id: headers.typed_all::<CallId>().next()?.ok()?.0,
        cseq: headers.typed_all::<CSeq>().next()?.ok()?.sequence,
        from_tag: headers.typed_all::<From>().next()?.ok()?.tag().map(<[u8]>::to_vec),
    })
}

#[test]
fn what_two_parsers_read_out_of_a_message_is_the_same() {
    let mut compared = 0;
    for (name, bytes) in [own_samples(), torture()].concat() {
        if let Some((ours, theirs)) = read_by_us(&bytes).zip(read_by_sipx(&bytes)) {
            assert_eq!(ours, theirs, "{name}");
            compared += 1;
        }
    }
    assert!(compared >= 20, "only {compared} messages were read by both");
}
