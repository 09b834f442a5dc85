//! Lists the messages of a capture file piece by piece, as a page does it: in little memory, with progress.
//!
//!     cargo run --release -p fingerpost-trace --example index FILE

use fingerpost_trace::{Limits, Reader};
use std::fs::File;
use std::io::{Error, Read, Write};

fn main() -> Result<(), Error> {
    let name = std::env::args_os().nth(1).ok_or_else(|| Error::other("name a FILE"))?;
    let mut file = File::open(name)?;
    let mut reader = Reader::new(Limits::default());
    let mut piece = vec![0; 1 << 20];
    let (mut count, mut bytes) = (0_u64, 0);
    loop {
        let length = file.read(&mut piece)?;
        match length {
            0 => reader.finish(),
            _ => reader.handle_bytes(&piece[..length]),
        }
        while let Some(message) = reader.poll_message() {
            (count, bytes) = (count + 1, bytes + message.bytes.len());
        }
        if length == 0 {
            break;
        }
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} messages of {bytes} bytes in {} packets", reader.frames())?;
    reader.notes().iter().try_for_each(|note| {
        writeln!(out, "{} times at {}: {}", note.count, note.place.start, note.reason)
    })
}
