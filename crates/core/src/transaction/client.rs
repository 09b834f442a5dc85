//! Owns the side that asks (RFC 3261 §17.1.2): sends a request until an answer comes or Timer F ends.

use super::{ClientKey, TimerE, Timers, TransactionError};
use crate::message::{Message, Request};
use crate::time::Instant;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// A request of ours other than INVITE, until its answer came and is not repeated any more.
///
/// ```
/// use fingerpost_core::transaction::{ClientEvent, ClientTransaction, Timers};
/// use fingerpost_core::{Instant, Message, Response, SeededEntropy, build::NewRequest};
/// let options = NewRequest::new("OPTIONS", "sip:b.example", "192.0.2.1:5060".parse()?);
/// let options = options.begin(&mut SeededEntropy::new(1)).build()?;
/// let mut transaction = ClientTransaction::start(Instant::ZERO, options.clone(), Timers::UDP)?;
/// assert_eq!(transaction.poll_transmit(), Some(options.clone()));
///
/// // Nobody answered: the same again after 0.5 s.
/// let due = transaction.poll_timeout().unwrap();
/// assert_eq!(due, Instant::from_millis(500));
/// transaction.handle_timeout(due);
/// assert_eq!(transaction.poll_transmit(), Some(options.clone()));
///
/// let ok = Response::reply_to(&Message::parse(&options)?, 200, "OK").with_to_tag("b").headers().build()?;
/// assert!(transaction.handle_datagram(due, &ok));
/// assert_eq!(transaction.poll_event(), Some(ClientEvent::Final { status: 200, bytes: ok }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ClientTransaction {
    key: ClientKey,
    request: Vec<u8>,
    timers: Timers,
    state: State,
    transmits: VecDeque<Vec<u8>>,
    events: VecDeque<ClientEvent>,
}

/// Something happened to a request of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientEvent {
    /// A response came that is not the last one.
    Provisional {
        /// 100 to 199.
        status: u16,
        /// The response.
        bytes: Vec<u8>,
    },
    /// The answer came. Its repetitions are taken up in silence.
    Final {
        /// 200 to 699.
        status: u16,
        /// The response.
        bytes: Vec<u8>,
    },
    /// Timer F ended: no answer came.
    TimedOut,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// Trying and Proceeding, which differ in the pauses alone.
    Asking {
        again: Option<Instant>,
        pauses: TimerE,
        ends: Instant,
    },
    Completed {
        ends: Instant,
    },
    Terminated,
}

impl ClientTransaction {
    /// Sends `request` for the first time.
    ///
    /// # Errors
    /// [`TransactionError`] where it is no request, an INVITE or ACK, or has nothing to know its answer by.
    pub fn start(now: Instant, request: Vec<u8>, timers: Timers) -> Result<Self, TransactionError> {
        let key = key_of(&request)?;
        let mut pauses = TimerE::new(&timers);
        let again = (!timers.is_reliable).then(|| now + pauses.pause());
        let state = State::Asking { again, pauses, ends: now + timers.timer_f() };
        let transmits = VecDeque::from([request.clone()]);
        Ok(Self { key, request, timers, state, transmits, events: VecDeque::new() })
    }

    /// Takes a datagram that arrived at `now`; false where it is no answer to this request.
    pub fn handle_datagram(&mut self, now: Instant, bytes: &[u8]) -> bool {
        let Ok(message) = Message::parse(bytes) else { return false };
        let Some(status) = message.status() else { return false };
        let is_ours = ClientKey::of(&message).is_some_and(|key| key == self.key);
        if is_ours && !self.has_ended() {
            self.response(now, status, bytes);
        }
        is_ours
    }

    /// Does what is due at `now`. Calling too early or twice does no harm.
    pub fn handle_timeout(&mut self, now: Instant) {
        match &mut self.state {
            State::Asking { ends, .. } if *ends <= now => {
                self.state = State::Terminated;
                self.events.push_back(ClientEvent::TimedOut);
            }
            State::Asking { again: Some(again), pauses, .. } if *again <= now => {
                *again = now + pauses.pause();
                self.transmits.push_back(self.request.clone());
            }
            State::Completed { ends } if *ends <= now => self.state = State::Terminated,
            State::Asking { .. } | State::Completed { .. } | State::Terminated => {}
        }
    }

    /// The next datagram to send: always the request, to where it went first.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.transmits.pop_front()
    }

    /// The next event, in order.
    pub fn poll_event(&mut self) -> Option<ClientEvent> {
        self.events.pop_front()
    }

    /// When [`ClientTransaction::handle_timeout`] wants to be called next; `None` once it is over.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.state {
            State::Asking { again, ends, .. } => Some(again.map_or(ends, |again| again.min(ends))),
            State::Completed { ends } => Some(ends),
            State::Terminated => None,
        }
    }

    /// What names it.
    #[must_use]
    pub const fn key(&self) -> &ClientKey {
        &self.key
    }

    /// Whether it is over: nothing is sent any more, and no datagram is taken up.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        matches!(self.state, State::Terminated)
    }

    fn response(&mut self, now: Instant, status: u16, bytes: &[u8]) {
        let State::Asking { pauses, .. } = &mut self.state else { return };
        let bytes = bytes.to_vec();
        if status < 200 {
            pauses.slow_down();
            self.events.push_back(ClientEvent::Provisional { status, bytes });
            return;
        }
        self.state = match self.timers.timer_k() {
            linger if linger.is_zero() => State::Terminated,
            linger => State::Completed { ends: now + linger },
        };
        self.events.push_back(ClientEvent::Final { status, bytes });
    }
}

fn key_of(request: &[u8]) -> Result<ClientKey, TransactionError> {
    let message = Message::parse(request).map_err(|_| TransactionError::NotARequest)?;
    let request = Request::from_message(message).map_err(|_| TransactionError::NotARequest)?;
    if request.request_method() == "INVITE" || request.request_method() == "ACK" {
        return Err(TransactionError::Invite);
    }
    ClientKey::of(&request).ok_or(TransactionError::Unnamed)
}
