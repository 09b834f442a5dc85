//! Owns what becomes of a request: whether it is new, a repeat, or within a subscription; what is new is asked about.

use super::exchange::{self, Exchange};
use super::schedule::opposite;
use super::{Asked, Responder, ResponderEvent, Token};
use crate::entropy::hex_word;
use crate::message::{Message, StartLine};
use crate::pnp::subscription::{IgnoreReason, Subscription};
use crate::pnp::{Arrival, Identity, identify};
use crate::time::Instant;
use alloc::string::String;
use core::net::SocketAddr;

/// A SUBSCRIBE as it was heard.
struct Heard<'a> {
    now: Instant,
    arrival: &'a Arrival<'a>,
    asked: Subscription<'a>,
    /// Our address towards the phone.
    server: SocketAddr,
}

impl Responder {
    /// Takes a message of a sender that may be answered, from our address `server`.
    pub(super) fn message(
        &mut self,
        now: Instant,
        arrival: &Arrival<'_>,
        server: SocketAddr,
    ) -> Result<(), IgnoreReason> {
        let message = Message::parse(arrival.bytes).map_err(IgnoreReason::NotSip)?;
        if matches!(message.start_line(), StartLine::Status(_)) {
            return self.response(now, arrival, &message);
        }
        let heard = match Subscription::read(message) {
            Ok(asked) => Heard { now, arrival, asked, server },
            Err(reason) => return self.refuse(now, arrival, server, reason),
        };
        let phone = identify(&heard.asked.request);
        let known = self.table.by_transaction(&heard.asked.transaction);
        match known.map(|exchange| (exchange.token, exchange.is_of(arrival))) {
            Some((_, false)) => {}
            Some((token, true)) if self.has_moved(token) => {
                // What was answered named an address that is not ours any more.
                self.table.remove(token);
                self.begin(&heard, phone);
            }
            Some((token, true)) => self.repeat(now, token, phone),
            None => return self.ask(&heard, phone),
        }
        Ok(())
    }

    /// A transaction that is new.
    fn ask(&mut self, heard: &Heard<'_>, phone: Identity) -> Result<(), IgnoreReason> {
        let Some(tag) = heard.asked.to_tag() else {
            self.begin(heard, phone);
            return Ok(());
        };
        match self.carried_on(heard, &tag) {
            Ok(before) => {
                self.carry_on(heard, phone, before);
                Ok(())
            }
            Err(reason) => self.refuse(heard.now, heard.arrival, heard.server, reason),
        }
    }

    /// The subscription that a SUBSCRIBE with a To tag carries on.
    fn carried_on(&self, heard: &Heard<'_>, tag: &str) -> Result<Token, IgnoreReason> {
        let before = self.table.by_dialog(&heard.asked.call_id(), tag);
        let before = before.filter(|before| before.is_from(heard.arrival));
        let before = before.ok_or(IgnoreReason::NoSubscription)?;
        before.takes(heard.now, &heard.asked.request)?;
        Ok(before.token)
    }

    /// A refresh is asked about like the first SUBSCRIBE; `Expires: 0` ends the subscription (RFC 6665 §4.1.2.2, §4.1.2.3).
    fn carry_on(&mut self, heard: &Heard<'_>, phone: Identity, before: Token) {
        let exchange = self.exchange(heard, String::new(), &phone);
        let Some(old) = self.table.get(before) else { return };
        let exchange = exchange.within(old);
        let token = exchange.token;
        self.table.insert(exchange);
        self.table.change(before, |old| old.lasting = None);
        self.settle(before);
        if heard.asked.expires() == 0 {
            self.settle(token);
            self.unsubscribe(heard.now, token);
            self.events.push_back(ResponderEvent::Ended { token: before });
        } else {
            self.say_asked(token, phone, true);
        }
    }

    /// Whether our address in this exchange is not ours any more: what was answered leads nowhere.
    fn has_moved(&self, token: Token) -> bool {
        let Some(exchange) = self.table.get(token) else { return false };
        let mut own = self.cards.get(&exchange.card).into_iter().flat_map(|card| &card.addresses);
        !own.any(|own| own.socket() == exchange.local)
    }

    /// The same transaction again: the same response again and nothing else (RFC 3261 §17.2.2). A copy that came by
    /// another card is the same phone heard twice: silence, for a second answer could be taken for another server's.
    /// Where nothing was answered, and another policy decides by now or what was decided lacked something, that is asked.
    fn repeat(&mut self, now: Instant, token: Token, phone: Identity) {
        let policy = self.policy;
        let reopened = self.table.change(token, |exchange| exchange.reopen(now, policy));
        if reopened == Some(true) {
            return self.say_asked(token, phone, false);
        }
        let transmit = self.table.change(token, Exchange::repeat);
        self.transmits.extend(transmit.flatten());
        self.events.push_back(ResponderEvent::Repeated { token });
    }

    fn begin(&mut self, heard: &Heard<'_>, phone: Identity) {
        let tag = hex_word(self.entropy.as_mut(), 8);
        let exchange = self.exchange(heard, tag, &phone);
        let token = exchange.token;
        self.supersede(heard.now, heard.arrival.source, &exchange.product);
        self.table.insert(exchange);
        self.say_asked(token, phone, false);
    }

    /// A name for an exchange, for which there is room.
    pub(super) fn next_token(&mut self) -> Token {
        self.make_room();
        let token = Token(self.next_token);
        self.next_token += 1;
        token
    }

    fn exchange(&mut self, heard: &Heard<'_>, tag: String, phone: &Identity) -> Exchange {
        let token = self.next_token();
        let Heard { now, arrival, asked, server } = heard;
        Exchange::new(token, *now, arrival, asked, *server, tag, exchange::product(phone))
    }

    /// Asks what to say to the phone of an exchange, under the policy in force.
    fn say_asked(&mut self, token: Token, phone: Identity, is_refresh: bool) {
        let policy = self.policy;
        self.table.change(token, |exchange| exchange.policy = Some(policy));
        let Some(exchange) = self.table.get(token) else { return };
        let &Exchange { card, source, local: server, is_multicast, .. } = exchange;
        let call_id = exchange.call_id.clone();
        let asked = Asked { token, phone, card, source, server, is_multicast, is_refresh, call_id };
        self.events.push_back(ResponderEvent::Asked(asked));
    }

    /// A phone that asks anew while a NOTIFY is on its way did not take it: in `auto` the other shape comes first now.
    fn supersede(&mut self, now: Instant, source: SocketAddr, product: &exchange::Product) {
        let Some(old) = self.table.by_source(source) else { return };
        let (token, tried) = (old.token, old.tried_in_vain(now));
        if let Some(tried) = tried {
            if tried.is_auto() {
                self.learned.put(product.clone(), opposite(tried.dialect()));
            }
            self.settle(token);
        }
    }

    fn make_room(&mut self) {
        while self.table.len() >= self.config.max_exchanges.max(1) {
            let Some(oldest) = self.table.oldest() else { return };
            let (token, is_done) = (oldest.token, oldest.is_done());
            if !is_done {
                self.ignore(token, IgnoreReason::TooMany);
            }
            self.table.remove(token);
        }
    }
}
