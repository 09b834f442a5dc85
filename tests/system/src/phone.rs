//! A phone that sends the bytes it is given, and hears what is sent to it.

use crate::lab::Host;
use crate::program::left;
use crate::sip::Sip;
use anyhow::{Context, Result, bail, ensure};
use socket2::{Domain, Socket, Type};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, UdpSocket};
use std::time::{Duration, Instant};

/// "All SIP servers", where phones ask.
pub const GROUP: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(224, 0, 1, 75), 5060);

/// How long a phone waits for its answers.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// A UDP socket on a host.
#[derive(Debug)]
pub struct Phone {
    socket: UdpSocket,
}

/// What a phone heard, from whom and when.
#[derive(Debug, Clone)]
pub struct Datagram {
    /// The whole datagram.
    pub bytes: Vec<u8>,
    /// Its source.
    pub from: SocketAddr,
    /// When it was read.
    pub at: Instant,
}

/// The two answers to a SUBSCRIBE.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The response.
    pub ok: Datagram,
    /// The NOTIFY.
    pub notify: Datagram,
}

impl Phone {
    /// A phone at an address of the host, for example `10.13.2.37:5060`.
    pub fn at(host: &Host, address: &str) -> Result<Self> {
        let address: SocketAddrV4 = address.parse()?;
        host.enter(|| {
            let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
            socket.bind(&address.into()).with_context(|| format!("{address} cannot be bound"))?;
            socket.set_multicast_if_v4(address.ip())?;
            Ok(Self { socket: socket.into() })
        })
    }

    /// A program that lets others have its port too, as some telephone systems do.
    pub fn sharing(host: &Host, address: &str) -> Result<Self> {
        let address: SocketAddrV4 = address.parse()?;
        host.enter(|| {
            let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
            socket.set_reuse_address(true)?;
            socket.bind(&address.into()).with_context(|| format!("{address} cannot be bound"))?;
            Ok(Self { socket: socket.into() })
        })
    }

    /// Sends to the group.
    pub fn ask(&self, message: &[u8]) -> Result<Instant> {
        self.send(message, GROUP.into())
    }

    /// Sends to one address.
    pub fn send(&self, message: &[u8], to: SocketAddr) -> Result<Instant> {
        let begun = Instant::now();
        let sent = self.socket.send_to(message, to)?;
        ensure!(sent == message.len(), "{sent} of {} bytes were sent", message.len());
        Ok(begun)
    }

    /// The next datagram; `None` where none comes within `limit`.
    pub fn hear(&self, limit: Duration) -> Result<Option<Datagram>> {
        // A time-out of nothing would mean "for ever".
        self.socket.set_read_timeout(Some(limit.max(Duration::from_millis(1))))?;
        let mut buffer = vec![0; 65_536];
        match self.socket.recv_from(&mut buffer) {
            Ok((length, from)) => {
                buffer.truncate(length);
                Ok(Some(Datagram { bytes: buffer, from, at: Instant::now() }))
            }
            Err(error) if is_timeout(&error) => Ok(None),
            // A signal (a child that ended, say) is no silence.
            Err(error) if error.kind() == ErrorKind::Interrupted => self.hear(limit),
            Err(error) => Err(error.into()),
        }
    }

    /// The next datagram that is a NOTIFY (or is none: a response).
    pub fn hear_one(&self, is_notify: bool, limit: Duration) -> Result<Datagram> {
        let deadline = Instant::now() + limit;
        while let Some(datagram) = self.hear(left(deadline))? {
            if datagram.is_notify() == is_notify {
                return Ok(datagram);
            }
        }
        bail!("no {} within {limit:?}", if is_notify { "NOTIFY" } else { "response" })
    }

    /// The response and the NOTIFY, in whichever order they come.
    pub fn answers(&self) -> Result<Answers> {
        let deadline = Instant::now() + PATIENCE;
        let (mut ok, mut notify) = (None, None);
        while let Some(datagram) = self.hear(left(deadline))? {
            let place = if datagram.is_notify() { &mut notify } else { &mut ok };
            ensure!(place.is_none(), "twice: {}", datagram.text());
            *place = Some(datagram);
            if let (Some(ok), Some(notify)) = (&ok, &notify) {
                return Ok(Answers { ok: ok.clone(), notify: notify.clone() });
            }
        }
        bail!("after {PATIENCE:?} there is a response: {ok:?}, a NOTIFY: {notify:?}")
    }

    /// Answers a NOTIFY, at its source.
    pub fn reply(&self, notify: &Datagram, status: &str) -> Result<Instant> {
        let response = Sip::read(&notify.bytes)?.response(status);
        self.send(response.as_bytes(), notify.from)
    }

    /// An error where anything comes within `limit`.
    pub fn stay_unheard(&self, limit: Duration) -> Result<()> {
        match self.hear(limit)? {
            Some(datagram) => bail!("unexpected, from {}: {}", datagram.from, datagram.text()),
            None => Ok(()),
        }
    }
}

impl Datagram {
    /// Whether it is a NOTIFY request.
    #[must_use]
    pub fn is_notify(&self) -> bool {
        self.bytes.starts_with(b"NOTIFY ")
    }

    /// The bytes as text, for people.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
