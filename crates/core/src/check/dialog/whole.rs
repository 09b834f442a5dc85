//! Owns what of a conversation is looked up by its other messages, found once: long conversations would otherwise take
//! the square of their length.

use super::Seen;
use super::names::{Kind, Names, name};
use crate::message::{HeaderName, StartLine};
use crate::text::Text;
use alloc::vec::Vec;

/// All messages, and what each is found by. Where several are, the first of them.
pub(super) struct Whole<'s, 'm, 'a> {
    all: &'s [Seen<'m, 'a>],
    names: Names,
    calls: Vec<Call<'a>>,
}

/// What a Call-ID has in common.
#[derive(Default)]
pub(super) struct Call<'a> {
    subscribe: Option<usize>,
    /// Of the answers that accepted a subscription: the first tag that one put into To, the first Record-Route, and the
    /// first duration that one grants.
    pub(super) tag: Option<Text<'a>>,
    pub(super) record_route: Option<Text<'a>>,
    pub(super) granted: Option<u32>,
}

impl<'s, 'm, 'a> Whole<'s, 'm, 'a> {
    pub(super) fn new(all: &'s [Seen<'m, 'a>]) -> Self {
        let mut whole = Self { all, names: Names::default(), calls: Vec::new() };
        for (index, seen) in all.iter().enumerate() {
            match seen.message.start_line() {
                StartLine::Request(line) => whole.add_request(index, seen, line.method),
                StartLine::Status(_) => whole.add_answer(seen),
            }
        }
        whole
    }

    fn add_request(&mut self, index: usize, seen: &Seen<'_, 'a>, method: Text<'a>) {
        if method == "SUBSCRIBE" {
            self.add_subscribe(index, seen);
        }
        if seen.call_id.is_none() {
            return;
        }
        if let Some(cseq) = seen.cseq {
            let [request, via] = asked(seen, method, cseq.number);
            self.names.first(request, index);
            self.names.first(via, index);
        }
        if seen.branch.is_some() {
            self.names.first(name(Kind::Branch, 0, &[seen.call_id, seen.branch]), index);
        }
    }

    fn add_subscribe(&mut self, index: usize, seen: &Seen<'_, 'a>) {
        let contact = seen.message.contact().ok().flatten().map(|contact| contact.uri);
        if let Some(uri) = contact.as_ref().and_then(|uri| uri.as_sip()) {
            self.names.first(name(Kind::Phone, 0, &[Some(uri.host_port.host.text)]), index);
        }
        if let Some(call) = self.call_of(seen) {
            call.subscribe.get_or_insert(index);
        }
    }

    fn add_answer(&mut self, seen: &Seen<'_, 'a>) {
        let is_success = seen.message.status().is_some_and(|status| (200..300).contains(&status));
        if !is_success || seen.cseq.is_none_or(|cseq| cseq.method != "SUBSCRIBE") {
            return;
        }
        if seen.receiver_tag.is_some() {
            self.names.first(name(Kind::Tag, 0, &[seen.call_id, seen.receiver_tag]), 0);
        }
        let Some(call) = self.call_of(seen) else { return };
        call.tag = call.tag.or(seen.receiver_tag);
        call.record_route = call.record_route.or_else(|| seen.value(HeaderName::RecordRoute));
        call.granted = call.granted.or_else(|| seconds(seen));
    }

    fn call_of(&mut self, seen: &Seen<'_, 'a>) -> Option<&mut Call<'a>> {
        let call_id = Some(seen.call_id?);
        let place = self.names.first(name(Kind::Call, 0, &[call_id]), self.calls.len());
        if place == self.calls.len() {
            self.calls.push(Call::default());
        }
        self.calls.get_mut(place)
    }

    /// What the messages of `seen`'s Call-ID have in common.
    pub(super) fn call(&self, seen: &Seen<'_, 'a>) -> Option<&Call<'a>> {
        let call_id = Some(seen.call_id?);
        self.calls.get(self.names.get(&name(Kind::Call, 0, &[call_id]))?)
    }

    /// Whether an answer in `seen`'s Call-ID that accepted a subscription put `tag` into To.
    pub(super) fn is_given(&self, seen: &Seen<'_, 'a>, tag: Text<'a>) -> bool {
        self.names.get(&name(Kind::Tag, 0, &[seen.call_id, Some(tag)])).is_some()
    }

    /// The SUBSCRIBE with the Call-ID of `seen`.
    pub(super) fn subscribe(&self, seen: &Seen<'_, 'a>) -> Option<&'s Seen<'m, 'a>> {
        self.all.get(self.call(seen)?.subscribe?)
    }

    /// The SUBSCRIBE of the phone at `host`.
    pub(super) fn subscribe_from(&self, host: Text<'_>) -> Option<&'s Seen<'m, 'a>> {
        self.all.get(self.names.get(&name(Kind::Phone, 0, &[Some(host)]))?)
    }

    /// The request with the Call-ID and the `CSeq` of a response; else the one with its branch, and that it is found so.
    pub(super) fn request_of(&self, response: &Seen<'_, 'a>) -> Option<(&'s Seen<'m, 'a>, bool)> {
        let (call_id, cseq) = (response.call_id?, response.cseq?);
        // Of several with that CSeq (one in each dialect, say) the one that it really answers.
        let [request, via] = asked(response, cseq.method, cseq.number);
        if let Some(index) = self.names.get(&via).or_else(|| self.names.get(&request)) {
            return Some((self.all.get(index)?, false));
        }
        let of_branch = name(Kind::Branch, 0, &[Some(call_id), Some(response.branch?)]);
        Some((self.all.get(self.names.get(&of_branch)?)?, true))
    }
}

/// The names of what was asked: by any way, and by the way that Via tells.
fn asked(seen: &Seen<'_, '_>, method: Text<'_>, number: u32) -> [Vec<u8>; 2] {
    [
        name(Kind::Request, number, &[seen.call_id, Some(method)]),
        name(Kind::Via, number, &[seen.call_id, Some(method), seen.branch]),
    ]
}

/// What Expires says.
pub(super) fn seconds(seen: &Seen<'_, '_>) -> Option<u32> {
    seen.message.expires().ok().flatten().map(|expires| expires.value)
}
