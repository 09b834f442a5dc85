//! Session descriptions (RFC 8866), split into typed lines. Owns the spelling of each line; whether the lines fit
//! together is not asked.

use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, ValueError, byte, number, port, whole};
use crate::text::Text;
use alloc::vec::Vec;
use core::iter;
use core::net::IpAddr;
use nom::bytes::complete::take_while1;

/// A session description.
///
/// ```
/// use fingerpost_core::sdp::{Sdp, SdpField};
/// let text = b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0 8\r\na=sendrecv\r\n";
/// let sdp = Sdp::new(text);
/// let ports = sdp.lines().filter_map(|line| match line.field() {
///     Ok(SdpField::Media { port, .. }) => Some(port),
///     _ => None,
/// });
/// assert_eq!(ports.collect::<Vec<_>>(), [4000]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sdp<'a>(&'a [u8]);

/// One line, without its line end. Every text borrows from the body, so [`crate::Message::span_of`] finds its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SdpLine<'a> {
    /// All of it.
    pub text: Text<'a>,
    /// The letter before `=`; empty where the line is not a letter and `=`.
    pub kind: Text<'a>,
    /// What stands behind `=`; of a line that is none, all of it.
    pub value: Text<'a>,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SdpField<'a> {
    /// `v=` (§5.1): 0.
    Version(u32),
    /// `o=` (§5.2).
    Origin {
        /// `-` where there is none.
        username: Text<'a>,
        /// Digits.
        session_id: Text<'a>,
        /// Digits; they grow with each change.
        session_version: Text<'a>,
        /// Where the session was made.
        connection: SdpConnection<'a>,
    },
    /// `c=` (§5.7).
    Connection(SdpConnection<'a>),
    /// `b=` (§5.8).
    Bandwidth {
        /// `CT`, `AS`, …
        kind: Text<'a>,
        /// Kilobits a second, for most kinds.
        value: u32,
    },
    /// `t=` (§5.9): seconds since 1900; 0 and 0 for a session without bounds.
    Timing {
        /// Digits.
        start: Text<'a>,
        /// Digits.
        stop: Text<'a>,
    },
    /// `m=` (§5.14).
    Media {
        /// `audio`, `video`, `text`, `application`, `message`, …
        kind: Text<'a>,
        /// 0 where the stream is refused.
        port: u16,
        /// How many ports, where that is said.
        ports: Option<u32>,
        /// `RTP/AVP`, …
        protocol: Text<'a>,
        /// Payload types or other formats, the preferred one first.
        formats: Vec<Text<'a>>,
    },
    /// `a=` (§5.13).
    Attribute {
        /// `sendrecv`, `rtpmap`, …
        name: Text<'a>,
        /// What stands behind the colon.
        value: Option<Text<'a>>,
    },
    /// A line of text (`s=`, `i=`, `u=`, `e=`, `p=`, …) or of a letter that is not known.
    Text(Text<'a>),
}

/// Network, kind and address: `IN IP4 192.0.2.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SdpConnection<'a> {
    /// `IN`.
    pub network: Text<'a>,
    /// `IP4` or `IP6`.
    pub kind: Text<'a>,
    /// The address as written, with a TTL and a count behind slashes where it is a group.
    pub address: Text<'a>,
}

impl<'a> Sdp<'a> {
    /// The description in `body`.
    #[must_use]
    pub const fn new(body: &'a [u8]) -> Self {
        Self(body)
    }

    /// Its lines, in order; empty ones are passed over.
    pub fn lines(self) -> impl Iterator<Item = SdpLine<'a>> {
        let mut rest = self.0;
        iter::from_fn(move || {
            let at = rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))?;
            let line = &rest[at..];
            let (line, behind) = line.split_at(memchr::memchr(b'\n', line).unwrap_or(line.len()));
            rest = behind;
            Some(SdpLine::new(line.strip_suffix(b"\r").unwrap_or(line)))
        })
    }

    pub(crate) fn describe(self, tape: &mut TapeBuilder<'a>) {
        self.lines().for_each(|line| line.describe(tape));
    }
}

impl<'a> SdpLine<'a> {
    fn new(text: &'a [u8]) -> Self {
        let split = matches!(text, [letter, b'=', ..] if letter.is_ascii_alphabetic());
        let (kind, value) = if split { (&text[..1], &text[2..]) } else { (&text[..0], text) };
        let [text, kind, value] = [text, kind, value].map(Text::new);
        Self { text, kind, value }
    }

