//! Owns the backend with an engine in it: a thread of its own for the engine's runtime, and what the screen reads of it
//! without waiting. News come at most some thirty times a second, however much happens.

use crate::backend::{Backend, Outcome, State};
use fingerpost_engine::{
    Command, CommandError, Engine, Events, PhoneDetail, Setup, Timestamp, View,
};
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

/// Between two looks at the engine.
const PAUSE: Duration = Duration::from_millis(33);
/// A look that takes long (many phones) is taken less often: at most one part in so many of the time goes to looking.
const SHARE: u32 = 8;

/// A running engine, for a screen. Dropping it ends the engine and waits until its ports are free.
pub struct Live {
    shared: Arc<Mutex<Shared>>,
    orders: Option<UnboundedSender<Order>>,
    thread: Option<JoinHandle<()>>,
}

/// What the screen reads.
#[derive(Debug, Default)]
struct Shared {
    view: Option<Arc<View>>,
    ended: Option<String>,
    detail: Option<Arc<PhoneDetail>>,
    outcomes: VecDeque<Outcome>,
}

#[derive(Debug)]
enum Order {
    LookAt(Option<String>),
    Tell(Command),
}

impl Live {
    /// Starts an engine; `wake` is called whenever there is something new to draw.
    ///
    /// # Errors
    /// Where the system gives no thread. An engine that does not start says so as [`State::Ended`].
    pub fn start(setup: Setup, wake: impl Fn() + Send + 'static) -> io::Result<Self> {
        let shared = Arc::new(Mutex::new(Shared::default()));
        let (orders, inbox) = unbounded_channel();
        let desk = Desk { shared: Arc::clone(&shared), wake: Box::new(wake), looked_at: None };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new()
            .name("engine".into())
            .spawn(move || runtime.block_on(desk.run(setup, inbox)))?;
        Ok(Self { shared, orders: Some(orders), thread: Some(thread) })
    }

    fn order(&self, order: Order) {
        // A thread that has ended says so in the state.
        let _ = self.orders.as_ref().map(|orders| orders.send(order));
    }
}

impl Backend for Live {
    fn state(&mut self) -> State {
        let shared = lock(&self.shared);
        match (&shared.ended, &shared.view) {
            (Some(why), _) => State::Ended(why.clone()),
            (None, Some(view)) => State::Running(Arc::clone(view)),
            (None, None) => State::Starting,
        }
    }

    fn detail(&mut self) -> Option<Arc<PhoneDetail>> {
        lock(&self.shared).detail.clone()
    }

    fn look_at(&mut self, id: Option<&str>) {
        self.order(Order::LookAt(id.map(String::from)));
    }

    fn tell(&mut self, command: Command) {
        self.order(Order::Tell(command));
    }

    fn outcome(&mut self) -> Option<Outcome> {
        lock(&self.shared).outcomes.pop_front()
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // It has nothing more to say, however it ended.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").finish_non_exhaustive()
    }
}

/// The engine's side.
struct Desk {
    shared: Arc<Mutex<Shared>>,
    wake: Box<dyn Fn() + Send>,
    looked_at: Option<String>,
}

impl Desk {
    async fn run(mut self, setup: Setup, mut inbox: UnboundedReceiver<Order>) {
        match Engine::start(setup) {
            Err(error) => self.end(format!("Not listening: {error}.")),
            Ok((engine, events)) => {
                if self.serve(&engine, events, &mut inbox).await.is_err() {
                    self.end(
                        "The engine has ended: nothing is listened to. Start the console anew."
                            .into(),
                    );
                }
                engine.stop().await;
            }
        }
    }

    /// Until the screen has gone (fine) or the engine has (an error).
    async fn serve(
        &mut self,
        engine: &Engine,
        mut events: Events,
        inbox: &mut UnboundedReceiver<Order>,
    ) -> Result<(), CommandError> {
        let mut due = Some(Instant::now());
        let mut rested = Instant::now();
        loop {
            let look = async {
                match due {
                    Some(due) => tokio::time::sleep_until(due).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                order = inbox.recv() => {
                    let Some(order) = order else { return Ok(()) };
                    self.carry_out(engine, order).await;
                    due = Some(Instant::now());
                }
                () = look => {
                    rested = self.look(engine).await?;
                    due = None;
                }
                event = events.next() => {
                    event.ok_or(CommandError::Ended)?;
                    due = due.or(Some(rested));
                }
            }
        }
    }

    async fn carry_out(&mut self, engine: &Engine, order: Order) {
        match order {
            Order::LookAt(id) => self.looked_at = id,
            Order::Tell(command) => {
                let result = engine.command(command.clone()).await;
                lock(&self.shared).outcomes.push_back(Outcome { command, result });
            }
        }
    }

    /// Fetches what the screen shows; when the next look is fair.
    async fn look(&self, engine: &Engine) -> Result<Instant, CommandError> {
        let begun = Instant::now();
        let view = engine.view().await?;
        let detail = match &self.looked_at {
            Some(id) => engine.phone(id).await?,
            None => None,
        };
        {
            let mut shared = lock(&self.shared);
            shared.view = Some(Arc::new(view));
            shared.detail = detail.map(Arc::new);
        }
        (self.wake)();
        Ok(Instant::now() + PAUSE.max(begun.elapsed() * SHARE))
    }

    fn end(&self, why: String) {
        lock(&self.shared).ended = Some(why);
        (self.wake)();
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
