//! A small reader of SIP messages, independent of the one under test: strict about what a server may send.

use anyhow::{Context, Result, bail, ensure};

/// A message split into its lines.
#[derive(Debug)]
pub struct Sip {
    /// The first line.
    pub start: String,
    /// Name and value of every header line, in order.
    pub headers: Vec<(String, String)>,
    /// What follows the empty line.
    pub body: Vec<u8>,
}

impl Sip {
    /// Reads one datagram; lines end with CRLF, and Content-Length fits.
    pub fn read(datagram: &[u8]) -> Result<Self> {
        let end = datagram.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.context("no empty line ends the headers")?;
        let head = std::str::from_utf8(&datagram[..end])?;
        let (start, lines) = head.split_once("\r\n").context("there are no headers")?;
        ensure!(!start.contains(['\r', '\n']), "a lone CR or LF in {start:?}");
        let headers = lines.split("\r\n").map(header).collect::<Result<_>>()?;
        let body = datagram[end + 4..].to_vec();
        let message = Self { start: start.to_owned(), headers, body };
        let length: usize = message.only("Content-Length")?.parse()?;
        ensure!(length == message.body.len(), "Content-Length {length} does not fit the body");
        Ok(message)
    }

    /// The values of a header, in order.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = |header: &&(String, String)| header.0.eq_ignore_ascii_case(name);
        self.headers.iter().filter(named).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a header that must stand exactly once.
    pub fn only(&self, name: &str) -> Result<&str> {
        match self.all(name)[..] {
            [value] => Ok(value),
            ref values => bail!("{name} stands {} times in {self:#?}", values.len()),
        }
    }

    /// The response that a phone gives to this request.
    #[must_use]
    pub fn response(&self, status: &str) -> String {
        let mut lines = vec![format!("SIP/2.0 {status}")];
        for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
            lines.extend(self.all(name).into_iter().map(|value| format!("{name}: {value}")));
        }
        lines.join("\r\n") + "\r\nContent-Length: 0\r\n\r\n"
    }
}

fn header(line: &str) -> Result<(String, String)> {
    ensure!(!line.contains(['\r', '\n']), "a lone CR or LF in {line:?}");
    ensure!(!line.starts_with([' ', '\t']), "a server has no need to fold: {line:?}");
    let (name, value) = line.split_once(':').with_context(|| format!("no header: {line:?}"))?;
    Ok((name.trim_end().to_owned(), value.trim().to_owned()))
}

/// A parameter of a header value, outside the URI; empty where it has no value.
#[must_use]
pub fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    let outside = value.rsplit_once('>').map_or(value, |(_, outside)| outside);
    let mut parts =
        outside.split(';').skip(1).map(|part| part.split_once('=').unwrap_or((part, "")));
    parts.find_map(|(key, value)| (key.trim() == name).then_some(value.trim()))
}

/// The URI in a header value, without its angle brackets.
#[must_use]
pub fn uri(value: &str) -> &str {
    let inside = value.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or_else(|| value.split(';').next().unwrap_or(value), |(uri, _)| uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OK: &str =
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;rport=5060\r\nContent-Length: 0\r\n\r\n";

    #[test]
    fn a_message_is_split_into_its_lines() {
        let message = Sip::read(OK.as_bytes()).unwrap();
        assert_eq!(message.start, "SIP/2.0 200 OK");
        assert_eq!(message.only("via").unwrap(), "SIP/2.0/UDP 192.0.2.1;rport=5060");
        assert!(message.only("From").is_err());
    }

    #[test]
    fn a_message_that_a_server_must_not_send_is_refused() {
        for (old, new) in [("\r\n\r\n", "\r\n"), ("Length: 0", "Length: 1"), ("\r\nVia", "\nVia")] {
            assert!(Sip::read(OK.replace(old, new).as_bytes()).is_err(), "{old:?}");
        }
    }

    #[test]
    fn parameters_of_the_uri_are_not_those_of_the_header() {
        let value = "<sip:a@192.0.2.1;lr>;tag=77";
        assert_eq!((parameter(value, "tag"), parameter(value, "lr")), (Some("77"), None));
        assert_eq!(uri(value), "sip:a@192.0.2.1;lr");
    }
}
