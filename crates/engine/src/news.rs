//! Owns how events reach whatever draws them: those of a thirtieth of a second together, a word about what was lost, and
//! a sign of life where nothing happens. Knows no event but the last one.

use crate::engine::{Engine, Events};
use crate::event::{Event, TimedEvent};
use serde::Serialize;
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// Events within this time are told together.
const BATCH: Duration = Duration::from_millis(33);
/// No more are, so that one piece of news stays small however much happens.
const LARGEST_BATCH: usize = 512;
/// Silence is broken this often: telling is how a dead listener is noticed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// What happened since the last news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(untagged)]
#[allow(clippy::exhaustive_enums, reason = "either it can be told, or it is lost")]
pub enum News {
    /// These events; none says that the engine lives.
    Happened(Vec<TimedEvent>),
    /// So many events were lost, because they came faster than they were taken.
    Missed {
        /// How many.
        #[cfg_attr(test, ts(type = "number"))]
        missed: u64,
    },
}

/// The engine's events as news. The first comes at once and holds nothing: from then on nothing escapes the listener.
#[derive(Debug)]
pub struct NewsFeed(Batches<Events>);

impl Engine {
    /// News from now on. The feed does not keep the engine alive.
    #[must_use]
    pub fn news(&self) -> NewsFeed {
        NewsFeed(Batches::new(self.events()))
    }
}

impl NewsFeed {
    /// The next news; `None` once the engine has ended and everything was told. A listener that does not ask costs
    /// nothing.
    pub async fn next(&mut self) -> Option<News> {
        Some(match self.0.next().await? {
            Batch::Items(events) => News::Happened(events),
            Batch::Missed(missed) => News::Missed { missed },
        })
    }
}

/// Where events come from. It keeps a bounded number of them for us and counts those that we did not take in time.
trait Source {
    type Item;
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

#[derive(Debug)]
enum Batch<T> {
    Items(Vec<T>),
    Missed(u64),
}

#[derive(Debug)]
struct Batches<S: Source> {
    source: S,
    missed: u64,
    /// Read already, told after the gap before it.
    waiting: Option<Vec<S::Item>>,
    has_ended: bool,
}

impl<S: Source> Batches<S> {
    fn new(source: S) -> Self {
        Self { source, missed: 0, waiting: Some(Vec::new()), has_ended: false }
    }

    async fn next(&mut self) -> Option<Batch<S::Item>> {
        if let Some(items) = self.waiting.take() {
            return Some(Batch::Items(items));
        }
        if self.has_ended {
            return None;
        }
        let items = self.collect().await;
        let missed = self.source.missed() - self.missed;
        if missed == 0 {
            return Some(Batch::Items(items));
        }
        self.missed += missed;
        self.waiting = Some(items);
        Some(Batch::Missed(missed))
    }

    /// What happens from the first event on; nothing where none comes for long.
    async fn collect(&mut self) -> Vec<S::Item> {
        let mut items = Vec::new();
        let mut next = timeout(HEARTBEAT, self.source.next()).await;
        let deadline = Instant::now() + BATCH;
        while let Ok(item) = next {
            self.has_ended = item.as_ref().is_none_or(S::is_last);
            items.extend(item);
            if self.has_ended || items.len() == LARGEST_BATCH {
                break;
            }
            next = timeout_at(deadline, self.source.next()).await;
        }
        items
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

    fn batches(coming: &[(u64, u32)]) -> Batches<Numbers> {
        let start = Instant::now();
        let at = |(ms, number): &(u64, u32)| (start + Duration::from_millis(*ms), *number);
        Batches::new(Numbers { coming: coming.iter().map(at).collect(), missed: 0 })
    }

    async fn all(mut batches: Batches<Numbers>) -> Vec<Result<Vec<u32>, u64>> {
        let mut told = Vec::new();
        while let Some(batch) = batches.next().await {
            told.push(match batch {
                Batch::Items(items) => Ok(items),
                Batch::Missed(count) => Err(count),
            });
        }
        told
    }

    #[tokio::test(start_paused = true)]
    async fn what_happens_together_is_told_together() {
        let batches = batches(&[(5, 1), (20, 2), (37, 3), (100, 4), (101, 0)]);
        assert_eq!(all(batches).await, [Ok(vec![]), Ok(vec![1, 2, 3]), Ok(vec![4, 0])]);
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_broken_by_a_sign_of_life() {
        let start = Instant::now();
        let told = all(batches(&[(25_000, 0)])).await;
        assert_eq!(told, [Ok(vec![]), Ok(vec![]), Ok(vec![]), Ok(vec![0])]);
        assert_eq!(start.elapsed().as_secs(), 25);
    }

    #[tokio::test(start_paused = true)]
    async fn a_gap_is_told_once_and_before_what_follows() {
        let mut batches = batches(&[(1, 7), (50, 0)]);
        batches.source.missed = 3;
        assert_eq!(all(batches).await, [Ok(vec![]), Err(3), Ok(vec![7]), Ok(vec![0])]);
    }

    #[tokio::test(start_paused = true)]
    async fn one_piece_of_news_stays_small_and_the_end_needs_no_last_word() {
        let many: Vec<_> = (1..=700).map(|number| (1, number)).collect();
        let told = all(batches(&many)).await;
        let sizes: Vec<_> = told.iter().map(|batch| batch.as_ref().unwrap().len()).collect();
        assert_eq!(sizes, [0, 512, 188]);
    }
}
