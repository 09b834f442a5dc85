//! Owns a document as a capture file.

use super::letter::{Letter, ways};
use fingerpost_trace::pcapng::{Datagram, Interface, Writer};
use std::time::Duration;

/// How far the messages stand apart.
const STEP: Duration = Duration::from_millis(1);

/// The letters as a pcapng file, the first of them sent `since_1970`, each a millisecond behind the one before.
///
/// # Errors
/// In words, where a letter is longer than a datagram or goes from IPv4 to IPv6.
pub fn capture(letters: &[Letter], since_1970: Duration) -> Result<Vec<u8>, String> {
    let mut writer = Writer::new(&[Interface::named("composed")]);
    let mut time = since_1970;
    for (letter, way) in letters.iter().zip(ways(letters)) {
        let datagram = Datagram::new(time, way.from, way.to, letter.text.as_bytes());
        writer.add(&datagram).map_err(|error| error.to_string())?;
        time += STEP;
    }
    Ok(writer.take())
}
