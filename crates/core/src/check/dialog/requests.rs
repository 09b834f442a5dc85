//! Owns the findings on a request beside the requests before it: branches, and one request that comes twice.

use super::super::{judge::Judge, rules};
use super::Seen;
use crate::text::Text;
use alloc::format;
use alloc::vec::Vec;

pub(super) fn check(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>, before: &[Seen<'_, '_>]) {
    let (Some(cseq), Some(branch)) = (this.cseq, this.branch) else { return };
    let (same, others): (Vec<_>, Vec<_>) =
        before.iter().filter(|other| !other.is_response()).partition(|other| {
            other.cseq.is_some_and(|c| c.number == cseq.number && c.method == cseq.method)
        });
    merged(judge, this, branch, &same);
    reused(judge, this, branch, &others);
}

/// The same request, but not as a repeat.
fn merged(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, '_>,
    branch: Text<'_>,
    same: &[&Seen<'_, '_>],
) {
    let is_merged = same.iter().any(|other| {
        this.is_with(other)
            && this.receiver_tag.is_none()
            && this.sender_tag == other.sender_tag
            && this.branch != other.branch
    });
    if is_merged {
        let text = "this request came before with another branch: it took two ways";
        judge.find(&rules::DIALOG_MERGED, judge.span(branch), text);
    }
}

fn reused(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, '_>,
    branch: Text<'_>,
    others: &[&Seen<'_, '_>],
) {
    // An ACK to a refusal and a CANCEL carry the branch of their INVITE (RFC 3261 §9.1, §17.1.1.3).
    if ["ACK", "CANCEL"].iter().any(|method| this.is_request(method)) || names_addressee(this) {
        return;
    }
    let mut of_branch = others.iter().filter(|other| other.branch == this.branch);
    let reused = of_branch.find(|other| !names_addressee(other));
    if let Some(other) = reused.and_then(|other| other.cseq) {
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
