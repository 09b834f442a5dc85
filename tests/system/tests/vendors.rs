//! What phones of several vendors send, and that each is known and answered.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::corpus;
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::serve::{SOON, Serve, is_address};
use serde_json::json;

/// File, source, and what the message says of the phone: MAC, vendor, model, version.
const PHONES: [(&str, &str, [&str; 4]); 8] = [
    ("snom", "10.13.2.51:5060", ["000413a1b2c3", "snom", "snomD385", "10.1.73.16"]),
    ("yealink", "10.13.2.52:5059", ["001565c4d5e6", "yealink", "T41S", "66.84.0.15"]),
    ("grandstream", "10.13.2.53:5080", ["c074ade1f2a3", "grandstream", "GRP2614", "1.0.5.67"]),
    ("fanvil", "10.13.2.54:5060", ["0c383e4a5b6c", "fanvil", "X5U", "2.4.2"]),
    ("planet", "10.13.2.55:5060", ["00304f0a1b2c", "planet", "VIP-1140PT", "2.0.3.3010"]),
    ("panasonic", "10.13.2.56:5060", ["0080f0c1d2e3", "panasonic", "KX-HDV230", "07.103"]),
    ("gigaset", "10.13.2.57:5060", ["7c2f80a4b5c6", "gigaset", "Maxwell3", "2.22.5"]),
    ("urn-uuid", "10.13.2.58:5060", ["00ff8d0a0b0c", "vendor.example.net", "Z200", "3.2.1"]),
];

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn phones_of_several_vendors_are_known_and_answered() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve(&["--url", "tftp://%{server}/%{mac}.cfg"])?;
    for (file, source, says) in PHONES {
        let address = source.split(':').next().unwrap_or_default();
        office.desk.add_address("eth0", &format!("{address}/16"))?;
        let phone = Phone::at(&office.desk, source)?;
        phone.ask(&corpus(&format!("phones/{file}.sip"))?)?;
        assert_known(&mut serve, file, address, says)?;
        assert_served(&mut serve, file, &phone, says[0])?;
    }
    serve.stop()?;
    Ok(())
}

fn assert_known(serve: &mut Serve, file: &str, address: &str, says: [&str; 4]) -> Result<()> {
    let from = |event: &serde_json::Value| is_address(&event["source"], address);
    let phone = &serve.wait_for("phone_asked", from, SOON)?["phone"];
    let known = json!([phone["mac"], phone["vendor"], phone["model"], phone["version"]]);
    assert_eq!(known, json!(says), "{file}");
    Ok(())
}

fn assert_served(serve: &mut Serve, file: &str, phone: &Phone, mac: &str) -> Result<()> {
    let answers = phone.answers()?;
    assert!(answers.ok.text().starts_with("SIP/2.0 200 "), "{file}: {}", answers.ok.text());
    let url = format!("\r\n\r\ntftp://{SERVER}/{mac}.cfg");
    assert!(answers.notify.text().ends_with(&url), "{file}: {}", answers.notify.text());
    phone.reply(&answers.notify, "200 OK")?;
    let acknowledged =
        serve.wait_for("acknowledged", |event| event["phone"]["mac"] == mac, SOON)?;
    assert_eq!(acknowledged["status"], 200, "{file}");
    Ok(())
}
