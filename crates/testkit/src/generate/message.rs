//! Owns the strategies for whole messages: what phones of every profile send, with any values in it. They are boxed,
//! for values of nested strategies are too large for a test thread's stack.

use super::{mutated, noise};
use crate::Dice;
use fingerpost_core::pnp::{Mac, Subscriber, profile};
use fingerpost_core::{Message, Response};
use proptest::prelude::*;
use std::net::SocketAddr;

/// A vendor's, model's or version's name as phones may have it.
pub fn product_word() -> impl Strategy<Value = String> {
    "[A-Za-z0-9][A-Za-z0-9 ._/+-]{0,14}"
}

/// The SUBSCRIBE of any phone by any vendor, from any address in 10.13.0.0/16.
pub fn subscribe() -> BoxedStrategy<Vec<u8>> {
    (any::<u16>(), 1..=u16::MAX)
        .prop_flat_map(|(host, port)| {
            let [a, b] = host.to_be_bytes();
            subscribe_like(SocketAddr::from(([10, 13, a, b], port)))
        })
        .boxed()
}

/// The SUBSCRIBE of any phone by any vendor that says it is at `local`.
pub fn subscribe_like(local: SocketAddr) -> BoxedStrategy<Vec<u8>> {
    let profiles = (0..profile::ALL.len()).prop_map(|number| &profile::ALL[number]);
    let mac = prop::option::of(any::<[u8; 6]>());
    let word = || prop::option::of(product_word());
    let written = (profiles, mac, word(), word(), word(), any::<u64>()).prop_map(
        move |(profile, mac, vendor, model, version, seed)| {
            let subscriber = Subscriber::new(local).with_product(vendor, model, version);
            let subscriber =
                mac.map_or(subscriber.clone(), |mac| subscriber.with_mac(Mac::new(mac)));
            profile.subscribe(&subscriber, &mut Dice::new(seed)).ok()
        },
    );
    written.prop_filter_map("a SUBSCRIBE that can be written", |bytes| bytes).boxed()
}

/// Any datagram: a phone's question, the same with one byte wrong, a response to it, or noise.
pub fn any_datagram() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        4 => subscribe(),
        4 => mutated(subscribe()),
        1 => (subscribe(), 100..700_u16).prop_map(|(asked, status)| answered(&asked, status)),
        2 => noise(),
    ]
    .boxed()
}

fn answered(asked: &[u8], status: u16) -> Vec<u8> {
    let reply = Message::parse(asked).map(|asked| Response::reply_to(&asked, status, "So"));
    reply.ok().and_then(|reply| reply.headers().build().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fingerpost_core::pnp::asking;

    proptest! {
        #[test]
        fn whatever_is_made_is_a_phone_asking(bytes in subscribe()) {
            prop_assert!(asking(&Message::parse(&bytes).unwrap()).is_some());
        }
    }
}
