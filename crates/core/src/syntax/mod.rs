//! Owns the lexical productions of RFC 3261 §25.1 that every header's grammar stands on, in nom 8, each linear in its
//! input. Knows no header. Results borrow from the message, so their place is found by address.

mod bounds;
mod class;
mod fault;
mod params;
mod runs;
mod words;
pub(crate) mod work;

pub(crate) use bounds::bounded;
pub(crate) use class::{
    is_digit, is_host, is_lws, is_param_value, is_quoted, is_token, is_uri_param, is_user,
};
pub(crate) use fault::{Fault, Parsed, whole};
pub(crate) use params::{ParamList, generic_param, params};
pub(crate) use runs::{run, run_length, run1};
pub(crate) use words::{
    byte, comment, digits, lws, number, port, quoted, quoted_or_token, separator, slash, sws, token,
};

pub use fault::{Expected, ValueError};
pub use params::{Param, ParamValue, Params};
