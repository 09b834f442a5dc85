//! Everything that a page asks of fingerpost-core, behind one plain function: built only to be weighed.

use fingerpost_core::check::{Context, check};
use fingerpost_core::explain::explain;
use fingerpost_core::{Message, scan};

/// Tokens, findings and the explanation at `offset`, each given back in some measure so that none of it is left out.
///
/// # Safety
/// `length` bytes must lie at `address`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fingerpost(address: *const u8, length: usize, offset: usize) -> usize {
    // SAFETY: as the caller promised.
    let bytes = unsafe { std::slice::from_raw_parts(address, length) };
    let tokens = scan(bytes).tokens().iter().map(|token| token.kind.name().len()).sum::<usize>();
    let Ok(message) = Message::parse(bytes) else { return tokens };
    let findings = check(&message, &Context::default());
    let findings = findings.iter().map(|finding| {
        let reference = finding.rule.reference.map(|reference| reference.to_string());
        finding.rule.title.len() + finding.message.len() + reference.unwrap_or_default().len()
    });
    let words = explain(&message, offset).map_or(0, |said| said.title.len() + said.words.len());
    tokens + findings.sum::<usize>() + words
}
