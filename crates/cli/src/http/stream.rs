//! Owns the stream of events: JSON, one line at a time. A line is an array of what happened within a thirtieth of a second
//! (an empty one says that we are still here), or `{"missed":n}` before a gap. Ends with the engine. Knows no event.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use fingerpost_engine::{Engine, Event, Events, TimedEvent};
use futures_util::stream::unfold;
use serde::Serialize;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// Events within this time share a line.
const BATCH: Duration = Duration::from_millis(33);
/// A line holds no more, so that it stays small however much happens.
const LARGEST_BATCH: usize = 512;
/// Silence is broken this often: writing is how a dead connection is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

pub(super) async fn events(State(engine): State<Arc<Engine>>) -> Response {
    let lines = Lines::new(engine.events());
    // The engine's handle stays with the request: a stream does not keep the engine alive.
    let body = unfold(lines, |mut lines| async {
        let line = lines.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(line)), lines))
    });
    ([(CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(body)).into_response()
}

/// Where events come from. It keeps a bounded number of them for us and counts those that we did not take in time.
trait Source {
    type Item: Serialize;
    fn next(&mut self) -> impl Future<Output = Option<Self::Item>> + Send;
    fn missed(&self) -> u64;
    fn is_last(item: &Self::Item) -> bool;
}

impl Source for Events {
    type Item = TimedEvent;

    fn next(&mut self) -> impl Future<Output = Option<TimedEvent>> + Send {
        Self::next(self)
    }

    fn missed(&self) -> u64 {
        Self::missed(self)
    }

    fn is_last(item: &TimedEvent) -> bool {
        matches!(item.event, Event::Stopped)
    }
}

/// Lines, made when they are asked for: a reader that does not read makes none.
struct Lines<S> {
    source: S,
    missed: u64,
    has_greeted: bool,
    has_ended: bool,
}

impl<S: Source> Lines<S> {
    fn new(source: S) -> Self {
        Self { source, missed: 0, has_greeted: false, has_ended: false }
    }

    /// The next line, or two where there is a gap; `None` at the end.
    async fn next(&mut self) -> Option<Vec<u8>> {
        if self.has_ended {
            return None;
        }
        if !self.has_greeted {
            // At once, so that the reader knows from where on nothing escapes it.
            self.has_greeted = true;
            return Some(b"[]\n".to_vec());
        }
        let batch = self.batch().await;
        let missed = self.source.missed() - self.missed;
        self.missed += missed;
        let mut line = Vec::new();
        if missed > 0 {
            line.extend(format!("{{\"missed\":{missed}}}\n").bytes());
        }
        // Every event can be written as JSON; were one not, the reader better starts anew.
        serde_json::to_writer(&mut line, &batch).ok()?;
        line.push(b'\n');
        Some(line)
    }

    /// What happens from the first event on; nothing where none comes for long.
    async fn batch(&mut self) -> Vec<S::Item> {
        let mut batch = Vec::new();
        let mut next = timeout(HEARTBEAT, self.source.next()).await;
        let deadline = Instant::now() + BATCH;
        while let Ok(item) = next {
            self.has_ended = item.as_ref().is_none_or(S::is_last);
            batch.extend(item);
            if self.has_ended || batch.len() == LARGEST_BATCH {
                break;
            }
            next = timeout_at(deadline, self.source.next()).await;
        }
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// Numbers, each after a pause in milliseconds; 0 is the last.
    struct Numbers {
        coming: VecDeque<(Instant, u32)>,
        missed: u64,
    }

    impl Source for Numbers {
        type Item = u32;

        async fn next(&mut self) -> Option<u32> {
            let (at, _) = *self.coming.front()?;
            tokio::time::sleep_until(at).await;
            self.coming.pop_front().map(|(_, number)| number)
        }

        fn missed(&self) -> u64 {
            self.missed
        }

        fn is_last(item: &u32) -> bool {
            *item == 0
        }
    }

    fn lines(coming: &[(u64, u32)]) -> Lines<Numbers> {
        let start = Instant::now();
        let at = |(ms, number): &(u64, u32)| (start + Duration::from_millis(*ms), *number);
        Lines::new(Numbers { coming: coming.iter().map(at).collect(), missed: 0 })
    }

    async fn all(mut lines: Lines<Numbers>) -> String {
        let mut text = String::new();
        while let Some(line) = lines.next().await {
            text += std::str::from_utf8(&line).unwrap();
        }
        text
    }

    #[tokio::test(start_paused = true)]
    async fn what_happens_together_is_one_line() {
        let lines = lines(&[(5, 1), (20, 2), (37, 3), (100, 4), (101, 0)]);
        assert_eq!(all(lines).await, "[]\n[1,2,3]\n[4,0]\n");
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_broken_by_a_heartbeat() {
        let start = Instant::now();
        assert_eq!(all(lines(&[(25_000, 0)])).await, "[]\n[]\n[]\n[0]\n");
        assert_eq!(start.elapsed().as_secs(), 25);
    }

    #[tokio::test(start_paused = true)]
    async fn a_gap_is_told_once_and_before_what_follows() {
        let mut lines = lines(&[(1, 7), (50, 0)]);
        lines.source.missed = 3;
        assert_eq!(all(lines).await, "[]\n{\"missed\":3}\n[7]\n[0]\n");
    }

    #[tokio::test(start_paused = true)]
    async fn a_line_stays_small_and_the_end_needs_no_last_word() {
        let many: Vec<_> = (1..=700).map(|number| (1, number)).collect();
        let text = all(lines(&many)).await;
        let sizes: Vec<_> = text
            .lines()
            .map(|line| serde_json::from_str::<Vec<u32>>(line).unwrap().len())
            .collect();
        assert_eq!(sizes, [0, 512, 188]);
    }
}
