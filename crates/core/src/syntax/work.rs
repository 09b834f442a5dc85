//! Counts, for tests, the bytes that the productions look at and the tokens that they write: a measure of work that no
//! machine's mood changes. Outside of tests there is nothing here.

/// Notes that so many bytes were looked at.
#[cfg(not(test))]
pub(crate) const fn count(_: usize) {}

#[cfg(test)]
std::thread_local! {
    static COUNT: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

#[cfg(test)]
pub(crate) fn count(bytes: usize) {
    COUNT.with(|count| count.set(count.get() + bytes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Context, check};
    use crate::{Limits, Message};
    use alloc::{format, string::String};

    /// What begins a header line, what is repeated, what ends the line: each made to be read more often than once.
    const CASES: &[(&str, &str, &str)] = &[
        ("User-Agent: ", "(", ""),
        ("User-Agent: ", "()", ""),
        ("User-Agent: a ", "(", ") b"),
        ("From: ", "\"", ""),
        ("From: \"", "\\", "\" <sip:a>"),
        ("Contact: ", "\"a\" <sip:a@b>,", "<sip:a>"),
        ("Contact: ", "a <", ""),
        ("Contact: ", "a ", "<sip:a>"),
        ("Via: SIP/2.0/UDP h", ";", ""),
        ("Via: SIP/2.0/UDP h", ";a=b", ""),
        ("Via: SIP/2.0/UDP h", ", SIP/2.0/UDP h", ""),
        ("Event: ua-profile", ";model=\"\\\"\"", ""),
        ("Contact: <sip:", "%", "@h>"),
        ("Contact: <sip:", "%41", "@h>"),
        ("Contact: <sip:", "a:", "h>"),
        ("Contact: <sip:h", "?a", ">"),
        ("Route: <sip:h", ";a", ">"),
        ("Allow: a", ",", ""),
        ("Allow: a", ",a", ""),
        ("Allow: a", ",\r\n a", ""),
        ("Contact: sip:a", ",sip:a", ""),
        ("Contact: ", "<", ""),
        ("Route: <sip:a>", ",<sip:a>", ""),
        ("Route: ", "<sip:a,", ""),
        ("Route: <sip:[::1]>", ",<sip:[::1]>", ""),
        ("Contact: <sip:[", ":", "]>"),
        ("Route: ", "<sip:[", "]"),
        ("Call-ID: ", ":", ""),
        ("Call-ID: ", "@", ""),
        ("Subject: a", "\r\n ", "b"),
        ("CSeq: 1", " ", "INVITE"),
        ("CSeq: ", "0", "1 INVITE"),
    ];

    fn work(before: &str, repeated: &str, after: &str, times: usize) -> usize {
        let repeated: String = repeated.repeat(times);
        let text = format!("INVITE sip:h SIP/2.0\r\n{before}{repeated}{after}\r\n\r\n");
        let limits = Limits::default().with_message(1 << 20).with_header_bytes(1 << 20);
        let limits = limits.with_folds(1 << 20).with_params(1 << 20).with_nesting(1 << 20);
        let message = Message::parse_within(text.as_bytes(), &limits).unwrap();
        let begun = COUNT.with(core::cell::Cell::get);
        let tokens = message.tape().tokens().len();
        let findings = check(&message, &Context::default()).len();
        COUNT.with(core::cell::Cell::get) - begun + tokens + findings
    }

    #[test]
    fn twice_as_much_of_anything_is_twice_the_work() {
        for (before, repeated, after) in CASES {
            let [once, twice] = [1_000, 2_000].map(|times| work(before, repeated, after, times));
            assert!(twice < once * 2 + 200, "{before}{repeated}…: {once}, then {twice}");
        }
    }

    #[test]
    fn every_byte_of_a_value_is_counted_at_least_once() {
        for (before, repeated) in [("Call-ID: ", ":"), ("Allow: a", ",a"), ("User-Agent: ", "()")] {
            assert!(work(before, repeated, "", 1_000) > 1_000 * repeated.len(), "{before}");
        }
    }
}
