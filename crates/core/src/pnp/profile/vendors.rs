//! Owns the table: what each vendor's phones do, as captures and vendors' documents say. Data alone.

use super::{PhoneProfile, Rport};
use crate::message::HeaderName as H;

/// Most stacks write their headers in this order.
const COMMON: &[H] = &[
    H::Via,
    H::From,
    H::To,
    H::CallId,
    H::CSeq,
    H::Contact,
    H::MaxForwards,
    H::UserAgent,
    H::Expires,
    H::Event,
    H::Accept,
];

const AUDIOCODES_ORDER: &[H] = &[
    H::From,
    H::To,
    H::CallId,
    H::CSeq,
    H::Via,
    H::Expires,
    H::Event,
    H::MaxForwards,
    H::Supported,
    H::Accept,
    H::Contact,
    H::UserAgent,
];

const SNOM_ORDER: &[H] = &[
    H::Via,
    H::From,
    H::To,
    H::CallId,
    H::CSeq,
    H::Event,
    H::Expires,
    H::Accept,
    H::Contact,
    H::UserAgent,
];

const FANVIL_ORDER: &[H] = &[
    H::Via,
    H::From,
    H::To,
    H::CallId,
    H::CSeq,
    H::Contact,
    H::MaxForwards,
    H::UserAgent,
    H::Event,
    H::Expires,
    H::Accept,
];

const GRANDSTREAM_ORDER: &[H] = &[
    H::Via,
    H::From,
    H::To,
    H::CallId,
    H::CSeq,
    H::Contact,
    H::MaxForwards,
    H::UserAgent,
    H::Expires,
    H::Supported,
    H::Event,
    H::Accept,
    H::Allow,
];

/// What a phone of no vendor in particular does; the others differ from it where captures say so.
pub(super) const GENERIC: PhoneProfile = PhoneProfile {
    vendor: "generic",
    model: "P1",
    version: "1.0",
    oui: [0x02, 0x00, 0x5E],
    source_port: 5060,
    most_asked: u32::MAX,
    asks_on: false,
    user: "MAC%3a{mac}",
    from_user: "",
    host: "",
    has_contact_user: false,
    rport: Rport::First,
    supported: "replaces,100rel",
    event: "ua-profile;profile-type=\"device\";vendor={vendor};model={model};version={version}",
    agent: "{vendor} {model} {version}",
    order: COMMON,
    has_branch: true,
    has_from_tag: true,
    tight_event: false,
    cseq: 1,
};

const SNOM: PhoneProfile = PhoneProfile {
    vendor: "snom",
    model: "snomD120",
    version: "10.1.39.11",
    oui: [0x00, 0x04, 0x13],
    user: "MAC%3a{MAC}",
    agent: "{model}/{version}",
    order: SNOM_ORDER,
    has_branch: false,
    ..GENERIC
};

const YEALINK: PhoneProfile = PhoneProfile {
    vendor: "yealink",
    model: "W52P",
    version: "25.81.0.10",
    oui: [0x00, 0x15, 0x65],
    source_port: 5059,
    user: "MAC{mac}",
    has_contact_user: true,
    rport: Rport::Absent,
    agent: "Yealink {model} {version}",
    ..GENERIC
};

const GRANDSTREAM: PhoneProfile = PhoneProfile {
    vendor: "grandstream",
    model: "GRP2612W",
    version: "1.0.5.67",
    oui: [0xC0, 0x74, 0xAD],
    source_port: 5080,
    most_asked: 5,
    asks_on: true,
    user: "MAC%3A{MAC}",
    rport: Rport::Last,
    supported: "replaces, path",
    event: "ua-profile;profile-type=\"device\";vendor=\"Grandstream\";model={model};version={version}",
    agent: "Grandstream {model} {version}",
    order: GRANDSTREAM_ORDER,
    cseq: 20_000,
    ..GENERIC
};

