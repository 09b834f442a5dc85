//! Owns the cards over time: opens those that are wanted, closes those that are lost, joins again what came back, and
//! says each change once. Knows no phone and no protocol.

use crate::event::{CardState, Event};
use crate::rows::CardRows;
use crate::setup::StartError;
use crate::view::CardView;
use fingerpost_net::{
    Card, CardAddress, Change, Fault, Holder, Incoming, Lan, Loss, OpenCard, OpenError, SendError,
    changes, choose_cards, left_out_tunnels, missing, port_holders,
};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4};

/// A card that could not be opened and is what it was is tried again after so many looks: some fifteen seconds.
const LOOKS_BETWEEN_TRIES: u32 = 8;

#[derive(Debug)]
pub(crate) struct Joining {
    lan: Lan,
    group: SocketAddrV4,
    rows: CardRows,
    /// The open cards as they were last seen.
    seen: BTreeMap<u32, Card>,
    failed: BTreeMap<u32, Failed>,
    /// Tunnels that were said to be left out.
    tunnels: BTreeSet<String>,
    /// Why no card is open, where none is.
    trouble: Option<String>,
    /// Looks since ports that others had were looked at.
    looks: u32,
    /// Not yet said.
    events: Vec<Event>,
}

#[derive(Debug)]
struct Failed {
    card: Card,
    looks: u32,
}

impl Joining {
    pub(crate) fn new(group: SocketAddrV4) -> Self {
        Self {
            lan: Lan::new(),
            group,
            rows: CardRows::default(),
            seen: BTreeMap::new(),
            failed: BTreeMap::new(),
            tunnels: BTreeSet::new(),
            trouble: None,
            looks: 0,
            events: Vec::new(),
        }
    }

    /// The group and its port.
    pub(crate) const fn group(&self) -> SocketAddrV4 {
        self.group
    }

    /// Leaves the group everywhere, for another one. Nothing is open then.
    pub(crate) async fn move_to(&mut self, group: SocketAddrV4) {
        let open: Vec<u32> = self.seen.keys().copied().collect();
        for index in open {
            self.close_card(index).await;
        }
        self.failed.clear();
        self.group = group;
    }

    /// Opens what is wanted among the cards that there are `now` and not open yet. Where `all` is said, a wanted card
    /// that is not there keeps the others from being opened.
    pub(crate) fn open(
        &mut self,
        now: &[Card],
        wanted: &[String],
        all: bool,
    ) -> Result<(), StartError> {
        let outcome = self.open_wanted(now, wanted, all);
        self.trouble = outcome.as_ref().err().map(ToString::to_string);
        outcome
    }

    fn open_wanted(
        &mut self,
        now: &[Card],
        wanted: &[String],
        all: bool,
    ) -> Result<(), StartError> {
        let chosen = choose_cards(now, wanted);
        if all {
            chosen.clone()?;
        }
        self.failed.clear();
        self.say_what_is_not_taken(now, wanted);
        let mut failure = None;
        for change in changes(&self.open_cards(), now, wanted) {
            if let Change::Open(card) = change
                && let Err(cause) = self.open_card(&card)
            {
                failure.get_or_insert(StartError::Open { interface: card.name, cause });
            }
        }
        chosen?;
        match failure {
            Some(failure) if !wanted.is_empty() || self.seen.is_empty() => Err(failure),
            _ => Ok(()),
        }
    }

    /// Does what the cards that there are `now` ask for. Whether the open cards are others.
    pub(crate) async fn look(&mut self, now: &[Card], wanted: &[String]) -> bool {
        self.say_what_is_not_taken(now, wanted);
        self.looks = (self.looks + 1) % LOOKS_BETWEEN_TRIES;
        if self.looks == 0 {
            self.take_freed_ports().await;
        }
        let (mut is_other, mut failure) = (false, None);
        for change in changes(&self.open_cards(), now, wanted) {
            let opened = match change {
                Change::Open(card) if self.is_to_wait(&card) => continue,
                Change::Open(card) => self.came(&card),
                Change::Reopen(card, why) => {
                    self.close_card(card.index).await;
                    self.said(&card.name, CardState::Listening, &why.to_string());
                    self.open_card(&card)
                }
                Change::Down(card) => {
                    self.down(card);
                    continue;
                }
                Change::Close(card, why) => {
                    self.lost(&card, why).await;
                    Ok(())
                }
            };
            is_other = true;
            failure = opened.err().map(|cause| cause.to_string()).or(failure);
        }
        self.failed.retain(|index, _| now.iter().any(|card| card.index == *index));
        if self.seen.is_empty() {
            let unchosen = || choose_cards(now, wanted).err().map(|error| error.to_string());
            self.trouble = failure.or_else(unchosen).or(self.trouble.take());
        }
        is_other
    }

