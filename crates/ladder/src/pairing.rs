//! Owns which message repeats, answers or acknowledges which (RFC 3261 §17.1.3, §17.2.3).

use crate::reading::{Reading, Tags};
use std::collections::HashMap;
use std::net::SocketAddr;

/// What each message is to earlier ones, by their places.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// The first of the same message, of a repeated one.
    pub repeats: Vec<Option<usize>>,
    /// Of a response the request, of an ACK the final response.
    pub answers: Vec<Option<usize>>,
    /// Of a request its first final response.
    pub finals: Vec<Option<usize>>,
    /// The last message of the same transaction that was heard so far: where something missing should follow.
    pub last: Vec<usize>,
    /// Whether an ACK came, of a final response to INVITE.
    pub is_acknowledged: Vec<bool>,
}

/// What makes two responses the same one.
type Answer<'a> = (usize, Option<u16>, Option<&'a SocketAddr>, &'a Tags);

#[derive(Default)]
struct Pairing<'a> {
    requests: HashMap<u32, usize>,
    responses: HashMap<Answer<'a>, usize>,
    /// Final responses to INVITE by Call-ID and `CSeq` number: an ACK of a 2xx has a branch of its own (§13.2.2.4).
    invited: HashMap<(Option<&'a str>, u32), usize>,
    pairs: Pairs,
}

pub(crate) fn pair(readings: &[Reading]) -> Pairs {
    let mut pairing = Pairing::default();
    for (index, reading) in readings.iter().enumerate() {
        pairing.begin(index);
        match &reading.method {
            Some(method) if &**method == "ACK" => pairing.acknowledge(index, reading),
            Some(_) => pairing.ask(index, reading, readings),
            None => pairing.answer(index, reading, readings),
        }
    }
    pairing.pairs
}

impl<'a> Pairing<'a> {
    fn begin(&mut self, index: usize) {
        self.pairs.repeats.push(None);
        self.pairs.answers.push(None);
        self.pairs.finals.push(None);
        self.pairs.last.push(index);
        self.pairs.is_acknowledged.push(false);
    }

    fn ask(&mut self, index: usize, reading: &'a Reading, readings: &[Reading]) {
        let Some(key) = reading.transaction else { return };
        let first = *self.requests.entry(key).or_insert(index);
        let is_same = first != index
            && may_be_same(readings[first].source.as_deref(), reading.source.as_deref());
        if is_same {
            self.pairs.repeats[index] = Some(first);
            self.pairs.last[first] = index;
        } else {
            self.requests.insert(key, index);
        }
    }

    fn answer(&mut self, index: usize, reading: &'a Reading, readings: &[Reading]) {
        let key = reading.transaction;
        let Some(&asked) = key.and_then(|key| self.requests.get(&key)) else { return };
        self.pairs.answers[index] = Some(asked);
        self.pairs.last[asked] = index;
        let answer = (asked, reading.status, reading.source.as_deref(), &reading.tags);
        let first = *self.responses.entry(answer).or_insert(index);
        self.pairs.repeats[index] = (first != index).then_some(first);
        if reading.is_final() {
            self.pairs.finals[asked].get_or_insert(index);
            self.remember_invited(index, reading, &readings[asked]);
        }
    }

    fn remember_invited(&mut self, index: usize, reading: &'a Reading, asked: &Reading) {
        if asked.about() != "INVITE" || self.pairs.repeats[index].is_some() {
            return;
        }
        if let Some((_, number)) = &reading.cseq {
            self.invited.insert((reading.call_id.as_deref(), *number), index);
        }
    }

    fn acknowledge(&mut self, index: usize, reading: &'a Reading) {
        let Some((_, number)) = &reading.cseq else { return };
        let response = self.invited.get(&(reading.call_id.as_deref(), *number));
        let Some(&response) = response else { return };
        self.pairs.answers[index] = Some(response);
        self.pairs.is_acknowledged[response] = true;
        if let Some(asked) = self.pairs.answers[response] {
            self.pairs.last[asked] = index;
        }
    }
}

/// Whether two messages may have one sender: where a capture names two different ones, they have not.
fn may_be_same(one: Option<&SocketAddr>, other: Option<&SocketAddr>) -> bool {
    one.is_none() || other.is_none() || one == other
}
