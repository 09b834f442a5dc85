//! Messages made to be slow to read: one thing over and over. Twice as many must cost about twice the instructions.

use crate::callgrind;
use crate::peer::Layer;
use crate::peers::OWN;
use crate::table::ratio;
use fingerpost_core::Limits;

/// What is repeated, and the header line round it.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("parentheses", "User-Agent: ", "(", ""),
    ("comments", "User-Agent: ", "()", ""),
    ("quotes", "From: ", "\"", ""),
    ("quoted-names", "Contact: ", "\"a\" <sip:a@b>,", "<sip:a@b>"),
    ("backslashes", "From: \"", "\\", ""),
    ("semicolons", "Via: SIP/2.0/UDP h", ";", ""),
    ("parameters", "Via: SIP/2.0/UDP h", ";a=b", ""),
    ("percents", "Contact: <sip:", "%", "@h>"),
    ("escapes", "Contact: <sip:", "%41", "@h>"),
    ("commas", "Allow: a", ",", ""),
    ("tokens", "Allow: a", ",a", ""),
    ("uris", "Contact: sip:a", ",sip:a", ""),
    ("brackets", "Contact: ", "<", ""),
    ("bracket-uris", "Route: <sip:a>", ",<sip:a>", ""),
    ("unclosed-uris", "Route: ", "<sip:a,", ""),
    ("ipv6", "Contact: <sip:[", ":", "]>"),
    ("ipv6-uris", "Route: <sip:[::1]>", ",<sip:[::1]>", ""),
    ("colons", "Call-ID: ", ":", ""),
    ("at-signs", "Call-ID: ", "@", ""),
    ("folds", "Subject: a", "\r\n ", "b"),
    ("folded-list", "Supported: a", ",\r\n a", ""),
    ("blanks", "CSeq: 1", " ", "INVITE"),
    ("user-colons", "Contact: <sip:", "a:", "h>"),
    ("uri-parameters", "Route: <sip:h", ";a", ">"),
    ("question-marks", "Contact: <sip:h", "?a", ">"),
    ("digits", "CSeq: ", "0", "1 INVITE"),
];

/// The message for `CASE:REPEATS`.
pub fn message(case: &str) -> Option<Vec<u8>> {
    let (name, repeats) = case.split_once(':')?;
    let (_, before, repeated, after) = CASES.iter().find(|(known, ..)| *known == name)?;
    let repeated = repeated.repeat(repeats.parse().ok()?);
    Some(format!("INVITE sip:h SIP/2.0\r\n{before}{repeated}{after}\r\n\r\n").into_bytes())
}

/// Twice as much may cost this many times as much: what stays the same is small beside it.
const AT_MOST: f64 = 2.2;

/// Twice as many are read all the same: beyond its limits a value is refused, and costs nothing.
fn within_limits(repeated: &str) -> usize {
    let Limits { params, folds, .. } = Limits::default();
    match repeated {
        _ if repeated.contains("\r\n") => folds / 2,
        _ if repeated.contains(';') => params / 2,
        _ => usize::MAX,
    }
}

/// Prints the instructions of an inspection at n and 2n repeats; whether all are linear.
pub fn hold() -> bool {
    println!("\ninstructions of an inspection at n and 2n repeats");
    CASES.iter().all(|(name, _, repeated, _)| {
        let repeats = (4000 / repeated.len()).min(within_limits(repeated));
        let count = |repeats: usize| {
            let message = format!("adversarial:{name}:{repeats}");
            callgrind::instructions(OWN, Layer::Inspect.name(), &message)
        };
        let Some((once, twice)) = count(repeats).zip(count(2 * repeats)) else {
            println!("{name:16} skipped: valgrind is not here");
            return true;
        };
        let growth = ratio(twice, once);
        let remark = if growth > AT_MOST { "PASSED THE GATE: not linear" } else { "" };
        println!("{name:16} {once:>9} {twice:>9} x {growth:.2} {remark}");
        growth <= AT_MOST
    })
}
