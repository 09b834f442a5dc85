//! Owns playing one question through the responder, with a clock that is turned by hand.

use super::{Answered, Scene, Sent};
use fingerpost_core::pnp::{
    Arrival, Asked, Card, CardAddress, CardId, Dialect, Responder, ResponderConfig, ResponderEvent,
    Subnet, Transmit,
};
use fingerpost_core::{Instant, Message, SeededEntropy};
use fingerpost_rules::{Asking, Outcome};
use std::net::Ipv4Addr;

const NOTIFY: &str = "NOTIFY";
const THE_CARD: CardId = CardId(1);
/// A phone that says nothing is told its URL for the last time well before.
const END: Instant = Instant::from_millis(10_000);
/// The usual subnet of a LAN.
const PREFIX: u32 = 24;

/// What goes out to a phone that never answers, and why.
pub(super) fn play(scene: &Scene<'_>) -> Answered {
    let mut play = Play::new(scene);
    let arrival = Arrival {
        card: THE_CARD,
        source: scene.source.into(),
        is_multicast: scene.is_multicast,
        bytes: &scene.bytes,
    };
    play.responder.handle_datagram(Instant::ZERO, &arrival);
    play.listen(Instant::ZERO);
    while let Some(due) = play.responder.poll_timeout().filter(|due| *due <= END) {
        play.responder.handle_timeout(due);
        play.listen(due);
    }
    play.end()
}

struct Play<'a> {
    scene: &'a Scene<'a>,
    responder: Responder,
    outcome: Option<Outcome>,
    phone: Vec<String>,
    dialect: Option<String>,
    silence: Option<String>,
    sent: Vec<Sent>,
    /// The shape of the NOTIFY that goes out next, and of each message in `sent` that is one.
    shape: Option<Dialect>,
    shapes: Vec<Option<Dialect>>,
}

impl<'a> Play<'a> {
    fn new(scene: &'a Scene<'a>) -> Self {
        let entropy = Box::new(SeededEntropy::new(scene.seed));
        let mut responder = Responder::new(ResponderConfig::default(), entropy);
        let address = CardAddress::new(subnet(scene.server, *scene.source.ip()), super::PORT);
        responder.set_cards([Card::new(THE_CARD, scene.interface.as_str(), vec![address])]);
        Self {
            scene,
            responder,
            outcome: None,
            phone: Vec::new(),
            dialect: None,
            silence: None,
            sent: Vec::new(),
            shape: None,
            shapes: Vec::new(),
        }
    }

    /// Hears what happened and takes what goes out, until nothing more comes.
    fn listen(&mut self, now: Instant) {
        while let Some(event) = self.responder.poll_event() {
            self.hear(now, event);
        }
        while let Some(transmit) = self.responder.poll_transmit() {
            self.take(now, &transmit);
        }
    }

    fn hear(&mut self, now: Instant, event: ResponderEvent) {
        match event {
            ResponderEvent::Asked(asked) => self.decide(now, &asked),
            ResponderEvent::Notified { dialect, .. } => {
                self.dialect.get_or_insert_with(|| dialect.name().to_owned());
                self.shape = Some(dialect);
            }
            ResponderEvent::Ignored { reason, .. } | ResponderEvent::Rejected { reason, .. } => {
                self.silence = Some(reason.to_string());
            }
            _ => {}
        }
    }

    fn decide(&mut self, now: Instant, asked: &Asked) {
        self.phone = known(asked);
        let outcome = self.scene.policy.decide(&Asking {
            phone: &asked.phone,
            interface: Some(&self.scene.interface),
            source: Some(asked.source.ip()),
            server: Some(asked.server.ip()),
            tags: self.scene.tags,
        });
        self.responder.decide(now, asked.token, outcome.decision.clone());
        self.outcome = Some(outcome);
    }

    /// The same bytes again are one message that is sent several times.
    fn take(&mut self, now: Instant, transmit: &Transmit) {
        let at = u32::try_from(now.since(Instant::ZERO).as_millis()).unwrap_or(u32::MAX);
        let text = String::from_utf8_lossy(&transmit.bytes).into_owned();
        if let Some(again) = self.sent.iter_mut().find(|sent| sent.text == text) {
            return again.at.push(at);
        }
        let title = title(&transmit.bytes);
        self.shapes.push(self.shape.filter(|_| title == NOTIFY));
        let (from, to) = (transmit.from.to_string(), transmit.to.to_string());
        self.sent.push(Sent { title, text, from, to, at: vec![at] });
    }

    /// Where the same is told in two shapes, each is called by its own.
    fn tell_shapes_apart(&mut self) {
        let first = self.shapes.iter().flatten().next().copied();
        if self.shapes.iter().flatten().all(|shape| Some(*shape) == first) {
            return;
        }
        for (sent, shape) in self.sent.iter_mut().zip(&self.shapes) {
            let Some(shape) = shape else { continue };
            let form = if *shape == Dialect::Manual { "manual form" } else { "RFC form" };
            let when = if Some(*shape) == first { "" } else { ", if refused or not answered" };
            sent.title = format!("{NOTIFY} ({form}{when})");
        }
    }

    fn end(mut self) -> Answered {
        self.tell_shapes_apart();
        let scene = self.scene;
        let mut lines = self.outcome.as_ref().map(|outcome| {
            outcome.to_string().lines().map(|line| line.trim_start().to_owned()).collect::<Vec<_>>()
        });
        let first = lines.as_mut().filter(|lines| !lines.is_empty()).map(|lines| lines.remove(0));
        let wants_mac = self.outcome.as_ref().is_some_and(|outcome| outcome.wants_mac);
        Answered {
            phone: self.phone,
            decision: self.outcome.as_ref().map(Outcome::decision_word),
            verdict: first.unwrap_or_else(|| "The policy is not asked.".to_owned()),
            rule: self.outcome.as_ref().and_then(|outcome| outcome.rule.clone()),
            url: self.outcome.as_ref().and_then(|outcome| outcome.url.clone()),
            dialect: self.dialect,
            considered: lines.unwrap_or_default(),
            silence: self.silence,
            wants_mac,
            warnings: scene.policy.warnings().iter().map(ToString::to_string).collect(),
            sent: self.sent,
            made_up: scene.made_up.clone(),
        }
    }
}

/// One subnet that holds both.
fn subnet(server: Ipv4Addr, source: Ipv4Addr) -> Subnet {
    let common = (u32::from(server) ^ u32::from(source)).leading_zeros();
    Subnet::new(server, u8::try_from(common.min(PREFIX)).unwrap_or_default())
}

fn known(asked: &Asked) -> Vec<String> {
    let phone = &asked.phone;
    let parts = [
        phone.vendor.clone(),
        phone.model.clone(),
        phone.version.as_ref().map(|version| format!("version {version}")),
        phone.mac.map(|mac| format!("MAC {mac}")),
    ];
    parts.into_iter().flatten().collect()
}

fn title(bytes: &[u8]) -> String {
    let Ok(message) = Message::parse(bytes) else { return "unreadable".to_owned() };
    match (message.status(), message.method()) {
        (Some(status), _) => match message.start_line() {
            fingerpost_core::message::StartLine::Status(line) => {
                format!("{status} {}", line.reason)
            }
            fingerpost_core::message::StartLine::Request(_) => status.to_string(),
        },
        (None, method) => method.map(|method| method.to_string()).unwrap_or_default(),
    }
}
