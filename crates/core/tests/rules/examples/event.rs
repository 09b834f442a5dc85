//! Events, `ua-profile`, and what single vendors do.

use crate::base::Base::{Notify, Subscribe};
use crate::example::{Change, Example, alone};
use fingerpost_core::check::rules::*;

const PACKAGE: &str =
    "Event: ua-profile;profile-type=device;vendor=\"acme\";model=\"p1\";version=\"1\"";
const SNOM: Change = (Subscribe, "\"acme\"", "\"snom\"");
const PLANET: Change = (Subscribe, "\"acme\"", "\"PLANET\"");
const AUDIOCODES: Change = (Subscribe, "Max", "User-Agent: AUDC-IPPhone/2.2.8\r\nMax");

pub(crate) const EXAMPLES: &[Example] = &[
    alone(&EVENT_MISSING, &[(Notify, "Event: ua-profile\r\n", "")], ""),
    alone(&EVENT_UNKNOWN, &[(Subscribe, PACKAGE, "Event: weather")], "weather").but(&[(
        Subscribe,
        PACKAGE,
        "Event: presence",
    )]),
    alone(&EVENT_CASE, &[(Notify, "Event: ua-profile", "Event: UA-Profile")], "UA-Profile"),
    alone(&STATE_MISSING, &[(Notify, "Subscription-State: terminated;reason=timeout\r\n", "")], ""),
    alone(&STATE_UNKNOWN, &[(Notify, "terminated;", "done;")], "done"),
    alone(&STATE_EXPIRES, &[(Notify, "terminated;reason=timeout", "active")], "active").but(&[(
        Notify,
        "terminated;reason=timeout",
        "active;expires=60",
    )]),
    alone(&STATE_EXPIRES, &[(Notify, ";reason=timeout", ";expires=60")], "terminated"),
    alone(&STATE_REASON, &[(Notify, "reason=timeout", "reason=fetched")], "fetched"),
    alone(&PROFILE_TYPE_MISSING, &[(Subscribe, "profile-type=device;", "")], "ua-profile"),
    alone(&PROFILE_TYPE_QUOTED, &[(Subscribe, "=device", "=\"device\"")], "\"device\""),
    alone(&PROFILE_TYPE_UNKNOWN, &[(Subscribe, "=device", "=desk")], "desk"),
    alone(&DEVICE_PARAM_MISSING, &[(Subscribe, ";model=\"p1\"", "")], "ua-profile"),
    alone(&DEVICE_PARAM_UNQUOTED, &[(Subscribe, "\"acme\"", "acme")], "acme"),
    alone(
        &NOTIFY_DEVICE_PARAMS,
        &[(Notify, "ua-profile", "ua-profile;model=\"p1\";id=1;version=\"1\"")],
        "model",
    )
    .but(&[(Notify, "ua-profile", "ua-profile;id=1")]),
    alone(
        &EFFECTIVE_BY_NUMBER,
        &[(Notify, "ua-profile", "ua-profile;effective-by=\"0\"")],
        "\"0\"",
    )
    .but(&[(Notify, "ua-profile", "ua-profile;effective-by=0")]),
    alone(
        &EFFECTIVE_BY_SUBSCRIBE,
        &[(Subscribe, "ua-profile", "ua-profile;effective-by=0")],
        "effective-by",
    ),
    alone(&ACCEPT_MISSING, &[(Subscribe, "Accept: application/url\r\n", "")], "ua-profile"),
    alone(
        &ACCEPT_URL,
        &[(Subscribe, "Accept: application/url", "Accept: application/xcap-diff+xml")],
        "application/xcap-diff+xml",
    ),
    alone(&EXPIRES_MISSING, &[(Subscribe, "Expires: 0\r\n", "")], "ua-profile"),
    alone(
        &SUBSCRIBE_BODY,
        &[(Subscribe, "Length: 0\r\n\r\n", "Type: text/plain\r\nContent-Length: 2\r\n\r\nhi")],
        "hi",
    ),
    alone(&VENDER, &[(Subscribe, "vendor", "vender")], "vender"),
    alone(&VENDOR_PLACEHOLDER, &[(Subscribe, "acme", "OEM")], "OEM"),
    alone(&AUDIOCODES_PROFILE_TYPE, &[(Subscribe, "=device", "=application")], "application"),
    alone(&AUDIOCODES_VENDOR, &[AUDIOCODES, (Subscribe, "vendor=\"acme\";", "")], "ua-profile")
        .but(&[AUDIOCODES, (Subscribe, "acme", "AudioCodes")]),
    alone(&PLANET_FROM_TAG, &[PLANET, (Subscribe, ";tag=a1", "")], "<sip:7@192.0.2.10:5060>")
        .but(&[PLANET]),
    alone(
        &EVENT_SPACE,
        &[PLANET, (Subscribe, "Event: ", "Event:")],
        "Event:ua-profile;profile-type=device;vendor=\"PLANET\";model=\"p1\";version=\"1\"",
    )
    .but(&[PLANET]),
    alone(&SNOM_BRANCH, &[SNOM, (Subscribe, ";branch=z9hG4bK-1", "")], "192.0.2.10").but(&[SNOM]),
    alone(
        &USER_MAC,
        &[(Subscribe, "From: <sip:7@", "From: <sip:MAC%3a0004130A1B2C@")],
        "MAC%3a0004130A1B2C",
    )
    .but(&[(
        Subscribe,
        "From: <sip:7@",
        "From: <sip:urn%3auuid%3a00000000-0000-1000-0000-0004130A1B2C@",
    )]),
    alone(
        &USER_AGENT_MAC,
        &[(Subscribe, "Max", "User-Agent: Fanvil X4U 2.4.2 0c383e112233\r\nMax")],
        "0c383e112233",
    )
    .but(&[(Subscribe, "Max", "User-Agent: Fanvil X4U 2.4.2\r\nMax")]),
];
