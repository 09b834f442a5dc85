//! Owns the API's words: which request is which of the engine's commands and questions, and how its outcome reads. Every
//! refusal is `{"error": "…"}`. Knows nothing of who may ask, nor what a command does.

use super::stream;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use fingerpost_engine::{Command, CommandError, Engine, Refusal};
use serde::Serialize;
use std::sync::Arc;

/// A policy file is a few kilobytes.
const LARGEST_BODY: usize = 1 << 20;

pub(super) fn router(engine: Arc<Engine>) -> Router {
    Router::new()
        .route("/view", get(view))
        .route("/phones/{id}", get(phone))
        .route("/command", post(command))
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

async fn view(State(engine): State<Arc<Engine>>) -> Response {
    told(engine.view().await)
}

async fn phone(State(engine): State<Arc<Engine>>, Path(id): Path<String>) -> Response {
    match engine.phone(&id).await.transpose() {
        Some(detail) => told(detail),
        None => refusal(StatusCode::NOT_FOUND, "no such phone has asked"),
    }
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
