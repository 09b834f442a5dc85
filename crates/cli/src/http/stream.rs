//! Owns the stream of events: JSON, one piece of news a line, `[…]` or `{"missed":n}`. Ends with the engine. Knows no event.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use fingerpost_engine::{Engine, News};
use futures_util::stream::unfold;
use std::convert::Infallible;
use std::sync::Arc;

pub(super) async fn events(State(engine): State<Arc<Engine>>) -> Response {
    // The engine's handle stays with the request: a stream does not keep the engine alive.
    let body = unfold(engine.news(), |mut news| async {
        let line = line(&news.next().await?)?;
        Some((Ok::<_, Infallible>(Bytes::from(line)), news))
    });
    ([(CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(body)).into_response()
}

/// Every event can be written as JSON; were one not, the reader better starts anew.
fn line(news: &News) -> Option<Vec<u8>> {
    let mut line = serde_json::to_vec(news).ok()?;
    line.push(b'\n');
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_of_news_is_a_line() {
        assert_eq!(line(&News::Happened(Vec::new())).unwrap(), b"[]\n");
        assert_eq!(line(&News::Missed { missed: 3 }).unwrap(), b"{\"missed\":3}\n");
    }
}