    /// Closes the cards that answer from another port than was wanted: opened anew, they may have it.
    pub(crate) async fn leave_other_ports(&mut self) {
        let other: Vec<u32> = self.on_other_ports().map(|open| open.card.index).collect();
        for index in other {
            self.close_card(index).await;
        }
    }

    /// Answers leave from the wanted port again once whoever had it has gone, where the system told who that was.
    async fn take_freed_ports(&mut self) {
        let taken = self.on_other_ports().next().is_some();
        let holders = if taken { port_holders(self.group.port()) } else { Vec::new() };
        let freed = |open: &&OpenCard| open.addresses.iter().all(|own| is_freed(own, &holders));
        let freed: Vec<Card> =
            self.on_other_ports().filter(freed).map(|open| open.card.clone()).collect();
        for card in freed {
            self.close_card(card.index).await;
            self.said(&card.name, CardState::Listening, "its port is free; joined again with it");
            // What is wrong now is said there.
            let _ = self.open_card(&card);
        }
    }

    fn on_other_ports(&self) -> impl Iterator<Item = &OpenCard> {
        let is_other = |open: &&OpenCard| open.addresses.iter().any(|own| own.instead_of.is_some());
        self.lan.cards().filter(is_other)
    }

    /// A card that could not be opened is tried again when it is another one, and from time to time.
    fn is_to_wait(&mut self, card: &Card) -> bool {
        let Some(failed) = self.failed.get_mut(&card.index) else { return false };
        failed.looks += 1;
        failed.card == *card && failed.looks < LOOKS_BETWEEN_TRIES
    }

    fn came(&mut self, card: &Card) -> Result<(), OpenError> {
        let before = self.events.len();
        let opened = self.open_card(card);
        if opened.is_ok() {
            let (interface, state) = (card.name.clone(), CardState::Listening);
            let reason = "it is there now; joined".to_owned();
            self.events.insert(before, Event::InterfaceChanged { interface, state, reason });
        }
        opened
    }

    fn down(&mut self, card: Card) {
        let reason = "it is switched off; it is heard again once it is switched on";
        self.said(&card.name, CardState::Down, reason);
        self.seen.insert(card.index, card);
    }

    async fn lost(&mut self, card: &Card, why: Loss) {
        self.close_card(card.index).await;
        let state = match why {
            Loss::Gone => CardState::Gone,
            Loss::NoIpv4 => CardState::Failed,
            Loss::NotWanted => CardState::LeftOut,
        };
        self.said(&card.name, state, &why.to_string());
        if why == Loss::NotWanted {
            self.rows.remove(&card.name);
        }
    }

    /// A card that cannot be read is opened anew at the next look.
    pub(crate) async fn fault(&mut self, fault: &Fault) {
        self.close_card(fault.card_index).await;
        let reason = format!("it cannot be listened to: {}; it is joined again", fault.cause);
        self.said(&fault.card, CardState::Failed, &reason);
    }

    async fn close_card(&mut self, index: u32) {
        self.lan.close_card(index).await;
        self.seen.remove(&index);
    }

    fn open_card(&mut self, card: &Card) -> Result<(), OpenError> {
        match self.lan.open_card(card, *self.group.ip(), self.group.port()).cloned() {
            Ok(open) => {
                self.opened(card, &open);
                Ok(())
            }
            Err(cause) => {
                self.could_not_open(card, &cause.to_string());
                Err(cause)
            }
        }
    }

    /// Says where we listen, and where not quite as wished.
    fn opened(&mut self, card: &Card, open: &OpenCard) {
        self.failed.remove(&card.index);
        self.seen.insert(card.index, card.clone());
        self.show(card, CardState::Listening);
        self.events.extend(listening(open));
        if let Some(held) = open.addresses.iter().find_map(|own| own.instead_of.as_ref()) {
            let reason = format!("{held}; answers leave from another port, which most phones take");
            self.said(&card.name, CardState::OtherPort, &reason);
        }
    }

