//! Owns the API's words: which request is which of the engine's commands and questions, and how its outcome reads. Every
//! refusal is `{"error": "…"}`. Knows nothing of who may ask, nor what a command does.

use super::stream;
use axum::body::Body;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use fingerpost_engine::{
    Command, CommandError, DraftQuestion, Edit, Engine, PolicyChange, Refusal, View,
    phones_csv as phones_csv_of,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A policy file is a few kilobytes.
const LARGEST_BODY: usize = 1 << 20;
/// A backup of ten thousand phones has some four megabytes.
const LARGEST_BACKUP: usize = 64 << 20;

pub(super) fn router(engine: Arc<Engine>) -> Router {
    Router::new()
        .route("/view", get(view))
        .route("/phones.csv", get(phones_csv))
        .route("/phones.json", get(phones_json))
        .route("/phones/{id}", get(phone))
        .route("/phones/{id}/{file}", get(exchange))
        .route("/command", post(command))
        .route("/dry_run", post(dry_run))
        .route("/policy", get(the_policy).post(policy))
        .route("/policy/draft", post(draft))
        .route("/traffic", get(traffic))
        .route("/capture", post(capture))
        .route("/settings", get(settings))
        .route("/health", get(health).post(self_test))
        .route("/search", post(search))
        .route("/backup", get(backup).post(restore).layer(DefaultBodyLimit::max(LARGEST_BACKUP)))
        .route("/events", get(stream::events))
        .fallback(nothing)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(engine)
}

/// An answer that says what is wrong.
pub(super) fn refusal(status: StatusCode, words: &str) -> Response {
    (status, Json(Refusal::said(words.into()))).into_response()
}

async fn nothing() -> Response {
    refusal(StatusCode::NOT_FOUND, "the API has no such thing")
}

/// How much of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Looking {
    /// Without where each value of a phone was found.
    #[serde(default)]
    brief: bool,
}

async fn view(
    State(engine): State<Arc<Engine>>,
    looking: Result<Query<Looking>, QueryRejection>,
) -> Response {
    let view = engine.view().await;
    match looking {
        Ok(Query(Looking { brief: true })) => told(view.map(View::without_evidence)),
        Ok(_) => told(view),
        Err(rejection) => refusal(rejection.status(), &rejection.body_text()),
    }
}

async fn phone(State(engine): State<Arc<Engine>>, Path(id): Path<String>) -> Response {
    match engine.phone(&id).await.transpose() {
        Some(detail) => told(detail),
        None => refusal(StatusCode::NOT_FOUND, "no such phone has asked"),
    }
}

/// Every phone, for a spreadsheet.
async fn phones_csv(State(engine): State<Arc<Engine>>) -> Response {
    match engine.view().await {
        Ok(view) => file("text/csv; charset=utf-8", "phones.csv", phones_csv_of(&view.phones)),
        Err(error) => failed(&error),
    }
}

/// Every phone, for a program.
async fn phones_json(State(engine): State<Arc<Engine>>) -> Response {
    told(engine.view().await.map(|view| view.phones))
}

/// Which exchange of a phone: 1 is the latest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    #[serde(default = "latest")]
    exchange: u32,
}

const fn latest() -> u32 {
    1
}

/// An exchange as it was recorded.
async fn exchange(
    State(engine): State<Arc<Engine>>,
    Path((id, wanted)): Path<(String, String)>,
    which: Result<Query<Which>, QueryRejection>,
) -> Response {
    let Some(kind) = wanted.strip_prefix("exchange.") else { return nothing().await };
    let which = match which {
        Ok(Query(which)) => which,
        Err(rejection) => return refusal(rejection.status(), &rejection.body_text()),
    };
    let recording = match engine.recording(&id, which.exchange).await {
        Ok(Some(recording)) => recording,
        Ok(None) => return refusal(StatusCode::NOT_FOUND, NO_EXCHANGE),
        Err(error) => return failed(&error),
    };
    match kind {
        "pcapng" => match recording.to_pcapng() {
            Ok(bytes) => file("application/x-pcapng", "exchange.pcapng", bytes),
            Err(error) => refusal(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
        },
        "sip" => file("text/plain; charset=utf-8", "exchange.sip", recording.to_text()),
        "json" => Json(recording).into_response(),
        _ => nothing().await,
    }
}

const NO_EXCHANGE: &str = "no such exchange is kept: exchanges are kept where `serve` was given --data, the latest ones of each phone";

/// Something that a browser saves.
fn file(kind: &'static str, name: &str, content: impl Into<Body>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)];
    (headers, content.into()).into_response()
}

async fn command(
    State(engine): State<Arc<Engine>>,
    body: Result<Json<Command>, JsonRejection>,
) -> Response {
    let command = match body {
        Ok(Json(command)) => command,
        Err(rejection) => return refusal(rejection.status(), &rejection.body_text()),
    };
    match engine.command(command).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&error),
    }
}

/// A policy that is tried and not followed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// The text of a policy file.
    policy: String,
}

async fn dry_run(
    State(engine): State<Arc<Engine>>,
    body: Result<Json<Trial>, JsonRejection>,
) -> Response {
    match body {
        Ok(Json(trial)) => told(engine.dry_run(&trial.policy).await),
        Err(rejection) => refusal(rejection.status(), &rejection.body_text()),
    }
}

