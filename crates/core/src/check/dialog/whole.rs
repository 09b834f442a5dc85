//! Owns what of a conversation is looked up by its other messages, found once: long conversations would otherwise take
//! the square of their length.

use super::Seen;
use crate::message::{HeaderName, StartLine};
use crate::text::Text;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

/// Call-ID, method and number.
type Asked<'a> = (Text<'a>, Text<'a>, u32);

/// All messages, and what each is found by. Where several are, the first of them.
pub(super) struct Whole<'s, 'm, 'a> {
    all: &'s [Seen<'m, 'a>],
    calls: BTreeMap<Text<'a>, Call<'a>>,
    requests: BTreeMap<Asked<'a>, usize>,
    by_via: BTreeMap<(Asked<'a>, Option<Text<'a>>), usize>,
    by_branch: BTreeMap<(Text<'a>, Text<'a>), usize>,
    /// SUBSCRIBEs by the host in their Contact.
    phones: BTreeMap<Vec<u8>, usize>,
}

/// What a Call-ID has in common.
#[derive(Default)]
pub(super) struct Call<'a> {
    subscribe: Option<usize>,
    /// The tags that the answers put into To which accepted a subscription.
    pub(super) tags: BTreeSet<Text<'a>>,
    pub(super) first_tag: Option<Text<'a>>,
    /// Their first Record-Route, and the first duration that they grant.
    pub(super) record_route: Option<Text<'a>>,
    pub(super) granted: Option<u32>,
}

impl<'s, 'm, 'a> Whole<'s, 'm, 'a> {
    pub(super) fn new(all: &'s [Seen<'m, 'a>]) -> Self {
        let mut whole = Self {
            all,
            calls: BTreeMap::new(),
            requests: BTreeMap::new(),
            by_via: BTreeMap::new(),
            by_branch: BTreeMap::new(),
            phones: BTreeMap::new(),
        };
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
            self.add_phone(index, seen);
        }
        let Some(call_id) = seen.call_id else { return };
        if method == "SUBSCRIBE" {
            self.calls.entry(call_id).or_default().subscribe.get_or_insert(index);
        }
        if let Some(cseq) = seen.cseq {
            let asked = (call_id, method, cseq.number);
            self.requests.entry(asked).or_insert(index);
            self.by_via.entry((asked, seen.branch)).or_insert(index);
        }
        if let Some(branch) = seen.branch {
            self.by_branch.entry((call_id, branch)).or_insert(index);
        }
    }

    fn add_phone(&mut self, index: usize, seen: &Seen<'_, '_>) {
        let contact = seen.message.contact().ok().flatten().map(|contact| contact.uri);
        if let Some(uri) = contact.as_ref().and_then(|uri| uri.as_sip()) {
            self.phones.entry(uri.host_port.host.text.as_bytes().to_vec()).or_insert(index);
        }
    }

    fn add_answer(&mut self, seen: &Seen<'_, 'a>) {
        let is_success = seen.message.status().is_some_and(|status| (200..300).contains(&status));
        let is_to_subscribe = seen.cseq.is_some_and(|cseq| cseq.method == "SUBSCRIBE");
        let Some(call_id) = seen.call_id.filter(|_| is_success && is_to_subscribe) else { return };
        let call = self.calls.entry(call_id).or_default();
        call.tags.extend(seen.receiver_tag);
        call.first_tag = call.first_tag.or(seen.receiver_tag);
        call.record_route = call.record_route.or_else(|| seen.value(HeaderName::RecordRoute));
        call.granted = call.granted.or_else(|| seconds(seen));
    }

    /// What the messages of `seen`'s Call-ID have in common.
    pub(super) fn call(&self, seen: &Seen<'_, 'a>) -> Option<&Call<'a>> {
        self.calls.get(&seen.call_id?)
    }

    /// The SUBSCRIBE with the Call-ID of `seen`.
    pub(super) fn subscribe(&self, seen: &Seen<'_, 'a>) -> Option<&'s Seen<'m, 'a>> {
        self.all.get(self.call(seen)?.subscribe?)
    }

    /// The SUBSCRIBE of the phone at `host`.
    pub(super) fn subscribe_from(&self, host: &[u8]) -> Option<&'s Seen<'m, 'a>> {
        self.all.get(*self.phones.get(host)?)
    }

    /// The request with the Call-ID and the `CSeq` of a response; else the one with its branch, and that it is found so.
    pub(super) fn request_of(&self, response: &Seen<'_, 'a>) -> Option<(&'s Seen<'m, 'a>, bool)> {
        let (call_id, cseq) = (response.call_id?, response.cseq?);
        let asked = (call_id, cseq.method, cseq.number);
        // Of several with that CSeq (one in each dialect, say) the one that it really answers.
        let exact = self.by_via.get(&(asked, response.branch));
        if let Some(index) = exact.or_else(|| self.requests.get(&asked)) {
            return Some((self.all.get(*index)?, false));
        }
        let index = self.by_branch.get(&(call_id, response.branch?))?;
        Some((self.all.get(*index)?, true))
    }
}

/// What Expires says.
pub(super) fn seconds(seen: &Seen<'_, '_>) -> Option<u32> {
    seen.message.expires().ok().flatten().map(|expires| expires.value)
}
