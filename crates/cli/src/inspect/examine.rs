//! Owns an input together with what there is to know about it. Knows no way of printing it.

use crate::input::Input;
use fingerpost_core::check::Policy;

/// An input and the messages in it.
#[derive(Debug)]
pub(super) struct Examined {
    pub(super) input: Input,
    pub(super) messages: Vec<fingerpost_trace::Examined>,
}

pub(super) fn examine(input: Input, policy: Policy) -> Examined {
    Examined { messages: fingerpost_trace::examine(&input.bytes, policy), input }
}
