//! Owns the one task: datagrams from the LAN to the desk, answers from the desk to the LAN, orders in between. No
//! decision is made here.

mod orders;
mod policy;
mod settings;

pub(crate) use orders::Order;

use crate::changes::{Changes, Done};
use crate::clock::Clock;
use crate::command::{Command, CommandError};
use crate::desk::Desk;
use crate::event::{Event, TimedEvent};
use crate::joining::Joining;
use crate::links::Ticket;
use crate::losses::Losses;
use crate::memory::{Memory, Told};
use crate::policy_file::{PolicyFile, Reading};
use crate::random::PooledEntropy;
use crate::sentence;
use crate::setup::{Setup, StartError};
use crate::simulation::Simulations;
use crate::standing::Standing;
use crate::trouble::{self, Besides, troubles};
use crate::view::View;
use fingerpost_core::pnp::{Arrival, Card, CardAddress, CardId, Mac, Subnet, Transmit};
use fingerpost_net::{Datagram, Destination, Incoming, Neighbours, OpenCard, list_cards};
use fingerpost_rules::Policy;
use std::collections::BTreeMap;
use std::net::{SocketAddr, SocketAddrV4};
use tokio::sync::{broadcast, mpsc, oneshot};

/// Datagrams that are handled before their answers leave.
const AT_ONCE: usize = 32;

#[derive(Debug)]
pub(crate) struct Task {
    desk: Desk,
    joining: Joining,
    clock: Clock,
    events: broadcast::Sender<TimedEvent>,
    standing: Standing,
    policy_file: Option<PolicyFile>,
    neighbours: Neighbours,
    /// Who waits for a check-sync or a message to be on its way.
    waiting: BTreeMap<Ticket, Done>,
    memory: Option<Memory>,
    changes: Changes,
    /// Why what the policy file holds is not followed.
    policy_problem: Option<String>,
    losses: Losses,
    simulations: Simulations,
    setup: Setup,
}

/// "Discard" (RFC 863): what is sent there to be heard by nobody makes the neighbour table know who is there.
const DISCARD: u16 = 9;

impl Task {
    /// Opens the cards. One that was asked for must open; of those that merely suit, one is enough; an engine that
    /// keeps going needs none.
    pub(crate) fn open(
        setup: Setup,
        events: broadcast::Sender<TimedEvent>,
    ) -> Result<Self, StartError> {
        let clock = Clock::start();
        let standing = Standing::new(&setup);
        let group = SocketAddrV4::new(setup.group, setup.port);
        let (desk, memory) = desk(&setup, clock, standing.policy(), group)?;
        let joining = Joining::new(group);
        let followed = setup.policy_file.clone();
        let policy_file = followed.map(|(path, text)| PolicyFile::follow(path, text));
        let (neighbours, waiting) = (Neighbours::default(), BTreeMap::new());
        let (changes, simulations) = (Changes::default(), Simulations::default());
        let mut task = Self {
            desk,
            joining,
            clock,
            events,
            standing,
            policy_file,
            neighbours,
            waiting,
            memory,
            changes,
            policy_problem: setup.policy_mistakes.as_ref().map(ToString::to_string),
            losses: Losses::default(),
            simulations,
            setup,
        };
        match task.open_cards(!task.setup.keeps_going) {
            Err(failure) if !task.setup.keeps_going => Err(failure),
            _ => Ok(task),
        }
    }

    /// Opens what is wanted and not open yet, and says how each card stands.
    fn open_cards(&mut self, all: bool) -> Result<(), StartError> {
        let outcome = self.joining.open(&list_cards()?, self.standing.wanted(), all);
        self.tell_the_desk();
        outcome
    }

