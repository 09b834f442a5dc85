//! Via, and what receivers put into it.

use crate::base::Base::{Notify, Ok, Subscribe};
use crate::example::{Example, alone};
use fingerpost_core::check::rules::*;

pub(crate) const EXAMPLES: &[Example] = &[
    alone(&BRANCH_MISSING, &[(Subscribe, ";branch=z9hG4bK-1", "")], "192.0.2.10"),
    alone(&BRANCH_COOKIE, &[(Subscribe, "z9hG4bK-1", "7711")], "7711"),
    alone(&BRANCH_COOKIE, &[(Subscribe, "z9hG4bK-1", "z9hG4bK")], "z9hG4bK"),
    alone(&RPORT_UNFILLED, &[(Ok, "rport=5060", "rport")], "rport"),
    alone(&RECEIVED_MISSING, &[(Ok, ";received=192.0.2.10", "")], "rport"),
    alone(
        &RECEIVED_BRACKETS,
        &[(Ok, "received=192.0.2.10", "received=[2001:db8::9]")],
        "[2001:db8::9]",
    ),
    alone(&RECEIVED_ADDRESS, &[(Ok, "received=192.0.2.10", "received=phone")], "phone"),
    alone(&VIA_PROTOCOL, &[(Notify, "SIP/2.0/UDP", "SIP/1.0/UDP")], "SIP/1.0"),
    alone(&VIA_TRANSPORT, &[(Notify, "SIP/2.0/UDP", "SIP/2.0/PIGEON")], "PIGEON"),
    alone(&VIA_TTL, &[(Subscribe, ";rport", ";maddr=224.0.1.75;ttl=256")], "256"),
    alone(
        &VIA_BROADCAST,
        &[(Ok, "From", "Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK-9\r\nFrom")],
        "255.255.255.255",
    ),
    alone(&VIA_UNSPECIFIED, &[(Subscribe, "UDP 192.0.2.10:5060", "UDP 0.0.0.0:5060")], "0.0.0.0"),
];
