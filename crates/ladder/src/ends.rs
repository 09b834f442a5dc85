//! Owns who sent each message to whom: as the capture says, else as far as the messages themselves tell.

use crate::pairing::Pairs;
use crate::reading::Reading;
use crate::words::{Place, Word, Words};
use std::collections::HashMap;

/// Both sides of a message. `None` in place of one where nothing tells.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ends {
    pub from: Option<Place>,
    pub to: Option<Place>,
}

pub(crate) fn deduce(readings: &[Reading], pairs: &Pairs, words: &Words) -> Vec<Ends> {
    let askers = askers(readings, words);
    let mut ends: Vec<Ends> = Vec::with_capacity(readings.len());
    for (index, reading) in readings.iter().enumerate() {
        let asked = pairs.answers[index].get().and_then(|asked| ends[asked].to);
        let from = reading.source.or_else(|| sender(reading, asked, &askers, words));
        let to = reading.destination.or_else(|| receiver(reading));
        ends.push(Ends { from, to });
    }
    ends
}

/// Whether that was read from the message, and not heard by a capture.
pub(crate) const fn is_deduced(reading: &Reading) -> bool {
    reading.source.is_none() || reading.destination.is_none()
}

fn receiver(reading: &Reading) -> Option<Place> {
    if reading.is_request() { reading.target } else { reading.via }
}

/// Who asks whom within one Call-ID: by host asked, the first that asked it.
type Askers = HashMap<(u32, Word), Place>;

/// Nobody looks them up where a capture names every sender.
fn askers(readings: &[Reading], words: &Words) -> Askers {
    let mut askers = Askers::new();
    if readings.iter().all(|reading| reading.source.is_some()) {
        return askers;
    }
    for reading in readings.iter().filter(|reading| reading.is_request()) {
        if let (Some(target), Some(asker)) = (reading.target, asker(reading, words)) {
            askers.entry((reading.call, words.host(target))).or_insert(asker);
        }
    }
    askers
}

fn sender(
    reading: &Reading,
    asked: Option<Place>,
    askers: &Askers,
    words: &Words,
) -> Option<Place> {
    if reading.is_request() {
        asker(reading, words)
    } else {
        answerer(reading, asked, askers, words)
    }
}

/// Via names the sender; but `AudioCodes`' manual has a server that repeats the phone's own Via in its NOTIFY. No
/// message goes to whom it comes from: then Contact names the sender.
fn asker(reading: &Reading, words: &Words) -> Option<Place> {
    let target = reading.target.map(|target| words.host(target));
    let is_other = |place: &Place| target.is_none_or(|target| target != words.host(*place));
    reading.via.filter(is_other).or_else(|| reading.contact.filter(is_other))
}

/// Whom the request went to; where that is a group, the one that later asks the asker in the same Call-ID.
fn answerer(
    reading: &Reading,
    asked: Option<Place>,
    askers: &Askers,
    words: &Words,
) -> Option<Place> {
    let asked = asked.filter(|place| !words.is_group(*place));
    let receiver = words.host(reading.via?);
    let later = || askers.get(&(reading.call, receiver)).copied();
    let by_contact = || reading.contact.filter(|contact| words.host(*contact) != receiver);
    asked.or_else(later).or_else(by_contact)
}
