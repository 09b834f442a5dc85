//! Owns the port between the screen and whatever runs the engine. Nothing here waits: the screen asks while it draws.

use fingerpost_engine::{Command, CommandError, PhoneDetail, Timestamp, View};
use std::fmt::Debug;
use std::sync::Arc;

/// What the screen needs from the other side. Whoever implements it asks for a repaint when something has changed.
pub trait Backend: Debug {
    /// How things stand.
    fn state(&mut self) -> State;
    /// Everything about the phone looked at, once it is known.
    fn detail(&mut self) -> Option<Arc<PhoneDetail>>;
    /// From now on this phone is looked at; `None`: none is.
    fn look_at(&mut self, id: Option<&str>);
    /// Tells the engine to do something. How it went comes as an [`Outcome`].
    fn tell(&mut self, command: Command);
    /// How a command went; each is handed out once, in order.
    fn outcome(&mut self) -> Option<Outcome>;
    /// The wall clock.
    fn now(&self) -> Timestamp;
}

/// How the other side stands.
#[derive(Debug, Clone)]
#[allow(clippy::exhaustive_enums, reason = "who draws must draw each of them")]
pub enum State {
    /// The engine has not said anything yet.
    Starting,
    /// It runs.
    Running(Arc<View>),
    /// It does not run (any more); why, in words.
    Ended(String),
}

/// How a command went.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which.
    pub command: Command,
    /// What came of it.
    pub result: Result<(), CommandError>,
}
