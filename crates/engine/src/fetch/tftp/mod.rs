//! Owns fetching one file by TFTP: a transfer over a real socket, with its pauses and its limit.

mod packet;
mod transfer;

use super::{FetchLimits, Reply};
use fingerpost_net::PhoneSocket;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, ToSocketAddrs};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use transfer::{Step, Transfer};

/// Where servers are asked (RFC 1350 §4).
const PORT: u16 = 69;
/// After so long the last packet is sent again, and so many times.
const PAUSE: Duration = Duration::from_secs(1);
const REPEATS: u32 = 4;

/// Fetches `place`, which is `server[:port]/file`, from our address `own`.
pub(super) async fn fetch(
    place: &str,
    own: Ipv4Addr,
    limits: FetchLimits,
) -> Result<Reply, String> {
    let (server, file) = place.split_once('/').unwrap_or((place, ""));
    if file.is_empty() || file.contains('\0') {
        return Err("TFTP has no folders to list: the URL names no file".into());
    }
    let server = address(server.to_owned()).await?;
    let socket = PhoneSocket::open(own, None).map_err(words)?;
    let transfer = Transfer::new(file, limits.size);
    let deadline = Instant::now() + limits.time;
    let last = transfer.request();
    Line { socket, server, deadline, last, repeats: 0 }.run(transfer).await
}

/// Looking up a name blocks.
async fn address(server: String) -> Result<SocketAddrV4, String> {
    let place = if server.contains(':') { server.clone() } else { format!("{server}:{PORT}") };
    let looked_up = tokio::task::spawn_blocking(move || place.to_socket_addrs());
    let found = looked_up.await.map_err(|_| "the look-up broke off".to_owned())?;
    let mut found = found.map_err(|error| format!("{server}: {error}"))?;
    let is_v4 = |address| match address {
        SocketAddr::V4(address) => Some(address),
        SocketAddr::V6(_) => None,
    };
    found.find_map(is_v4).ok_or_else(|| format!("{server} has no IPv4 address"))
}

/// The way to a server.
struct Line {
    socket: PhoneSocket,
    server: SocketAddrV4,
    deadline: Instant,
    /// What is sent again when nothing comes.
    last: Vec<u8>,
    repeats: u32,
}

impl Line {
    async fn run(mut self, mut transfer: Transfer) -> Result<Reply, String> {
        self.send(self.server).await?;
        loop {
            let to = transfer.peer().unwrap_or(self.server);
            let Some((from, bytes)) = self.hear(to).await? else { continue };
            if from.ip() != self.server.ip() {
                continue;
            }
            match transfer.handle(from, &bytes) {
                Step::Ignore => {}
                Step::Reply(packet) if transfer.peer() != Some(from) => {
                    self.socket.send(from, &packet).await.map_err(words)?;
                }
                Step::Reply(packet) => self.say(from, packet).await?,
                Step::AskAgain(packet) => self.say(self.server, packet).await?,
                Step::Done(packet) => {
                    self.say(from, packet).await?;
                    return Ok(whole(transfer));
                }
                Step::Full(packet) => {
                    self.say(from, packet).await?;
                    return Ok(Reply { cut: true, ..whole(transfer) });
                }
                Step::Refused(why) => return Ok(Reply { status: Some(why), ..Reply::default() }),
            }
        }
    }

    /// The next datagram; `None` where nothing came and the last packet was sent again.
    async fn hear(&mut self, to: SocketAddrV4) -> Result<Option<(SocketAddrV4, Vec<u8>)>, String> {
        let now = Instant::now();
        if now >= self.deadline {
            return Err("it took too long".into());
        }
        match timeout_at(self.deadline.min(now + PAUSE), self.socket.recv()).await {
            Ok(received) => received.map(Some).map_err(words),
            Err(_) if self.repeats == REPEATS => Err(format!("{to} does not answer")),
            Err(_) => {
                self.repeats += 1;
                self.send(to).await?;
                Ok(None)
            }
        }
    }

    async fn say(&mut self, to: SocketAddrV4, packet: Vec<u8>) -> Result<(), String> {
        (self.last, self.repeats) = (packet, 0);
        self.send(to).await
    }

    async fn send(&self, to: SocketAddrV4) -> Result<(), String> {
        self.socket.send(to, &self.last).await.map_err(words)
    }
}

fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn whole(transfer: Transfer) -> Reply {
    let status = match transfer.length {
        Some(length) => format!("transferred, {length} bytes announced"),
        None => "transferred".into(),
    };
    Reply { ok: true, status: Some(status), content: transfer.content, ..Reply::default() }
}
