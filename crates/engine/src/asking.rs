//! Owns being a phone, or many: core's phone machine over real sockets, for trying a network and for load. A running
//! engine does not ask by itself; one phone at a time it lends to `simulation`.

use crate::clock::Clock;
use crate::phone::Phone;
use crate::random::OsEntropy;
use crate::responders::{Responder, responders};
use fingerpost_core::Instant;
use fingerpost_core::build::BuildError;
use fingerpost_core::pnp::{
    Arrival, CardId, Identity, Mac, Patience, Phone as Machine, PhoneEvent, PhoneProfile,
    Subscriber, practice, profile,
};
use fingerpost_net::{
    Card, CardsError, ChooseError, OpenError, PhoneSocket, choose_cards, list_cards,
};
use serde::Serialize;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// What to be, where to ask, for how long.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AskPlan {
    /// Whose spelling to use; a vendor without a profile of its own is named in the generic spelling.
    pub vendor: Option<String>,
    /// The model to claim.
    pub model: Option<String>,
    /// The firmware version to claim.
    pub version: Option<String>,
    /// The hardware address to claim; of several phones the first one's, the others count on.
    pub mac: Option<Mac>,
    /// The card to ask on, by name or address.
    pub interface: Option<String>,
    /// Where to ask.
    pub group: SocketAddrV4,
    /// How long each phone asks and waits.
    pub wait: Duration,
    /// Whether each goes on listening after its URL.
    pub hears_all: bool,
    /// How many phones.
    pub count: u32,
    /// The time over which they begin to ask.
    pub over: Duration,
}

impl Default for AskPlan {
    fn default() -> Self {
        Self {
            vendor: None,
            model: None,
            version: None,
            mac: None,
            interface: None,
            group: SocketAddrV4::new(Ipv4Addr::new(224, 0, 1, 75), 5060),
            wait: Duration::from_secs(5),
            hears_all: false,
            count: 1,
            over: Duration::ZERO,
        }
    }
}

/// One datagram that a phone took as an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Heard {
    /// The status of a response, or `notify`.
    pub kind: String,
    /// Who sent it.
    pub from: SocketAddr,
    /// Milliseconds since the phone first asked.
    pub ms: f64,
    /// The URL, of a NOTIFY.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// How it went for one phone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PhoneReport {
    /// What it claimed to be.
    pub phone: Phone,
    /// The URL it was told first.
    pub url: Option<String>,
    /// How often it asked.
    pub asked: u32,
    /// Everything it was answered, in order.
    pub answers: Vec<Heard>,
    /// Why such a phone would make nothing of the URL, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Everybody who answered; only of a phone that listened until the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responders: Option<Vec<Responder>>,
}

impl PhoneReport {
    /// Milliseconds from the first asking to the first URL.
    #[must_use]
    pub fn ms_to_url(&self) -> Option<f64> {
        self.answers.iter().find(|heard| heard.url.is_some()).map(|heard| heard.ms)
    }
}

