use super::*;
use crate::build::NewRequest;
use crate::entropy::SeededEntropy;
use crate::message::{Message, Response};
use crate::time::Instant;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

fn request(seed: u64) -> Vec<u8> {
    let fields = NewRequest::new("NOTIFY", "sip:b.example", "192.0.2.1:5060".parse().unwrap());
    fields.begin(&mut SeededEntropy::new(seed)).build().unwrap()
}

fn answer(request: &[u8], status: u16) -> Vec<u8> {
    let request = Message::parse(request).unwrap();
    Response::reply_to(&request, status, "x").with_to_tag("t").headers().build().unwrap()
}

fn client(timers: Timers) -> ClientTransaction {
    ClientTransaction::start(Instant::ZERO, request(1), timers).unwrap()
}

/// Wakes it whenever it wants to be woken; the times, in milliseconds, at which it sent.
fn sent_at(client: &mut ClientTransaction) -> Vec<u64> {
    let (mut times, mut now) = (Vec::new(), Instant::ZERO);
    loop {
        while client.poll_transmit().is_some() {
            times.push(now.as_micros() / 1000);
        }
        let Some(next) = client.poll_timeout() else { return times };
        now = next;
        client.handle_timeout(now);
    }
}

fn events(client: &mut ClientTransaction) -> Vec<ClientEvent> {
    core::iter::from_fn(|| client.poll_event()).collect()
}

#[test]
fn a_request_is_repeated_by_timer_e_and_given_up_by_timer_f() {
    let mut client = client(Timers::UDP);
    let times = [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500];
    assert_eq!(sent_at(&mut client), times);
    assert_eq!(events(&mut client), [ClientEvent::TimedOut]);
    assert!(client.has_ended());
    assert!(client.handle_datagram(Instant::from_millis(32_001), &answer(&request(1), 200)));
    assert_eq!(events(&mut client), []);
}

#[test]
fn over_a_stream_a_request_is_sent_once() {
    let mut client = client(Timers::STREAM);
    assert_eq!(client.poll_timeout(), Some(Instant::from_millis(32_000)));
    assert_eq!(sent_at(&mut client), [0]);
    assert_eq!(events(&mut client), [ClientEvent::TimedOut]);
}

#[test]
fn after_a_provisional_response_every_pause_is_t2() {
    let mut client = client(Timers::UDP);
    assert!(client.handle_datagram(Instant::from_millis(10), &answer(&request(1), 100)));
    assert!(matches!(events(&mut client)[..], [ClientEvent::Provisional { status: 100, .. }]));
    let times = [0, 500, 4500, 8500, 12500, 16500, 20500, 24500, 28500];
    assert_eq!(sent_at(&mut client), times);
}

#[test]
fn a_final_response_ends_the_asking_and_its_repetitions_are_silent() {
    let mut client = client(Timers::UDP);
    let answer = answer(&request(1), 481);
    let at = Instant::from_millis(20);
    assert!(client.handle_datagram(at, &answer));
    assert!(client.handle_datagram(at, &answer));
    assert_eq!(events(&mut client), [ClientEvent::Final { status: 481, bytes: answer.clone() }]);
    assert_eq!(client.poll_timeout(), Some(at + Duration::from_secs(5)));
    assert_eq!(sent_at(&mut client), [0]);
    assert!(client.has_ended() && events(&mut client).is_empty());
    let mut client = self::client(Timers::STREAM);
    client.handle_datagram(at, &answer);
    assert!(client.has_ended());
}

#[test]
fn another_requests_answer_is_not_taken() {
    let mut client = client(Timers::UDP);
    assert!(!client.handle_datagram(Instant::ZERO, &answer(&request(2), 200)));
    assert!(!client.handle_datagram(Instant::ZERO, &request(1)));
    assert!(!client.handle_datagram(Instant::ZERO, b"\r\n\r\n"));
    let text =
        String::from_utf8(answer(&request(1), 200)).unwrap().replace("1 NOTIFY", "1 OPTIONS");
    assert!(!client.handle_datagram(Instant::ZERO, text.as_bytes()));
    assert_eq!(events(&mut client), []);
}

#[test]
fn without_a_branch_the_answer_is_known_by_call_id_tag_and_number() {
    let bare = |seed| {
        let text = String::from_utf8(request(seed)).unwrap();
        let (before, behind) = text.split_once(";branch").unwrap();
        let line_end = behind.find('\r').unwrap();
        alloc::format!("{before}{}", &behind[line_end..]).into_bytes()
    };
    let mut client = ClientTransaction::start(Instant::ZERO, bare(1), Timers::UDP).unwrap();
    assert!(!client.handle_datagram(Instant::ZERO, &answer(&bare(2), 200)));
    assert!(client.handle_datagram(Instant::ZERO, &answer(&bare(1), 200)));
}

