//! Owns what the pages may ask: the engine's view, a phone, a command, the news. One call each, nothing decided here.

use fingerpost_engine::{Command, Engine, News, PhoneDetail, Refusal, View};
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;
use tauri::ipc::Channel;
use tokio::sync::oneshot;

/// The running engine.
pub(crate) type Running = Arc<Engine>;

/// Who hears the news. A page that was loaded anew takes the place of the one before it.
#[derive(Debug, Default)]
pub(crate) struct Listener(Mutex<Option<oneshot::Sender<()>>>);

impl Listener {
    /// Resolves once somebody else listens.
    fn take_over(&self) -> oneshot::Receiver<()> {
        let (leave, left) = oneshot::channel();
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The one before hears that its place is taken, or has gone already.
        drop(place.replace(leave));
        left
    }
}

#[tauri::command]
pub(crate) async fn view(engine: State<'_, Running>) -> Result<View, Refusal> {
    engine.view().await.map_err(|error| Refusal::from(&error))
}

#[tauri::command]
pub(crate) async fn phone(
    id: String,
    engine: State<'_, Running>,
) -> Result<Option<PhoneDetail>, Refusal> {
    engine.phone(&id).await.map_err(|error| Refusal::from(&error))
}

#[tauri::command]
pub(crate) async fn command(command: Command, engine: State<'_, Running>) -> Result<(), Refusal> {
    engine.command(command).await.map_err(|error| Refusal::from(&error))
}

/// Tells the news until the engine ends, the page goes, or another page listens.
#[tauri::command]
pub(crate) async fn news(
    told: Channel<News>,
    engine: State<'_, Running>,
    listener: State<'_, Listener>,
) -> Result<(), Refusal> {
    let mut feed = engine.news();
    let mut left = listener.take_over();
    loop {
        let news = tokio::select! {
            news = feed.next() => news,
            _ = &mut left => return Ok(()),
        };
        let Some(news) = news else { return Ok(()) };
        if told.send(news).is_err() {
            return Ok(());
        }
    }
}
