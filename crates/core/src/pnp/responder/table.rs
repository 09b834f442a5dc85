//! Owns the exchanges and the ways to find one: by token, by transaction, by dialog, by the NOTIFY that a response
//! answers, by source, and by what is due next. Bounded: the oldest goes when the table is full.

use super::Token;
use super::exchange::Exchange;
use super::names::{Name, Names};
use crate::pnp::Dialect;
use crate::time::Instant;
use crate::transaction::ServerKey;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};
use core::net::SocketAddr;

#[derive(Debug, Default)]
pub(super) struct Table {
    exchanges: Exchanges,
    by_transaction: Names,
    by_notify: Names,
    by_source: Names,
    by_dialog: Names,
    due: BTreeSet<(Instant, Token)>,
}

/// By age, for tokens grow.
type Exchanges = BTreeMap<Token, Box<Exchange>>;

impl Table {
    pub(super) fn len(&self) -> usize {
        self.exchanges.len()
    }

    pub(super) fn insert(&mut self, exchange: Exchange) {
        let (token, known) = (exchange.token, &self.exchanges);
        self.by_transaction.put(transaction_of(&exchange), token, |other| {
            is(known, other, |other| other.transaction.key() == exchange.transaction.key())
        });
        self.by_source.put(Name::of(&exchange.source), token, |other| {
            is(known, other, |other| other.source == exchange.source)
        });
        self.by_dialog.put(dialog_of(&exchange), token, |other| {
            is(known, other, |other| other.is_dialog(&exchange.call_id, &exchange.tag))
        });
        self.due.insert((exchange.due, token));
        self.exchanges.insert(token, Box::new(exchange));
    }

    pub(super) fn by_transaction(&self, transaction: &ServerKey) -> Option<&Exchange> {
        self.find(&self.by_transaction, Name::of(transaction), |exchange| {
            exchange.transaction.key() == transaction
        })
    }

    /// The exchange whose NOTIFY has this Call-ID and number.
    pub(super) fn by_notify(&self, call_id: &[u8], cseq: u32) -> Option<&Exchange> {
        self.find(&self.by_notify, notify(call_id, cseq), |exchange| {
            exchange.call_id == call_id && exchange.shape_of(cseq).is_some()
        })
    }

    /// The exchange in which a dialog stands: the latest one of it.
    pub(super) fn by_dialog(&self, call_id: &[u8], tag: &str) -> Option<&Exchange> {
        self.find(&self.by_dialog, dialog(call_id, tag), |exchange| {
            exchange.is_dialog(call_id, tag)
        })
    }

    /// The latest exchange with a source.
    pub(super) fn by_source(&self, source: SocketAddr) -> Option<&Exchange> {
        self.find(&self.by_source, Name::of(&source), |exchange| exchange.source == source)
    }

    fn find(
        &self,
        names: &Names,
        name: Name,
        has_it: impl Fn(&Exchange) -> bool,
    ) -> Option<&Exchange> {
        self.get(names.get(name, |token| is(&self.exchanges, token, &has_it))?)
    }

    pub(super) fn get(&self, token: Token) -> Option<&Exchange> {
        self.exchanges.get(&token).map(Box::as_ref)
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
        let Some(exchange) = self.exchanges.get_mut(&token) else { return };
        exchange.written.push((cseq, dialect));
        let (known, Some(exchange)) = (&self.exchanges, self.exchanges.get(&token)) else { return };
        self.by_notify.put(notify(&exchange.call_id, cseq), token, |other| {
            let has_it = |other: &Exchange| {
                other.call_id == exchange.call_id && other.shape_of(cseq).is_some()
            };
            is(known, other, has_it)
        });
    }

    pub(super) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(at, _)| *at)
    }

    /// An exchange whose time has come.
    pub(super) fn due(&self, now: Instant) -> Option<Token> {
        self.due.first().filter(|(at, _)| *at <= now).map(|(_, token)| *token)
    }

    pub(super) fn oldest(&self) -> Option<&Exchange> {
        self.exchanges.values().next().map(Box::as_ref)
    }

    pub(super) fn remove(&mut self, token: Token) {
        let Some(exchange) = self.exchanges.remove(&token) else { return };
        self.due.remove(&(exchange.due, token));
        for (cseq, _) in &exchange.written {
            self.by_notify.remove(notify(&exchange.call_id, *cseq), token);
        }
        self.by_transaction.remove(transaction_of(&exchange), token);
        self.by_source.remove(Name::of(&exchange.source), token);
        self.by_dialog.remove(dialog_of(&exchange), token);
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

/// Whether there is such an exchange, and it is as `is_so` says.
fn is(exchanges: &Exchanges, token: Token, is_so: impl Fn(&Exchange) -> bool) -> bool {
    exchanges.get(&token).is_some_and(|exchange| is_so(exchange))
}

fn transaction_of(exchange: &Exchange) -> Name {
    Name::of(exchange.transaction.key())
}

fn dialog_of(exchange: &Exchange) -> Name {
    dialog(&exchange.call_id, &exchange.tag)
}

/// What names a dialog (RFC 3261 §12): Call-ID and our tag.
fn dialog(call_id: &[u8], tag: &str) -> Name {
    Name::of(&(call_id, tag))
}

fn notify(call_id: &[u8], cseq: u32) -> Name {
    Name::of(&(call_id, cseq))
}
