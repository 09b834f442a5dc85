//! The parsers under comparison, one a file.

mod core;
mod httparse;
mod parsip;
mod rsipstack;
mod sip_header;
mod sipx;
#[cfg(has_sofia)]
mod sofia;

use crate::peer::Peer;

pub(crate) const OWN: &str = "fingerpost-core";
pub(crate) const HTTP: &str = "httparse (HTTP)";
pub(crate) const SOFIA: &str = "sofia-sip (C)";
pub(crate) const RSIPSTACK: &str = "rsipstack";

/// Ours first; sofia-sip where pkg-config finds it.
pub(crate) fn all() -> Vec<Box<dyn Peer>> {
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