    /// Said once for each reason, however often it is tried.
    fn could_not_open(&mut self, card: &Card, cause: &str) {
        self.failed.insert(card.index, Failed { card: card.clone(), looks: 0 });
        if !self.rows.has(&card.name) {
            self.show(card, CardState::Failed);
        }
        self.said(&card.name, CardState::Failed, cause);
    }

    fn show(&mut self, card: &Card, state: CardState) {
        let (name, addresses) = (card.name.clone(), card.addresses().collect());
        self.rows.put(card.index, CardView { name, addresses, state, reason: None });
    }

    /// What is news is said.
    fn said(&mut self, name: &str, state: CardState, reason: &str) {
        let shown = (state != CardState::Listening).then_some(reason);
        if self.rows.change(name, state, shown) {
            let (interface, reason) = (name.into(), reason.into());
            self.events.push(Event::InterfaceChanged { interface, state, reason });
        }
    }

    /// Tunnels are left out unless one is named; a named card that is not there is waited for. Each is said once.
    fn say_what_is_not_taken(&mut self, now: &[Card], wanted: &[String]) {
        let tunnels: BTreeSet<String> =
            left_out_tunnels(now, wanted).map(|card| card.name.clone()).collect();
        for interface in tunnels.difference(&self.tunnels).cloned() {
            let reason = "it is a tunnel, where no phones are to be expected; name it to listen there all the same";
            let (state, reason) = (CardState::LeftOut, reason.into());
            self.events.push(Event::InterfaceChanged { interface, state, reason });
        }
        self.tunnels = tunnels;
        let awaited: Vec<&String> = missing(now, wanted).collect();
        self.rows.keep_waiting_for(&awaited);
        for name in awaited {
            self.await_card(name);
        }
    }

    fn await_card(&mut self, name: &str) {
        if !self.rows.has(name) {
            let (addresses, state) = (Vec::new(), CardState::Gone);
            self.rows.put(0, CardView { name: name.into(), addresses, state, reason: None });
            let reason =
                "it is not there, or off, or without an IPv4 address; it is joined once it can be";
            self.said(name, state, reason);
        }
    }

    fn open_cards(&self) -> Vec<Card> {
        self.seen.values().cloned().collect()
    }

    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// The open cards.
    pub(crate) fn cards(&self) -> impl Iterator<Item = &OpenCard> {
        self.lan.cards()
    }

    pub(crate) fn views(&self) -> impl Iterator<Item = &CardView> + Clone {
        self.rows.views()
    }

    /// Why no card is open, where none is.
    pub(crate) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref().filter(|_| self.seen.is_empty())
    }

    pub(crate) fn dropped(&self) -> u64 {
        self.lan.dropped()
    }

    /// See [`Lan::recv`].
    pub(crate) async fn recv(&mut self) -> Incoming {
        self.lan.recv().await
    }

    /// See [`Lan::try_recv`].
    pub(crate) fn try_recv(&mut self) -> Option<Incoming> {
        self.lan.try_recv()
    }

    /// See [`Lan::send`].
    pub(crate) async fn send(
        &self,
        from: Ipv4Addr,
        to: SocketAddrV4,
        bytes: &[u8],
    ) -> Result<(), SendError> {
        self.lan.send(from, to, bytes).await
    }

    /// Leaves the group everywhere and waits until the ports are free.
    pub(crate) async fn close(self) {
        self.lan.close().await;
    }
}

/// Whether the wanted port is ours, or nobody's any more.
fn is_freed(own: &CardAddress, holders: &[Holder]) -> bool {
    let Some(held) = &own.instead_of else { return true };
    let covers = |holder: &Holder| match holder.address.ip() {
        IpAddr::V4(address) => address == held.address || address.is_unspecified(),
        IpAddr::V6(address) => address.is_unspecified(),
    };
    held.holder.is_some() && !holders.iter().any(covers)
}

/// One event: the card is joined once, whatever its addresses; the first one names it.
fn listening(card: &OpenCard) -> Option<Event> {
    let own = card.addresses.first()?;
    Some(Event::Listening {
        interface: card.card.name.clone(),
        address: own.network.address,
        group: *card.group.ip(),
        port: card.group.port(),
        answer_port: own.port,
    })
}
