//! Owns the run: hosts, wires, the clock that jumps, and the log. Knows nothing of SIP.

use crate::host::{ServerMachine, Silent};
use crate::queue::Queue;
use crate::wiring::{Port, Wiring};
use crate::{
    Datagram, DeskPhone, Dice, EndlessError, Fate, HostId, Link, Log, Machine, NoPhoneError, Noted,
    Parcel, Passage, SegmentId, Server, desk_phone,
};
use fingerpost_core::Instant;
use fingerpost_core::pnp::{Arrival, CardId, Phone, profile};
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::rc::Rc;

/// Steps that one run may take unless told otherwise.
const MOST_STEPS: u64 = 5_000_000;

/// What is going to happen.
#[derive(Debug)]
enum Due {
    Wake(HostId),
    Arrival { port: Port, datagram: Rc<Datagram>, is_copy: bool },
    Sending { segment: SegmentId, parcel: Parcel },
}

#[derive(Debug)]
struct Seat {
    machine: Box<dyn Machine>,
    /// The wake-up that counts; any other is stale.
    wake: Option<Instant>,
}

type Thief = Box<dyn FnMut(&Datagram) -> bool>;

/// A simulated LAN.
pub struct Lan {
    now: Instant,
    dice: Dice,
    wiring: Wiring,
    hosts: BTreeMap<HostId, Seat>,
    queue: Queue<Due>,
    log: Log,
    thief: Option<Thief>,
    most_steps: u64,
    next_host: u64,
    next_datagram: u64,
}

