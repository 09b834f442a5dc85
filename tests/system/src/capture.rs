//! Captures what crosses a host's cards, hands it out as UDP datagrams and writes it as pcap.

use crate::lab::Host;
use crate::program::left;
use anyhow::{Context, Result, anyhow};
use socket2::{Domain, Protocol, Socket, Type};
use std::io::Read;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// `ETH_P_ALL`: frames of every protocol, in and out.
const ALL_PROTOCOLS: u16 = 3;

/// How long a pause is before the capture looks whether it shall end.
const PAUSE: Duration = Duration::from_millis(50);

/// A running capture on all cards of a host.
#[derive(Debug)]
pub struct Capture {
    frames: Receiver<Frame>,
    seen: Vec<Frame>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// One Ethernet frame.
#[derive(Debug, Clone)]
pub struct Frame {
    at: SystemTime,
    bytes: Vec<u8>,
}

/// A UDP datagram in a frame (of a fragmented one, the first part).
#[derive(Debug, Clone, Copy)]
pub struct Udp<'a> {
    /// Source address and port.
    pub from: SocketAddrV4,
    /// Destination address and port.
    pub to: SocketAddrV4,
    /// What it carries.
    pub payload: &'a [u8],
}

impl Capture {
    /// From now on every frame is kept.
    pub fn start(host: &Host) -> Result<Self> {
        let socket = host.enter(|| {
            let protocol = Protocol::from(i32::from(ALL_PROTOCOLS.to_be()));
            let socket = Socket::new(Domain::PACKET, Type::RAW, Some(protocol))?;
            socket.set_read_timeout(Some(PAUSE))?;
            Ok(socket)
        })?;
        let stop = Arc::new(AtomicBool::new(false));
        let (tell, frames) = channel();
        let told = Arc::clone(&stop);
        let thread = thread::spawn(move || keep(socket, &told, &tell));
        Ok(Self { frames, seen: Vec::new(), stop, thread: Some(thread) })
    }

    /// Waits until a datagram has been seen, also one from before.
    pub fn wait_for(&mut self, wanted: impl Fn(&Udp) -> bool, limit: Duration) -> Result<()> {
        let deadline = Instant::now() + limit;
        while !self.seen.iter().filter_map(Frame::udp).any(|udp| wanted(&udp)) {
            let frame = self.frames.recv_timeout(left(deadline));
            self.seen.push(frame.with_context(|| format!("not captured within {limit:?}"))?);
        }
        Ok(())
    }

    /// Ends the capture; all frames that came before.
    pub fn finish(mut self) -> Result<Vec<Frame>> {
        self.stop.store(true, Ordering::Relaxed);
        let thread = self.thread.take().context("the capture has ended before")?;
        thread.join().map_err(|_| anyhow!("the capture panicked"))?;
        self.seen.extend(self.frames.try_iter());
        Ok(std::mem::take(&mut self.seen))
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Reads until told to stop and nothing is left.
fn keep(mut socket: Socket, stop: &AtomicBool, tell: &Sender<Frame>) {
    let mut buffer = vec![0; 65_536];
    loop {
        match socket.read(&mut buffer) {
            Ok(length) => {
                let frame = Frame { at: SystemTime::now(), bytes: buffer[..length].to_vec() };
                if tell.send(frame).is_err() {
                    return;
                }
            }
            Err(_) if stop.load(Ordering::Relaxed) => return,
            // A pause, or a card that went down: there may be more.
            Err(_) => {}
        }
    }
}

impl Frame {
    /// The UDP datagram in the frame, where it holds (the beginning of) one over IPv4.
    #[must_use]
    pub fn udp(&self) -> Option<Udp<'_>> {
        let ip = self.bytes.get(14..).filter(|_| self.bytes[12..14] == [8, 0])?;
        let header = usize::from(ip.first()? & 0x0f) * 4;
        let offset = u16::from_be_bytes([*ip.get(6)? & 0x1f, *ip.get(7)?]);
        if *ip.get(9)? != 17 || offset != 0 {
            return None;
        }
        let udp = ip.get(header..)?;
        let address =
            |at: usize| Some(Ipv4Addr::from(<[u8; 4]>::try_from(ip.get(at..at + 4)?).ok()?));
        let port = |at: usize| Some(u16::from_be_bytes([*udp.get(at)?, *udp.get(at + 1)?]));
        Some(Udp {
            from: SocketAddrV4::new(address(12)?, port(0)?),
            to: SocketAddrV4::new(address(16)?, port(2)?),
            payload: udp.get(8..)?,
        })
    }
}

/// Writes the frames as a pcap file (Ethernet, microseconds, little-endian).
pub fn write_pcap(frames: &[Frame], path: &Path) -> Result<()> {
    let words = [0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_536, 1];
    let mut file: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    for frame in frames {
        let since = frame.at.duration_since(UNIX_EPOCH)?;
        let length = u32::try_from(frame.bytes.len())?;
        let seconds = u32::try_from(since.as_secs())?;
        let words = [seconds, since.subsec_micros(), length, length];
        file.extend(words.into_iter().flat_map(u32::to_le_bytes));
        file.extend(&frame.bytes);
    }
    std::fs::write(path, file).with_context(|| format!("{} cannot be written", path.display()))
}
