//! The stage for the system tests: hosts in network namespaces with cards and cables between them, phones that send
//! raw bytes, a running `fingerpost serve`, and captures of what crossed the wire.
//!
//! Nothing here uses a crate under test: what was sent is judged by a reader of its own ([`sip`]) and by tshark. Of the
//! simulated LAN only a bad cable's luck is used ([`wire`]).

#![cfg(target_os = "linux")]

pub mod binary;
pub mod capture;
pub mod fixture;
pub mod flood;
pub mod lab;
pub mod office;
pub mod phone;
pub mod program;
pub mod serve;
pub mod sip;
pub mod wire;
