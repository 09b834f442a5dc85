//! A cable that loses, doubles and holds frames back. Real frames of real kernels go through it; only their luck is made,
//! by the simulated LAN's own [`Link`]. Knows nothing of what the frames say.

use crate::lab::Host;
use anyhow::{Context, Result};
use fingerpost_testkit::{Dice, Link};
use nix::ifaddrs::getifaddrs;
use nix::sys::socket::bind;
use socket2::{Domain, Protocol, Socket, Type};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// `ETH_P_ALL`: frames of every protocol.
const ALL_PROTOCOLS: u16 = 3;

/// How long an idle wire waits before it looks whether it shall end.
const PAUSE: Duration = Duration::from_millis(20);

/// A wire that carries until it is dropped.
#[derive(Debug)]
pub struct Wire {
    stop: Arc<AtomicBool>,
    luck: Arc<Luck>,
    ways: Vec<JoinHandle<()>>,
}

/// What became of the frames, of both ways together.
#[derive(Debug, Default)]
struct Luck {
    taken: AtomicU64,
    lost: AtomicU64,
    doubled: AtomicU64,
}

/// A frame that is on its way; the first to arrive is the greatest.
type Travelling = Reverse<(Instant, u64, Vec<u8>)>;

impl Wire {
    /// Joins two cards of `host`, each of which has nothing but this wire behind it.
    pub(crate) fn between(host: &Host, [one, other]: [&str; 2], link: Link) -> Result<Self> {
        let end = |card: &str| host.enter(|| open(card));
        // One socket for each end, both ways: what it sends it does not hear itself, as another one would.
        let (one, other) = (end(one)?, end(other)?);
        let (stop, luck) = (Arc::default(), Arc::default());
        let mut ways = Vec::new();
        for (number, (from, to)) in [(&one, &other), (&other, &one)].into_iter().enumerate() {
            let way = Way {
                from: from.try_clone()?,
                to: to.try_clone()?,
                link,
                dice: Dice::new(u64::try_from(number)?),
                stop: Arc::clone(&stop),
                luck: Arc::clone(&luck),
            };
            ways.push(thread::spawn(move || way.carry()));
        }
        Ok(Self { stop, luck, ways })
    }

    /// How many frames came in so far.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.luck.taken.load(Ordering::Relaxed)
    }

    /// How many frames were lost so far.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.luck.lost.load(Ordering::Relaxed)
    }

    /// How many frames were carried twice so far.
    #[must_use]
    pub fn doubled(&self) -> u64 {
        self.luck.doubled.load(Ordering::Relaxed)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for way in self.ways.drain(..) {
            // A way that panicked carries nothing any more, which is what is wanted.
            let _ = way.join();
        }
    }
}

/// One way through the wire.
struct Way {
    from: Socket,
    to: Socket,
    link: Link,
    dice: Dice,
    stop: Arc<AtomicBool>,
    luck: Arc<Luck>,
}

impl Way {
    fn carry(mut self) {
        let mut travelling: BinaryHeap<Travelling> = BinaryHeap::new();
        let mut buffer = vec![0; 65_536];
        let mut number = 0;
        while !self.stop.load(Ordering::Relaxed) {
            let wait = travelling.peek().map_or(PAUSE, |next| left(next).min(PAUSE));
            // A wait of zero would be one without end.
            if self.from.set_read_timeout(Some(wait.max(Duration::from_micros(50)))).is_err() {
                return;
            }
            if let Ok(length) = self.from.read(&mut buffer) {
                number += 2;
                self.begin(&buffer[..length], number, &mut travelling);
            }
            while travelling.peek().is_some_and(|next| left(next).is_zero()) {
                let arrived = travelling.pop();
                // A card that is down takes nothing, as on a desk.
                let _ = arrived.map(|Reverse((_, _, frame))| self.to.write(&frame));
            }
        }
    }

    fn begin(&mut self, frame: &[u8], number: u64, travelling: &mut BinaryHeap<Travelling>) {
        let (now, journeys) = (Instant::now(), self.link.journeys(&mut self.dice));
        self.luck.taken.fetch_add(1, Ordering::Relaxed);
        match journeys.len() {
            0 => self.luck.lost.fetch_add(1, Ordering::Relaxed),
            1 => 0,
            _ => self.luck.doubled.fetch_add(1, Ordering::Relaxed),
        };
        for (journey, number) in journeys.into_iter().zip(number..) {
            travelling.push(Reverse((now + journey, number, without_checksum(frame))));
        }
    }
}

fn left(Reverse((due, ..)): &Travelling) -> Duration {
    due.saturating_duration_since(Instant::now())
}

/// The kernel leaves UDP's checksum to the card, which is none here: "no checksum" (RFC 768) instead of a wrong one.
fn without_checksum(frame: &[u8]) -> Vec<u8> {
    let mut frame = frame.to_vec();
    let is_udp = frame.get(12..14) == Some(&[8, 0]) && frame.get(23) == Some(&17);
    let header = frame.get(14).map_or(0, |first| usize::from(first & 0x0f) * 4);
    if let Some(sum) = frame.get_mut(14 + header + 6..14 + header + 8).filter(|_| is_udp) {
        sum.fill(0);
    }
    frame
}

/// All frames that come in at `card`, and a way out.
fn open(card: &str) -> Result<Socket> {
    let protocol = Protocol::from(i32::from(ALL_PROTOCOLS.to_be()));
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(protocol))?;
    let address = getifaddrs()?
        .filter(|interface| interface.interface_name == card)
        .find_map(|interface| interface.address?.as_link_addr().copied())
        .with_context(|| format!("there is no card {card}"))?;
    bind(socket.as_raw_fd(), &address).context("the card's frames are closed to us")?;
    Ok(socket)
}
