//! Owns the floor: what this machine's sockets carry when nothing is understood. One datagram of a question's size is
//! answered by two, of the sizes of a 200 and a NOTIFY, one system call each.

use crate::cores::Part;
use anyhow::{Context, Result};
use fingerpost_system_tests::program::{Program, run};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

const LASTS: Duration = Duration::from_secs(3);
/// Questions on their way at once.
const WINDOW: usize = 64;
const SILENCE: Duration = Duration::from_millis(50);
const QUESTION: [u8; 430] = [b'q'; 430];
const OK: [u8; 330] = [b'o'; 330];
const NOTIFY: [u8; 480] = [b'n'; 480];

/// How this program is told to be one of the two sides, each a process of its own like any server and any phone.
pub(crate) const ECHO: &str = "echo";
pub(crate) const ASK: &str = "ask";

/// Exchanges a second.
pub(crate) fn exchanges_per_second() -> Result<f64> {
    let own = std::env::current_exe()?;
    let server = Program::start(Part::Server.command(&own).arg(ECHO))?;
    let address = server.stdout.recv_timeout(LASTS).context("the echo does not say where it is")?;
    let asked = run(Part::Load.command(&own).args([ASK, &address]), LASTS * 3)?;
    let exchanges: u32 = asked.stdout.trim().parse().with_context(|| asked.stderr)?;
    Ok(f64::from(exchanges) / LASTS.as_secs_f64())
}

/// Answers, and says where; a little longer than somebody asks.
pub(crate) fn echo() -> Result<()> {
    let socket = socket()?;
    println!("{}", socket.local_addr()?);
    let until = Instant::now() + LASTS + LASTS;
    let mut buffer = [0; 2048];
    while Instant::now() < until {
        if let Ok((_, source)) = socket.recv_from(&mut buffer) {
            answer(&socket, source);
        }
    }
    Ok(())
}

/// Asks there, and says how many questions got both answers.
pub(crate) fn ask(server: &str) -> Result<()> {
    let socket = socket()?;
    socket.connect(server)?;
    println!("{}", ask_until(&socket, Instant::now() + LASTS));
    Ok(())
}

fn socket() -> Result<UdpSocket> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    socket.set_read_timeout(Some(SILENCE))?;
    Ok(socket)
}

fn answer(socket: &UdpSocket, source: SocketAddr) {
    // What cannot be sent is missed by the other side.
    let _ = socket.send_to(&OK, source);
    let _ = socket.send_to(&NOTIFY, source);
}

/// How many questions got both answers; a window at a time, begun anew after a silence.
fn ask_until(socket: &UdpSocket, until: Instant) -> u32 {
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