/// No phone could ask.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// The system did not tell its cards.
    #[error(transparent)]
    Cards(#[from] CardsError),
    /// The wanted card is not there, or none suits.
    #[error(transparent)]
    Choose(#[from] ChooseError),
    /// No socket could be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A value cannot stand in a message.
    #[error("the phone's SUBSCRIBE cannot be written: {0}")]
    Write(BuildError),
}

/// Lets phones ask as `plan` says and tells how each went, in the order in which they ended.
///
/// # Errors
/// [`AskError`]: then none has asked.
///
/// # Panics
/// Outside a tokio runtime with its I/O and time drivers enabled.
pub fn ask(plan: &AskPlan) -> Result<mpsc::Receiver<PhoneReport>, AskError> {
    let (reports, receiver) = mpsc::channel(256);
    let mut phones = Vec::new();
    let address = own_address(plan)?;
    for number in 0..plan.count.max(1) {
        phones.push(Asking::prepare(plan, address, number)?);
    }
    let pause = plan.over / plan.count.max(1);
    tokio::spawn(async move {
        let mut running = JoinSet::new();
        let begin = tokio::time::Instant::now();
        for (number, phone) in (0_u32..).zip(phones) {
            let reports = reports.clone();
            running.spawn(async move {
                tokio::time::sleep_until(begin + pause * number).await;
                // Nobody waiting for the reports is nobody to tell.
                let _ = reports.send(phone.run().await).await;
            });
        }
        while running.join_next().await.is_some() {}
    });
    Ok(receiver)
}

/// The address that phones ask from: the wanted card's, else that of the first card that suits.
fn own_address(plan: &AskPlan) -> Result<Ipv4Addr, AskError> {
    let wanted: Vec<String> = plan.interface.iter().cloned().collect();
    let cards: Vec<Card> = choose_cards(&list_cards()?, &wanted)?;
    let named = plan.interface.as_ref().and_then(|name| name.parse().ok());
    let first = cards.first().and_then(|card| card.addresses().next());
    Ok(named.or(first).unwrap_or(Ipv4Addr::LOCALHOST))
}

/// One phone sends from the vendor's port, as the real one does, where nobody has it (a server on the same machine may);
/// several cannot share it.
fn socket(address: Ipv4Addr, port: u16, count: u32) -> Result<PhoneSocket, OpenError> {
    if count > 1 {
        return PhoneSocket::open(address, None);
    }
    match PhoneSocket::open(address, Some(port)) {
        Err(OpenError::PortHeld(_)) => PhoneSocket::open(address, None),
        opened => opened,
    }
}

/// One phone, ready to ask.
#[derive(Debug)]
pub(crate) struct Asking {
    machine: Machine,
    socket: PhoneSocket,
    phone: Phone,
    answers: Vec<Heard>,
    hears_all: bool,
}

impl Asking {
    fn prepare(plan: &AskPlan, address: Ipv4Addr, number: u32) -> Result<Self, AskError> {
        let profile = spelling(plan);
        let socket = socket(address, profile.source_port, plan.count)?;
        let mac =
            plan.mac.map_or_else(|| profile.some_mac(&mut OsEntropy), |mac| nth_mac(mac, number));
        let vendor =
            (profile.vendor == profile::generic().vendor).then(|| plan.vendor.clone()).flatten();
        let subscriber = Subscriber::new(SocketAddr::V4(socket.local_address()))
            .with_group(SocketAddr::V4(plan.group))
            .with_mac(mac)
            .with_product(vendor, plan.model.clone(), plan.version.clone());
        let patience = Patience::new(plan.wait).hearing_all(plan.hears_all);
        let asking = Self::new(profile, &subscriber, patience, socket)?;
        Ok(Self { hears_all: plan.hears_all, ..asking })
    }

    /// A phone that asks through `socket`.
    pub(crate) fn new(
        profile: &PhoneProfile,
        subscriber: &Subscriber,
        patience: Patience,
        socket: PhoneSocket,
    ) -> Result<Self, AskError> {
        let machine =
            Machine::new(profile, subscriber, patience, &mut OsEntropy).map_err(AskError::Write)?;
        let claimed = Identity::claimed(
            subscriber.mac,
            Some(subscriber.vendor.as_deref().unwrap_or(profile.vendor)),
            Some(subscriber.model.as_deref().unwrap_or(profile.model)),
            Some(subscriber.version.as_deref().unwrap_or(profile.version)),
        );
        let phone = Phone::new(&claimed, Some((*socket.local_address().ip()).into()));
        Ok(Self { machine, socket, phone, answers: Vec::new(), hears_all: false })
    }

    /// Asks until it has what it wants, or its patience ends.
    pub(crate) async fn run(mut self) -> PhoneReport {
        let clock = Clock::start();
        self.machine.start(clock.now());
        loop {
            self.flush(&clock).await;
            let Some(due) = self.machine.poll_timeout() else { break };
            tokio::select! {
                received = self.socket.recv() => match received {
                    Ok((source, bytes)) => self.received(clock.now(), source, &bytes),
                    // A socket that cannot be read any more hears nothing more: the report says what was heard.
                    Err(_) => break,
                },
                () = tokio::time::sleep_until(clock.deadline(due)) => self.machine.handle_timeout(clock.now()),
            }
        }
        let (url, asked) = (self.machine.url().map(String::from), self.machine.asked());
        let responders = self.hears_all.then(|| responders(&self.answers));
        let remark = url.as_deref().and_then(|url| unusable(&self.phone, url));
        PhoneReport { phone: self.phone, url, asked, answers: self.answers, remark, responders }
    }

    fn received(&mut self, now: Instant, source: SocketAddrV4, bytes: &[u8]) {
        let arrival =
            Arrival { card: CardId(0), source: source.into(), is_multicast: false, bytes };
        self.machine.handle_datagram(now, &arrival);
    }

    async fn flush(&mut self, clock: &Clock) {
        while let Some(transmit) = self.machine.poll_transmit() {
            if let SocketAddr::V4(to) = transmit.to {
                // What is lost on the way out is asked again, as on any network.
                let _ = self.socket.send(to, &transmit.bytes).await;
            }
        }
        // Microseconds are as fine as the clock is honest.
        let ms = (clock.now().since(Instant::ZERO).as_secs_f64() * 1e6).round() / 1e3;
        while let Some(event) = self.machine.poll_event() {
            self.answers.extend(heard(event, ms));
        }
    }
}

fn heard(event: PhoneEvent, ms: f64) -> Option<Heard> {
    match event {
        PhoneEvent::Answered { status, from } => {
            Some(Heard { kind: status.to_string(), from, ms, url: None })
        }
        PhoneEvent::Notified { url, from } => {
            Some(Heard { kind: "notify".into(), from, ms, url: Some(url) })
        }
        _ => None,
    }
}

/// What the vendor's phone would not fetch, and why.
fn unusable(phone: &Phone, url: &str) -> Option<String> {
    let known = practice::of(phone.vendor.as_deref(), phone.model.as_deref());
    let is_lost = known.wants_folder && !url.ends_with('/');
    is_lost.then(|| "such a phone fetches from a folder only: the URL must end in /".to_owned())
}

/// The vendor's own spelling; without a vendor the manual's, for that is where it all comes from.
fn spelling(plan: &AskPlan) -> &'static PhoneProfile {
    let vendor = plan.vendor.as_deref().unwrap_or("audiocodes");
    profile::find_model(vendor, plan.model.as_deref()).unwrap_or(profile::generic())
}

/// `mac` and `number` more.
fn nth_mac(mac: Mac, number: u32) -> Mac {
    let mut wide = [0; 8];
    wide[2..].copy_from_slice(&mac.bytes());
    let [_, _, bytes @ ..] = u64::from_be_bytes(wide).wrapping_add(u64::from(number)).to_be_bytes();
    Mac::new(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_phones_count_on_from_the_first_ones_address() {
        let first: Mac = "00908f0000ff".parse().unwrap();
        assert_eq!(nth_mac(first, 0), first);
        assert_eq!(nth_mac(first, 2).to_string(), "00908f000101");
    }
}
