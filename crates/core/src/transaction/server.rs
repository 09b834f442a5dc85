//! Owns the side that is asked (RFC 3261 §17.2.2): answers a repeated request with the same response, until Timer J
//! ends.

use super::{ServerKey, Timers, TransactionError};
use crate::message::{Message, StartLine};
use crate::time::Instant;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use smallvec::SmallVec;

/// A request of the other side other than INVITE, until its answer needs no repeating any more.
///
/// ```
/// use fingerpost_core::transaction::{ServerEvent, ServerTransaction, Timers};
/// use fingerpost_core::{Instant, Message, Response};
/// let options = b"OPTIONS sip:b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nCSeq: 1 OPTIONS\r\n\r\n";
/// let request = Message::parse(options)?;
/// let mut transaction = ServerTransaction::begin(&request, Timers::UDP)?;
/// let ok = Response::reply_to(&request, 200, "OK").headers().build()?;
/// transaction.respond(Instant::ZERO, ok.clone())?;
/// assert_eq!(transaction.poll_transmit(), Some(ok.clone()));
///
/// // The answer was lost, and the question comes again.
/// assert!(transaction.handle_datagram(Instant::from_millis(500), options));
/// assert_eq!(transaction.poll_event(), Some(ServerEvent::Repeated));
/// assert_eq!(transaction.poll_transmit(), Some(ok));
/// assert_eq!(transaction.poll_timeout(), Some(Instant::from_millis(32_000)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ServerTransaction {
    key: ServerKey,
    timers: Timers,
    state: State,
    /// Seldom more than one.
    transmits: SmallVec<[Vec<u8>; 1]>,
    events: VecDeque<ServerEvent>,
}

/// Something happened to a request of the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerEvent {
    /// The request came again; what was answered was answered again.
    Repeated,
    /// Timer J ended: the transaction can be forgotten.
    Ended,
}

#[derive(Debug, Clone)]
enum State {
    /// Nothing was answered yet.
    Trying,
    /// A provisional response was sent.
    Proceeding(Vec<u8>),
    Completed {
        response: Vec<u8>,
        ends: Instant,
    },
    Terminated,
}

impl ServerTransaction {
    /// Begins with a request that belongs to no transaction that is known.
    ///
    /// # Errors
    /// [`TransactionError`] where it is no request, an INVITE or ACK, or has nothing to know its repetition by.
    pub fn begin(request: &Message<'_>, timers: Timers) -> Result<Self, TransactionError> {
        match request.start_line() {
            StartLine::Status(_) => return Err(TransactionError::NotARequest),
            StartLine::Request(line) if line.method == "INVITE" || line.method == "ACK" => {
                return Err(TransactionError::Invite);
            }
            StartLine::Request(_) => {}
        }
        let key = ServerKey::of(request).ok_or(TransactionError::Unnamed)?;
        Ok(Self::named(key, timers))
    }

    /// Begins with a request that was read before, and is neither INVITE nor ACK.
    #[must_use]
    pub fn named(key: ServerKey, timers: Timers) -> Self {
        let (transmits, events) = (SmallVec::new(), VecDeque::new());
        Self { key, timers, state: State::Trying, transmits, events }
    }

    /// Sends a response, and keeps it to be sent again.
    ///
    /// # Errors
    /// [`TransactionError::NotAResponse`], or [`TransactionError::Answered`] after a final one.
    pub fn respond(&mut self, now: Instant, response: Vec<u8>) -> Result<(), TransactionError> {
        let status = Message::parse(&response).ok().and_then(|message| message.status());
        self.respond_with(now, status.ok_or(TransactionError::NotAResponse)?, response)
    }

    /// The same where the status of the response is known.
    pub(crate) fn respond_with(
        &mut self,
        now: Instant,
        status: u16,
        response: Vec<u8>,
    ) -> Result<(), TransactionError> {
        if matches!(self.state, State::Completed { .. } | State::Terminated) {
            return Err(TransactionError::Answered);
        }
        self.transmits.push(response.clone());
        if status < 200 {
            self.state = State::Proceeding(response);
            return Ok(());
        }
        let linger = self.timers.timer_j();
        self.state = State::Completed { response, ends: now + linger };
        if linger.is_zero() {
            self.handle_timeout(now);
        }
        Ok(())
    }

    /// Takes a datagram that arrived at `now`; false where it is not this request again.
    pub fn handle_datagram(&mut self, _now: Instant, bytes: &[u8]) -> bool {
        let key = Message::parse(bytes).ok().and_then(|message| ServerKey::of(&message));
        let is_ours = key.is_some_and(|key| key == self.key);
        if is_ours {
            self.handle_repeated();
        }
        is_ours
    }

    /// The same where the request was known again by its [`ServerKey`].
    pub fn handle_repeated(&mut self) {
        let response = match &self.state {
            State::Terminated => return,
            State::Trying => None,
            State::Proceeding(response) | State::Completed { response, .. } => Some(response),
        };
        self.transmits.extend(response.cloned());
        self.events.push_back(ServerEvent::Repeated);
    }

    /// Does what is due at `now`. Calling too early or twice does no harm.
    pub fn handle_timeout(&mut self, now: Instant) {
        match self.state {
            State::Completed { ends, .. } if ends <= now => {
                self.state = State::Terminated;
                self.events.push_back(ServerEvent::Ended);
            }
            State::Trying | State::Proceeding(_) | State::Completed { .. } | State::Terminated => {}
        }
    }

    /// The next datagram to send, to where responses to this request go (RFC 3261 §18.2.2).
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        (!self.transmits.is_empty()).then(|| self.transmits.remove(0))
    }

    /// The next event, in order.
    pub fn poll_event(&mut self) -> Option<ServerEvent> {
        self.events.pop_front()
    }

    /// When [`ServerTransaction::handle_timeout`] wants to be called next; before the final response never.
    #[must_use]
    pub const fn poll_timeout(&self) -> Option<Instant> {
        match self.state {
            State::Completed { ends, .. } => Some(ends),
            State::Trying | State::Proceeding(_) | State::Terminated => None,
        }
    }

    /// What names it.
    #[must_use]
    pub const fn key(&self) -> &ServerKey {
        &self.key
    }

    /// Whether it is over: nothing is sent any more, and no datagram is taken up.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        matches!(self.state, State::Terminated)
    }
}
