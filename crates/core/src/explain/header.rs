//! Owns what each header is for, and the words for a header as a whole. Knows no single value.

use super::note::{Said, note, practice};
use super::place::Place;
use super::remark;
use crate::check::RfcRef;
use crate::message::HeaderName;
use crate::typed::{Uri, read};

/// What a header is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Purpose {
    /// In a sentence or two.
    pub words: &'static str,
    /// Where the header is defined.
    pub reference: RfcRef,
}

macro_rules! purposes {
    ($($name:ident $rfc:literal $section:literal $words:literal)*) => {
        /// Complete by construction: a new header does not compile without its purpose.
        pub(super) const fn purpose(name: HeaderName) -> Option<Purpose> {
            match name {
                $(HeaderName::$name => Some(Purpose {
                    words: $words,
                    reference: RfcRef { rfc: $rfc, section: $section },
                }),)*
                HeaderName::Other => None,
            }
        }
    };
}

purposes! {
    Accept 3261 "20.1" "Accept lists the kinds of body that the sender can read."
    AcceptContact 3841 "9.2" "Accept-Contact says which features a device should have for the call to ring there."
    AcceptEncoding 3261 "20.2" "Accept-Encoding lists the compressions of a body that the sender can undo."
    AcceptLanguage 3261 "20.3" "Accept-Language lists the human languages that the sender prefers."
    AlertInfo 3261 "20.4" "Alert-Info names another ring or ringback tone."
    Allow 3261 "20.5" "Allow lists the methods that the sender takes."
    AllowEvents 6665 "8.2.2" "Allow-Events lists the event packages to which the sender takes subscriptions."
    AuthenticationInfo 3261 "20.6" "Authentication-Info closes a successful login; by it the server can prove itself too."
    Authorization 3261 "20.7" "Authorization carries the sender's proof that it knows the password the server asked for."
    CallId 3261 "20.8" "Call-ID ties together all messages that belong to one call, registration or subscription."
    CallInfo 3261 "20.9" "Call-Info points to more about the caller or the called, such as a picture."
    Contact 3261 "20.10" "Contact says where the sender itself can be reached for what follows."
    ContentDisposition 3261 "20.11" "Content-Disposition says what the body is meant for."
    ContentEncoding 3261 "20.12" "Content-Encoding says how the body was compressed."
    ContentId 8262 "3" "Content-ID gives the body a name by which other parts of the message can refer to it."
    ContentLanguage 3261 "20.13" "Content-Language names the human language of the body."
    ContentLength 3261 "20.14" "Content-Length counts the bytes of the body."
    ContentType 3261 "20.15" "Content-Type says what kind of data the body is."
    CSeq 3261 "20.16" "CSeq numbers the requests within a dialog and repeats the method, so that answers find their request."
    Date 3261 "20.17" "Date is when the message was sent, in GMT; phones without a clock of their own may set it by this."
    ErrorInfo 3261 "20.18" "Error-Info points to more about why a request failed."
    Event 6665 "8.2.1" "Event names what a subscription is about."
    Expires 3261 "20.19" "Expires says for how many seconds something holds: here a subscription or a registration."
    From 3261 "20.20" "From names who began the request; its tag is the sender's half of the dialog's name."
    InReplyTo 3261 "20.21" "In-Reply-To names the calls that this one returns."
    Join 3911 "7.1" "Join names a call that this one is to join, as in a conference."
    MaxForwards 3261 "20.22" "Max-Forwards counts down at every proxy, so that a message cannot run in circles."
    MimeVersion 3261 "20.24" "MIME-Version says by which version of MIME the body is built; it is always 1.0."
    MinExpires 3261 "20.23" "Min-Expires is the shortest time that the server accepts; it comes with a 423."
    MinSe 4028 "5" "Min-SE is the shortest time between two refreshes of a call that the sender accepts."
    Organization 3261 "20.25" "Organization names the company or group of the sender, for people to read."
    PAssertedIdentity 3325 "9.1" "P-Asserted-Identity is who the sender is, as servers that trust each other know it."
    PPreferredIdentity 3325 "9.2" "P-Preferred-Identity is who the sender would like to be known as."
    Path 3327 "4" "Path lists the proxies between a registrar and the device that registers."
    Priority 3261 "20.26" "Priority says how urgent the sender finds its request; it does not reserve anything."
    ProxyAuthenticate 3261 "20.27" "Proxy-Authenticate is a proxy's demand for a login."
    ProxyAuthorization 3261 "20.28" "Proxy-Authorization carries the proof that a proxy asked for."
    ProxyRequire 3261 "20.29" "Proxy-Require lists extensions that every proxy on the way must understand."
    Reason 3326 "2" "Reason says why a request was sent, most often why a call was ended."
    RecordRoute 3261 "20.30" "Record-Route is added by a proxy that wants to see all further messages of the dialog."
    ReferTo 3515 "2.1" "Refer-To names whom the receiver should contact: the target of a transfer."
    ReferredBy 3892 "3" "Referred-By names who asked for a transfer."
    RejectContact 3841 "9.2" "Reject-Contact says which features a device must not have for the call to ring there."
    Replaces 3891 "6.1" "Replaces names a call whose place this one takes, as in an attended transfer."
    ReplyTo 3261 "20.31" "Reply-To names whom to call back where that is not the address in From."
    RequestDisposition 3841 "9.1" "Request-Disposition says how the caller wants servers to treat the request."
    Require 3261 "20.32" "Require lists extensions that the receiver must understand, or refuse the request with 420."
    RetryAfter 3261 "20.33" "Retry-After says in how many seconds to ask again."
    Route 3261 "20.34" "Route lists the proxies that the request must pass on its way."
    Server 3261 "20.35" "Server names the software that answers. It is free text."
    ServiceRoute 3608 "5" "Service-Route lists the proxies that a registered device is to send its requests by."
    SessionExpires 4028 "4" "Session-Expires says after how many seconds without a refresh a call counts as dead."
    Subject 3261 "20.36" "Subject says what the call is about, for people to read."
    SubscriptionState 6665 "8.2.3" "Subscription-State tells the subscriber how its subscription stands; every NOTIFY must have it."
    Supported 3261 "20.37" "Supported lists the extensions that the sender understands."
    Timestamp 3261 "20.38" "Timestamp is when the request was sent; by its echo the sender measures the round trip."
    To 3261 "20.39" "To names whom the request is meant for; its tag is the receiver's half of the dialog's name."
    Unsupported 3261 "20.40" "Unsupported lists the required extensions that the server does not understand; it comes with a 420."
    UserAgent 3261 "20.41" "User-Agent names the device or software that sends. It is free text, written differently by every vendor."
    Via 3261 "20.42" "Via records a hop of the request, so that the answer finds its way back."
    Warning 3261 "20.43" "Warning says more about the status, with a code and a text for people."
    WwwAuthenticate 3261 "20.44" "WWW-Authenticate is the server's demand for a login, with the challenge to answer."
}

