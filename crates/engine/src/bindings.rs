//! Owns the check that the generated TypeScript is what the types say. `UPDATE_BINDINGS=1 cargo test -p
//! fingerpost-engine` writes it anew.

use crate::{
    Backup, ChangedPolicy, Command, Diagnosis, DryRun, Event, Health, News, PhoneDetail,
    PolicyDraft, PolicyView, Refusal, Restored, Search, SettingsView, TimedEvent, Traffic, View,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use ts_rs::{Config, TS};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings")
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "ts"));
    named
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                std::fs::read_to_string(path).unwrap(),
            )
        })
        .collect()
}

fn export(folder: &Path) {
    let config = Config::new().with_out_dir(folder);
    ChangedPolicy::export_all(&config).unwrap();
    PolicyDraft::export_all(&config).unwrap();
    PolicyView::export_all(&config).unwrap();
    Command::export_all(&config).unwrap();
    DryRun::export_all(&config).unwrap();
    Diagnosis::export_all(&config).unwrap();
    Health::export_all(&config).unwrap();
    Event::export_all(&config).unwrap();
    TimedEvent::export_all(&config).unwrap();
    News::export_all(&config).unwrap();
    PhoneDetail::export_all(&config).unwrap();
    Refusal::export_all(&config).unwrap();
    View::export_all(&config).unwrap();
    Traffic::export_all(&config).unwrap();
    Search::export_all(&config).unwrap();
    SettingsView::export_all(&config).unwrap();
    Backup::export_all(&config).unwrap();
    Restored::export_all(&config).unwrap();
}

#[test]
fn the_typescript_is_what_the_types_say() {
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        export(&committed());
    }
    let fresh = std::env::temp_dir().join(format!("fingerpost-bindings-{}", std::process::id()));
    export(&fresh);
    let (is, should) = (files(&committed()), files(&fresh));
    std::fs::remove_dir_all(&fresh).unwrap();
    assert!(!should.is_empty());
    let stale: Vec<_> =
        should.keys().chain(is.keys()).filter(|name| is.get(*name) != should.get(*name)).collect();
    assert!(
        stale.is_empty(),
        "{stale:?}: run UPDATE_BINDINGS=1 cargo test -p fingerpost-engine, and commit"
    );
}
