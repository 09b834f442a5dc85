//! What an example is: a rule, a small change that breaks it, where the finding points, and what is right instead.

use crate::base::{Base, EXCHANGE};
use fingerpost_core::Message;
use fingerpost_core::check::{Context, Finding, Rule, check, check_conversation};

/// In the message, what stands there and what it is made into.
pub(crate) type Change = (Base, &'static str, &'static str);

/// A rule with a bad and a good message. In `bad` and `good`, changes to the good messages, made one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Example {
    pub(crate) rule: &'static Rule,
    /// Whether it takes the whole exchange to see what is wrong.
    pub(crate) is_together: bool,
    /// Whether the good message went before, so that the bad one is a second request.
    pub(crate) is_repeated: bool,
    /// The message with the finding: that of the first change.
    pub(crate) on: Base,
    pub(crate) bad: &'static [Change],
    /// What stands at the finding's span.
    pub(crate) at: &'static str,
    pub(crate) good: &'static [Change],
}

/// Something is wrong in one message alone.
pub(crate) const fn alone(
    rule: &'static Rule,
    bad: &'static [Change],
    at: &'static str,
) -> Example {
    Example { rule, is_together: false, is_repeated: false, on: bad[0].0, bad, at, good: &[] }
}

/// Something is wrong in a message beside the others of its exchange.
pub(crate) const fn together(
    rule: &'static Rule,
    bad: &'static [Change],
    at: &'static str,
) -> Example {
    Example { is_together: true, ..alone(rule, bad, at) }
}

impl Example {
    /// The good message differs from the base, too.
    pub(crate) const fn but(self, good: &'static [Change]) -> Self {
        Self { good, ..self }
    }

    /// The unchanged message went before.
    pub(crate) const fn repeated(self) -> Self {
        Self { is_repeated: true, ..self }
    }

    /// The bad message.
    pub(crate) fn bad(&self) -> Vec<u8> {
        changed(self.on, self.bad)
    }

    /// The good message.
    pub(crate) fn good(&self) -> Vec<u8> {
        changed(self.on, self.good)
    }

    /// What is found on the message `text`, with the others of the exchange as `changes` make them.
    pub(crate) fn findings(
        &self,
        text: &[u8],
        changes: &[Change],
        context: &Context,
    ) -> Vec<Finding> {
        let read = |text| Message::parse(text).unwrap();
        if !self.is_together {
            return check(&read(text), context);
        }
        let others = EXCHANGE.map(|base| (base, changed(base, changes)));
        let mut all: Vec<&[u8]> = Vec::new();
        let mut at = 0;
        for (base, other) in &others {
            if *base == self.on {
                let first = self.is_repeated.then(|| base.text().as_bytes());
                all.extend(first);
                at = all.len();
                all.push(text);
            } else {
                all.push(other);
            }
        }
        let messages: Vec<Message<'_>> = all.into_iter().map(read).collect();
        let mut found = check(&messages[at], context);
        found.extend(check_conversation(&messages, context).remove(at));
        found
    }
}

/// U+FFFD in a change stands for a byte that is not UTF-8.
fn changed(base: Base, changes: &[Change]) -> Vec<u8> {
    let own = changes.iter().filter(|(on, ..)| *on == base);
    let text = own.fold(base.text().to_string(), |text, (_, from, to)| {
        assert!(text.contains(from), "{base:?} holds no {from:?}:\n{text}");
        text.replacen(from, to, 1)
    });
    let pieces: Vec<&[u8]> = text.split('\u{fffd}').map(str::as_bytes).collect();
    pieces.join(&0xff)
}