#[test]
fn a_repeated_request_gets_the_same_answer_until_timer_j_ends() {
    let asked = request(1);
    let mut server =
        ServerTransaction::begin(&Message::parse(&asked).unwrap(), Timers::UDP).unwrap();
    assert!(server.handle_datagram(Instant::ZERO, &asked));
    assert_eq!((server.poll_transmit(), server.poll_timeout()), (None, None));
    server.respond(Instant::ZERO, answer(&asked, 100)).unwrap();
    assert!(server.handle_datagram(Instant::ZERO, &asked));
    let sent: Vec<_> = core::iter::from_fn(|| server.poll_transmit()).collect();
    assert_eq!(sent, [answer(&asked, 100), answer(&asked, 100)]);
    let ok = answer(&asked, 200);
    server.respond(Instant::from_millis(1000), ok.clone()).unwrap();
    assert!(server.handle_datagram(Instant::from_millis(1500), &asked));
    let sent: Vec<_> = core::iter::from_fn(|| server.poll_transmit()).collect();
    assert_eq!(sent, [ok.clone(), ok.clone()]);
    assert_eq!(server.respond(Instant::ZERO, ok), Err(TransactionError::Answered));
    assert_eq!(server.poll_timeout(), Some(Instant::from_millis(33_000)));
    server.handle_timeout(Instant::from_millis(32_999));
    assert!(!server.has_ended());
    server.handle_timeout(Instant::from_millis(33_000));
    assert!(server.has_ended());
    assert!(server.handle_datagram(Instant::from_millis(33_001), &asked));
    assert_eq!(server.poll_transmit(), None);
    let events: Vec<_> = core::iter::from_fn(|| server.poll_event()).collect();
    let repeated = ServerEvent::Repeated;
    assert_eq!(events, [repeated, repeated, repeated, ServerEvent::Ended]);
}

#[test]
fn over_a_stream_an_answered_request_is_forgotten_at_once() {
    let asked = request(1);
    let message = Message::parse(&asked).unwrap();
    let mut server = ServerTransaction::begin(&message, Timers::STREAM).unwrap();
    assert_eq!(server.respond(Instant::ZERO, asked.clone()), Err(TransactionError::NotAResponse));
    server.respond(Instant::ZERO, answer(&asked, 200)).unwrap();
    assert!(server.has_ended() && server.poll_transmit().is_some());
}

/// A request's key with one thing changed.
fn key(changes: &[(&str, &str)]) -> ServerKey {
    let text = "SUBSCRIBE sip:b SIP/2.0\r\nVia: SIP/2.0/UDP Phone:5060;branch=z9hG4bK1;rport\r\n\
From: <sip:a>;tag=1\r\nTo: <sip:b>\r\nCall-ID: 1@x\r\nCSeq: 1 SUBSCRIBE\r\n\r\n";
    let text = changes.iter().fold(String::from(text), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    ServerKey::of(&Message::parse(text.as_bytes()).unwrap()).unwrap()
}

#[test]
fn with_a_branch_only_branch_sent_by_and_method_count() {
    let same = key(&[]);
    assert_eq!(key(&[("1@x", "2@y"), ("tag=1", "tag=2"), ("sip:b SIP", "sip:c SIP")]), same);
    assert_eq!(key(&[("Phone:5060", "phone")]), same);
    assert_ne!(key(&[("bK1", "bK2")]), same);
    assert_ne!(key(&[("Phone", "other")]), same);
    assert_ne!(key(&[(":5060", ":5061")]), same);
    assert_ne!(key(&[("SUBSCRIBE", "OPTIONS")]), same);
    let invite = key(&[("SUBSCRIBE", "INVITE")]);
    assert_eq!(key(&[("SUBSCRIBE", "ACK")]), invite);
}

#[test]
fn without_a_branch_of_rfc_3261_everything_else_counts() {
    let old = (";branch=z9hG4bK1", ";branch=7");
    let same = key(&[old]);
    assert_eq!(key(&[old]), same);
    for change in
        [("1@x", "2@x"), ("tag=1", "tag=2"), ("sip:b SIP", "sip:c SIP"), (": 1 S", ": 2 S")]
    {
        assert_ne!(key(&[old, change]), same, "{change:?}");
    }
    assert_ne!(key(&[(";branch=z9hG4bK1", "")]), same);
    assert_ne!(key(&[old, ("To: <sip:b>", "To: <sip:b>;tag=9")]), same);
    assert_eq!(
        key(&[(";branch=z9hG4bK1", ";branch=z9hG4bK")]),
        key(&[(";branch=z9hG4bK1", ";branch=z9hG4bK")])
    );
}

#[test]
fn what_makes_no_transaction_is_refused() {
    let start =
        |bytes: &[u8]| ClientTransaction::start(Instant::ZERO, bytes.to_vec(), Timers::UDP).err();
    assert_eq!(start(b"hello"), Some(TransactionError::NotARequest));
    assert_eq!(start(&answer(&request(1), 200)), Some(TransactionError::NotARequest));
    assert_eq!(start(b"OPTIONS sip:a SIP/2.0\r\n\r\n"), Some(TransactionError::Unnamed));
    let invite = String::from_utf8(request(1)).unwrap().replace("NOTIFY", "INVITE");
    assert_eq!(start(invite.as_bytes()), Some(TransactionError::Invite));
    let begin =
        |bytes: &[u8]| ServerTransaction::begin(&Message::parse(bytes).unwrap(), Timers::UDP).err();
    assert_eq!(begin(invite.as_bytes()), Some(TransactionError::Invite));
    assert_eq!(begin(&answer(&request(1), 200)), Some(TransactionError::NotARequest));
    assert_eq!(begin(b"OPTIONS sip:a SIP/2.0\r\n\r\n"), Some(TransactionError::Unnamed));
}