    /// Does what the cards that there are now ask for.
    async fn look(&mut self, cards: &[fingerpost_net::Card]) {
        self.joining.look(cards, self.standing.wanted()).await;
        self.tell_the_desk();
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
                incoming = self.joining.recv() => self.incoming_all(incoming).await,
                reading = changed(self.policy_file.as_mut()) => {
                    // Whether it is taken or refused is said as an event.
                    let _ = self.take_policy(reading).await;
                }
                told = heard(self.memory.as_mut()) => self.told(told),
                () = wake => self.desk.handle_timeout(self.clock.now()),
                order = inbox.recv() => match order {
                    None => break,
                    Some(Order::Command(Command::Stop, done)) => return self.stop(Some(done)).await,
                    Some(order) => self.order(order).await,
                },
            }
        }
        self.stop(None).await;
    }

    async fn stop(mut self, done: Option<oneshot::Sender<Result<(), CommandError>>>) {
        self.flush().await;
        if let Some(memory) = self.memory.take() {
            let (outcomes, now) = (memory.close().await, self.clock.now());
            std::mem::take(&mut self.changes).end(outcomes, now, &mut self.desk);
        }
        self.desk.say(self.clock.now(), Event::Stopped);
        self.flush().await;
        self.joining.close().await;
        // Whoever gave the order may have gone meanwhile.
        let _ = done.map(|done| done.send(Ok(())));
    }

    /// Sends what is to be sent, says what is to be said.
    async fn flush(&mut self) {
        self.look_up().await;
        while let Some(transmit) = self.desk.poll_transmit(self.clock.now()) {
            self.send(transmit).await;
        }
        if let Some(memory) = &self.memory {
            let notes = self.desk.take_notes();
            if !notes.is_empty() {
                memory.put(notes);
            }
        }
        while let Some(event) = self.desk.poll_event() {
            // Nobody listening is nobody missing anything.
            let _ = self.events.send(event);
        }
    }

    /// Asks the neighbour table what the desk wants to know, and sends what makes it know.
    async fn look_up(&mut self) {
        while let Some((ticket, place)) = self.desk.poll_lookup() {
            let mac = self.neighbours.behind(&place.interface, place.address).map(Mac::new);
            self.desk.looked_up(self.clock.now(), ticket, mac);
        }
        while let Some(place) = self.desk.poll_probe() {
            let to = SocketAddrV4::new(place.address, DISCARD);
            // Where it cannot be sent, nobody is found.
            let _ = self.joining.send(place.own, to, &[]).await;
        }
        while let Some((ticket, outcome)) = self.desk.poll_outcome() {
            if let Some(done) = self.waiting.remove(&ticket) {
                let _ = done.send(outcome);
            }
        }
    }

    async fn send(&mut self, transmit: Transmit) {
        let (SocketAddr::V4(from), SocketAddr::V4(to)) = (transmit.from, transmit.to) else {
            return;
        };
        if let Err(error) = self.joining.send(*from.ip(), to, &transmit.bytes).await {
            let event = Event::SendFailed { destination: transmit.to, reason: error.to_string() };
            self.desk.say(self.clock.now(), event);
        }
    }

    /// What came, and what came meanwhile: not too much, so that answers leave soon.
    async fn incoming_all(&mut self, first: Incoming) {
        self.incoming(first).await;
        for _ in 1..AT_ONCE {
            let Some(next) = self.joining.try_recv() else { return };
            self.incoming(next).await;
        }
    }

    async fn incoming(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Datagram(datagram) => self.datagram(&datagram),
            Incoming::Cards(cards) => {
                self.losses.see(self.clock.now(), self.joining.dropped());
                self.look(&cards).await;
            }
            Incoming::Fault(fault) => {
                self.joining.fault(&fault).await;
                self.tell_the_desk();
            }
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

    /// What the memory tells.
    fn told(&mut self, told: Told) {
        let (now, memory) = (self.clock.now(), self.memory.as_mut());
        match told {
            Told::Wish(number, outcome) => {
                self.changes.written(number, outcome, now, &mut self.desk, memory);
            }
            Told::Event(event) => self.desk.say(now, event),
            Told::Nothing => {}
        }
    }

    fn view(&mut self) -> View {
        let now = self.clock.now();
        self.losses.see(now, self.joining.dropped());
        let mut view = self.bare_view();
        let besides = Besides {
            no_card: self.joining.trouble(),
            waits_for_policy: self.standing.waits_for_policy(),
            is_losing: self.losses.go_on(now),
        };
        view.troubles = troubles(&view, besides);
        view.health = trouble::sentence(&view.cards, &view.troubles);
        view
    }

    /// Without what it means.
    fn bare_view(&self) -> View {
        View {
            time: self.desk.wall(self.clock.now()),
            mode: self.standing.mode(),
            state: self.sentence(),
            health: String::new(),
            troubles: Vec::new(),
            url: self.standing.url().map(String::from),
            rules: self.standing.rules(),
            group: self.joining.group(),
            cards: self.joining.views().cloned().collect(),
            phones: self.desk.rows(),
            undo: self.desk.undoable(),
            ignored: self.desk.ignored_total(),
            dropped: self.joining.dropped(),
            policy_problem: self.policy_problem.clone(),
            memory: self.memory.as_ref().map(Memory::view),
        }
    }

    fn sentence(&self) -> String {
        let (mode, url, rules) = (self.standing.mode(), self.standing.url(), self.standing.rules());
        let state = match self.joining.trouble() {
            Some(trouble) => format!("Not listening: {trouble}."),
            None => sentence::state(mode, url, rules, self.joining.views()),
        };
        match self.memory.as_ref().and_then(Memory::problem) {
            Some((file, problem)) => {
                format!("{state} Nothing is being remembered: {file}: {problem}.")
            }
            None => state,
        }
    }

    /// The desk knows the open cards, and says what happened to them.
    fn tell_the_desk(&mut self) {
        self.desk.set_cards(self.joining.cards().map(as_core_card).collect());
        for event in self.joining.take_events() {
            self.desk.say(self.clock.now(), event);
        }
    }
}

/// The desk, with what it remembers where there is a data folder.
fn desk(
    setup: &Setup,
    clock: Clock,
    policy: Policy,
    group: SocketAddrV4,
) -> Result<(Desk, Option<Memory>), StartError> {
    let Some(folder) = &setup.data else {
        return Ok((
            Desk::new(policy, clock, Box::new(PooledEntropy::default()), SocketAddr::V4(group)),
            None,
        ));
    };
    let (memory, remembered) = Memory::open(folder, setup.retention)?;
    let entropy = Box::new(PooledEntropy::default());
    let desk = Desk::with_memory(policy, clock, entropy, SocketAddr::V4(group), remembered);
    Ok((desk, Some(memory)))
}

/// Never, where nothing is remembered.
async fn heard(memory: Option<&mut Memory>) -> Told {
    match memory {
        Some(memory) => memory.recv().await,
        None => std::future::pending().await,
    }
}

/// Never, where no file is followed.
async fn changed(file: Option<&mut PolicyFile>) -> Reading {
    match file {
        Some(file) => file.changed().await,
        None => std::future::pending().await,
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
