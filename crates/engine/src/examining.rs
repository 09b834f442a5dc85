//! Owns that this machine is examined once at a time: whoever asks while an examination runs is told what that one finds,
//! and nobody waits for ever. Knows nothing of what is examined.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// Longer than the self-tests of several cards on which nothing is heard.
const PATIENCE: Duration = Duration::from_secs(20);

/// Examinations that find a `T`.
#[derive(Debug)]
pub(crate) struct Examinations<T> {
    running: Mutex<Option<Running<T>>>,
    patience: Duration,
}

#[derive(Debug)]
struct Running<T> {
    /// Whether it tries things out: then it answers those, too, who only want to look.
    tests: bool,
    found: watch::Receiver<Option<T>>,
}

/// Why nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfound {
    #[error(
        "this machine is still being examined after {} seconds, which is far too long; wait, and look again", .0.as_secs()
    )]
    TooLong(Duration),
    #[error("the examination broke off; look again")]
    BrokenOff,
}

impl<T: Clone + Send + Sync + 'static> Default for Examinations<T> {
    fn default() -> Self {
        Self { running: Mutex::default(), patience: PATIENCE }
    }
}

impl<T: Clone + Send + Sync + 'static> Examinations<T> {
    /// What the running examination finds, else what `begin` does. One that only looks does not stand in for one that
    /// `tests`, but is waited for.
    pub(crate) async fn one<F>(&self, tests: bool, begin: impl Fn() -> F) -> Result<T, Unfound>
    where
        F: Future<Output = T> + Send + 'static,
    {
        let waited = timeout(self.patience, async {
            loop {
                let (answers, mut found) = self.running_or(tests, &begin);
                let found =
                    found.wait_for(Option::is_some).await.map_err(|_| Unfound::BrokenOff)?;
                if let Some(found) = found.clone().filter(|_| answers) {
                    return Ok(found);
                }
            }
        });
        waited.await.unwrap_or(Err(Unfound::TooLong(self.patience)))
    }

    /// The examination that runs and whether it does for who asks; else a new one, which goes on when nobody waits.
    fn running_or<F>(
        &self,
        tests: bool,
        begin: impl Fn() -> F,
    ) -> (bool, watch::Receiver<Option<T>>)
    where
        F: Future<Output = T> + Send + 'static,
    {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        // One that broke off tells nobody any more.
        let is_running =
            |one: &&Running<T>| one.found.has_changed().is_ok() && one.found.borrow().is_none();
        if let Some(one) = running.as_ref().filter(is_running) {
            return (one.tests || !tests, one.found.clone());
        }
        let (tell, found) = watch::channel(None);
        let examination = begin();
        tokio::spawn(async move {
            let said = examination.await;
            // Whoever asked may have gone.
            let _ = tell.send(Some(said));
        });
        *running = Some(Running { tests, found: found.clone() });
        (true, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::sync::Semaphore;

    /// Examinations that end when they are allowed to, and how many began.
    #[derive(Clone)]
    struct Slow {
        may_end: Arc<Semaphore>,
        begun: Arc<AtomicU32>,
    }

    impl Slow {
        fn new() -> Self {
            Self { may_end: Arc::new(Semaphore::new(0)), begun: Arc::default() }
        }

        fn begin(&self) -> impl Future<Output = u32> + Send + use<> {
            let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
            let may_end = Arc::clone(&self.may_end);
            async move {
                may_end.acquire().await.unwrap().forget();
                number
            }
        }

        fn begun(&self) -> u32 {
            self.begun.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn whoever_asks_meanwhile_is_told_what_the_running_one_finds() {
        let (slow, examinations) = (Slow::new(), Examinations::default());
        let begin = || slow.begin();
        slow.may_end.add_permits(1);
        let asked = tokio::join!(
            examinations.one(true, begin),
            examinations.one(true, begin),
            examinations.one(false, begin)
        );
        assert_eq!(asked, (Ok(1), Ok(1), Ok(1)));
        slow.may_end.add_permits(1);
        assert_eq!(examinations.one(false, begin).await, Ok(2), "what is past answers nobody");
    }

    #[tokio::test]
    async fn a_look_does_not_stand_in_for_a_test_and_never_runs_beside_one() {
        let (slow, examinations) = (Slow::new(), Examinations::default());
        let begin = || slow.begin();
        let looking = examinations.one(false, begin);
        let testing = examinations.one(true, begin);
        let opening = async {
            assert_eq!(slow.begun(), 1);
            slow.may_end.add_permits(2);
        };
        let (looked, tested, ()) = tokio::join!(looking, testing, opening);
        assert_eq!((looked, tested, slow.begun()), (Ok(1), Ok(2), 2));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever_and_no_second_one_begins_meanwhile() {
        let (slow, examinations) = (Slow::new(), Examinations::default());
        let begin = || slow.begin();
        for _ in 0..2 {
            let error = examinations.one(true, begin).await.unwrap_err();
            assert!(error.to_string().contains("still being examined after 20 seconds"), "{error}");
        }
        assert_eq!(slow.begun(), 1);
        slow.may_end.add_permits(2);
        while examinations.one(false, begin).await.is_err() {}
        assert!(slow.begun() <= 2);
    }
}
