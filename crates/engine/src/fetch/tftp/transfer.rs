//! Owns one TFTP transfer from a server to us (RFC 1350; options: RFC 2347, 2348, 2349), as a machine without clock and
//! socket.

use super::packet::{self, Packet};
use std::net::SocketAddrV4;

/// What fits into an Ethernet frame; a server that knows no options sends 512.
const BLOCK: usize = 1428;
const DEFAULT_BLOCK: usize = 512;

/// RFC 2347: "option negotiation failed"; RFC 1350: "illegal operation", which is what old servers say to options.
const REFUSES_OPTIONS: [u16; 2] = [8, 4];

/// What to do with a datagram.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Send this to where it came from, and go on.
    Reply(Vec<u8>),
    /// Ask the server's well-known port again, with this.
    AskAgain(Vec<u8>),
    /// Nothing.
    Ignore,
    /// All is here; send this last.
    Done(Vec<u8>),
    /// The limit is reached; send this last.
    Full(Vec<u8>),
    /// The server refused.
    Refused(String),
}

#[derive(Debug)]
pub(super) struct Transfer {
    file: String,
    limit: usize,
    block_length: usize,
    with_options: bool,
    peer: Option<SocketAddrV4>,
    /// The last block that came.
    block: u16,
    pub(super) content: Vec<u8>,
    /// The whole length, where the server told it.
    pub(super) length: Option<u64>,
}

impl Transfer {
    /// Of `file`, at most `limit` bytes.
    pub(super) fn new(file: &str, limit: usize) -> Self {
        Self {
            file: file.into(),
            limit,
            block_length: DEFAULT_BLOCK,
            with_options: true,
            peer: None,
            block: 0,
            content: Vec::new(),
            length: None,
        }
    }

    pub(super) fn request(&self) -> Vec<u8> {
        let options: &[_] =
            if self.with_options { &[("blksize", BLOCK), ("tsize", 0)] } else { &[] };
        packet::read_request(&self.file, options)
    }

    /// Whose port the transfer is with; `None` before the first answer.
    pub(super) const fn peer(&self) -> Option<SocketAddrV4> {
        self.peer
    }

    pub(super) fn handle(&mut self, from: SocketAddrV4, datagram: &[u8]) -> Step {
        let Some(packet) = packet::read(datagram) else { return Step::Ignore };
        if self.peer.is_some_and(|peer| peer != from) {
            return Step::Reply(packet::error(packet::UNKNOWN_TRANSFER, "another transfer"));
        }
        match packet {
            Packet::Error { code, .. } if self.may_ask_plainly(code) => self.ask_plainly(),
            Packet::Error { code, message } => Step::Refused(refusal(code, message)),
            Packet::Options(options) => self.options(from, options),
            Packet::Data { block, bytes } => self.data(from, block, bytes),
        }
    }

    fn may_ask_plainly(&self, code: u16) -> bool {
        self.with_options && self.peer.is_none() && REFUSES_OPTIONS.contains(&code)
    }

    fn ask_plainly(&mut self) -> Step {
        self.with_options = false;
        Step::AskAgain(self.request())
    }

    /// Only before the first block; repeated ones are acknowledged again.
    fn options(&mut self, from: SocketAddrV4, options: &[u8]) -> Step {
        if self.block != 0 || !self.with_options {
            return Step::Ignore;
        }
        let agreed = packet::option(options, "blksize").and_then(|it| usize::try_from(it).ok());
        if agreed.is_some_and(|length| !(8..=BLOCK).contains(&length)) {
            return Step::Refused(
                "the server wants blocks of a length that it was not offered".into(),
            );
        }
        self.peer = Some(from);
        self.block_length = agreed.unwrap_or(DEFAULT_BLOCK);
        self.length = packet::option(options, "tsize");
        Step::Reply(packet::acknowledgement(0))
    }

    /// The next block is kept, the last one acknowledged again, others are echoes.
    fn data(&mut self, from: SocketAddrV4, block: u16, bytes: &[u8]) -> Step {
        if block == self.block && self.peer.is_some() {
            return Step::Reply(packet::acknowledgement(block));
        }
        if block != self.block.wrapping_add(1) {
            return Step::Ignore;
        }
        (self.peer, self.block) = (Some(from), block);
        self.content.extend_from_slice(bytes);
        if self.content.len() > self.limit {
            self.content.truncate(self.limit);
            return Step::Full(packet::error(0, "enough"));
        }
        let acknowledgement = packet::acknowledgement(block);
        let is_last = bytes.len() < self.block_length;
        if is_last { Step::Done(acknowledgement) } else { Step::Reply(acknowledgement) }
    }
}

