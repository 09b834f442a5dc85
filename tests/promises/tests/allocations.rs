//! What reading asks of the heap. A test program of its own, for it counts with an allocator of its own.

#![allow(unsafe_code, reason = "an allocator cannot be written without")]
#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::check::{Context, check, inspect};
use fingerpost_core::message::StartLine;
use fingerpost_core::{Message, scan};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

const SUBSCRIBE: &[u8] = include_bytes!("../../corpus/manual/subscribe.sip");
const OK: &[u8] = include_bytes!("../../corpus/manual/200-ok.sip");
const NOTIFY: &[u8] = include_bytes!("../../corpus/manual/notify.sip");
const INVITE: &[u8] = include_bytes!("../../bench/messages/invite.sip");

struct Counting;

#[global_allocator]
static HEAP: Counting = Counting;

thread_local! {
    /// Of this thread: the test runner's own allocations are none of ours.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller promised.
        unsafe { System.realloc(block, layout, size) }
    }
}

fn allocations<T>(work: impl FnOnce() -> T) -> usize {
    let before = COUNT.with(Cell::get);
    black_box(work());
    COUNT.with(Cell::get) - before
}

/// Every header that has a type.
fn typed(bytes: &[u8]) -> usize {
    let message = Message::parse(bytes).unwrap();
    if let StartLine::Request(line) = message.start_line() {
        black_box(line.parsed_uri().unwrap());
    }
    let _ = black_box((message.from(), message.to(), message.call_id(), message.cseq()));
    let _ = black_box((message.event(), message.max_forwards(), message.expires()));
    let _ = black_box((message.subscription_state(), message.content_type()));
    let _ = black_box((message.content_length(), message.user_agent()));
    message.vias().map(black_box).count()
        + message.contacts().map(black_box).count()
        + message.routes().chain(message.record_routes()).map(black_box).count()
        + message.require().map(black_box).count()
        + message.accept().map_or(0, Iterator::count)
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| Box::new(1)), 1);
}

#[test]
fn the_shallow_level_allocates_nothing() {
    for bytes in [SUBSCRIBE, OK, NOTIFY] {
        assert_eq!(allocations(|| Message::parse(bytes).unwrap()), 0);
    }
    // 40 lines: the list of lines moves to the heap, once.
    assert_eq!(allocations(|| Message::parse(INVITE).unwrap()), 1);
}

#[test]
fn typed_values_borrow_and_allocate_nothing() {
    for bytes in [SUBSCRIBE, OK, NOTIFY] {
        assert_eq!(allocations(|| typed(bytes)), 0);
    }
    assert_eq!(allocations(|| typed(INVITE)), 1);
}

#[test]
fn a_tape_is_one_allocation() {
    for bytes in [SUBSCRIBE, OK, NOTIFY] {
        assert_eq!(allocations(|| scan(bytes)), 1);
    }
}

#[test]
fn a_refused_message_allocates_nothing_however_large_it_is() {
    let large = [SUBSCRIBE, &b"X: y\r\n".repeat(20_000)].concat();
    assert_eq!(allocations(|| Message::parse(&large).unwrap_err()), 0);
    assert_eq!(allocations(|| Message::parse(&large[..100]).unwrap()), 0);
}

#[test]
fn a_check_that_finds_nothing_allocates_nothing() {
    let text = String::from_utf8(NOTIFY.to_vec()).unwrap();
    let (start, rest) = text.split_once("Event: ua-profile;").unwrap();
    let (_, end) = rest.split_once("\r\n").unwrap();
    let text = format!("{start}Event: ua-profile\r\n{end}");
    let message = Message::parse(text.as_bytes()).unwrap();
    let context = Context::default();
    assert_eq!(check(&message, &context), []);
    assert_eq!(allocations(|| check(&message, &context)), 0);
    // The tape.
    assert_eq!(allocations(|| inspect(&message, &context)), 1);
}

/// Its words and its fix, each of which may grow once or twice while it is written, and the list of findings.
#[test]
fn a_finding_allocates_little() {
    for bytes in [SUBSCRIBE, OK, NOTIFY, INVITE] {
        let message = Message::parse(bytes).unwrap();
        let findings = check(&message, &Context::default()).len();
        let count = allocations(|| check(&message, &Context::default()));
        assert!((1..=2 + 3 * findings).contains(&count), "{count} for {findings}");
    }
}