impl Lan {
    /// An empty LAN whose every chance is decided by `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            now: Instant::ZERO,
            dice: Dice::new(seed),
            wiring: Wiring::default(),
            hosts: BTreeMap::new(),
            queue: Queue::new(),
            log: Log::default(),
            thief: None,
            most_steps: MOST_STEPS,
            next_host: 1,
            next_datagram: 0,
        }
    }

    /// The same with another number of steps that one run may take.
    #[must_use]
    pub const fn with_most_steps(mut self, steps: u64) -> Self {
        self.most_steps = steps;
        self
    }

    /// Adds a segment.
    pub fn add_segment(&mut self, link: Link) -> SegmentId {
        self.wiring.add_segment(link)
    }

    /// Makes a segment better or worse from now on.
    pub fn set_link(&mut self, segment: SegmentId, link: Link) {
        self.wiring.set_link(segment, link);
    }

    /// Loses every datagram of which `is_stolen` says so, at all its receivers.
    pub fn steal(&mut self, is_stolen: impl FnMut(&Datagram) -> bool + 'static) {
        self.thief = Some(Box::new(is_stolen));
    }

    /// Adds a server, joined to the group on each of its cards.
    pub fn add_server(&mut self, server: Server) -> HostId {
        let ports = server.ports();
        let machine: ServerMachine = server.start(&mut self.dice);
        let host = self.seat(Box::new(machine));
        let group = SocketAddr::from(([224, 0, 1, 75], 5060));
        let mut joined = None;
        for (card, segment, address) in ports {
            self.wiring.plug(Port { host, card }, segment, address);
            if joined.replace(card) != Some(card) {
                self.wiring.join(Port { host, card }, segment, group);
            }
        }
        host
    }

    /// Adds any machine with one card, number 0, and one address.
    pub fn add_host(
        &mut self,
        segment: SegmentId,
        address: SocketAddr,
        machine: impl Machine + 'static,
    ) -> HostId {
        let host = self.seat(Box::new(machine));
        self.wiring.plug(Port { host, card: CardId(0) }, segment, address);
        self.attend(host);
        host
    }

    /// Adds a phone that is switched on at `starts`.
    pub fn add_phone(
        &mut self,
        segment: SegmentId,
        local: SocketAddr,
        phone: Phone,
        starts: Instant,
    ) -> HostId {
        self.add_host(segment, local, DeskPhone::new(phone, starts))
    }

    /// Adds a phone by `vendor`, everything else as that vendor makes it.
    ///
    /// # Errors
    /// [`NoPhoneError`] where core knows no such phone.
    pub fn add_desk_phone(
        &mut self,
        segment: SegmentId,
        vendor: &str,
        local: SocketAddr,
        starts: Instant,
    ) -> Result<HostId, NoPhoneError> {
        let profile = profile::find(vendor).ok_or_else(|| NoPhoneError::Vendor(vendor.into()))?;
        let phone = desk_phone(profile, local, &mut self.dice).map_err(NoPhoneError::Subscribe)?;
        Ok(self.add_phone(segment, local, phone, starts))
    }

    /// Adds a host that says nothing by itself; what arrives at it stands in the log.
    pub fn add_silent(&mut self, segment: SegmentId, address: SocketAddr) -> HostId {
        self.add_host(segment, address, Silent)
    }

    /// Unplugs a host; what is on its way to it is lost.
    pub fn remove(&mut self, host: HostId) {
        self.hosts.remove(&host);
        self.wiring.unplug(host);
    }

    /// Puts a datagram on the wire at `at`, from whatever address `parcel` says; its card does not matter.
    pub fn send_at(&mut self, at: Instant, segment: SegmentId, parcel: Parcel) {
        self.queue.push(at, Due::Sending { segment, parcel });
    }

    /// The time.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// When `host` wants to be woken next.
    #[must_use]
    pub fn poll_timeout(&self, host: HostId) -> Option<Instant> {
        self.hosts.get(&host).and_then(|seat| seat.machine.poll_timeout())
    }

    /// What happened so far.
    #[must_use]
    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// What happened since it was taken last.
    pub fn take_log(&mut self) -> Log {
        std::mem::take(&mut self.log)
    }

    /// The run's chance, for tests that want the same seed for their own choices.
    pub const fn dice(&mut self) -> &mut Dice {
        &mut self.dice
    }

    /// Runs until nothing is going to happen any more.
    ///
    /// # Errors
    /// [`EndlessError`] where that would take too many steps.
    pub fn run_to_end(&mut self) -> Result<Instant, EndlessError> {
        self.run(Instant::from_micros(u64::MAX))?;
        Ok(self.now)
    }

    /// Runs until `limit`, everything that happens at that very time included.
    ///
    /// # Errors
    /// [`EndlessError`] where that would take too many steps.
    pub fn run_until(&mut self, limit: Instant) -> Result<(), EndlessError> {
        self.run(limit)?;
        self.now = self.now.max(limit);
        Ok(())
    }

    fn run(&mut self, limit: Instant) -> Result<(), EndlessError> {
        let mut steps = 0;
        while let Some((at, due)) = self.queue.pop_until(limit) {
            if steps == self.most_steps {
                return Err(EndlessError { steps, at });
            }
            steps += 1;
            self.now = self.now.max(at);
            self.step(at, due);
        }
        Ok(())
    }

    fn step(&mut self, at: Instant, due: Due) {
        match due {
            Due::Wake(host) => self.wake(at, host),
            Due::Arrival { port, datagram, is_copy } => self.deliver(port, datagram, is_copy),
            Due::Sending { segment, parcel } => self.send(None, segment, parcel),
        }
    }

    fn seat(&mut self, machine: Box<dyn Machine>) -> HostId {
        let host = HostId(self.next_host);
        self.next_host += 1;
        self.hosts.insert(host, Seat { machine, wake: None });
        host
    }

    fn wake(&mut self, at: Instant, host: HostId) {
        let Some(seat) = self.hosts.get_mut(&host).filter(|seat| seat.wake == Some(at)) else {
            return;
        };
        seat.wake = None;
        seat.machine.handle_timeout(self.now);
        self.attend(host);
    }

    fn deliver(&mut self, port: Port, datagram: Rc<Datagram>, is_copy: bool) {
        let Port { host, card } = port;
        let Some(seat) = self.hosts.get_mut(&host) else {
            return self.record(datagram, Fate::Unreachable);
        };
        let is_multicast = datagram.to.ip().is_multicast();
        let arrival = Arrival { card, source: datagram.from, is_multicast, bytes: &datagram.bytes };
        seat.machine.handle_datagram(self.now, &arrival);
        let fate =
            if is_copy { Fate::Duplicated { host, card } } else { Fate::Delivered { host, card } };
        self.record(datagram, fate);
        self.attend(host);
    }

    /// Takes everything out of a host that was just driven, and plans its next wake-up.
    fn attend(&mut self, host: HostId) {
        let Some(seat) = self.hosts.get_mut(&host) else { return };
        let at = self.now;
        let notes = std::iter::from_fn(|| seat.machine.poll_note());
        self.log.notes.extend(notes.map(|note| Noted { at, host, note }));
        let parcels: Vec<Parcel> = std::iter::from_fn(|| seat.machine.poll_transmit()).collect();
        let wanted = seat.machine.poll_timeout();
        if seat.wake != wanted {
            seat.wake = wanted;
            if let Some(at) = wanted {
                self.queue.push(at, Due::Wake(host));
            }
        }
        for parcel in parcels {
            if let Some(segment) = self.wiring.segment_of(Port { host, card: parcel.card }) {
                self.send(Some(host), segment, parcel);
            }
        }
    }

    fn send(&mut self, sender: Option<HostId>, segment: SegmentId, parcel: Parcel) {
        let Parcel { from, to, bytes, .. } = parcel;
        let (number, sent) = (self.next_datagram, self.now);
        self.next_datagram += 1;
        let datagram = Rc::new(Datagram { number, sent, sender, segment, from, to, bytes });
        self.record(Rc::clone(&datagram), Fate::Sent);
        let receivers = self.wiring.receivers(sender, segment, to);
        if receivers.is_empty() {
            return self.record(datagram, Fate::Unreachable);
        }
        let is_stolen = self.thief.as_mut().is_some_and(|thief| thief(&datagram));
        for port in receivers {
            self.carry(port, &datagram, is_stolen);
        }
    }

    /// Brings a datagram on its way to one receiver, with that copy's own luck.
    fn carry(&mut self, port: Port, datagram: &Rc<Datagram>, is_stolen: bool) {
        let journeys = self.wiring.link(datagram.segment).journeys(&mut self.dice);
        if is_stolen || journeys.is_empty() {
            let fate = Fate::Lost { host: port.host, card: port.card };
            return self.record(Rc::clone(datagram), fate);
        }
        for (copy, journey) in journeys.into_iter().enumerate() {
            let (datagram, is_copy) = (Rc::clone(datagram), copy > 0);
            self.queue.push(self.now + journey, Due::Arrival { port, datagram, is_copy });
        }
    }

    fn record(&mut self, datagram: Rc<Datagram>, fate: Fate) {
        self.log.passages.push(Passage { at: self.now, datagram, fate });
    }
}

impl fmt::Debug for Lan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lan")
            .field("now", &self.now)
            .field("hosts", &self.hosts)
            .finish_non_exhaustive()
    }
}