    /// What it says.
    ///
    /// # Errors
    /// [`ValueError`] with the place in the line's value.
    pub fn field(&self) -> Result<SdpField<'a>, ValueError> {
        let value = self.value.as_bytes();
        match self.kind.as_bytes() {
            b"" => Err(ValueError { expected: Expected::Parameter, offset: 0 }),
            b"v" => whole(value, number).map(|(_, version)| SdpField::Version(version)),
            b"o" => whole(value, origin),
            b"c" => whole(value, connection).map(SdpField::Connection),
            b"b" => whole(value, bandwidth),
            b"t" => whole(value, timing),
            b"m" => whole(value, media),
            b"a" => whole(value, attribute),
            _ => Ok(SdpField::Text(self.value)),
        }
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        let Ok(field) = self.field() else {
            return tape.leaf(TokenKind::Malformed, self.text);
        };
        let node = tape.open(TokenKind::SdpLine, self.text);
        tape.leaf(TokenKind::SdpType, self.kind);
        match field {
            SdpField::Attribute { name, value } => {
                tape.leaf(TokenKind::ParamName, name);
                tape.leaf(TokenKind::ParamValue, value.unwrap_or_default());
            }
            SdpField::Text(text) => tape.leaf(TokenKind::SdpField, text),
            _ => words(self.value).for_each(|word| tape.leaf(TokenKind::SdpField, word)),
        }
        tape.close(node);
    }
}

impl SdpConnection<'_> {
    /// The address, where it is one and not a name; of a group without TTL and count.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.address.to_str().split('/').next()?.parse().ok()
    }
}

fn words(value: Text<'_>) -> impl Iterator<Item = Text<'_>> {
    let words = value.as_bytes().split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    words.map(Text::new)
}

/// What stands up to the next space.
fn word(input: &[u8]) -> Parsed<'_, Text<'_>> {
    let (rest, found) = take_while1(|byte| byte != b' ')(input)
        .map_err(|_: nom::Err<Fault>| Fault::error(input, Expected::Token))?;
    Ok((rest, Text::new(found)))
}

fn space(input: &[u8]) -> Parsed<'_, u8> {
    byte(b' ', Expected::Space)(input)
}

/// A space and a word.
fn next_word(input: &[u8]) -> Parsed<'_, Text<'_>> {
    word(space(input)?.0)
}

fn digits(input: &[u8]) -> Parsed<'_, Text<'_>> {
    let (rest, found) = take_while1(crate::syntax::is_digit)(input)
        .map_err(|_: nom::Err<Fault>| Fault::error(input, Expected::Number))?;
    Ok((rest, Text::new(found)))
}

fn connection(input: &[u8]) -> Parsed<'_, SdpConnection<'_>> {
    let (rest, network) = word(input)?;
    let (rest, kind) = next_word(rest)?;
    let (rest, address) = next_word(rest)?;
    Ok((rest, SdpConnection { network, kind, address }))
}

fn origin(input: &[u8]) -> Parsed<'_, SdpField<'_>> {
    let (rest, username) = word(input)?;
    let (rest, session_id) = digits(space(rest)?.0)?;
    let (rest, session_version) = digits(space(rest)?.0)?;
    let (rest, connection) = connection(space(rest)?.0)?;
    Ok((rest, SdpField::Origin { username, session_id, session_version, connection }))
}

fn bandwidth(input: &[u8]) -> Parsed<'_, SdpField<'_>> {
    let (rest, kind) = crate::syntax::token(input)?;
    let (rest, _) = byte(b':', Expected::Parameter)(rest)?;
    let (rest, (_, value)) = number(rest)?;
    Ok((rest, SdpField::Bandwidth { kind, value }))
}

fn timing(input: &[u8]) -> Parsed<'_, SdpField<'_>> {
    let (rest, start) = digits(input)?;
    let (rest, stop) = digits(space(rest)?.0)?;
    Ok((rest, SdpField::Timing { start, stop }))
}

fn media(input: &[u8]) -> Parsed<'_, SdpField<'_>> {
    let (rest, kind) = word(input)?;
    let (rest, (_, port)) = port(space(rest)?.0)?;
    let (rest, ports) = match byte(b'/', Expected::Slash)(rest) {
        Ok((rest, _)) => number(rest).map(|(rest, (_, count))| (rest, Some(count)))?,
        Err(_) => (rest, None),
    };
    let (mut rest, protocol) = next_word(rest)?;
    let mut formats = Vec::new();
    while let Ok((after, format)) = next_word(rest) {
        formats.push(format);
        rest = after;
    }
    if formats.is_empty() {
        return Err(Fault::failure(rest, Expected::Token));
    }
    Ok((rest, SdpField::Media { kind, port, ports, protocol, formats }))
}

