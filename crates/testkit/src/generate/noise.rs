//! Owns what is no phone's question: bytes, keep-alives, scraps of SIP, and messages that belong to nobody.

use crate::Dice;
use proptest::prelude::*;

/// Whole messages that ask for nothing we answer, and scraps.
const SCRAPS: &[&[u8]] = &[
    b"",
    b"\r\n\r\n",
    b"\0",
    b"SIP/2.0",
    b"SIP/2.0 200 OK\r\n\r\n",
    b"SUBSCRIBE",
    b"SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\n",
    b"SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nEvent: ua-profile\r\n\r\n",
    b"OPTIONS sip:224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP 10.13.9.9;branch=z9hG4bK1\r\n\
      From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1@a\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
    b"REGISTER sip:224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP 10.13.9.9;branch=z9hG4bK2\r\n\
      From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 2@a\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n",
    b"SUBSCRIBE sip:a@224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP 10.13.9.9;branch=z9hG4bK3\r\n\
      From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 3@a\r\nCSeq: 1 SUBSCRIBE\r\n\
      Event: presence\r\nExpires: 0\r\nContent-Length: 0\r\n\r\n",
    b"NOTIFY sip:10.13.4.121 SIP/2.0\r\nVia: SIP/2.0/UDP 10.13.9.9;branch=z9hG4bK4\r\n\
      From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: 4@a\r\nCSeq: 1 NOTIFY\r\n\
      Event: ua-profile\r\nContent-Length: 0\r\n\r\n",
    b"SIP/2.0 481 Gone\r\nVia: SIP/2.0/UDP 10.13.4.121;branch=z9hG4bK5\r\n\
      From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: 5@a\r\nCSeq: 1 NOTIFY\r\nContent-Length: 0\r\n\r\n",
    b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\n\r\n",
];

/// Noise by chance: half of it scraps, half of it bytes.
pub fn noise_by(dice: &mut Dice) -> Vec<u8> {
    if dice.falls(500) {
        return dice.pick(SCRAPS).map(|scrap| scrap.to_vec()).unwrap_or_default();
    }
    let length = dice.below(1_400);
    dice.bytes(length)
}

/// Any noise.
pub fn noise() -> impl Strategy<Value = Vec<u8>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    prop_oneof![bytes, prop::sample::select(SCRAPS).prop_map(<[u8]>::to_vec)]
}
