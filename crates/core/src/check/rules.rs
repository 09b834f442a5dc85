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
    LEADING_LINE_END = "framing.leading-line-end", Framing, Note / Note, 3261 "7.5";
        "a message begins with its first line"
    HEADERS_UNTERMINATED = "framing.headers-unterminated", Framing, Error / Error, 3261 "7", status 400;
        "an empty line ends the headers"
    LINE_WITHOUT_COLON = "framing.line-without-colon", Framing, Error / Warning, 3261 "7.3.1", status 400;
        "a header line is a name, a colon and a value"
    HEADER_NAME = "framing.header-name", Framing, Error / Warning, 3261 "7.3.1", status 400;
        "a header's name is a token"
    BARE_LINE_FEED = "framing.bare-line-feed", Framing, Error / Note, 3261 "7", status 400;
        "lines end with CR LF"
    BARE_CARRIAGE_RETURN = "framing.bare-carriage-return", Framing, Error / Warning, 3261 "7", status 400;
        "CR stands only before LF"
    CONTROL_CHARACTER = "framing.control-character", Framing, Error / Warning, 3261 "25.1", status 400;
        "the headers hold no control characters but those behind a backslash in quotation marks"
    NOT_UTF8 = "framing.not-utf8", Framing, Warning / Note, 3261 "7";
        "the headers are UTF-8"
    CONTENT_LENGTH_GRAMMAR = "framing.content-length.grammar", Framing, Error / Error, 3261 "20.14", status 400;
        "Content-Length is a decimal number"
    CONTENT_LENGTH_MISSING = "framing.content-length.missing", Framing, Note / Note, 3261 "20.14";
        "a message says how long its body is"
    CONTENT_LENGTH_TOO_LARGE = "framing.content-length.too-large", Framing, Error / Error, 3261 "18.3", status 400;
        "Content-Length is no more than the bytes that are there"
    CONTENT_LENGTH_TOO_SMALL = "framing.content-length.too-small", Framing, Warning / Note, 3261 "18.3";
        "bytes behind the end that Content-Length states are discarded"
    CONTENT_LENGTH_CONFLICT = "framing.content-length.conflict", Framing, Error / Error, 3261 "20.14", status 400;
        "there is one Content-Length"

    MULTIPART_NO_BOUNDARY = "mime.multipart.boundary-missing", Framing, Warning / Warning, 2046 "5.1.1", status 400;
        "a multipart Content-Type names its boundary"
    MULTIPART_OTHER_BOUNDARY = "mime.multipart.boundary-differs", Framing, Warning / Warning, 2046 "5.1.1", status 400;
        "the boundary that Content-Type names parts the parts of the body"
    MULTIPART_OPEN = "mime.multipart.unterminated", Framing, Warning / Note, 2046 "5.1.1", status 400;
        "a boundary with two more dashes ends a multipart body"

    REQUEST_LINE_SPACE = "sip.request-line.space", Grammar, Error / Warning, 3261 "7.1", status 400;
        "one space each parts method, Request-URI and version, and none follows"
    METHOD = "sip.method.grammar", Grammar, Error / Error, 3261 "7.1", status 400;
        "the method is a token"
    METHOD_CASE = "sip.method.case", Message, Warning / Warning, 3261 "7.1", status 501;
        "methods are written in capitals: they are compared with their case"
    METHOD_UNKNOWN = "sip.method.unknown", Message, Note / Note, 3261 "8.2.1", status 501;
        "the method is one that receivers know"
    REQUEST_URI = "sip.request-uri.grammar", Grammar, Error / Warning, 3261 "19.1.1", status 400;
        "the Request-URI is a URI"
    REQUEST_URI_BRACKETS = "sip.request-uri.brackets", Grammar, Error / Warning, 3261 "7.1", status 400;
        "the Request-URI stands without angle brackets"
    REQUEST_URI_SPACE = "sip.request-uri.space", Grammar, Error / Warning, 3261 "7.1", status 400;
        "the Request-URI holds no white space"
    REQUEST_URI_NO_SCHEME = "sip.request-uri.scheme-missing", Grammar, Error / Warning, 3261 "19.1.1", status 400;
        "the Request-URI begins with its scheme"
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
    HEADER_EMPTY = "sip.header.empty", Grammar, Error / Warning, 3261 "7.3.1", status 400;
        "a header that needs a value has one"
    EXTRA_SEPARATOR = "sip.header.extra-separator", Grammar, Error / Warning, 3261 "7.3.1", status 400;
        "separators stand between two things"
    VIA_GRAMMAR = "sip.via.grammar", Grammar, Error / Error, 3261 "20.42", status 400;
        "Via can be read: without it no answer finds its way"
    CSEQ_GRAMMAR = "sip.cseq.grammar", Grammar, Error / Error, 3261 "20.16", status 400;
        "CSeq is a number below 2^32 and a method"
    NUMBER_RANGE = "sip.number.range", Grammar, Error / Warning, 3261 "25.1", status 400;
        "a number is within the range of its header"
    QUOTE_UNCLOSED = "sip.quote.unclosed", Grammar, Error / Warning, 3261 "25.1", status 400;
        "a quotation mark that opens is closed"
    DISPLAY_NAME = "sip.display-name.unquoted", Grammar, Error / Warning, 3261 "25.1", status 400;
        "a display name of more than tokens stands in quotation marks"
    ADDRESS_SPACE = "sip.address.space", Grammar, Error / Warning, 3261 "25.1", status 400;
        "no white space stands between angle brackets and the URI in them"
    ADDRESS_BRACKETS = "sip.address.brackets", Grammar, Error / Error, 3261 "20", status 400;
        "a URI with a comma, a semicolon or a question mark stands in angle brackets"
    URI_ESCAPE = "sip.uri.escape", Grammar, Error / Warning, 3261 "19.1.2", status 400;
        "two hex digits follow each % of a URI"
    IPV6_BRACKETS = "sip.host.ipv6-brackets", Grammar, Error / Error, 5118 "4.2", status 400;
        "an IPv6 address stands in square brackets"
    IPV6_COLONS = "sip.host.ipv6-colons", Grammar, Warning / Note, 5118 "4.10";
        "an IPv6 address has two colons in a row at most"
    IPV6_PORT = "sip.host.ipv6-port-inside", Message, Note / Note, 5118 "4.3";
        "a port stands behind the brackets of an IPv6 address"

    HEADER_MISSING = "sip.header.missing", Message, Error / Error, 3261 "8.1.1", status 400;
        "Via, From, To, Call-ID and CSeq stand in every message"
    HEADER_REPEATED = "sip.header.repeated", Message, Error / Error, 3261 "7.3.1", status 400;
        "a header of one value stands there once"
    HEADER_MISSPELT = "sip.header.misspelt", Message, Warning / Note, 3261 "7.3.1";
        "a header is called by a name that receivers know"
    PARAMETER_REPEATED = "sip.parameter.repeated", Message, Warning / Note, 3261 "7.3.1", status 400;
        "a parameter stands once in a value"
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
    URI_HEADERS = "sip.address.uri-headers", Message, Warning / Note, 3261 "19.1.1", status 400;
        "the URIs of From, To and a dialog's Contact carry no headers"
    URI_PASSWORD = "sip.uri.password", Message, Note / Note, 3261 "19.1.1";
        "a SIP URI carries no password"
    CONTACT_MISSING = "sip.contact.missing", Message, Warning / Note, 3261 "12.1.1";
        "a message that makes a dialog, or belongs to one, has a Contact"
    CONTACT_SEVERAL = "sip.contact.several", Message, Warning / Note, 3261 "8.1.1.8", status 400;
        "a request that makes a dialog, or belongs to one, has one Contact"
    CONTACT_STAR = "sip.contact.star", Message, Error / Warning, 3261 "10.2.2", status 400;
        "Contact is * only in a REGISTER that takes back everything"
    CONTACT_SCHEME = "sip.contact.scheme", Message, Warning / Note, 3261 "8.1.1.8", status 400;
        "Contact is a SIP or SIPS URI"
    BRANCH_MISSING = "sip.via.branch-missing", Transaction, Warning / Note, 3261 "8.1.1.7";
        "the top Via has a branch"
    BRANCH_COOKIE = "sip.via.branch-cookie", Transaction, Warning / Note, 3261 "8.1.1.7";
        "the branch begins with z9hG4bK and goes on"
    RPORT_UNFILLED = "sip.via.rport-unfilled", Transaction, Warning / Note, 3581 "4";
        "a response gives rport the port that the request came from"
    RECEIVED_MISSING = "sip.via.received-missing", Transaction, Warning / Note, 3581 "4";
        "who fills rport adds received"
    RECEIVED_BRACKETS = "sip.via.received-brackets", Grammar, Note / Note, 5118 "4.5";
        "received is an address without brackets"
    RECEIVED_ADDRESS = "sip.via.received-address", Grammar, Warning / Note, 3261 "18.2.1";
        "received is an IP address"
    VIA_PROTOCOL = "sip.via.protocol", Message, Warning / Note, 3261 "20.42";
        "Via is of SIP/2.0"
    VIA_TRANSPORT = "sip.via.transport", Message, Note / Note, 3261 "20.42";
        "the top Via names a transport that is known"
    VIA_TTL = "sip.via.ttl", Grammar, Warning / Note, 3261 "25.1";
        "ttl is 0 to 255"
    VIA_BROADCAST = "sip.via.broadcast", Message, Warning / Warning, 4475 "3.3.10";
        "no hop of a response is a broadcast or multicast address"
    VIA_UNSPECIFIED = "sip.via.unspecified", Message, Warning / Note, 3261 "18.1.1";
        "the top Via names an address and a port that can be answered"
    REQUIRE = "sip.require.extension", Message, Warning / Warning, 3261 "8.2.2.3", status 420;
        "the receiver supports every extension in Require"
    PROXY_REQUIRE = "sip.proxy-require.extension", Message, Note / Note, 3261 "20.29", status 420;
        "every proxy on the way supports every extension in Proxy-Require"
    SUPPORTED_UNKNOWN = "sip.supported.unknown", Message, Note / Note, 3261 "19.2";
        "an option tag is one that an RFC defines"
    CONTENT_TYPE_MISSING = "sip.content-type.missing", Message, Warning / Note, 3261 "20.15";
        "a body has a Content-Type"
    CONTENT_TYPE_UNSUPPORTED = "sip.content-type.unsupported", Message, Warning / Warning, 3261 "8.2.3", status 415;
        "the receiver can read the body of a call"
    CONTENT_ENCODING = "sip.content-encoding.unsupported", Message, Warning / Warning, 3261 "8.2.3", status 415;
        "the receiver can undo the body's compression"
    ACCEPT_NO_SDP = "sip.accept.no-sdp", Message, Warning / Warning, 4475 "3.3.15", status 406;
        "who calls takes an answer in SDP"
    AUTHORIZATION_SCHEME = "sip.authorization.scheme", Message, Note / Note, 3261 "22.1";
        "a login uses a scheme that servers know"
    RESPONSE_HEADER_MISSING = "sip.response.header-missing", Message, Warning / Note, 3261 "21.4";
        "a refusal carries the header that says how to do better"
    DATE_ZONE = "sip.date.zone", Grammar, Warning / Note, 3261 "20.17";
        "Date is in GMT"
    SDP_LINE = "sdp.line.grammar", Grammar, Warning / Note, 8866 "9", status 400;
        "a line of a session description is a letter, = and a value that follows its grammar"
    SDP_TYPE = "sdp.line.unknown", Grammar, Warning / Note, 8866 "5", status 400;
        "a session description has only lines whose letter RFC 8866 knows"
    SDP_VERSION = "sdp.version", Grammar, Warning / Note, 8866 "5.1", status 400;
        "a session description begins with v=0"

    EVENT_MISSING = "event.missing", EventPackage, Error / Error, 6665 "8.2.1", status 489;
        "SUBSCRIBE and NOTIFY have an Event"
    EVENT_UNKNOWN = "event.package.unknown", EventPackage, Warning / Warning, 6665 "8.3.2", status 489;
        "Event names a package that receivers know"
    EVENT_CASE = "event.package.case", EventPackage, Warning / Note, 6665 "8.2.1", status 489;
        "Event is compared with its case"
    STATE_MISSING = "event.subscription-state.missing", EventPackage, Error / Warning, 6665 "8.2.3", status 400;
        "a NOTIFY has a Subscription-State"
    STATE_UNKNOWN = "event.subscription-state.unknown", EventPackage, Warning / Note, 6665 "4.1.3";
        "a subscription is active, pending or terminated"
    STATE_EXPIRES = "event.subscription-state.expires", EventPackage, Warning / Note, 6665 "4.1.3";
        "an active subscription states expires, a terminated one does not"
    STATE_REASON = "event.subscription-state.reason", EventPackage, Note / Note, 6665 "4.1.3";
        "the reason why a subscription ended is one that subscribers know"
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
    NOTIFY_DEVICE_PARAMS = "ua-profile.notify.device", EventPackage, Note / Note, 6080 "6.2";
        "vendor, model, version and profile-type belong into the SUBSCRIBE"
    EFFECTIVE_BY_NUMBER = "ua-profile.effective-by.number", EventPackage, Warning / Note, 6080 "6.2";
        "effective-by is a number of seconds without quotation marks"
    EFFECTIVE_BY_SUBSCRIBE = "ua-profile.effective-by.subscribe", EventPackage, Note / Note, 6080 "6.2";
        "effective-by belongs into the NOTIFY"
    ACCEPT_MISSING = "ua-profile.accept.missing", EventPackage, Warning / Note, 6080 "6.2";
        "a ua-profile SUBSCRIBE says in Accept what it takes"
    ACCEPT_URL = "ua-profile.accept.url-missing", EventPackage, Warning / Warning, 6665 "4.1.2.1", status 406;
        "a phone that wants a URL takes application/url"
    EXPIRES_MISSING = "ua-profile.expires.missing", EventPackage, Note / Note, 6080 "6.4";
        "a ua-profile SUBSCRIBE says for how long"
    SUBSCRIBE_BODY = "ua-profile.subscribe.body", EventPackage, Note / Note, 6080 "6.3";
        "a ua-profile SUBSCRIBE has no body"

    VENDER = "ua-profile.vendor.misspelt", Vendor, Warning / Note, 6080 "6.2";
        "the parameter is called vendor"
    VENDOR_PLACEHOLDER = "ua-profile.vendor.placeholder", Vendor, Note / Note, 6080 "6.2";
        "vendor and model name the device"
    AUDIOCODES_PROFILE_TYPE = "vendor.audiocodes.profile-type", Vendor, Note / Note, 6080 "6.2";
        "AudioCodes phones ask for the profile type application, which RFC 6080 does not know"
    AUDIOCODES_VENDOR = "vendor.audiocodes.vendor-missing", Vendor, Note / Note, 6080 "6.2";
        "AudioCodes phones leave vendor out; their User-Agent tells it"
    AUDIOCODES_URL = "vendor.audiocodes.firmware-and-configuration", Vendor, Note / Note, 6080 "6.7";
        "AudioCodes phones read firmware;configuration as two files on one server"
    GRANDSTREAM_FOLDER = "vendor.grandstream.folder", Vendor, Warning / Note, 6080 "6.7";
        "the URL of a folder ends in / for Grandstream GRP phones"
    GRANDSTREAM_TYPE = "vendor.grandstream.content-type", Vendor, Warning / Note, 6080 "6.5";
        "phones fetch by application/url, not by the type that Grandstream's UCM sends"
    PANASONIC_PLACEHOLDER = "vendor.panasonic.placeholder", Vendor, Warning / Note, 6080 "6.7";
        "placeholders in braces are compared with their case"
    PLANET_FROM_TAG = "vendor.planet.from-tag", Vendor, Note / Note, 3261 "8.1.1.3";
        "PLANET phones leave the tag of From out"
    EVENT_SPACE = "vendor.planet.event-space", Vendor, Note / Note, 3261 "7.3.1";
        "some readers need the space behind a header's colon that the RFC does not ask for"
    SNOM_BRANCH = "vendor.snom.via-branch", Vendor, Note / Note, 3261 "17.2.3";
        "snom phones leave the branch of Via out"
    USER_MAC = "vendor.user.hardware-address", Vendor, Note / Note, 6080 "5.1.4.2";
        "a phone names itself by a UUID, where many put their hardware address behind MAC"
    USER_AGENT_MAC = "vendor.user-agent.hardware-address", Vendor, Note / Note, 3261 "20.41";
        "User-Agent tells the product, not one device"

    URL_EMPTY = "pnp.url.empty", EventPackage, Warning / Warning, 6080 "6.7";
        "the body of the NOTIFY is the URL"
    URL_LINES = "pnp.url.lines", EventPackage, Warning / Warning, 6080 "6.7";
        "the body holds one URL on one line"
    URL_SPACE = "pnp.url.space", EventPackage, Warning / Warning, 6080 "6.7";
        "a URL has no white space inside"
    URL_LINE_END = "pnp.url.line-end", EventPackage, Note / Note, 6080 "6.7";
        "the body is the URL alone"
    URL_CONTROL = "pnp.url.control-character", EventPackage, Warning / Warning, 3986 "2";
        "a URL holds no control characters"
    URL_NON_ASCII = "pnp.url.non-ascii", EventPackage, Warning / Note, 3986 "2.5";
        "what is not ASCII is percent-encoded in a URL"
    URL_SCHEME = "pnp.url.scheme", EventPackage, Warning / Note, 6080 "6.7";
        "the URL has a scheme that phones fetch by"
    URL_NO_SCHEME = "pnp.url.scheme-missing", EventPackage, Warning / Note, 3986 "3.1";
        "the URL begins with its scheme"
    URL_HTTPS = "pnp.url.https", EventPackage, Note / Note, 6080 "6.7";
        "a phone fetches by https only from a server whose certificate it trusts"
    URL_HOST_EMPTY = "pnp.url.host-empty", EventPackage, Warning / Warning, 3986 "3.2.2";
        "the URL names a server"
    URL_HOST_UNREACHABLE = "pnp.url.host-unreachable", EventPackage, Warning / Warning, 3986 "3.2.2";
        "the URL names a server that the phone can reach"
    URL_PORT = "pnp.url.port", EventPackage, Warning / Warning, 3986 "3.2.3";
        "the port of the URL is 1 to 65535"
    URL_CREDENTIALS = "pnp.url.credentials", EventPackage, Warning / Note, 3986 "3.2.1";
        "a URL that everyone on the network can read carries no password"
    URL_DOUBLE_SLASH = "pnp.url.double-slash", EventPackage, Note / Note, 3986 "3.3";
        "one slash parts two folders"
    URL_BACKSLASH = "pnp.url.backslash", EventPackage, Warning / Note, 3986 "2";
        "folders are parted by /"
    URL_HOLE = "pnp.url.unfilled", EventPackage, Warning / Warning, 6080 "6.7";
        "what the server fills in is filled in"

    DIALOG_TO_TAG = "dialog.notify.to-tag-missing", Transaction, Warning / Note, 3261 "12.2.1.1";
        "a NOTIFY carries the phone's tag in To"
    DIALOG_TO_TAG_DIFFERS = "dialog.notify.to-tag-differs", Transaction, Error / Warning, 3261 "12.2.1.1", status 481;
        "the tag in To is the tag of the SUBSCRIBE's From"
    DIALOG_FROM_TAG = "dialog.notify.from-tag-differs", Transaction, Warning / Note, 3261 "12.2.1.1", status 481;
        "the tag in From is the tag that the 200 put into To"
    DIALOG_NOT_SWAPPED = "dialog.notify.not-swapped", Transaction, Warning / Note, 3261 "12.2.1.1";
        "a NOTIFY swaps the From and To of the SUBSCRIBE"
    DIALOG_VIA = "dialog.notify.foreign-via", Transaction, Warning / Note, 3261 "8.1.1.7";
        "a request carries its sender's own Via and a new branch"
    DIALOG_EVENT = "dialog.notify.event-differs", Transaction, Error / Warning, 6665 "8.2.1", status 481;
        "a NOTIFY repeats the package and the id of the SUBSCRIBE's Event"
    DIALOG_CALL_ID = "dialog.notify.call-id", Transaction, Warning / Note, 6665 "4.4.1", status 481;
        "a NOTIFY carries the Call-ID of its SUBSCRIBE"
    DIALOG_CSEQ = "dialog.notify.cseq-order", Transaction, Error / Warning, 3261 "12.2.2", status 500;
        "CSeq rises with every request of a dialog"
    DIALOG_BRANCH = "dialog.branch-reused", Transaction, Warning / Note, 3261 "8.1.1.7";
        "each request has a branch of its own"
    DIALOG_MERGED = "dialog.request-merged", Transaction, Note / Note, 3261 "8.2.2.2", status 482;
        "a request comes by one way"
    DIALOG_STATE = "dialog.notify.state", Transaction, Warning / Note, 6665 "4.4.3";
        "a subscription for 0 seconds is terminated, and no other lasts longer than was granted"
    DIALOG_TARGET = "dialog.notify.request-uri", Transaction, Warning / Note, 3261 "12.2.1.1";
        "the Request-URI of a NOTIFY is the Contact of the SUBSCRIBE"
    DIALOG_ROUTE = "dialog.notify.route-missing", Transaction, Warning / Note, 3261 "12.2.1.1";
        "a NOTIFY goes by the proxies that asked for it with Record-Route"
    DIALOG_CONTENT_TYPE = "dialog.notify.content-type", Transaction, Warning / Warning, 6080 "6.5", status 415;
        "the body of a NOTIFY is of a type that the SUBSCRIBE accepts"
    DIALOG_CONTACT = "dialog.notify.foreign-contact", Transaction, Note / Note, 3261 "12.2.1.1";
        "the Contact of a NOTIFY is the server's own address"
    RESPONSE_MISMATCH = "dialog.response.copies", Transaction, Error / Warning, 3261 "8.2.6.2";
        "a response copies Via, From, To and Call-ID of its request"
    RESPONSE_CSEQ = "dialog.response.cseq", Transaction, Error / Warning, 3261 "8.2.6.2";
        "a response copies number and method of CSeq"
    RESPONSE_CONTACT = "dialog.response.foreign-contact", Transaction, Note / Note, 3261 "12.1.1";
        "the Contact of a 200 is the responder's own address"
    RESPONSE_EXPIRES = "dialog.response.expires", Transaction, Warning / Warning, 6665 "4.2.1.1";
        "a 200 to a SUBSCRIBE states Expires, and not more than was asked"
    RESPONSE_202 = "dialog.response.status-202", Transaction, Note / Note, 6665 "8.3.1";
        "a SUBSCRIBE is accepted with 200"
    RESPONSE_RECEIVED = "dialog.response.received-missing", Transaction, Warning / Note, 3261 "18.2.1";
        "who receives a Via with a name in it adds the address as received"
    RESPONSE_RECORD_ROUTE = "dialog.response.record-route", Transaction, Warning / Note, 3261 "12.1.1";
        "a response that makes a dialog copies Record-Route"
}
