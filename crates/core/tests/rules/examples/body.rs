//! The URL in the body of a NOTIFY.

use crate::base::Base::Notify;
use crate::example::{Example, alone};
use fingerpost_core::check::rules::*;

/// The end of a NOTIFY: its length and its body.
const URL: &str = "Length: 24\r\n\r\ntftp://192.0.2.1/p1.conf";

macro_rules! url {
    ($length:literal, $url:literal) => {
        &[(Notify, URL, concat!("Length: ", $length, "\r\n\r\n", $url))]
    };
}

pub(crate) const EXAMPLES: &[Example] = &[
    alone(&URL_EMPTY, url!("0", ""), ""),
    alone(&URL_LINES, url!("34", "tftp://192.0.2.1\r\ntftp://192.0.2.2"), "\r\ntftp://192.0.2.2")
        .but(url!("16", "tftp://192.0.2.1")),
    alone(&URL_SPACE, url!("23", "http://192.0.2.1/my p.c"), " ")
        .but(url!("25", "http://192.0.2.1/my%20p.c")),
    alone(&URL_LINE_END, url!("26", "tftp://192.0.2.1/p1.conf\r\n"), "\r\n"),
    alone(&URL_LINE_END, url!("25", " tftp://192.0.2.1/p1.conf"), " "),
    alone(&URL_CONTROL, url!("25", "tftp://192.0.2.1/p\u{1}1.conf"), "\u{1}"),
    alone(&URL_NON_ASCII, url!("20", "http://192.0.2.1/bü"), "ü")
        .but(url!("24", "http://192.0.2.1/b%C3%BC")),
    alone(&URL_SCHEME, url!("24", "mail://192.0.2.1/p1.conf"), "mail"),
    alone(&URL_NO_SCHEME, url!("17", "192.0.2.1/p1.conf"), "192.0.2.1/p1.conf"),
    alone(&URL_HTTPS, url!("25", "https://192.0.2.1/p1.conf"), "https"),
    alone(&URL_HOST_EMPTY, url!("15", "tftp:///p1.conf"), "tftp"),
    alone(&URL_HOST_EMPTY, url!("12", "tftp:p1.conf"), "tftp"),
    alone(&URL_HOST_UNREACHABLE, url!("24", "tftp://127.0.0.1/p1.conf"), "127.0.0.1"),
    alone(&URL_PORT, url!("30", "http://192.0.2.1:80800/p1.conf"), "80800"),
    alone(&URL_CREDENTIALS, url!("30", "http://u:pw@192.0.2.1/p1.confi"), "u:pw"),
    alone(&URL_DOUBLE_SLASH, url!("25", "tftp://192.0.2.1//p1.conf"), "//"),
    alone(&URL_BACKSLASH, url!("26", "tftp://192.0.2.1/a\\p1.conf"), "\\")
        .but(url!("26", "tftp://192.0.2.1/a/p1.conf")),
    alone(&URL_HOLE, url!("28", "tftp://192.0.2.1/%{mac}.conf"), "%{mac}")
        .but(url!("27", "tftp://192.0.2.1/{mac}.conf")),
    alone(&AUDIOCODES_URL, url!("30", "tftp://192.0.2.1/p1.img;<MAC>c"), ";"),
    alone(
        &GRANDSTREAM_TYPE,
        &[(Notify, "application/url", "application/x-gs-ucm-url")],
        "application/x-gs-ucm-url",
    ),
    alone(&PANASONIC_PLACEHOLDER, url!("29", "tftp://192.0.2.1/{Model}.conf"), "{Model}")
        .but(url!("29", "tftp://192.0.2.1/{MODEL}.conf")),
];
