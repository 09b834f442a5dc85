//! Owns the names of what a text was read as.

use std::fmt;

/// What the place of a message was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// `pjsip set logger on` of Asterisk.
    AsteriskPjsip,
    /// `sip set debug on` of Asterisk.
    AsteriskSip,
    /// `sofia global siptrace on` of FreeSWITCH.
    FreeSwitch,
    /// ngrep, line by line.
    NgrepByline,
    /// ngrep as it writes without options.
    Ngrep,
    /// Messages under lines with a time and `address -> address`, as sngrep saves them.
    Sngrep,
    /// `tcpdump -A`.
    Tcpdump,
    /// A dump in rows of hexadecimal numbers: of Wireshark, tcpdump, hexdump or xxd.
    HexDump,
    /// Hexadecimal numbers alone.
    PlainHex,
    /// Messages on one line, their line ends escaped: C, JSON, syslog.
    Escaped,
    /// A log whose every line begins with the same kind of prefix.
    Prefixed,
    /// A log that has a prefix before the first line of a message.
    FirstPrefixed,
    /// The trace page of a Snom phone.
    Snom,
    /// Wireshark's packet details.
    WiresharkDetails,
}

impl Reading {
    /// A stable word for machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsteriskPjsip => "asterisk-pjsip",
            Self::AsteriskSip => "asterisk-sip",
            Self::FreeSwitch => "freeswitch",
            Self::NgrepByline => "ngrep-byline",
            Self::Ngrep => "ngrep",
            Self::Sngrep => "sngrep",
            Self::Tcpdump => "tcpdump",
            Self::HexDump => "hex-dump",
            Self::PlainHex => "plain-hex",
            Self::Escaped => "escaped",
            Self::Prefixed => "prefixed",
            Self::FirstPrefixed => "first-prefixed",
            Self::Snom => "snom",
            Self::WiresharkDetails => "wireshark-details",
        }
    }

    /// Whether it says how lines were read, and the line before a message may say more.
    pub(crate) const fn is_general(self) -> bool {
        matches!(self, Self::Prefixed | Self::FirstPrefixed)
    }

    /// What the line that announces a message says of the log that it stands in.
    pub(super) fn of_announcement(line: &[u8]) -> Option<Self> {
        let has = |word: &str| memchr::memmem::find(line, word.as_bytes()).is_some();
        let is_arrow = has("<---") && has("--->");
        match () {
            () if is_arrow && (has("Received SIP re") || has("Transmitting SIP re")) => {
                Some(Self::AsteriskPjsip)
            }
            () if is_arrow && (has("SIP read from") || has("Transmitting (")) => {
                Some(Self::AsteriskSip)
            }
            () if has("Transmitting (") || has("Retransmitting #") => Some(Self::AsteriskSip),
            () if has("recv ") && has(" bytes from ") => Some(Self::FreeSwitch),
            () if has("send ") && has(" bytes to ") => Some(Self::FreeSwitch),
            () if has(" IP ") || has(" IP6 ") => has(" > ").then_some(Self::Tcpdump),
            () if (has("Sent to ") || has("Received from ")) && has(" bytes)") => Some(Self::Snom),
            () if has(" -> ") || has(" ---> ") => Some(Self::Sngrep),
            () => None,
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AsteriskPjsip => "an Asterisk log (pjsip set logger on)",
            Self::AsteriskSip => "an Asterisk log (sip set debug on)",
            Self::FreeSwitch => "a FreeSWITCH log (sofia siptrace)",
            Self::NgrepByline => "ngrep -W byline",
            Self::Ngrep => "ngrep",
            Self::Sngrep => "messages under lines with `address -> address`, as sngrep saves them",
            Self::Tcpdump => "tcpdump -A",
            Self::HexDump => "a hex dump",
            Self::PlainHex => "hexadecimal numbers",
            Self::Escaped => "text with escaped line ends",
            Self::Prefixed => "a log with a prefix on every line",
            Self::FirstPrefixed => "a log with a prefix before each message",
            Self::Snom => "the trace of a Snom phone",
            Self::WiresharkDetails => "Wireshark's packet details",
        })
    }
}
