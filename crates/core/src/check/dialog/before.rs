//! Owns what of the requests before one is looked up by it, kept while the conversation is read from its beginning.

use super::Seen;
use super::names::{Kind, Names, name};
use super::requests::names_addressee;
use crate::text::Text;
use crate::typed::CSeq;
use alloc::vec::Vec;

/// The requests that were read so far.
#[derive(Default)]
pub(super) struct Before<'a> {
    names: Names,
    known: Vec<Known<'a>>,
}

/// A request, as far as it is asked for: its number and its branch.
type Sent<'a> = (Option<CSeq<'a>>, Option<Text<'a>>);

/// What is known under a name: of what was sent under one `CSeq` the branches, of a sender the numbers of its NOTIFYs,
/// of a branch the first two requests with different numbers.
#[derive(Default)]
struct Known<'a> {
    first: Option<Sent<'a>>,
    second: Option<Sent<'a>>,
}

impl<'a> Before<'a> {
    pub(super) fn add(&mut self, seen: &Seen<'_, 'a>) {
        if seen.is_response() {
            return;
        }
        let this = (seen.cseq, seen.branch);
        if let Some(branch) = seen.branch.filter(|_| !names_addressee(seen)) {
            self.known(of_branch(branch)).add(this, |known| !is_same(known.0, seen.cseq));
        }
        let Some(cseq) = seen.cseq else { return };
        self.known(of_sent(seen, cseq)).add(this, |known| known.1 != seen.branch);
        if seen.is_request("NOTIFY") {
            self.known(of_sender(seen)).keep_highest(cseq, seen.branch);
        }
    }

    fn known(&mut self, name: Vec<u8>) -> &mut Known<'a> {
        let place = self.names.first(name, self.known.len());
        if place == self.known.len() {
            self.known.push(Known::default());
        }
        &mut self.known[place]
    }

    fn get(&self, name: &[u8]) -> Option<&Known<'a>> {
        self.known.get(self.names.get(name)?)
    }

    /// Whether the same request of the same sender came before under another branch.
    pub(super) fn has_with_other_branch(&self, seen: &Seen<'_, 'a>, cseq: CSeq<'a>) -> bool {
        let known = self.get(&of_sent(seen, cseq)).filter(|_| seen.call_id.is_some());
        known.is_some_and(|known| known.each().any(|(_, branch)| branch != seen.branch))
    }

    /// The first request that had this branch and is not the same one.
    pub(super) fn other_of_branch(&self, branch: Text<'a>, cseq: CSeq<'a>) -> Option<CSeq<'a>> {
        let mut known = self.get(&of_branch(branch))?.each();
        known.find(|(known, _)| !is_same(*known, Some(cseq)))?.0
    }

    /// The highest number of a NOTIFY of the same sender that is not this one again.
    pub(super) fn highest_notify(&self, seen: &Seen<'_, 'a>) -> Option<u32> {
        seen.call_id?;
        let mut known = self.get(&of_sender(seen))?.each();
        known.find(|(_, branch)| *branch != seen.branch)?.0.map(|cseq| cseq.number)
    }
}

impl<'a> Known<'a> {
    fn each(&self) -> impl Iterator<Item = Sent<'a>> {
        [self.first, self.second].into_iter().flatten()
    }

    /// The first two that differ are all that is ever asked for.
    fn add(&mut self, this: Sent<'a>, differs: impl Fn(&Sent<'a>) -> bool) {
        match &self.first {
            None => self.first = Some(this),
            Some(first) if differs(first) => _ = self.second.get_or_insert(this),
            Some(_) => {}
        }
    }

    /// First the highest number of all, then the highest under any other branch than that one has.
    fn keep_highest(&mut self, cseq: CSeq<'a>, branch: Option<Text<'a>>) {
        let number = |known: &Option<Sent<'a>>| {
            known.as_ref().and_then(|(cseq, _)| *cseq).map(|cseq| cseq.number)
        };
        let this = Some((Some(cseq), branch));
        let is_of_first = self.first.is_some_and(|(_, known)| known == branch);
        let is_higher = Some(cseq.number) > number(&self.first);
        match (is_higher, is_of_first) {
            (true, true) => self.first = this,
            (true, false) => self.second = core::mem::replace(&mut self.first, this),
            (false, false) if Some(cseq.number) > number(&self.second) => self.second = this,
            (false, _) => {}
        }
    }
}

fn of_branch(branch: Text<'_>) -> Vec<u8> {
    name(Kind::Branch, 0, &[Some(branch)])
}

fn of_sender(seen: &Seen<'_, '_>) -> Vec<u8> {
    name(Kind::Sender, 0, &[seen.call_id, seen.sender_tag])
}

fn of_sent(seen: &Seen<'_, '_>, cseq: CSeq<'_>) -> Vec<u8> {
    let sender = [seen.call_id, seen.sender_tag, Some(cseq.method)];
    name(Kind::Sent, cseq.number, &sender)
}

fn is_same(one: Option<CSeq<'_>>, other: Option<CSeq<'_>>) -> bool {
    let number = |cseq: CSeq<'_>| cseq.number;
    one.map(number) == other.map(number) && one.map(|c| c.method) == other.map(|c| c.method)
}
