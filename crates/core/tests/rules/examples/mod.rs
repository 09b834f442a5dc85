//! The examples, one list a layer.

mod body;
mod content;
mod dialog;
mod event;
mod framing;
mod grammar;
mod message;
mod via;

use crate::example::Example;

pub(crate) static ALL: [&[Example]; 8] = [
    framing::EXAMPLES,
    grammar::EXAMPLES,
    message::EXAMPLES,
    via::EXAMPLES,
    event::EXAMPLES,
    body::EXAMPLES,
    content::EXAMPLES,
    dialog::EXAMPLES,
];
