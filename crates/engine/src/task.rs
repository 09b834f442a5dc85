//! Owns the one task: datagrams from the LAN to the desk, answers from the desk to the LAN, orders in between. No
//! decision is made here.

use crate::clock::Clock;
use crate::command::{Command, CommandError};
use crate::desk::Desk;
use crate::event::{CardState, Event, TimedEvent};
use crate::random::OsEntropy;
use crate::sentence;
use crate::setup::{Setup, StartError};
use crate::standing::Standing;
use crate::view::{CardView, PhoneDetail, View};
use fingerpost_core::pnp::{Arrival, Card, CardAddress, CardId, Subnet, Transmit};
use fingerpost_net::{
    Datagram, Destination, Fault, FaultError, Incoming, Lan, OpenCard, OpenError, choose_cards,
    list_cards,
};
use fingerpost_rules::Policy;
use std::collections::BTreeMap;
use std::net::{SocketAddr, SocketAddrV4};
use tokio::sync::{broadcast, mpsc, oneshot};

/// What the handle asks of the task.
#[derive(Debug)]
pub(crate) enum Order {
    Command(Command, oneshot::Sender<Result<(), CommandError>>),
    View(oneshot::Sender<View>),
    Phone(String, oneshot::Sender<Option<PhoneDetail>>),
}

#[derive(Debug)]
pub(crate) struct Task {
    desk: Desk,
    lan: Lan,
    clock: Clock,
    cards: BTreeMap<u32, CardView>,
    events: broadcast::Sender<TimedEvent>,
    standing: Standing,
    setup: Setup,
    /// Why no card is open, where none is.
    trouble: Option<String>,
}

impl Task {
    /// Opens the cards. One that was asked for must open; of those that merely suit, one is enough; an engine that
    /// keeps going needs none.
    pub(crate) fn open(
        setup: Setup,
        events: broadcast::Sender<TimedEvent>,
    ) -> Result<Self, StartError> {
        let clock = Clock::start();
        let standing = Standing::new(&setup);
        let desk = Desk::new(standing.policy(), clock, Box::new(OsEntropy));
        let (lan, cards) = (Lan::new(), BTreeMap::new());
        let mut task = Self { desk, lan, clock, cards, events, standing, setup, trouble: None };
        match task.open_cards() {
            Err(failure) if !task.setup.keeps_going => Err(failure),
            _ => Ok(task),
        }
    }

    /// Opens what is wanted and not open yet, and says how each card stands.
    fn open_cards(&mut self) -> Result<(), StartError> {
        let outcome = self.open_wanted();
        self.trouble = outcome.as_ref().err().map(ToString::to_string);
        outcome
    }

    fn open_wanted(&mut self) -> Result<(), StartError> {
        let chosen = choose_cards(&list_cards()?, self.setup.wanted())?;
        let mut failure = None;
        for card in &chosen {
            match self.lan.open_card(card, self.setup.group, self.setup.port).cloned() {
                Ok(open) => self.opened(&open),
                Err(OpenError::AlreadyOpen { .. }) => {}
                Err(cause) => {
                    self.could_not_open(card, &cause);
                    let interface = card.name.clone();
                    failure.get_or_insert(StartError::Open { interface, cause });
                }
            }
        }
        self.tell_the_desk();
        let must_all_open = !self.setup.wanted().is_empty();
        match failure {
            Some(failure) if must_all_open || self.lan.cards().next().is_none() => Err(failure),
            _ => Ok(()),
        }
    }

    /// Runs until told to stop, or until nobody holds the engine any more.
    pub(crate) async fn run(mut self, mut inbox: mpsc::Receiver<Order>) {
        loop {
            self.flush().await;
            let due = self.desk.poll_timeout().map(|at| self.clock.deadline(at));
            let wake = async {
                match due {
                    Some(due) => tokio::time::sleep_until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                incoming = self.lan.recv() => self.incoming(incoming).await,
                () = wake => self.desk.handle_timeout(self.clock.now()),
                order = inbox.recv() => match order {
                    None => break,
                    Some(Order::Command(Command::Stop, done)) => return self.stop(Some(done)).await,
                    Some(order) => self.order(order),
                },
            }
        }
        self.stop(None).await;
    }

    async fn stop(mut self, done: Option<oneshot::Sender<Result<(), CommandError>>>) {
        self.desk.say(self.clock.now(), Event::Stopped);
        self.flush().await;
        self.lan.close().await;
        // Whoever gave the order may have gone meanwhile.
        let _ = done.map(|done| done.send(Ok(())));
    }

    /// Sends what is to be sent, says what is to be said.
    async fn flush(&mut self) {
        while let Some(transmit) = self.desk.poll_transmit(self.clock.now()) {
            self.send(transmit).await;
        }
        while let Some(event) = self.desk.poll_event() {
            // Nobody listening is nobody missing anything.
            let _ = self.events.send(event);
        }
    }

    async fn send(&mut self, transmit: Transmit) {
        let (SocketAddr::V4(from), SocketAddr::V4(to)) = (transmit.from, transmit.to) else {
            return;
        };
        if let Err(error) = self.lan.send(*from.ip(), to, &transmit.bytes).await {
            let event = Event::SendFailed { destination: transmit.to, reason: error.to_string() };
            self.desk.say(self.clock.now(), event);
        }
    }

    async fn incoming(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Datagram(datagram) => self.datagram(&datagram),
            Incoming::Fault(fault) => self.fault(&fault).await,
            // More kinds of news may come with later versions of the sockets' crate.
            _ => {}
        }
    }

