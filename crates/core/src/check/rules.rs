//! Every rule, by id. A rule is data: what it asks, how much it weighs, where it is written down.

use super::{Layer, RfcRef, Rule, Severity};

macro_rules! rules {
    ($($name:ident = $id:literal, $layer:ident, $strict:ident / $robust:ident, $rfc:literal $section:literal
        $(, status $status:literal)?; $title:literal)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $title, ".")]
            pub static $name: Rule = Rule {
                id: $id,
                severity: Severity::$strict,
                robust: Severity::$robust,
                layer: Layer::$layer,
                reference: Some(RfcRef { rfc: $rfc, section: $section }),
                status: rules!(@status $($status)?),
                title: $title,
            };
        )*

        /// All rules of this crate, in the order in which they are written down here.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
    (@status) => { None };
    (@status $status:literal) => { Some($status) };
}

rules! {
    HEADERS_UNTERMINATED = "framing.headers-unterminated", Framing, Error / Error, 3261 "7", status 400;
        "an empty line ends the headers"
    LINE_WITHOUT_COLON = "framing.line-without-colon", Framing, Error / Warning, 3261 "7.3.1", status 400;
        "a header line is a name, a colon and a value"
    HEADER_NAME = "framing.header-name", Framing, Error / Warning, 3261 "7.3.1", status 400;
        "a header's name is a token"
    BARE_LINE_FEED = "framing.bare-line-feed", Framing, Error / Note, 3261 "7", status 400;
        "lines end with CR LF"
    CONTENT_LENGTH_TOO_LARGE = "framing.content-length.too-large", Framing, Error / Error, 3261 "18.3", status 400;
        "Content-Length is no more than the bytes that are there"
    CONTENT_LENGTH_TOO_SMALL = "framing.content-length.too-small", Framing, Warning / Note, 3261 "18.3";
        "bytes behind the end that Content-Length states are discarded"
    CONTENT_LENGTH_CONFLICT = "framing.content-length.conflict", Framing, Error / Error, 3261 "20.14", status 400;
        "there is one Content-Length"

    REQUEST_LINE_SPACE = "sip.request-line.space", Grammar, Error / Warning, 3261 "7.1", status 400;
        "one space each parts method, Request-URI and version, and none follows"
    METHOD = "sip.method.grammar", Grammar, Error / Error, 3261 "7.1", status 400;
        "the method is a token"
    REQUEST_URI = "sip.request-uri.grammar", Grammar, Error / Warning, 3261 "19.1.1", status 400;
        "the Request-URI is a URI without brackets or white space"
    REQUEST_URI_HEADERS = "sip.request-uri.headers", Message, Warning / Warning, 3261 "19.1.1", status 400;
        "a Request-URI carries no headers"
    REQUEST_URI_SCHEME = "sip.request-uri.scheme", Message, Warning / Warning, 3261 "8.2.2.1", status 416;
        "the Request-URI has a scheme that the receiver supports"
    VERSION = "sip.version", Message, Warning / Warning, 3261 "7.1", status 505;
        "the version is SIP/2.0"
    STATUS_CODE = "sip.status-code", Grammar, Error / Error, 3261 "7.2";
        "a status code has three digits, 100 to 699"
    VALUE_GRAMMAR = "sip.header.grammar", Grammar, Error / Warning, 3261 "25.1", status 400;
        "a header's value follows its grammar"

    HEADER_MISSING = "sip.header.missing", Message, Error / Error, 3261 "8.1.1", status 400;
        "Via, From, To, Call-ID and CSeq stand in every message"
    HEADER_REPEATED = "sip.header.repeated", Message, Error / Error, 3261 "7.3.1", status 400;
        "a header of one value stands there once"
    MAX_FORWARDS_MISSING = "sip.max-forwards.missing", Message, Warning / Note, 3261 "8.1.1.6";
        "a request states Max-Forwards"
    MAX_FORWARDS_RANGE = "sip.max-forwards.range", Message, Warning / Note, 3261 "20.22";
        "Max-Forwards is 0 to 255"
    MAX_FORWARDS_ZERO = "sip.max-forwards.zero", Message, Note / Note, 3261 "16.3", status 483;
        "a request with Max-Forwards 0 is forwarded no further"
    CSEQ_METHOD = "sip.cseq.method-differs", Message, Error / Error, 3261 "8.1.1.5", status 400;
        "CSeq names the request's method"
    CSEQ_RANGE = "sip.cseq.range", Message, Warning / Note, 3261 "8.1.1.5";
        "CSeq is less than 2^31"
    FROM_TAG_MISSING = "sip.from.tag-missing", Message, Warning / Note, 3261 "8.1.1.3", status 400;
        "From has a tag"
    TO_TAG_MISSING = "sip.to.tag-missing", Message, Warning / Note, 3261 "8.2.6.2";
        "a final response has a tag in To"
    BRANCH_MISSING = "sip.via.branch-missing", Transaction, Warning / Note, 3261 "8.1.1.7";
        "the top Via has a branch"
    BRANCH_COOKIE = "sip.via.branch-cookie", Transaction, Warning / Note, 3261 "8.1.1.7";
        "the branch begins with z9hG4bK and goes on"
    REQUIRE = "sip.require.extension", Message, Warning / Warning, 3261 "8.2.2.3", status 420;
        "the receiver supports every extension in Require"
    CONTACT_MISSING = "sip.contact.missing", Message, Warning / Note, 3261 "12.1.1";
        "a message that makes a dialog, or belongs to one, has a Contact"
    CONTENT_TYPE_MISSING = "sip.content-type.missing", Message, Warning / Note, 3261 "20.15";
        "a body has a Content-Type"
    DATE_ZONE = "sip.date.zone", Grammar, Warning / Note, 3261 "20.17";
        "Date is in GMT"

    EVENT_MISSING = "event.missing", EventPackage, Error / Error, 6665 "8.2.1", status 489;
        "SUBSCRIBE and NOTIFY have an Event"
    STATE_MISSING = "event.subscription-state.missing", EventPackage, Error / Warning, 6665 "8.2.3", status 400;
        "a NOTIFY has a Subscription-State"
    STATE_EXPIRES = "event.subscription-state.expires", EventPackage, Warning / Note, 6665 "4.1.3";
        "an active subscription states expires, a terminated one does not"
    PROFILE_TYPE_MISSING = "ua-profile.profile-type.missing", EventPackage, Warning / Note, 6080 "6.2";
        "a ua-profile SUBSCRIBE names a profile-type"
    PROFILE_TYPE_QUOTED = "ua-profile.profile-type.quoted", EventPackage, Note / Note, 6080 "6.2";
        "profile-type is a token without quotation marks"
    PROFILE_TYPE_UNKNOWN = "ua-profile.profile-type.unknown", EventPackage, Note / Note, 6080 "6.2", status 404;
        "profile-type is device, user or local-network"
    DEVICE_PARAM_MISSING = "ua-profile.device.missing", EventPackage, Warning / Note, 6080 "6.2";
        "a ua-profile SUBSCRIBE names vendor, model and version"
    DEVICE_PARAM_UNQUOTED = "ua-profile.device.unquoted", EventPackage, Note / Note, 6080 "6.2";
        "vendor, model and version stand in quotation marks"
    VENDER = "ua-profile.vendor.misspelt", Vendor, Warning / Note, 6080 "6.2";
        "the parameter is called vendor"
    VENDOR_PLACEHOLDER = "ua-profile.vendor.placeholder", Vendor, Note / Note, 6080 "6.2";
        "vendor and model name the device"
    NOTIFY_DEVICE_PARAMS = "ua-profile.notify.device", EventPackage, Note / Note, 6080 "6.2";
        "vendor, model, version and profile-type belong into the SUBSCRIBE"
    ACCEPT_MISSING = "ua-profile.accept.missing", EventPackage, Warning / Note, 6080 "6.2";
        "a ua-profile SUBSCRIBE says in Accept what it takes"
    URL_EMPTY = "pnp.url.empty", EventPackage, Warning / Warning, 6080 "6.7";
        "the body of the NOTIFY is the URL"
    URL_SPACE = "pnp.url.space", EventPackage, Warning / Warning, 6080 "6.7";
        "a URL has no white space inside"
    URL_LINE_END = "pnp.url.line-end", EventPackage, Note / Note, 6080 "6.7";
        "the body is the URL alone"
    URL_SCHEME = "pnp.url.scheme", EventPackage, Warning / Note, 6080 "6.7";
        "the URL has a scheme that phones fetch by"

    DIALOG_TO_TAG = "dialog.notify.to-tag-missing", Transaction, Warning / Note, 3261 "12.2.1.1";
        "a NOTIFY carries the phone's tag in To"
    DIALOG_NOT_SWAPPED = "dialog.notify.not-swapped", Transaction, Warning / Note, 3261 "12.2.1.1";
        "a NOTIFY swaps the From and To of the SUBSCRIBE"
    DIALOG_VIA = "dialog.notify.foreign-via", Transaction, Warning / Note, 3261 "8.1.1.7";
        "a request carries its sender's own Via and a new branch"
    DIALOG_EVENT = "dialog.notify.event-differs", Transaction, Error / Warning, 6665 "8.2.1", status 481;
        "a NOTIFY repeats the package and the id of the SUBSCRIBE's Event"
    RESPONSE_MISMATCH = "dialog.response.copies", Transaction, Error / Warning, 3261 "8.2.6.2";
        "a response copies Via, From, Call-ID and CSeq of its request"
    RESPONSE_CONTACT = "dialog.response.foreign-contact", Transaction, Note / Note, 3261 "12.1.1";
        "the Contact of a 200 is the responder's own address"
    RESPONSE_EXPIRES = "dialog.response.expires", Transaction, Warning / Warning, 6665 "4.2.1.1";
        "a 200 to a SUBSCRIBE states Expires, and not more than was asked"
    RESPONSE_202 = "dialog.response.status-202", Transaction, Note / Note, 6665 "8.3.1";
        "a SUBSCRIBE is accepted with 200"
}
