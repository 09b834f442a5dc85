//! Owns what of the requests before one is looked up by it, kept while the conversation is read from its beginning.

use super::Seen;
use super::requests::names_addressee;
use crate::text::Text;
use crate::typed::CSeq;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// Number and method of a `CSeq`.
type Number<'a> = (u32, Text<'a>);
/// Call-ID and tag of a sender.
type Sender<'a> = (Option<Text<'a>>, Option<Text<'a>>);

/// The requests that were read so far.
#[derive(Default)]
pub(super) struct Before<'a> {
    /// By the sender's tag and `CSeq`: the branch of the first, and whether another one came.
    sent: BTreeMap<(Sender<'a>, Number<'a>), (Option<Text<'a>>, bool)>,
    /// By branch the first two that have different numbers.
    branches: BTreeMap<Text<'a>, Vec<Option<CSeq<'a>>>>,
    notified: BTreeMap<Sender<'a>, Highest<'a>>,
}

/// The highest number of all, and the highest under any other branch than that one has.
#[derive(Default)]
struct Highest<'a> {
    first: Option<(u32, Option<Text<'a>>)>,
    second: Option<u32>,
}

impl<'a> Before<'a> {
    pub(super) fn add(&mut self, seen: &Seen<'_, 'a>) {
        if seen.is_response() {
            return;
        }
        self.add_branch(seen);
        let Some(cseq) = seen.cseq else { return };
        let sender = (seen.call_id, seen.sender_tag);
        let entry = self.sent.entry((sender, (cseq.number, cseq.method)));
        let (first, has_others) = entry.or_insert((seen.branch, false));
        *has_others |= *first != seen.branch;
        if seen.is_request("NOTIFY") {
            self.notified.entry(sender).or_default().add(cseq.number, seen.branch);
        }
    }

    fn add_branch(&mut self, seen: &Seen<'_, 'a>) {
        let Some(branch) = seen.branch.filter(|_| !names_addressee(seen)) else { return };
        let known = self.branches.entry(branch).or_default();
        let is_new = known.iter().all(|one| number(*one) != number(seen.cseq));
        if is_new && known.len() < 2 {
            known.push(seen.cseq);
        }
    }

    /// Whether the same request of the same sender came before under another branch.
    pub(super) fn has_with_other_branch(&self, seen: &Seen<'_, 'a>, cseq: CSeq<'a>) -> bool {
        let key = ((seen.call_id, seen.sender_tag), (cseq.number, cseq.method));
        let sent = self.sent.get(&key).filter(|_| seen.call_id.is_some());
        sent.is_some_and(|(first, has_others)| *first != seen.branch || *has_others)
    }

    /// The first request that had this branch and is not the same one.
    pub(super) fn other_of_branch(&self, branch: Text<'a>, cseq: CSeq<'a>) -> Option<CSeq<'a>> {
        let known = self.branches.get(&branch)?;
        known.iter().find(|one| number(**one) != number(Some(cseq))).copied().flatten()
    }

    /// The highest number of a NOTIFY of the same sender that is not this one again.
    pub(super) fn highest_notify(&self, seen: &Seen<'_, 'a>) -> Option<u32> {
        let highest = self.notified.get(&(Some(seen.call_id?), seen.sender_tag))?;
        let (number, branch) = highest.first?;
        if branch == seen.branch { highest.second } else { Some(number) }
    }
}

impl<'a> Highest<'a> {
    fn add(&mut self, number: u32, branch: Option<Text<'a>>) {
        match &mut self.first {
            None => self.first = Some((number, branch)),
            Some((first, known)) if *known == branch => *first = number.max(*first),
            Some((first, known)) if number > *first => {
                self.second = Some(*first);
                (*first, *known) = (number, branch);
            }
            Some(_) => self.second = self.second.max(Some(number)),
        }
    }
}

fn number<'a>(cseq: Option<CSeq<'a>>) -> Option<Number<'a>> {
    cseq.map(|cseq| (cseq.number, cseq.method))
}
