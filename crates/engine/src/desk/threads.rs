//! Owns to which exchange a datagram belongs, so that of phones behind one address each has its own words. What the
//! responder says of a datagram comes first; what it says nothing of belongs where its Call-ID does. Bounded.

use crate::recorder::call_id;
use fingerpost_core::pnp::{ResponderEvent, Token};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Conversations known at once: as many as messages of them are kept.
const MOST: usize = 20_000;

#[derive(Debug, Default)]
pub(super) struct Threads {
    by_call: HashMap<Arc<[u8]>, Token>,
    order: VecDeque<Arc<[u8]>>,
    /// The exchange of the datagram that is being handled.
    concerned: Option<Token>,
    /// The Call-ID of that one, where it begins the exchange.
    begins: Option<Arc<[u8]>>,
}

impl Threads {
    /// Another datagram is handled from now on.
    pub(super) fn next(&mut self) {
        (self.concerned, self.begins) = (None, None);
    }

    /// The responder says this.
    pub(super) fn hear(&mut self, event: &ResponderEvent) {
        let concerned = match event {
            ResponderEvent::Asked(asked) => {
                self.begins = Some(asked.call_id.as_slice().into());
                Some(asked.token)
            }
            ResponderEvent::Repeated { token }
            | ResponderEvent::Acknowledged { token, .. }
            | ResponderEvent::Refused { token, .. }
            | ResponderEvent::SyncAnswered { token, .. } => Some(*token),
            // Time brings the others, too.
            _ => None,
        };
        self.concerned = self.concerned.or(concerned);
    }

    /// The exchange of the datagram that was handled.
    pub(super) fn arrived(&mut self, bytes: &[u8]) -> Option<Token> {
        let Some(token) = self.concerned else { return self.of(bytes) };
        if let Some(call) = self.begins.take() {
            self.tie(call, token);
        }
        Some(token)
    }

    /// The exchange of what leaves; `begins` where nobody asked.
    pub(super) fn leaves(
        &mut self,
        exchange: Option<Token>,
        begins: bool,
        bytes: &[u8],
    ) -> Option<Token> {
        if let (Some(token), true) = (exchange, begins)
            && let Some(call) = call_id(bytes)
        {
            self.tie(call.into(), token);
        }
        exchange.or_else(|| self.of(bytes))
    }

    fn of(&self, bytes: &[u8]) -> Option<Token> {
        self.by_call.get(call_id(bytes)?.as_slice()).copied()
    }

    fn tie(&mut self, call: Arc<[u8]>, token: Token) {
        if self.by_call.insert(call.clone(), token).is_none() {
            self.order.push_back(call);
        }
        while self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_call.remove(&oldest);
        }
    }
}
