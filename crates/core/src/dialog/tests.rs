use super::*;
use crate::build::BuildError;
use crate::check::{Context, check};
use crate::message::Response;

const SUBSCRIBE: &[u8] = b"SUBSCRIBE sip:b@x.example SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\n\
Max-Forwards: 70\r\n\
Record-Route: <sip:p2.example;lr>;r=2, \"One\" <sip:p1.example;lr>\r\n\
From: \"A\" <sip:a@x.example>;tag=7\r\n\
To: <sip:b@x.example>\r\n\
Call-ID: 1@x\r\n\
CSeq: 5 SUBSCRIBE\r\n\
Contact: <sip:a@192.0.2.7:5070;transport=udp?Subject=x>\r\n\
Event: presence\r\n\
Content-Length: 0\r\n\r\n";

fn via() -> HeaderValue {
    HeaderValue::via("UDP", "192.0.2.1:5060").with_branch("2")
}

fn notify(dialog: &mut Dialog) -> Vec<u8> {
    let builder = dialog.request("NOTIFY", via()).header(H::Contact, "<sip:192.0.2.1>");
    let builder = builder.header(H::Event, "presence");
    builder.header(H::SubscriptionState, "active;expires=9").build().unwrap()
}

fn lines(bytes: &[u8], name: H) -> Vec<String> {
    let message = Message::parse(bytes).unwrap();
    message.headers_named(name).map(|header| header.value().to_string()).collect()
}

#[test]
fn the_server_side_writes_requests_with_the_roles_swapped() {
    let request = Message::parse(SUBSCRIBE).unwrap();
    let mut dialog = Dialog::as_server(&request, "mine").unwrap();
    let bytes = notify(&mut dialog);
    assert!(bytes.starts_with(b"NOTIFY sip:a@192.0.2.7:5070;transport=udp SIP/2.0\r\n"));
    assert_eq!(lines(&bytes, H::From), ["<sip:b@x.example>;tag=mine"]);
    assert_eq!(lines(&bytes, H::To), ["\"A\" <sip:a@x.example>;tag=7"]);
    assert_eq!(lines(&bytes, H::CSeq), ["1 NOTIFY"]);
    assert_eq!(lines(&bytes, H::Route), ["<sip:p2.example;lr>;r=2", "<sip:p1.example;lr>"]);
    assert_eq!(check(&Message::parse(&bytes).unwrap(), &Context::default()), []);
    assert_eq!(lines(&notify(&mut dialog), H::CSeq), ["2 NOTIFY"]);
}

#[test]
fn the_client_side_takes_routes_in_reverse_and_goes_on_counting() {
    let request = Message::parse(SUBSCRIBE).unwrap();
    let reply = Response::reply_to(&request, 200, "OK").with_to_tag("mine").headers();
    let reply = reply.header(H::Contact, "<sip:b@192.0.2.1>").build().unwrap();
    let reply = Message::parse(&reply).unwrap();
    let mut dialog = Dialog::as_client(&request, &reply).unwrap();
    assert_eq!(dialog.remote_tag().as_deref(), Some("mine"));
    let refresh = dialog.request("SUBSCRIBE", via()).build().unwrap();
    assert!(refresh.starts_with(b"SUBSCRIBE sip:b@192.0.2.1 SIP/2.0\r\n"));
    assert_eq!(lines(&refresh, H::CSeq), ["6 SUBSCRIBE"]);
    assert_eq!(lines(&refresh, H::Route), ["<sip:p1.example;lr>", "<sip:p2.example;lr>;r=2"]);
}

#[test]
fn both_sides_know_each_others_requests_and_no_others() {
    let request = Message::parse(SUBSCRIBE).unwrap();
    let reply = Response::reply_to(&request, 200, "OK").with_to_tag("mine").headers();
    let reply = reply.header(H::Contact, "<sip:b@192.0.2.1>").build().unwrap();
    let mut server = Dialog::as_server(&request, "mine").unwrap();
    let mut client = Dialog::as_client(&request, &Message::parse(&reply).unwrap()).unwrap();
    let (first, second) = (notify(&mut server), notify(&mut server));
    let (first, second) = (Message::parse(&first).unwrap(), Message::parse(&second).unwrap());
    assert_eq!(client.handle_request(&second), Ok(()));
    assert_eq!(client.target(), "sip:192.0.2.1");
    let late = client.handle_request(&first).unwrap_err();
    assert_eq!(late, DialogError::OutOfOrder { number: 1, last: 2 });
    let mut other = Dialog::as_server(&request, "another").unwrap();
    let stranger = notify(&mut other);
    let stranger = client.handle_request(&Message::parse(&stranger).unwrap());
    assert_eq!(stranger, Err(DialogError::OtherDialog));
    let refresh = client.request("SUBSCRIBE", via()).build().unwrap();
    assert_eq!(server.handle_request(&Message::parse(&refresh).unwrap()), Ok(()));
    assert_eq!(server.target(), "sip:a@192.0.2.7:5070;transport=udp");
}

#[test]
fn a_proxy_without_lr_takes_the_place_of_the_request_uri() {
    let text =
        String::from_utf8(SUBSCRIBE.to_vec()).unwrap().replacen("p2.example;lr", "p2.example", 1);
    let request = Message::parse(text.as_bytes()).unwrap();
    let bytes = notify(&mut Dialog::as_server(&request, "mine").unwrap());
    assert!(bytes.starts_with(b"NOTIFY sip:p2.example SIP/2.0\r\n"));
    let routes = ["<sip:p1.example;lr>", "<sip:a@192.0.2.7:5070;transport=udp>"];
    assert_eq!(lines(&bytes, H::Route), routes);
}

#[test]
fn without_a_contact_there_is_no_target_until_one_is_given() {
    let text = String::from_utf8(SUBSCRIBE.to_vec()).unwrap().replace("Contact", "X-Contact");
    let request = Message::parse(text.as_bytes()).unwrap();
    let mut dialog = Dialog::as_server(&request, "mine").unwrap();
    let refused = dialog.request("NOTIFY", via()).build();
    assert!(matches!(refused, Err(BuildError::NotAUri { .. })));
    let mut dialog = dialog.with_target("sip:192.0.2.7").with_next_number(9);
    assert_eq!(lines(&notify(&mut dialog), H::CSeq), ["9 NOTIFY"]);
    let mut dialog = dialog.with_next_number(0);
    assert_eq!(lines(&notify(&mut dialog), H::CSeq), ["0 NOTIFY"]);
}

#[test]
fn a_message_without_its_names_makes_no_dialog() {
    let missing = |name: &str| {
        let text = String::from_utf8(SUBSCRIBE.to_vec()).unwrap().replace(name, "X");
        Dialog::as_server(&Message::parse(text.as_bytes()).unwrap(), "t").unwrap_err()
    };
    let forged = Dialog::as_server(&Message::parse(SUBSCRIBE).unwrap(), "a;b=c");
    assert_eq!(forged, Err(DialogError::NotATag));
    assert_eq!(missing("Call-ID"), DialogError::Missing(H::CallId));
    assert_eq!(missing("CSeq"), DialogError::Missing(H::CSeq));
    assert_eq!(missing("From").to_string(), "From is missing or broken");
}