    fn datagram(&mut self, datagram: &Datagram) {
        let arrival = Arrival {
            card: CardId(datagram.card_index),
            source: SocketAddr::V4(datagram.source),
            is_multicast: matches!(datagram.destination, Destination::Group),
            bytes: &datagram.bytes,
        };
        self.desk.handle_datagram(self.clock.now(), &arrival);
    }

    async fn fault(&mut self, fault: &Fault) {
        let state = match fault.error {
            FaultError::Down => CardState::Down,
            _ => CardState::Gone,
        };
        if state == CardState::Gone {
            self.lan.close_card(fault.card_index).await;
            self.tell_the_desk();
        }
        self.card_changed(fault.card_index, state, fault.error.to_string());
    }

    fn order(&mut self, order: Order) {
        match order {
            Order::View(reply) => {
                // Whoever asked may have gone meanwhile.
                let _ = reply.send(self.view());
            }
            Order::Phone(id, reply) => {
                let _ = reply.send(self.desk.phone(&id));
            }
            Order::Command(command, done) => {
                let _ = done.send(self.command(command));
            }
        }
    }

    fn command(&mut self, command: Command) -> Result<(), CommandError> {
        match command {
            Command::SetMode { mode } => self.standing.set_mode(mode)?,
            Command::SetUrl { url } => self.standing.set_url(url.as_deref())?,
            Command::SetPolicy { policy } => {
                self.standing.set_policy(Policy::parse(&policy).map_err(CommandError::Policy)?);
            }
            Command::OpenCards => {
                return self.open_cards().map_err(|error| CommandError::Cards(error.to_string()));
            }
            Command::Stop => return Ok(()),
        }
        self.desk.set_policy(self.clock.now(), self.standing.policy());
        Ok(())
    }

    fn view(&self) -> View {
        View {
            time: self.desk.wall(self.clock.now()),
            mode: self.standing.mode(),
            state: self.sentence(),
            url: self.standing.url().map(String::from),
            rules: self.standing.rules(),
            group: SocketAddrV4::new(self.setup.group, self.setup.port),
            cards: self.cards.values().cloned().collect(),
            phones: self.desk.rows(),
            ignored: self.desk.ignored_total(),
            dropped: self.lan.dropped(),
        }
    }

    fn sentence(&self) -> String {
        let (mode, url, rules) = (self.standing.mode(), self.standing.url(), self.standing.rules());
        match &self.trouble {
            Some(trouble) if self.lan.cards().next().is_none() => {
                format!("Not listening: {trouble}.")
            }
            _ => sentence::state(mode, url, rules, self.cards.values()),
        }
    }

    /// Says where we listen, and where not quite as wished.
    fn opened(&mut self, card: &OpenCard) {
        self.cards.insert(card.card.index, listening(card));
        if let Some(event) = opening(card) {
            self.desk.say(self.clock.now(), event);
        }
        if let Some(held) = card.addresses.iter().find_map(|own| own.instead_of.as_ref()) {
            let reason = format!("{held}; answers leave from another port, which most phones take");
            self.card_changed(card.card.index, CardState::OtherPort, reason);
        }
    }

    fn tell_the_desk(&mut self) {
        let cards = self.lan.cards().map(as_core_card).collect();
        self.desk.set_cards(cards);
    }

    fn could_not_open(&mut self, card: &fingerpost_net::Card, cause: &OpenError) {
        let view = CardView {
            name: card.name.clone(),
            addresses: card.addresses().collect(),
            state: CardState::Failed,
            reason: None,
        };
        self.cards.insert(card.index, view);
        self.card_changed(card.index, CardState::Failed, cause.to_string());
    }

    fn card_changed(&mut self, index: u32, state: CardState, reason: String) {
        let Some(card) = self.cards.get_mut(&index) else { return };
        card.state = state;
        card.reason = Some(reason.clone());
        let interface = card.name.clone();
        self.desk.say(self.clock.now(), Event::InterfaceChanged { interface, state, reason });
    }
}

/// One event: the card is joined once, whatever its addresses; the first one names it.
fn opening(card: &OpenCard) -> Option<Event> {
    let own = card.addresses.first()?;
    Some(Event::Listening {
        interface: card.card.name.clone(),
        address: own.network.address,
        group: *card.group.ip(),
        port: card.group.port(),
        answer_port: own.port,
    })
}

fn listening(card: &OpenCard) -> CardView {
    CardView {
        name: card.card.name.clone(),
        addresses: card.card.addresses().collect(),
        state: CardState::Listening,
        reason: None,
    }
}

fn as_core_card(card: &OpenCard) -> Card {
    let own = |own: &fingerpost_net::CardAddress| {
        let subnet = Subnet::new(own.network.address, own.network.prefix_length);
        CardAddress::new(subnet, own.port)
    };
    Card::new(
        CardId(card.card.index),
        card.card.name.clone(),
        card.addresses.iter().map(own).collect(),
    )
}
