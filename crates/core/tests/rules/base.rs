//! The good messages from which every example is made by a small change: one exchange of a phone with its server, a
//! call, and a registration.

/// One of the good messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// A phone asks for its URL.
    Subscribe,
    /// The server accepts.
    Ok,
    /// The server tells the URL.
    Notify,
    /// The phone confirms.
    Confirm,
    /// Somebody calls.
    Invite,
    /// A phone registers.
    Register,
}

/// The messages of one exchange, in order.
pub(crate) const EXCHANGE: [Base; 4] = [Base::Subscribe, Base::Ok, Base::Notify, Base::Confirm];

impl Base {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Subscribe => SUBSCRIBE,
            Self::Ok => OK,
            Self::Notify => NOTIFY,
            Self::Confirm => CONFIRM,
            Self::Invite => INVITE,
            Self::Register => REGISTER,
        }
    }
}

const SUBSCRIBE: &str = "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bK-1\r\n\
Max-Forwards: 70\r\n\
From: <sip:7@192.0.2.10:5060>;tag=a1\r\n\
To: <sip:224.0.1.75:5060>\r\n\
Call-ID: 1@192.0.2.10\r\n\
CSeq: 1 SUBSCRIBE\r\n\
Contact: <sip:7@192.0.2.10:5060>\r\n\
Event: ua-profile;profile-type=device;vendor=\"acme\";model=\"p1\";version=\"1\"\r\n\
Accept: application/url\r\n\
Expires: 0\r\n\
Content-Length: 0\r\n\r\n";

const OK: &str = "SIP/2.0 200 OK\r\n\
Via: SIP/2.0/UDP 192.0.2.10:5060;rport=5060;received=192.0.2.10;branch=z9hG4bK-1\r\n\
From: <sip:7@192.0.2.10:5060>;tag=a1\r\n\
To: <sip:224.0.1.75:5060>;tag=b1\r\n\
Call-ID: 1@192.0.2.10\r\n\
CSeq: 1 SUBSCRIBE\r\n\
Contact: <sip:192.0.2.1:5060>\r\n\
Expires: 0\r\n\
Content-Length: 0\r\n\r\n";

const NOTIFY: &str = "NOTIFY sip:7@192.0.2.10:5060 SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-2\r\n\
Max-Forwards: 70\r\n\
From: <sip:224.0.1.75:5060>;tag=b1\r\n\
To: <sip:7@192.0.2.10:5060>;tag=a1\r\n\
Call-ID: 1@192.0.2.10\r\n\
CSeq: 1 NOTIFY\r\n\
Contact: <sip:192.0.2.1:5060>\r\n\
Event: ua-profile\r\n\
Subscription-State: terminated;reason=timeout\r\n\
Content-Type: application/url\r\n\
Content-Length: 24\r\n\r\n\
tftp://192.0.2.1/p1.conf";

const CONFIRM: &str = "SIP/2.0 200 OK\r\n\
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-2\r\n\
From: <sip:224.0.1.75:5060>;tag=b1\r\n\
To: <sip:7@192.0.2.10:5060>;tag=a1\r\n\
Call-ID: 1@192.0.2.10\r\n\
CSeq: 1 NOTIFY\r\n\
Content-Length: 0\r\n\r\n";

const INVITE: &str = "INVITE sip:bob@example.com SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.20;branch=z9hG4bK-3\r\n\
Max-Forwards: 70\r\n\
From: <sip:alice@example.com>;tag=c1\r\n\
To: <sip:bob@example.com>\r\n\
Call-ID: 2@192.0.2.20\r\n\
CSeq: 1 INVITE\r\n\
Contact: <sip:alice@192.0.2.20>\r\n\
Accept: application/sdp\r\n\
Content-Type: application/sdp\r\n\
Content-Length: 5\r\n\r\n\
v=0\r\n";

const REGISTER: &str = "REGISTER sip:example.com SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.20;branch=z9hG4bK-4\r\n\
Max-Forwards: 70\r\n\
From: <sip:alice@example.com>;tag=d1\r\n\
To: <sip:alice@example.com>\r\n\
Call-ID: 3@192.0.2.20\r\n\
CSeq: 1 REGISTER\r\n\
Contact: <sip:alice@192.0.2.20>\r\n\
Expires: 3600\r\n\
Content-Length: 0\r\n\r\n";
