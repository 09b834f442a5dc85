//! The differences that are known, and who is right.

/// Parsers that judge a message otherwise than we do.
pub struct Pinned {
    /// Its name: a file of RFC 4475 or of the corpus, or a variation.
    pub message: &'static str,
    /// Whether our strict reader takes it.
    pub we_take: bool,
    /// Who does the opposite.
    pub peers: &'static [&'static str],
    /// Where it is written down.
    pub section: &'static str,
    /// What stands there.
    pub why: &'static str,
}

const SIPX: &str = "sipx-sip";
const SIP_HEADER: &str = "sip-header";
const RSIPSTACK: &str = "rsipstack";
const SOFIA: &str = "sofia-sip (C)";

/// We take it, these peers do not.
const fn taken(
    message: &'static str,
    peers: &'static [&'static str],
    section: &'static str,
    why: &'static str,
) -> Pinned {
    Pinned { message, we_take: true, peers, section, why }
}

/// We refuse it, these peers take it.
const fn refused(
    message: &'static str,
    peers: &'static [&'static str],
    section: &'static str,
    why: &'static str,
) -> Pinned {
    Pinned { message, we_take: false, peers, section, why }
}

pub const PINNED: &[Pinned] = &[
    refused(
        "lamp-ipv6-without-brackets",
        &[RSIPSTACK],
        "RFC 3261 §25.1",
        "an IPv6 address in sent-by stands in brackets: ours",
    ),
    refused(
        "lamp-via-empty-parameter",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 3261 §25.1",
        "every ; in a Via is followed by a parameter: ours",
    ),
    taken(
        "lamp-via-unknown-transport",
        &[RSIPSTACK],
        "RFC 3261 §25.1",
        "a transport is any token: ours",
    ),
    refused(
        "lamp-via-port-too-large",
        &[SIP_HEADER],
        "RFC 3261 §25.1",
        "a port has 16 bits, though the grammar counts no digits: ours",
    ),
    refused("lamp-quote-open", &[RSIPSTACK], "RFC 3261 §25.1", "a quoted string has an end: ours"),
    refused(
        "lamp-name-with-comma",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 3261 §25.1",
        "a display name without marks is made of tokens: ours",
    ),
    refused(
        "lamp-space-in-brackets",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 3261 §25.1",
        "no white space stands inside the brackets; a liberal reader may strip it: ours, for a strict one",
    ),
    refused(
        "lamp-escape-that-is-none",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 3261 §25.1",
        "% in a user part is followed by two hex digits: ours",
    ),
    refused(
        "lamp-bare-contact-with-headers",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 3261 §20.10",
        "a URI with ? stands in brackets: ours",
    ),
    refused(
        "lamp-contact-semicolons",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 3261 §25.1",
        "every ; behind an address is followed by a parameter: ours",
    ),
    refused(
        "lamp-cseq-too-large",
        &[SIP_HEADER],
        "RFC 3261 §8.1.1.5",
        "a CSeq number has 32 bits; this peer has no type for CSeq: ours",
    ),
    refused(
        "lamp-cseq-other-method",
        &[RSIPSTACK, SIP_HEADER, SIPX, SOFIA],
        "RFC 3261 §8.1.1.5",
        "the method in CSeq is the request's: ours; the peers judge no header beside another",
    ),
    refused(
        "lamp-call-id-two-ats",
        &[RSIPSTACK, SIP_HEADER, SIPX, SOFIA],
        "RFC 3261 §25.1",
        "callid is a word, or two with one @ between: ours",
    ),
    refused(
        "lamp-length-too-large",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 3261 §18.3",
        "a datagram shorter than its Content-Length is an error: ours",
    ),
    refused(
        "lamp-length-twice",
        &[RSIPSTACK],
        "RFC 3261 §20.14",
        "two lengths that differ tell nothing: ours",
    ),
    refused(
        "lamp-two-spaces",
        &[SIP_HEADER, SOFIA],
        "RFC 3261 §7.1",
        "one SP stands between the parts of the first line: ours, for a strict reader",
    ),
    refused(
        "lamp-space-at-end",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 3261 §7.1",
        "nothing stands between the version and CRLF: ours, for a strict reader",
    ),
    refused(
        "lamp-uri-in-brackets",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 3261 §7.1",
        "the Request-URI stands without brackets: ours, for a strict reader",
    ),
    refused(
        "lamp-line-without-colon",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 3261 §7.3.1",
        "a header line has a name and a colon: ours",
    ),
    refused(
        "lamp-no-call-id",
        &[RSIPSTACK, SIP_HEADER, SIPX, SOFIA],
        "RFC 3261 §8.1.1",
        "Call-ID is mandatory: ours; the peers do not ask whether headers are there",
    ),
    refused(
        "lamp-bare-feeds",
        &[SIP_HEADER, SOFIA],
        "RFC 3261 §7",
        "every line ends with CRLF: ours, for a strict reader",
    ),
    taken("intmeth", &[RSIPSTACK, SOFIA], "RFC 4475 §3.1.1.2", "odd, but well formed: ours"),
    taken("esc02", &[RSIPSTACK], "RFC 4475 §3.1.1.5", "% in a token is no escape: ours"),
    taken(
        "transports",
        &[RSIPSTACK],
        "RFC 4475 §3.1.1.10",
        "an unknown transport is well formed: ours",
    ),
    taken("mpart01", &[SIP_HEADER], "RFC 4475 §3.1.1.11", "a body need not be text: ours"),
    refused(
        "badinv01",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 4475 §3.1.2.1",
        "separators with nothing between: ours",
    ),
    refused(
        "clerr",
        &[RSIPSTACK, SIP_HEADER],
        "RFC 4475 §3.1.2.2",
        "Content-Length larger than the datagram: ours",
    ),
    refused("scalar02", &[SIP_HEADER], "RFC 4475 §3.1.2.4", "CSeq beyond 32 bits: ours"),
    refused("quotbal", &[RSIPSTACK], "RFC 4475 §3.1.2.6", "a quoted string without end: ours"),
    refused(
        "ltgtruri",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 4475 §3.1.2.7",
        "Request-URI in brackets: ours, for a strict reader",
    ),
    refused(
        "lwsstart",
        &[SIP_HEADER, SOFIA],
        "RFC 4475 §3.1.2.9",
        "more than one SP in the first line: ours, for a strict reader",
    ),
    refused(
        "trws",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 4475 §3.1.2.10",
        "SP at the end of the first line: ours, for a strict reader",
    ),
    taken(
        "baddate",
        &[SIPX, SOFIA],
        "RFC 4475 §3.1.2.12",
        "a Date that is not in GMT is no reason to refuse, where Date does not matter: both may",
    ),
    refused("regbadct", &[RSIPSTACK, SIP_HEADER], "RFC 4475 §3.1.2.13", "a bare URI with ?: ours"),
    refused(
        "badaspec",
        &[RSIPSTACK, SIP_HEADER, SOFIA],
        "RFC 4475 §3.1.2.14",
        "white space inside the brackets: ours, for a strict reader",
    ),
    refused(
        "baddn",
        &[SIP_HEADER],
        "RFC 4475 §3.1.2.15",
        "a display name that is not made of tokens: ours, for a strict reader",
    ),
    refused(
        "mismatch01",
        &[RSIPSTACK, SIP_HEADER, SIPX, SOFIA],
        "RFC 4475 §3.1.2.17",
        "CSeq names another method: ours; the peers judge no header beside another",
    ),
    refused(
        "mismatch02",
        &[SIP_HEADER, SIPX, SOFIA],
        "RFC 4475 §3.1.2.18",
        "CSeq names another method: ours, though 501 would do as well as 400",
    ),
    refused(
        "bigcode",
        &[SIP_HEADER],
        "RFC 4475 §3.1.2.19",
        "a status code beyond every range: ours",
    ),
    refused(
        "insuf",
        &[RSIPSTACK, SIP_HEADER, SIPX, SOFIA],
        "RFC 4475 §3.3.1",
        "mandatory headers are missing: ours; the peers do not ask whether headers are there",
    ),
    taken(
        "regaut01",
        &[RSIPSTACK],
        "RFC 4475 §3.3.7",
        "an unknown scheme of authorization is well formed: ours",
    ),
    refused(
        "multi01",
        &[RSIPSTACK, SIPX],
        "RFC 4475 §3.3.8",
        "headers that may stand once stand twice: ours; the peers take the first",
    ),
    refused("mcl01", &[RSIPSTACK], "RFC 4475 §3.3.9", "two lengths that differ: ours"),
];
