//! Owns what the pages may ask: the engine's view, a phone, a command, the news. One call each, nothing decided here.

use fingerpost_engine::{
    ChangedPolicy, Command, DraftQuestion, Edit, Engine, Health, News, PhoneDetail, PolicyChange,
    PolicyDraft, PolicyView, Refusal, Restored, Search, SettingsView, Traffic, View,
};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;
use tauri::ipc::{Channel, Response};
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
    let view = engine.view().await.map_err(|error| Refusal::from(&error))?;
    // The page has it of the phone that is looked at.
    Ok(view.without_evidence())
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

/// What came and went after the message with this number.
#[tauri::command]
pub(crate) async fn traffic(after: u64, engine: State<'_, Running>) -> Result<Traffic, Refusal> {
    engine.traffic(after).await.map_err(|error| Refusal::from(&error))
}

/// The messages with these numbers, for Wireshark.
#[tauri::command]
pub(crate) async fn capture(
    numbers: BTreeSet<u64>,
    engine: State<'_, Running>,
) -> Result<Response, Refusal> {
    engine.capture(numbers).await.map(Response::new).map_err(|error| Refusal::from(&error))
}

#[tauri::command]
pub(crate) async fn settings(engine: State<'_, Running>) -> Result<SettingsView, Refusal> {
    engine.settings().await.map_err(|error| Refusal::from(&error))
}

/// What the doctor sees; each card is tried out only where `tests`.
#[tauri::command]
pub(crate) async fn health(tests: bool, engine: State<'_, Running>) -> Result<Health, Refusal> {
    engine.health(tests).await.map_err(|error| Refusal::from(&error))
}

/// Everybody who answers phones on the LAN.
#[tauri::command]
pub(crate) async fn search(
    vendor: Option<String>,
    engine: State<'_, Running>,
) -> Result<Vec<Search>, Refusal> {
    engine.search(vendor).await.map_err(|error| Refusal::from(&error))
}

/// Settings, policy and what people said of phones, as a file's text.
#[tauri::command]
pub(crate) async fn backup(engine: State<'_, Running>) -> Result<String, Refusal> {
    engine.backup().await.map(|backup| backup.to_text()).map_err(|error| Refusal::from(&error))
}

#[tauri::command]
pub(crate) async fn restore(
    backup: String,
    only_try: bool,
    engine: State<'_, Running>,
) -> Result<Restored, Refusal> {
    engine.restore(&backup, only_try).await.map_err(|error| Refusal::from(&error))
}

/// The policy file as it stands.
#[tauri::command]
pub(crate) async fn policy(engine: State<'_, Running>) -> Result<PolicyView, Refusal> {
    engine.policy().await.map_err(|error| Refusal::from(&error))
}

/// What comes of a policy before it is followed.
#[tauri::command]
pub(crate) async fn policy_draft(
    text: Option<String>,
    edits: Vec<Edit>,
    phone: Option<String>,
    engine: State<'_, Running>,
) -> Result<PolicyDraft, Refusal> {
    let question = DraftQuestion { text, edits, phone };
    engine.draft(question).await.map_err(|error| Refusal::from(&error))
}

/// Writes the policy file, which held `before` when it was read.
#[tauri::command]
pub(crate) async fn change_policy(
    text: String,
    before: String,
    engine: State<'_, Running>,
) -> Result<ChangedPolicy, Refusal> {
    let change = PolicyChange::TextInstead { text, before };
    engine.change_policy(change, false).await.map_err(|error| Refusal::from(&error))
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
