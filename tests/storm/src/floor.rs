//! Owns the floor: what this machine's sockets carry when nothing is understood. One datagram of a question's size is
//! answered by two, of the sizes of a 200 and a NOTIFY, one system call each.

use crate::cores::Part;
use anyhow::Result;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::thread;
use std::time::{Duration, Instant};

const LASTS: Duration = Duration::from_secs(3);
/// Questions on their way at once.
const WINDOW: usize = 64;
const SILENCE: Duration = Duration::from_millis(50);
const QUESTION: [u8; 430] = [b'q'; 430];
const OK: [u8; 330] = [b'o'; 330];
const NOTIFY: [u8; 480] = [b'n'; 480];

/// Exchanges a second.
pub(crate) fn exchanges_per_second() -> Result<f64> {
    let (server, phones) = (socket()?, socket()?);
    phones.connect(server.local_addr()?)?;
    let until = Instant::now() + LASTS;
    let exchanges = thread::scope(|scope| {
        scope.spawn(|| echo(&server, until));
        scope.spawn(|| ask(&phones, until)).join().unwrap_or_default()
    });
    Ok(f64::from(exchanges) / LASTS.as_secs_f64())
}

fn socket() -> Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.set_read_timeout(Some(SILENCE))?;
    Ok(socket)
}

fn echo(socket: &UdpSocket, until: Instant) {
    Part::Server.pin();
    let mut buffer = [0; 2048];
    while Instant::now() < until {
        if let Ok((_, source)) = socket.recv_from(&mut buffer) {
            answer(socket, source);
        }
    }
}

fn answer(socket: &UdpSocket, source: SocketAddr) {
    // What cannot be sent is missed by the other side.
    let _ = socket.send_to(&OK, source);
    let _ = socket.send_to(&NOTIFY, source);
}

/// How many questions got both answers; a window at a time, begun anew after a silence.
fn ask(socket: &UdpSocket, until: Instant) -> u32 {
    Part::Load.pin();
    let mut buffer = [0; 2048];
    let (mut done, mut open) = (0, 0);
    while Instant::now() < until {
        while open < WINDOW && socket.send(&QUESTION).is_ok() {
            open += 1;
        }
        match socket.recv(&mut buffer) {
            Ok(length) if length == NOTIFY.len() => {
                done += 1;
                open = open.saturating_sub(1);
            }
            Ok(_) => {}
            Err(_) => open = 0,
        }
    }
    done
}