/// The name of a header: what the header is for, and what it says or lacks as a whole.
pub(super) fn name(place: &Place<'_, '_>) -> Said {
    let mut said = whole(place, "{h}").and_note(remark::on(place));
    if let Some(header) = place.header() {
        said.span = header.span();
        if header.raw_name().len() == 1 && header.name().compact().is_some() {
            said = said.and("It is written in its compact form here.");
        }
    }
    said
}

/// A value without words of its own: what its header is for.
pub(super) fn value(place: &Place<'_, '_>) -> Said {
    let title = if place.param().is_some() { "{h} parameter" } else { "{h}" };
    let said = whole(place, title);
    match place.param() {
        Some(_) if place.header_name() != Some(HeaderName::Other) => said.and(
            "This parameter has no words here; a reader that does not know it passes over it.",
        ),
        _ => said,
    }
}

fn whole(place: &Place<'_, '_>, title: &'static str) -> Said {
    let purpose = place.header_name().and_then(purpose);
    place.say(purpose.map_or(
        practice(
            title,
            "{h} is a header that is not known here. Receivers pass over headers that they do not know.",
        ),
        |known| note(title, known.words, known.reference.rfc, known.reference.section),
    ))
}

/// Bytes that do not follow the grammar of the place where they stand.
pub(super) fn malformed(place: &Place<'_, '_>) -> Said {
    let Some(header) = place.header() else {
        let error = Uri::parse(place.text().as_bytes()).err();
        let expected = error.map_or("another spelling", |error| error.expected.words());
        let words = "The Request-URI cannot be read as it is written: expected {x}.";
        return place.say_with(note("Request-URI", words, 3261, "19.1.1"), expected);
    };
    if !header.is_header() {
        let words = "This line is no header: a header is a name, a colon and a value.";
        return place.say(note("Line without a colon", words, 3261, "7.3.1"));
    }
    let error = read(header.name(), header.value().as_bytes(), None).err();
    let expected = error.map_or("another spelling", |error| error.expected.words());
    let words = "This value cannot be read as it is written: expected {x}.";
    let said = place.say_with(note("", words, 3261, "25.1"), expected);
    Said { title: header.canonical_name().into_owned(), ..said }
}
