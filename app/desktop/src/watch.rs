//! Owns the watch over the engine while nobody may be looking: the tray says how things stand, and new phones are told.

use crate::arrivals::{Arrivals, named};
use crate::notice;
use crate::shell::Shell;
use fingerpost_engine::{Event, News};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// The tray's sentence is not looked up more often, however much happens.
const PAUSE: Duration = Duration::from_secs(1);

/// Until the engine ends.
pub(crate) async fn keep(shell: &Shell) {
    let Shell { engine, window, kept, tray, .. } = shell;
    let begun = Instant::now();
    let mut feed = engine.news();
    let mut arrivals = Arrivals::default();
    if let Ok(view) = engine.view().await {
        arrivals.know(view.phones.iter().map(|row| row.phone.id.clone()));
    }
    // When the tray is to be told anew.
    let mut stale = Some(begun);
    loop {
        if stale.is_some_and(|at| at <= Instant::now()) {
            stale = None;
            if let Ok(view) = engine.view().await {
                tray.say(view.mode, &view.state, kept.now().notifies).await;
            }
        }
        let tray_in = stale.map(|at| at.saturating_duration_since(Instant::now()));
        let next = [tray_in, arrivals.due_in(begun.elapsed())].into_iter().flatten().min();
        match timeout(next.unwrap_or(Duration::MAX), feed.next()).await {
            Err(_) => {}
            Ok(None) => return,
            Ok(Some(news)) => {
                note(&news, &mut arrivals, begun.elapsed());
                stale = stale.or(Some(Instant::now() + PAUSE));
            }
        }
        if window.is_focused().unwrap_or(false) || !kept.now().notifies {
            arrivals.seen();
        }
        if let Some(notice) = arrivals.tell(begun.elapsed()) {
            // Whoever shows it may let us wait.
            tauri::async_runtime::spawn(notice::show(notice));
        }
    }
}

fn note(news: &News, arrivals: &mut Arrivals, now: Duration) {
    let News::Happened(events) = news else { return };
    for timed in events {
        if let Event::PhoneAsked { phone, .. } = &timed.event {
            arrivals.asked(&phone.id, || named(phone), now);
        }
    }
}
