//! Owns which message repeats, answers or acknowledges which (RFC 3261 §17.1.3, §17.2.3).

use crate::reading::{Reading, Tags};
use crate::small::Small;
use crate::words::{Place, Word, Words};
use std::collections::HashMap;

/// What each message is to earlier ones, by their places.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// The first of the same message, of a repeated one.
    pub repeats: Vec<Small>,
    /// Of a response the request, of an ACK the final response.
    pub answers: Vec<Small>,
    /// Of a request its first final response.
    pub finals: Vec<Small>,
    /// The last message of the same transaction that was heard so far: where something missing should follow.
    pub last: Vec<Small>,
    /// Whether an ACK came, of a final response to INVITE.
    pub is_acknowledged: Vec<bool>,
}

/// What makes two responses the same one.
type Answer = (Small, Option<u16>, Option<Place>, Tags);

struct Pairing {
    /// By the number of its transaction, the newest request that is no repetition.
    requests: Vec<Small>,
    responses: HashMap<Answer, usize>,
    /// Final responses to INVITE by Call-ID and `CSeq` number: an ACK of a 2xx has a branch of its own (§13.2.2.4).
    invited: HashMap<(u32, u32), usize>,
    ack: Word,
    invite: Word,
    pairs: Pairs,
}

pub(crate) fn pair(readings: &[Reading], words: &mut Words) -> Pairs {
    let transactions = readings.iter().filter_map(|reading| reading.transaction.get()).max();
    let mut pairing = Pairing {
        requests: vec![Small::NONE; transactions.map_or(0, |last| last + 1)],
        responses: HashMap::new(),
        invited: HashMap::new(),
        ack: words.of("ACK"),
        invite: words.of("INVITE"),
        pairs: Pairs::of(readings.len()),
    };
    for (index, reading) in readings.iter().enumerate() {
        match reading.is_request() {
            true if reading.about == pairing.ack => pairing.acknowledge(index, reading),
            true => pairing.ask(index, reading, readings),
            false => pairing.answer(index, reading, readings),
        }
    }
    pairing.pairs
}

impl Pairs {
    fn of(count: usize) -> Self {
        let none = || vec![Small::NONE; count];
        Self {
            repeats: none(),
            answers: none(),
            finals: none(),
            last: (0..count).map(Small::of).collect(),
            is_acknowledged: vec![false; count],
        }
    }
}

impl Pairing {
    fn ask(&mut self, index: usize, reading: &Reading, readings: &[Reading]) {
        let Some(key) = reading.transaction.get() else { return };
        let first = self.requests[key].get();
        match first.filter(|first| may_be_same(readings[*first].source, reading.source)) {
            Some(first) => {
                self.pairs.repeats[index] = Small::of(first);
                self.pairs.last[first] = Small::of(index);
            }
            None => self.requests[key] = Small::of(index),
        }
    }

    fn answer(&mut self, index: usize, reading: &Reading, readings: &[Reading]) {
        let Some(key) = reading.transaction.get() else { return };
        let request = self.requests[key];
        let Some(asked) = request.get() else { return };
        self.pairs.answers[index] = request;
        self.pairs.last[asked] = Small::of(index);
        let answer = (request, reading.status(), reading.source, reading.tags);
        let first = *self.responses.entry(answer).or_insert(index);
        if first != index {
            self.pairs.repeats[index] = Small::of(first);
        }
        if reading.is_final() {
            if !self.pairs.finals[asked].is_some() {
                self.pairs.finals[asked] = Small::of(index);
            }
            self.remember_invited(index, reading, &readings[asked]);
        }
    }

    fn remember_invited(&mut self, index: usize, reading: &Reading, asked: &Reading) {
        let is_first = !self.pairs.repeats[index].is_some();
        if asked.about == self.invite && is_first && reading.has_cseq() {
            self.invited.insert((reading.call, reading.cseq), index);
        }
    }

    fn acknowledge(&mut self, index: usize, reading: &Reading) {
        if !reading.has_cseq() {
            return;
        }
        let response = self.invited.get(&(reading.call, reading.cseq));
        let Some(&response) = response else { return };
        self.pairs.answers[index] = Small::of(response);
        self.pairs.is_acknowledged[response] = true;
        if let Some(asked) = self.pairs.answers[response].get() {
            self.pairs.last[asked] = Small::of(index);
        }
    }
}

/// Whether two messages may have one sender: where a capture names two different ones, they have not.
fn may_be_same(one: Option<Place>, other: Option<Place>) -> bool {
    one.is_none() || other.is_none() || one == other
}
