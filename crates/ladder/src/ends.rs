//! Owns who sent each message to whom: as the capture says, else as far as the messages themselves tell.

use crate::pairing::Pairs;
use crate::reading::{Named, Reading};
use crate::words::Words;
use std::collections::HashMap;
use std::net::SocketAddr;

/// One side of a message. `None` in its place where nothing tells.
pub(crate) type End = Named;

#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    pub from: Option<End>,
    pub to: Option<End>,
    /// Read from the message, not heard by a capture.
    pub is_deduced: bool,
}

pub(crate) fn deduce(readings: &[Reading], pairs: &Pairs, words: &mut Words) -> Vec<Ends> {
    let askers = askers(readings);
    let mut ends: Vec<Ends> = Vec::with_capacity(readings.len());
    for (index, reading) in readings.iter().enumerate() {
        let of_request = pairs.answers[index].map(|asked| ends[asked].clone());
        let from = heard(reading.source.as_deref(), words)
            .or_else(|| sender(reading, of_request.as_ref(), &askers));
        let to = heard(reading.destination.as_deref(), words).or_else(|| receiver(reading));
        let is_deduced = reading.source.is_none() || reading.destination.is_none();
        ends.push(Ends { from, to, is_deduced });
    }
    ends
}

fn heard(address: Option<&SocketAddr>, words: &mut Words) -> Option<End> {
    let address = address?;
    Some(Named { host: words.of(&address.ip().to_string()), port: address.port() })
}

fn receiver(reading: &Reading) -> Option<End> {
    if reading.is_request() { reading.target.clone() } else { reading.via.clone() }
}

/// Who asks whom within one Call-ID: by host asked, the first that asked it.
type Askers<'a> = HashMap<(Option<&'a str>, &'a str), Named>;

fn askers(readings: &[Reading]) -> Askers<'_> {
    let mut askers = Askers::new();
    for reading in readings.iter().filter(|reading| reading.is_request()) {
        if let (Some(target), Some(asker)) = (&reading.target, asker(reading)) {
            askers.entry((reading.call_id.as_deref(), &*target.host)).or_insert(asker);
        }
    }
    askers
}

fn sender(reading: &Reading, request: Option<&Ends>, askers: &Askers<'_>) -> Option<End> {
    if reading.is_request() { asker(reading) } else { answerer(reading, request, askers) }
}

/// Via names the sender; but `AudioCodes`' manual has a server that repeats the phone's own Via in its NOTIFY. No
/// message goes to whom it comes from: then Contact names the sender.
fn asker(reading: &Reading) -> Option<Named> {
    let is_other =
        |named: &&Named| reading.target.as_ref().is_none_or(|target| target.host != named.host);
    let by_via = reading.via.as_ref().filter(is_other);
    by_via.or_else(|| reading.contact.as_ref().filter(is_other)).cloned()
}

/// Whom the request went to; where that is a group, the one that later asks the asker in the same Call-ID.
fn answerer(reading: &Reading, request: Option<&Ends>, askers: &Askers<'_>) -> Option<Named> {
    let asked = request.and_then(|request| request.to.clone()).filter(|named| !is_group(named));
    let receiver = reading.via.as_ref()?;
    let later = || askers.get(&(reading.call_id.as_deref(), &*receiver.host)).cloned();
    let by_contact = || reading.contact.clone().filter(|contact| contact.host != receiver.host);
    asked.or_else(later).or_else(by_contact)
}

pub(crate) fn is_group(named: &Named) -> bool {
    named.address().is_some_and(|address| address.is_multicast())
}
