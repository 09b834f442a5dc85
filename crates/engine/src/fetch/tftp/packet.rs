//! Owns TFTP's packets (RFC 1350 §5, RFC 2347): what a reader writes and what it reads. Knows no order of them.

/// What a server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packet<'a> {
    Data {
        block: u16,
        bytes: &'a [u8],
    },
    Error {
        code: u16,
        message: &'a [u8],
    },
    /// Names and values, each ended by a zero byte.
    Options(&'a [u8]),
}

/// RFC 1350 §4: the transfer's peer speaks from one port.
pub(super) const UNKNOWN_TRANSFER: u16 = 5;

/// `None` for what no server says.
pub(super) fn read(datagram: &[u8]) -> Option<Packet<'_>> {
    let (opcode, rest) = number(datagram)?;
    match opcode {
        3 => number(rest).map(|(block, bytes)| Packet::Data { block, bytes }),
        5 => number(rest).map(|(code, text)| Packet::Error { code, message: first_text(text) }),
        6 => Some(Packet::Options(rest)),
        _ => None,
    }
}

fn number(bytes: &[u8]) -> Option<(u16, &[u8])> {
    bytes.split_first_chunk().map(|(number, rest)| (u16::from_be_bytes(*number), rest))
}

fn first_text(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// The value of an option in an OACK; names are in whatever case (RFC 2347).
pub(super) fn option(options: &[u8], wanted: &str) -> Option<u64> {
    let texts: Vec<&[u8]> = options.split(|byte| *byte == 0).collect();
    let pair =
        texts.chunks_exact(2).find(|pair| pair[0].eq_ignore_ascii_case(wanted.as_bytes()))?;
    str::from_utf8(pair[1]).ok()?.parse().ok()
}

/// The request for a file, as bytes (`octet`), with these options.
pub(super) fn read_request(file: &str, options: &[(&str, usize)]) -> Vec<u8> {
    let mut packet = vec![0, 1];
    for text in [file, "octet"] {
        text_into(&mut packet, text);
    }
    for (name, value) in options {
        text_into(&mut packet, name);
        text_into(&mut packet, &value.to_string());
    }
    packet
}

fn text_into(packet: &mut Vec<u8>, text: &str) {
    packet.extend_from_slice(text.as_bytes());
    packet.push(0);
}

pub(super) fn acknowledgement(block: u16) -> Vec<u8> {
    [[0, 4], block.to_be_bytes()].concat()
}

pub(super) fn error(code: u16, message: &str) -> Vec<u8> {
    let mut packet = [[0, 5], code.to_be_bytes()].concat();
    text_into(&mut packet, message);
    packet
}