fn refusal(code: u16, message: &[u8]) -> String {
    let known = ["", "file not found", "access violation", "disk full", "illegal operation"];
    let said = String::from_utf8_lossy(message);
    let meaning = known.get(usize::from(code)).copied().unwrap_or_default();
    match (meaning, said.trim()) {
        ("", "") => format!("error {code}"),
        ("", said) => format!("error {code}: {said}"),
        (meaning, "") => format!("error {code}: {meaning}"),
        (meaning, said) => format!("error {code}: {meaning} ({said})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(port: u16) -> SocketAddrV4 {
        SocketAddrV4::new([192, 0, 2, 1].into(), port)
    }

    fn data(block: u16, bytes: &[u8]) -> Vec<u8> {
        [&[0, 3], &block.to_be_bytes()[..], bytes].concat()
    }

    fn oack() -> Vec<u8> {
        b"\0\x06BLKSIZE\x008\0tsize\x0011\0".to_vec()
    }

    fn acknowledged(block: u8) -> Vec<u8> {
        vec![0, 4, 0, block]
    }

    #[test]
    fn asks_for_bytes_in_blocks_of_a_frame() {
        let request = Transfer::new("a.cfg", 99).request();
        assert_eq!(request, b"\0\x01a.cfg\0octet\0blksize\x001428\0tsize\x000\0");
    }

    #[test]
    fn takes_blocks_of_the_agreed_length_until_a_shorter_one() {
        let mut transfer = Transfer::new("a", 99);
        assert_eq!(transfer.handle(server(9), &oack()), Step::Reply(acknowledged(0)));
        assert_eq!(transfer.length, Some(11));
        assert_eq!(transfer.handle(server(9), &data(1, b"12345678")), Step::Reply(acknowledged(1)));
        assert_eq!(transfer.handle(server(9), &data(2, b"9ab")), Step::Done(acknowledged(2)));
        assert_eq!(transfer.content, b"123456789ab");
    }

    #[test]
    fn a_server_without_options_sends_512_at_once() {
        let mut transfer = Transfer::new("a", 9999);
        let whole = [7; 512];
        assert_eq!(transfer.handle(server(9), &data(1, &whole)), Step::Reply(acknowledged(1)));
        assert_eq!(transfer.handle(server(9), &data(2, b"")), Step::Done(acknowledged(2)));
        assert_eq!(transfer.content, whole);
    }

    #[test]
    fn repeated_blocks_are_acknowledged_and_kept_once() {
        let mut transfer = Transfer::new("a", 9999);
        for _ in 0..2 {
            let step = transfer.handle(server(9), &data(1, &[7; 512]));
            assert_eq!(step, Step::Reply(acknowledged(1)));
        }
        assert_eq!(transfer.handle(server(9), &data(3, b"later")), Step::Ignore);
        assert_eq!(transfer.content.len(), 512);
    }

    #[test]
    fn another_port_is_another_transfer() {
        let mut transfer = Transfer::new("a", 9999);
        transfer.handle(server(9), &data(1, &[7; 512]));
        let Step::Reply(reply) = transfer.handle(server(10), &data(2, b"forged")) else {
            panic!("taken")
        };
        assert_eq!(reply[..4], [0, 5, 0, 5]);
        assert_eq!(transfer.content.len(), 512);
    }

    #[test]
    fn a_server_that_refuses_options_is_asked_plainly_and_once() {
        let mut transfer = Transfer::new("a", 99);
        let plain = b"\0\x01a\0octet\0".to_vec();
        let refusal = b"\0\x05\0\x08no options\0";
        assert_eq!(transfer.handle(server(9), refusal), Step::AskAgain(plain));
        assert!(matches!(transfer.handle(server(9), refusal), Step::Refused(_)));
    }

    #[test]
    fn stops_at_the_limit_and_says_so_to_the_server() {
        let mut transfer = Transfer::new("a", 600);
        transfer.handle(server(9), &data(1, &[7; 512]));
        assert!(matches!(transfer.handle(server(9), &data(2, &[7; 512])), Step::Full(_)));
        assert_eq!(transfer.content.len(), 600);
    }

    #[test]
    fn block_numbers_go_round() {
        let mut transfer = Transfer::new("a", usize::MAX);
        for block in (1..=u16::MAX).chain([0, 1]) {
            let step = transfer.handle(server(9), &data(block, &[7; 512]));
            assert!(matches!(step, Step::Reply(_)), "{block}");
        }
        assert_eq!(transfer.content.len(), 65_537 * 512);
    }

    #[test]
    fn says_why_the_server_refused() {
        let said = |packet: &[u8]| Transfer::new("a", 9).handle(server(9), packet);
        let refused = |text: &str| Step::Refused(text.into());
        assert_eq!(said(b"\0\x05\0\x01nope\0"), refused("error 1: file not found (nope)"));
        assert_eq!(said(b"\0\x05\0\x02"), refused("error 2: access violation"));
        assert_eq!(said(b"\0\x05\0\0busy\0"), refused("error 0: busy"));
        for noise in [&b""[..], b"\0", b"\0\x03", b"\0\x03\0", b"\0\x04\0\x01", b"\xff\xff\0\0"] {
            assert_eq!(said(noise), Step::Ignore, "{noise:?}");
        }
    }
}
