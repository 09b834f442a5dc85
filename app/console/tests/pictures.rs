//! The screen as images, beside those that a person has looked at. `UPDATE_SNAPSHOTS=1 cargo test -p fingerpost-console
//! --test pictures` paints them anew.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

mod support;

use egui::Theme;
use egui_kittest::SnapshotOptions;
use fingerpost_engine::View;
use support::{Stage, folder, held, quiet, three_phones};

/// Other machines round a little otherwise; a layout that moved changes far more.
fn is_as_in(name: &str, theme: Theme, view: View) {
    let mut stage = Stage::painted(view, theme);
    stage.screen.snapshot_options(name, &options());
}

fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(1.0).max_failed_pixels(40_usize)
}

/// What differs from run to run is made the same.
fn same_each_time(mut view: View) -> View {
    view.group = "224.0.1.75:5060".parse().unwrap();
    for row in &mut view.phones {
        (row.source, row.rule) = ("192.0.2.20:5060".parse().unwrap(), None);
        row.last_asked = view.time;
    }
    view
}

fn in_trouble() -> View {
    let mut view = held();
    view.state = "Not listening: port 5060 of 192.0.2.7 is held by baresip (process 7).".into();
    view.health = "Joined on no card; card lo: port 5060 of 192.0.2.7 is held by baresip (process 7): stop that program.".into();
    same_each_time(view)
}

#[test]
fn phones_by_day() {
    is_as_in("phones-light", Theme::Light, same_each_time(three_phones()));
}

#[test]
fn phones_by_night() {
    is_as_in("phones-dark", Theme::Dark, same_each_time(three_phones()));
}

#[test]
fn nobody_by_day() {
    is_as_in("empty-light", Theme::Light, same_each_time(quiet()));
}

#[test]
fn nobody_by_night() {
    is_as_in("empty-dark", Theme::Dark, same_each_time(quiet()));
}

#[test]
fn trouble_by_day() {
    is_as_in("trouble-light", Theme::Light, in_trouble());
}

#[test]
fn trouble_by_night() {
    is_as_in("trouble-dark", Theme::Dark, in_trouble());
}

#[test]
fn a_screen_that_is_another_is_noticed() {
    let mut view = same_each_time(three_phones());
    view.phones.swap(0, 1);
    let mut stage = Stage::painted(view, Theme::Light);
    // What differs is written down beside: not among those that are kept.
    let folder = folder("another");
    std::fs::create_dir_all(&folder.0).unwrap();
    let kept = include_bytes!("snapshots/phones-light.png");
    std::fs::write(folder.0.join("phones-light.png"), kept).unwrap();
    let told = stage.screen.try_snapshot_options("phones-light", &options().output_path(&folder.0));
    assert!(told.is_err() || std::env::var_os("UPDATE_SNAPSHOTS").is_some());
}
