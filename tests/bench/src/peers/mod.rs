//! The parsers under comparison, one a file.

pub mod core;
pub mod httparse;
pub mod parsip;
pub mod rsipstack;
pub mod sip_header;
pub mod sipx;
#[cfg(has_sofia)]
pub mod sofia;

use crate::peer::Peer;

pub const OWN: &str = "fingerpost-core";
pub const HTTP: &str = "httparse (HTTP)";
pub const SOFIA: &str = "sofia-sip (C)";
pub const RSIPSTACK: &str = "rsipstack";

/// Ours first; sofia-sip where pkg-config finds it.
pub fn all() -> Vec<Box<dyn Peer>> {
    vec![
        Box::new(core::Core),
        Box::new(httparse::Httparse),
        Box::new(parsip::Parsip),
        Box::new(sipx::Sipx),
        Box::new(sip_header::SipHeader),
        Box::new(rsipstack::Rsipstack),
        #[cfg(has_sofia)]
        Box::new(sofia::Sofia),
    ]
}