async fn the_policy(State(engine): State<Arc<Engine>>) -> Response {
    told(engine.policy().await)
}

/// What is asked of a policy before it is followed, or of the one that is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    /// The text of a policy file; without it, what is in force.
    text: Option<String>,
    /// What is done to it first.
    #[serde(default)]
    edits: Vec<Edit>,
    /// The phone for which the rules are explained.
    phone: Option<String>,
}

async fn draft(
    State(engine): State<Arc<Engine>>,
    body: Result<Json<Draft>, JsonRejection>,
) -> Response {
    match body {
        Ok(Json(Draft { text, edits, phone })) => {
            told(engine.draft(DraftQuestion { text, edits, phone }).await)
        }
        Err(rejection) => refusal(rejection.status(), &rejection.body_text()),
    }
}

/// Another policy file: its text whole, or edits of what is there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The text of a policy file.
    text: Option<String>,
    /// Changes that leave comments and layout as they are.
    edits: Option<Vec<Edit>>,
    /// With `text`: what the file held when it was read. Where it holds something else by now, nothing is written.
    before: Option<String>,
    /// Nothing is written: only told what would come of it.
    #[serde(default)]
    only_try: bool,
}

async fn policy(
    State(engine): State<Arc<Engine>>,
    body: Result<Json<Change>, JsonRejection>,
) -> Response {
    let Change { text, edits, before, only_try } = match body {
        Ok(Json(change)) => change,
        Err(rejection) => return refusal(rejection.status(), &rejection.body_text()),
    };
    let change = match (text, edits, before) {
        (Some(text), None, Some(before)) => PolicyChange::TextInstead { text, before },
        (Some(text), None, None) => PolicyChange::Text(text),
        (None, Some(edits), None) => PolicyChange::Edits(edits),
        _ => {
            let words = "one of `text` and `edits` is wanted; `before` goes with `text`";
            return refusal(StatusCode::UNPROCESSABLE_ENTITY, words);
        }
    };
    told(engine.change_policy(change, only_try).await)
}

/// From where on: 0 for everything that is still held.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct From {
    #[serde(default)]
    after: u64,
}

async fn traffic(
    State(engine): State<Arc<Engine>>,
    from: Result<Query<From>, QueryRejection>,
) -> Response {
    match from {
        Ok(Query(From { after })) => told(engine.traffic(after).await),
        Err(rejection) => refusal(rejection.status(), &rejection.body_text()),
    }
}

/// Messages by their numbers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    numbers: BTreeSet<u64>,
}

/// The chosen messages for Wireshark.
async fn capture(
    State(engine): State<Arc<Engine>>,
    chosen: Result<Json<Chosen>, JsonRejection>,
) -> Response {
    let numbers = match chosen {
        Ok(Json(Chosen { numbers })) => numbers,
        Err(rejection) => return refusal(rejection.status(), &rejection.body_text()),
    };
    match engine.capture(numbers).await {
        Ok(bytes) => file("application/x-pcapng", "messages.pcapng", bytes),
        Err(error) => failed(&error),
    }
}

async fn settings(State(engine): State<Arc<Engine>>) -> Response {
    told(engine.settings().await)
}

/// What the doctor sees from beside the engine; nothing is sent.
async fn health(State(engine): State<Arc<Engine>>) -> Response {
    told(engine.health(false).await)
}

/// The same with each card tried out, and the self-test sent to this machine.
async fn self_test(State(engine): State<Arc<Engine>>) -> Response {
    told(engine.health(true).await)
}

/// As which phone to ask.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Searching {
    vendor: Option<String>,
}

async fn search(
    State(engine): State<Arc<Engine>>,
    body: Result<Json<Searching>, JsonRejection>,
) -> Response {
    match body {
        Ok(Json(Searching { vendor })) => told(engine.search(vendor).await),
        Err(rejection) => refusal(rejection.status(), &rejection.body_text()),
    }
}

/// Settings, policy and what people said of phones, in one file.
async fn backup(State(engine): State<Arc<Engine>>) -> Response {
    match engine.backup().await {
        Ok(backup) => file("application/json", "fingerpost-backup.json", backup.to_text()),
        Err(error) => failed(&error),
    }
}

/// A backup that is taken over, or only tried.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Restoring {
    /// The file's text.
    backup: String,
    #[serde(default)]
    only_try: bool,
}

async fn restore(
    State(engine): State<Arc<Engine>>,
    body: Result<Json<Restoring>, JsonRejection>,
) -> Response {
    match body {
        Ok(Json(Restoring { backup, only_try })) => told(engine.restore(&backup, only_try).await),
        Err(rejection) => refusal(rejection.status(), &rejection.body_text()),
    }
}

fn told<T: Serialize>(answer: Result<T, CommandError>) -> Response {
    answer.map_or_else(|error| failed(&error), |answer| Json(answer).into_response())
}

fn failed(error: &CommandError) -> Response {
    let status = match error {
        CommandError::Ended => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, Json(Refusal::from(error))).into_response()
}
