//! Owns where the window stands and how large it is: kept while it is moved, taken again at the next start.

use crate::kept::{Kept, Place};
use std::sync::Arc;
use std::time::Duration;
use tauri::{PhysicalPosition, WebviewWindow, WindowEvent};

pub(crate) const USUAL: (f64, f64) = (1240.0, 760.0);
pub(crate) const LEAST: (f64, f64) = (320.0, 320.0);
/// A window that is dragged is not written at each step.
const PAUSE: Duration = Duration::from_secs(1);

/// The size to open with.
pub(crate) fn size(kept: &Kept) -> (f64, f64) {
    let place = kept.now().place.map_or(USUAL, |place| (place.width, place.height));
    (place.0.clamp(LEAST.0, 16_384.0), place.1.clamp(LEAST.1, 16_384.0))
}

/// Puts it where it was, if there is still a screen there, and remembers where it goes.
pub(crate) fn keep(window: &WebviewWindow, kept: &Arc<Kept>) -> tauri::Result<()> {
    if let Some(place) = kept.now().place {
        if is_on_screen(window, place)? {
            window.set_position(PhysicalPosition::new(place.x, place.y))?;
        }
        if place.is_maximized {
            window.maximize()?;
        }
    }
    let (follow, kept) = (window.clone(), Arc::clone(kept));
    let (moved, news) = tokio::sync::watch::channel(());
    tauri::async_runtime::spawn(write_behind(news, Arc::clone(&kept)));
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Moved(_) | WindowEvent::Resized(_)) {
            note(&follow, &kept);
            // Who writes ends with the program.
            let _ = moved.send(());
        }
    });
    Ok(())
}

async fn write_behind(mut news: tokio::sync::watch::Receiver<()>, kept: Arc<Kept>) {
    while news.changed().await.is_ok() {
        tokio::time::sleep(PAUSE).await;
        news.mark_unchanged();
        kept.write();
    }
}

/// Of a maximized window the place before counts.
fn note(window: &WebviewWindow, kept: &Kept) {
    let is_gone = window.is_minimized().unwrap_or(true) || !window.is_visible().unwrap_or(false);
    let Some(place) = (if is_gone { None } else { place(window).ok() }) else { return };
    kept.change(|known| {
        let before = known.place.filter(|_| place.is_maximized);
        known.place = Some(before.map_or(place, |before| Place { is_maximized: true, ..before }));
    });
}

fn place(window: &WebviewWindow) -> tauri::Result<Place> {
    let at = window.outer_position()?;
    let size = window.inner_size()?.to_logical::<f64>(window.scale_factor()?);
    let is_maximized = window.is_maximized()?;
    Ok(Place { x: at.x, y: at.y, width: size.width, height: size.height, is_maximized })
}

/// Whether a hand's breadth of its upper edge can be taken hold of.
fn is_on_screen(window: &WebviewWindow, place: Place) -> tauri::Result<bool> {
    let screens = window.available_monitors()?;
    Ok(screens.iter().any(|screen| {
        let (at, size) = (screen.position(), screen.size());
        is_within(place, (at.x, at.y), (size.width, size.height))
    }))
}

fn is_within(place: Place, at: (i32, i32), size: (u32, u32)) -> bool {
    let (x, y) = (i64::from(place.x) - i64::from(at.0), i64::from(place.y) - i64::from(at.1));
    let (width, height) = (i64::from(size.0), i64::from(size.1));
    (-100..width - 100).contains(&x) && (-20..height - 40).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_whose_screen_was_unplugged_is_not_put_there() {
        let at = |x, y| Place { x, y, width: 800.0, height: 600.0, is_maximized: false };
        let screen = ((0, 0), (1920, 1080));
        assert!(is_within(at(0, 0), screen.0, screen.1));
        assert!(is_within(at(1700, 900), screen.0, screen.1));
        assert!(!is_within(at(1920, 0), screen.0, screen.1));
        assert!(!is_within(at(100, 1079), screen.0, screen.1));
        assert!(is_within(at(2000, 10), (1920, 0), screen.1));
    }
}
