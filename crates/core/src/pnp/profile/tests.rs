use super::vendors::VARIANTS;
use super::*;
use crate::check::{Context, Severity, check};
use crate::entropy::SeededEntropy;
use crate::message::Message;
use crate::pnp::asking;
use alloc::string::{String, ToString};

fn asked(profile: &PhoneProfile) -> Vec<u8> {
    let mac = Mac::new([profile.oui[0], profile.oui[1], profile.oui[2], 1, 2, 3]);
    let phone = Subscriber::new("192.0.2.7:5060".parse().unwrap()).with_mac(mac);
    profile.subscribe(&phone, &mut SeededEntropy::new(7)).unwrap()
}

#[test]
fn every_profile_is_recognised_by_what_it_sends() {
    for profile in ALL.iter().chain(VARIANTS.iter().map(|(_, profile)| profile)) {
        let bytes = asked(profile);
        let message = Message::parse(&bytes).unwrap();
        let errors = check(&message, &Context::default())
            .into_iter()
            .filter(|f| f.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{}", profile.vendor);
        let phone = asking(&message).unwrap();
        assert_eq!(phone.vendor.as_deref(), Some(profile.vendor));
        assert_eq!(phone.model.as_deref(), Some(profile.model), "{}", profile.vendor);
        assert_eq!(phone.version.as_deref(), Some(profile.version), "{}", profile.vendor);
        assert_eq!(phone.mac.is_none(), profile.vendor == "audiocodes");
    }
}

#[test]
fn quirks_are_on_the_wire() {
    let text = |name: &str| String::from_utf8(asked(find(name).unwrap())).unwrap();
    assert!(!text("snom").contains("branch"));
    assert!(text("planet").contains("\r\nEvent:ua-profile") && !text("planet").contains("tag="));
    assert!(text("panasonic").contains("vender=\"Panasonic\""));
    assert!(text("grandstream").contains("CSeq: 20000 SUBSCRIBE"));
    assert!(
        text("AudioCodes")
            .starts_with("SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0\r\nFrom: <sip:00000001@")
    );
}

#[test]
fn a_model_that_speaks_otherwise_is_imitated_as_it_speaks() {
    let of = |vendor, model| find_model(vendor, Some(model)).unwrap();
    let text = |profile| String::from_utf8(asked(profile)).unwrap();
    assert!(text(of("snom", "snomM700")).contains("From: <sip:512@192.0.2.7>;tag="));
    assert!(text(of("yealink", "T54W")).contains(" 96.86.0.70 80:5e:c0:01:02:03\r\n"));
    assert_eq!(of("grandstream", "HT802").source_port, 5060);
    assert_eq!(of("grandstream", "GRP2614").source_port, 5080);
    assert_eq!(of("yealink", "T21P").source_port, 5059);
    assert_eq!(find_model("nobody", None), None);
}

/// Header names and what varies in no value, of a message.
fn shape(bytes: &[u8]) -> Vec<String> {
    let text = core::str::from_utf8(bytes).unwrap();
    text.split("\r\n")
        .skip(1)
        .filter_map(|line| Some(line.split_once(':')?.0.to_string()))
        .collect()
}

#[test]
fn what_is_written_has_the_shape_of_the_messages_after_captures() {
    let corpus: [(&str, &[u8]); 6] = [
        ("audiocodes", include_bytes!("../../../../../tests/corpus/manual/subscribe.sip")),
        ("snom", include_bytes!("../../../../../tests/corpus/phones/snom.sip")),
        ("yealink", include_bytes!("../../../../../tests/corpus/phones/yealink.sip")),
        ("grandstream", include_bytes!("../../../../../tests/corpus/phones/grandstream.sip")),
        ("fanvil", include_bytes!("../../../../../tests/corpus/phones/fanvil.sip")),
        ("planet", include_bytes!("../../../../../tests/corpus/phones/planet.sip")),
    ];
    for (vendor, captured) in corpus {
        let written = asked(find(vendor).unwrap());
        assert_eq!(shape(&written), shape(captured), "{vendor}");
        let via = |bytes: &[u8]| {
            let message = Message::parse(bytes).unwrap();
            let via = message.top_via().unwrap().unwrap();
            let names = via.params.iter().map(|param| param.name.to_string());
            names.collect::<Vec<_>>()
        };
        assert_eq!(via(&written), via(captured), "{vendor}");
    }
}

#[test]
fn a_value_that_would_break_the_message_is_refused() {
    let phone = Subscriber::new("192.0.2.7:5060".parse().unwrap());
    let phone = phone.with_product(None, Some("a\r\nb".into()), None);
    assert!(generic().subscribe(&phone, &mut SeededEntropy::new(7)).is_err());
}
