//! Owns the findings on a request beside the requests before it: branches, and one request that comes twice.

use super::super::{judge::Judge, rules};
use super::Seen;
use super::before::Before;
use crate::text::Text;
use crate::typed::CSeq;
use alloc::format;

pub(super) fn check<'a>(judge: &mut Judge<'_, '_>, this: &Seen<'_, 'a>, before: &Before<'a>) {
    let (Some(cseq), Some(branch)) = (this.cseq, this.branch) else { return };
    merged(judge, this, (cseq, branch), before);
    reused(judge, this, (cseq, branch), before);
}

/// The same request, but not as a repeat.
fn merged<'a>(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, 'a>,
    (cseq, branch): (CSeq<'a>, Text<'a>),
    before: &Before<'a>,
) {
    if this.receiver_tag.is_none() && before.has_with_other_branch(this, cseq) {
        let text = "this request came before with another branch: it took two ways";
        judge.find(&rules::DIALOG_MERGED, judge.span(branch), text);
    }
}

fn reused<'a>(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, 'a>,
    (cseq, branch): (CSeq<'a>, Text<'a>),
    before: &Before<'a>,
) {
    // An ACK to a refusal and a CANCEL carry the branch of their INVITE (RFC 3261 §9.1, §17.1.1.3).
    if ["ACK", "CANCEL"].iter().any(|method| this.is_request(method)) || names_addressee(this) {
        return;
    }
    if let Some(other) = before.other_of_branch(branch, cseq) {
        let text = format!(
            "the branch is that of {} {}: answers cannot be told apart",
            other.method, other.number
        );
        judge.find(&rules::DIALOG_BRANCH, judge.span(branch), text);
    }
}

/// Whether Via names the place that the request goes to, as in the manual's form: then the branch is the phone's too.
pub(super) fn names_addressee(this: &Seen<'_, '_>) -> bool {
    let Ok(Some(via)) = this.message.top_via() else { return false };
    let uri = this.message.request_uri();
    let addressee = uri.as_ref().and_then(|uri| uri.as_sip()).map(|uri| uri.host_port);
    addressee.is_some_and(|to| to.host.text == via.sent_by.host.text && to.port == via.sent_by.port)
}
