//! The ladder as those who draw it see it.

mod any_messages;
mod drawings;
mod exchange;
mod stuck;
mod support;
