//! The console: one native screen over a running engine, drawn with egui. Owns what is shown and which keys do what;
//! knows neither window system nor protocol.
//!
//! A [`Console`] draws what a [`Backend`] knows and tells it what people want. [`Live`] is the backend with an engine in
//! it; tests have one with a view made by hand.
#![forbid(unsafe_code)]

mod backend;
mod cards;
mod columns;
mod console;
mod detail;
mod empty;
mod footer;
mod header;
mod keys;
mod ladder;
mod list;
mod listing;
mod live;
mod marks;
mod messages;
mod mode;
mod palette;
mod pill;
mod printable;
mod region;
mod style;
mod timeline;
mod times;
mod url_field;
mod wish;
mod words;

pub use backend::{Backend, Outcome, State};
pub use console::Console;
pub use live::Live;
pub use style::dress;
