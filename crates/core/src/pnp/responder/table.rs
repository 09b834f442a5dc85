//! Owns the exchanges and the ways to find one: by token, by transaction, by dialog, by the NOTIFY that a response
//! answers, by source, and by what is due next. Bounded: the oldest goes when the table is full.

use super::Token;
use super::exchange::Exchange;
use crate::pnp::Dialect;
use crate::time::Instant;
use crate::transaction::ServerKey;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddr;

#[derive(Debug, Default)]
pub(super) struct Table {
    exchanges: BTreeMap<Token, Exchange>,
    by_transaction: BTreeMap<ServerKey, Token>,
    by_notify: BTreeMap<(Vec<u8>, u32), Token>,
    by_source: BTreeMap<SocketAddr, Token>,
    by_dialog: BTreeMap<(Vec<u8>, String), Token>,
    due: BTreeSet<(Instant, Token)>,
}

impl Table {
    pub(super) fn len(&self) -> usize {
        self.exchanges.len()
    }

    pub(super) fn insert(&mut self, exchange: Exchange) {
        let token = exchange.token;
        self.by_transaction.insert(exchange.transaction.key().clone(), token);
        self.by_source.insert(exchange.source, token);
        self.by_dialog.insert(exchange.dialog(), token);
        self.due.insert((exchange.due, token));
        self.exchanges.insert(token, exchange);
    }

    pub(super) fn by_transaction(&self, transaction: &ServerKey) -> Option<&Exchange> {
        self.exchanges.get(self.by_transaction.get(transaction)?)
    }

    /// The exchange whose NOTIFY has this Call-ID and number.
    pub(super) fn by_notify(&self, call_id: Vec<u8>, cseq: u32) -> Option<Token> {
        self.by_notify.get(&(call_id, cseq)).copied()
    }

    /// The exchange in which a dialog stands: the latest one of it.
    pub(super) fn by_dialog(&self, call_id: Vec<u8>, tag: String) -> Option<&Exchange> {
        self.exchanges.get(self.by_dialog.get(&(call_id, tag))?)
    }

    /// The latest exchange with a source.
    pub(super) fn by_source(&self, source: SocketAddr) -> Option<&Exchange> {
        self.exchanges.get(self.by_source.get(&source)?)
    }

    pub(super) fn get(&self, token: Token) -> Option<&Exchange> {
        self.exchanges.get(&token)
    }

    /// Changes an exchange; its wake-up follows.
    pub(super) fn change<T>(
        &mut self,
        token: Token,
        change: impl FnOnce(&mut Exchange) -> T,
    ) -> Option<T> {
        let exchange = self.exchanges.get_mut(&token)?;
        let before = exchange.due;
        let result = change(exchange);
        if exchange.due != before {
            self.due.remove(&(before, token));
            self.due.insert((exchange.due, token));
        }
        Some(result)
    }

    /// Makes a NOTIFY known under its Call-ID and number.
    pub(super) fn index_notify(&mut self, token: Token, cseq: u32, dialect: Dialect) {
        if let Some(exchange) = self.exchanges.get_mut(&token) {
            exchange.written.push((cseq, dialect));
            self.by_notify.insert((exchange.call_id.clone(), cseq), token);
        }
    }

    pub(super) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(at, _)| *at)
    }

    /// An exchange whose time has come.
    pub(super) fn due(&self, now: Instant) -> Option<Token> {
        self.due.first().filter(|(at, _)| *at <= now).map(|(_, token)| *token)
    }

    pub(super) fn oldest(&self) -> Option<Token> {
        self.exchanges.keys().next().copied()
    }

    pub(super) fn remove(&mut self, token: Token) -> Option<Exchange> {
        let exchange = self.exchanges.remove(&token)?;
        self.due.remove(&(exchange.due, token));
        for (cseq, _) in &exchange.written {
            let key = (exchange.call_id.clone(), *cseq);
            if self.by_notify.get(&key) == Some(&token) {
                self.by_notify.remove(&key);
            }
        }
        if self.by_transaction.get(exchange.transaction.key()) == Some(&token) {
            self.by_transaction.remove(exchange.transaction.key());
        }
        if self.by_source.get(&exchange.source) == Some(&token) {
            self.by_source.remove(&exchange.source);
        }
        let dialog = exchange.dialog();
        if self.by_dialog.get(&dialog) == Some(&token) {
            self.by_dialog.remove(&dialog);
        }
        Some(exchange)
    }

    /// Whether every index is as empty as the table: what a long-running responder rests on.
    #[cfg(test)]
    pub(super) fn is_clean(&self) -> bool {
        self.exchanges.is_empty()
            && self.by_transaction.is_empty()
            && self.by_notify.is_empty()
            && self.by_source.is_empty()
            && self.by_dialog.is_empty()
            && self.due.is_empty()
    }
}
