//! Owns what each header is for, and the words for a header as a whole. Knows no single value.

use super::note::{Said, note, practice};
use super::place::Place;
use super::remark;
use crate::check::RfcRef;
use crate::message::HeaderName;
use crate::typed::{Uri, read_within};

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
    AcceptResourcePriority 4412 "3.2" "Accept-Resource-Priority lists the precedences that a server knows."
    AlertInfo 3261 "20.4" "Alert-Info names another ring or ringback tone."
    Allow 3261 "20.5" "Allow lists the methods that the sender takes."
    AllowEvents 6665 "8.2.2" "Allow-Events lists the event packages to which the sender takes subscriptions."
    AnswerMode 5373 "4" "Answer-Mode asks that the phone answer by itself, or that a person does."
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
    Diversion 5806 "1" "Diversion names whom a call was for before it was redirected, and why."
    ErrorInfo 3261 "20.18" "Error-Info points to more about why a request failed."
    Event 6665 "8.2.1" "Event names what a subscription is about."
    Expires 3261 "20.19" "Expires says for how many seconds something holds: here a subscription or a registration."
    FeatureCaps 6809 "4" "Feature-Caps says which features a server on the way offers."
    FlowTimer 5626 "11.1" "Flow-Timer says after how many seconds without a sign of life a server takes the phone's connection for dead."
    From 3261 "20.20" "From names who began the request; its tag is the sender's half of the dialog's name."
    Geolocation 6442 "4.1" "Geolocation says where the caller is, or where that can be asked."
    GeolocationError 6442 "4.4" "Geolocation-Error says what was wrong with the caller's location."
    GeolocationRouting 6442 "4.2" "Geolocation-Routing says whether servers may route the call by the caller's location."
    HistoryInfo 7044 "5" "History-Info tells by which addresses a request came, and why it was sent on."
    Identity 8224 "4" "Identity is a signature by which a provider vouches for the caller."
    IdentityInfo 4474 "9" "Identity-Info says where the certificate for an old form of Identity lies; RFC 8224 no longer has it."
    InReplyTo 3261 "20.21" "In-Reply-To names the calls that this one returns."
    InfoPackage 6086 "7.2" "Info-Package names what the data in an INFO are."
    Join 3911 "7.1" "Join names a call that the new one should be made a conference with."
    MaxBreadth 5393 "5.3.3" "Max-Breadth bounds into how many copies servers may fork a request."
    MaxForwards 3261 "20.22" "Max-Forwards counts down at every proxy, so that a message cannot run in circles."
    MimeVersion 3261 "20.24" "MIME-Version says by which version of MIME the body is built; it is always 1.0."
    MinExpires 3261 "20.23" "Min-Expires is the shortest time that the server accepts; it comes with a 423."
    MinSe 4028 "5" "Min-SE is the shortest time between two refreshes of a call that somebody on the way accepts."
    Organization 3261 "20.25" "Organization names the company or group of the sender, for people to read."
    PAccessNetworkInfo 7315 "4.4" "P-Access-Network-Info tells the provider through which access network the phone is connected."
    PAnswerState 4964 "1" "P-Answer-State tells whether a person or the network has answered."
    PAssertedIdentity 3325 "9.1" "P-Asserted-Identity is who the caller is, as a trusted server says."
    PAssertedService 6050 "4.1" "P-Asserted-Service is the service that a trusted server says the call uses."
    PAssociatedUri 7315 "4.1" "P-Associated-URI lists further addresses that the provider gave to the user who registers."
    PCalledPartyId 7315 "4.2" "P-Called-Party-ID is the address that was called, before it was changed on the way."
    PChargeInfo 8496 "1" "P-Charge-Info names who pays for the call."
    PChargingFunctionAddresses 7315 "4.5" "P-Charging-Function-Addresses names the servers to which calls are reported for charging."
    PChargingVector 7315 "4.6" "P-Charging-Vector carries the numbers by which records of a call are put together for charging."
    PEarlyMedia 5009 "8" "P-Early-Media says whether sound may flow before the call is answered."
    PMediaAuthorization 3313 "1" "P-Media-Authorization carries the network's permit for the media of a call."
    PPreferredIdentity 3325 "9.2" "P-Preferred-Identity says by which of its addresses the caller wants to be announced."
    PPreferredService 6050 "4.2" "P-Preferred-Service is the service that the caller would like to use."
    PPrivateNetworkIndication 7316 "1" "P-Private-Network-Indication names the company network to which a call belongs."
    PProfileKey 5002 "1" "P-Profile-Key is the key of a service's profile in the provider's database."
    PRefusedUriList 5318 "1" "P-Refused-URI-List tells whom of a group a server would not call."
    PServedUser 5502 "1" "P-Served-User names the user for whom a server is asked to act."
    PUserDatabase 4457 "1" "P-User-Database names the database that holds the user."
    PVisitedNetworkId 7315 "4.3" "P-Visited-Network-ID names the network in which a roaming phone is."
    Path 3327 "4" "Path lists the proxies by which a registered phone can be reached."
    PermissionMissing 5360 "5.9.3" "Permission-Missing lists who did not agree to be contacted through a server."
    PolicyContact 6794 "1" "Policy-Contact says where the rules for a session can be asked."
    PolicyId 6794 "1" "Policy-ID names the rules that the sender has already."
    Priority 3261 "20.26" "Priority says how urgent the sender finds its request; it does not reserve anything."
    PrivAnswerMode 5373 "4" "Priv-Answer-Mode asks with special rights that the phone answer by itself."
    Privacy 3323 "4.2" "Privacy says what servers on the way should hide about the caller."
    ProxyAuthenticate 3261 "20.27" "Proxy-Authenticate is a proxy's demand for a login."
    ProxyAuthorization 3261 "20.28" "Proxy-Authorization carries the proof that a proxy asked for."
    ProxyRequire 3261 "20.29" "Proxy-Require lists extensions that every proxy on the way must understand."
    RAck 3262 "7.2" "RAck names the provisional answer that a PRACK confirms."
    Reason 3326 "2" "Reason says why a request was sent, most often why a call was ended."
    RecordRoute 3261 "20.30" "Record-Route is added by a proxy that wants to see all further messages of the dialog."
    RecvInfo 6086 "7.3" "Recv-Info lists the kinds of INFO that the sender wants."
    ReferEventsAt 7614 "4.8" "Refer-Events-At says where the outcome of a transfer can be asked."
    ReferSub 4488 "4" "Refer-Sub says whether a transfer reports back by NOTIFY."
    ReferTo 3515 "2.1" "Refer-To names whom the receiver should contact: the target of a transfer."
    ReferredBy 3892 "3" "Referred-By names who asked for a transfer."
    RejectContact 3841 "9.2" "Reject-Contact says which features a device must not have for the call to ring there."
    Replaces 3891 "6.1" "Replaces names a call whose place the new one takes, as in an attended transfer."
    ReplyTo 3261 "20.31" "Reply-To names whom to call back where that is not the address in From."
    RequestDisposition 3841 "9.1" "Request-Disposition says how the caller wants servers to treat the request."
    Require 3261 "20.32" "Require lists extensions that the receiver must understand, or refuse the request with 420."
    ResourcePriority 4412 "3.1" "Resource-Priority asks for precedence over other calls."
    RetryAfter 3261 "20.33" "Retry-After says in how many seconds to ask again."
    Route 3261 "20.34" "Route lists the proxies that the request must pass on its way."
    RSeq 3262 "7.1" "RSeq numbers provisional answers, so that each can be confirmed."
    SecurityClient 3329 "2.2" "Security-Client lists how the phone could protect its messages."
    SecurityServer 3329 "2.2" "Security-Server lists how the server could protect its messages."
    SecurityVerify 3329 "2.2" "Security-Verify repeats the server's list, so that nobody can shorten it on the way."
    Server 3261 "20.35" "Server names the software that answers. It is free text."
    ServiceRoute 3608 "5" "Service-Route lists the proxies by which a registered phone should send its requests."
    SessionExpires 4028 "4" "Session-Expires says after how many seconds without a refresh a call counts as dead."
    SessionId 7989 "5" "Session-ID names a call from end to end, even where servers change its Call-ID."
    SipEtag 3903 "11.3.1" "SIP-ETag names the state that was published, so that it can be changed later."
    SipIfMatch 3903 "11.3.2" "SIP-If-Match names the published state that this request changes."
    Subject 3261 "20.36" "Subject says what the call is about, for people to read."
    SubscriptionState 6665 "8.2.3" "Subscription-State tells the subscriber how its subscription stands; every NOTIFY must have it."
    Supported 3261 "20.37" "Supported lists the extensions that the sender understands."
    SuppressIfMatch 5839 "7.2" "Suppress-If-Match names the state that the subscriber has: no NOTIFY is needed for that one."
    TargetDialog 4538 "7" "Target-Dialog names a call that the sender is part of, which gives it rights."
    Timestamp 3261 "20.38" "Timestamp is when the request was sent; by its echo the sender measures the round trip."
    To 3261 "20.39" "To names whom the request is meant for; its tag is the receiver's half of the dialog's name."
    TriggerConsent 5360 "5.11.2" "Trigger-Consent says where a server can ask for permission to contact somebody."
    Unsupported 3261 "20.40" "Unsupported lists the required extensions that the server does not understand; it comes with a 420."
    UserAgent 3261 "20.41" "User-Agent names the device or software that sends. It is free text, written differently by every vendor."
    UserToUser 7433 "4" "User-to-User carries data from one user's application to the other's."
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
    let value = header.value().as_bytes();
    let error = read_within(header.name(), value, header.limits(), None).err();
    let expected = error.map_or("another spelling", |error| error.expected.words());
    let words = "This value cannot be read as it is written: expected {x}.";
    let said = place.say_with(note("", words, 3261, "25.1"), expected);
    Said { title: header.canonical_name().into_owned(), ..said }
}