fn attribute(input: &[u8]) -> Parsed<'_, SdpField<'_>> {
    let (rest, name) = crate::syntax::token(input)?;
    match byte(b':', Expected::Parameter)(rest) {
        Ok((value, _)) => Ok((&[], SdpField::Attribute { name, value: Some(Text::new(value)) })),
        Err(_) => Ok((rest, SdpField::Attribute { name, value: None })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;
    use crate::scan::scan;

    const OFFER: &[u8] = b"INVITE sip:a SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n\
v=0\r\no=- 29739 7 IN IP6 2001:db8::1\r\ns= a call \r\nc=IN IP4 233.252.0.1/127/3\r\nb=AS:64\r\n\
t=0 0\r\nm=audio 4000/2 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=sendrecv\r\nq=odd\r\nbroken\r\nm=audio x\r\n";

    fn fields() -> Vec<Result<SdpField<'static>, ValueError>> {
        let message = Message::parse(OFFER).unwrap();
        message.sdp().unwrap().lines().map(|line| line.field()).collect()
    }

    #[test]
    fn every_line_is_read_by_its_letter() {
        let fields = fields();
        assert_eq!(fields[0], Ok(SdpField::Version(0)));
        let Ok(SdpField::Origin { username, session_version, connection, .. }) = &fields[1] else {
            panic!("{:?}", fields[1])
        };
        assert_eq!((*username, *session_version), ("-".into(), "7".into()));
        assert_eq!(connection.ip(), "2001:db8::1".parse().ok());
        assert_eq!(fields[2], Ok(SdpField::Text(" a call ".into())));
        let Ok(SdpField::Connection(group)) = fields[3] else { panic!("{:?}", fields[3]) };
        assert_eq!((group.kind, group.ip()), ("IP4".into(), "233.252.0.1".parse().ok()));
        assert_eq!(fields[4], Ok(SdpField::Bandwidth { kind: "AS".into(), value: 64 }));
        assert_eq!(fields[5], Ok(SdpField::Timing { start: "0".into(), stop: "0".into() }));
        let media = SdpField::Media {
            kind: "audio".into(),
            port: 4000,
            ports: Some(2),
            protocol: "RTP/AVP".into(),
            formats: ["0", "8"].map(Text::from).to_vec(),
        };
        assert_eq!(fields[6], Ok(media));
        let mapped =
            SdpField::Attribute { name: "rtpmap".into(), value: Some("0 PCMU/8000".into()) };
        assert_eq!(fields[7], Ok(mapped));
        assert_eq!(fields[8], Ok(SdpField::Attribute { name: "sendrecv".into(), value: None }));
        assert_eq!(fields[9], Ok(SdpField::Text("odd".into())));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_refused_at_its_place() {
        let fields = fields();
        assert_eq!(fields[10], Err(ValueError { expected: Expected::Parameter, offset: 0 }));
        assert_eq!(fields[11], Err(ValueError { expected: Expected::Port, offset: 6 }));
        let error = |text: &'static str| Sdp::new(text.as_bytes()).lines().next().unwrap().field();
        assert_eq!(error("m=audio 1 RTP/AVP").unwrap_err().offset, 15);
        assert_eq!(error("c=IN IP4").unwrap_err().expected, Expected::Space);
        assert_eq!(error("t=0").unwrap_err().expected, Expected::Space);
        assert_eq!(error("v=0 1").unwrap_err().expected, Expected::End);
    }

    #[test]
    fn every_field_has_its_place_in_the_message_and_a_token() {
        let message = Message::parse(OFFER).unwrap();
        let line = message.sdp().unwrap().lines().nth(6).unwrap();
        let span = message.span_of(line.value).unwrap();
        assert_eq!(span.slice(OFFER).unwrap(), b"audio 4000/2 RTP/AVP 0 8");
        let tape = scan(OFFER);
        let leaf = |text: &[u8]| {
            let at = memchr::memmem::find(OFFER, text).unwrap();
            tape.leaf_at(at).map(|token| (token.kind, token.span.slice(OFFER).unwrap()))
        };
        assert_eq!(leaf(b"RTP/"), Some((TokenKind::SdpField, b"RTP/AVP".as_slice())));
        assert_eq!(leaf(b"rtpmap"), Some((TokenKind::ParamName, b"rtpmap".as_slice())));
        assert_eq!(leaf(b"PCMU"), Some((TokenKind::ParamValue, b"0 PCMU/8000".as_slice())));
        assert_eq!(leaf(b"broken"), Some((TokenKind::Malformed, b"broken".as_slice())));
        let bytes: Vec<u8> =
            tape.leaves().flat_map(|leaf| leaf.span.slice(OFFER).unwrap().to_vec()).collect();
        assert_eq!(bytes, OFFER);
    }
}