/// Models of a vendor that speak otherwise than its others: how their names begin, in lower case.
pub(super) static VARIANTS: &[(&str, PhoneProfile)] = &[
    (
        "snomm",
        PhoneProfile {
            model: "snomM700",
            version: "03.23.0005",
            agent: "{model}/{version} (MAC={MAC})",
            order: COMMON,
            has_branch: true,
            from_user: "512",
            ..SNOM
        },
    ),
    (
        "t5",
        PhoneProfile {
            model: "T54W",
            version: "96.86.0.70",
            oui: [0x80, 0x5E, 0xC0],
            source_port: 5060,
            user: "MAC%3a{mac}",
            agent: "Yealink SIP-{model} {version} {ma:c}",
            ..YEALINK
        },
    ),
    ("ht", PhoneProfile { model: "HT802", version: "1.0.41.5", source_port: 5060, ..GRANDSTREAM }),
    (
        "gxp",
        PhoneProfile { model: "GXP2170", version: "1.0.11.3", source_port: 5060, ..GRANDSTREAM },
    ),
];

/// The phones that can be imitated.
pub static ALL: &[PhoneProfile] = &[
    PhoneProfile {
        vendor: "audiocodes",
        model: "440HD",
        version: "2.2.2",
        oui: [0x00, 0x90, 0x8F],
        user: "",
        event: "ua-profile;profile-type=\"application\";model={model};version={version}",
        agent: "AUDC-IPPhone/{version}",
        order: AUDIOCODES_ORDER,
        ..GENERIC
    },
    SNOM,
    YEALINK,
    GRANDSTREAM,
    PhoneProfile {
        vendor: "fanvil",
        model: "X4U",
        version: "2.4.2",
        oui: [0x0C, 0x38, 0x3E],
        event: "ua-profile;profile-type=\"device\";vendor=\"Fanvil\";model=\"VOIP PHONE\";version={version}",
        agent: "Fanvil {model} {version} {mac}",
        order: FANVIL_ORDER,
        rport: Rport::Last,
        ..GENERIC
    },
    PhoneProfile {
        vendor: "planet",
        model: "VIP-2140PT",
        version: "2.0.3.2991",
        oui: [0x00, 0x30, 0x4F],
        user: "MAC={mac}",
        event: "ua-profile;profile-type=\"device\";vendor=\"PLANET\";model={model};version={version}",
        agent: "PLANET {model}",
        rport: Rport::Absent,
        has_from_tag: false,
        tight_event: true,
        ..GENERIC
    },
    PhoneProfile {
        vendor: "gigaset",
        model: "Maxwell3",
        version: "2.11.6",
        oui: [0x7C, 0x2F, 0x80],
        user: "MAC%3A{MAC}",
        host: "local",
        event: "ua-profile;profile-type=\"device\";vendor=\"OEM\";model=\"OEM\";version={version}",
        agent: "Gigaset {model} {version}",
        ..GENERIC
    },
    PhoneProfile {
        vendor: "panasonic",
        model: "KX-HDV130",
        version: "01.000",
        oui: [0x00, 0x80, 0xF0],
        user: "MAC%3a{MAC}",
        event: "ua-profile;profile-type=\"device\";vender=\"Panasonic\";model={model};version={version}",
        agent: "Panasonic_{model}/{version} ({mac})",
        ..GENERIC
    },
    PhoneProfile {
        vendor: "htek",
        model: "UC926",
        version: "2.0.4.8.42",
        oui: [0x00, 0x1F, 0xC1],
        most_asked: 5,
        asks_on: true,
        event: "ua-profile;profile-type=\"device\";vendor=\"Htek\";model={model};version={version}",
        agent: "Htek {model} {version}",
        ..GENERIC
    },
    PhoneProfile {
        vendor: "atcom",
        model: "ATCOM",
        version: "2.7.3",
        oui: [0x80, 0x82, 0x87],
        user: "MAC%3a{MAC}",
        event: "ua-profile;profile-type=\"device\";vendor=\"ATCOM\";model={model};version={version}",
        agent: "ATCOM D38 {version}",
        ..GENERIC
    },
    PhoneProfile {
        vendor: "vtech",
        model: "ET685",
        version: "8.7.5",
        oui: [0x00, 0x12, 0x2A],
        user: "MAC%3a{MAC}",
        event: "ua-profile;profile-type=\"device\";vendor=\"OEM\";model=\"OEM\";version={version}",
        agent: "VTech {model} {version}",
        order: SNOM_ORDER,
        has_branch: false,
        ..GENERIC
    },
    GENERIC,
];
