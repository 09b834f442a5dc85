//! Owns the check that the generated TypeScript is what the types say. `UPDATE_BINDINGS=1 cargo test -p
//! fingerpost-wasm` writes it anew.

use crate::{
    Answering, Comparison, ComposeError, ComposeFields, Composed, Draft, Explanation, Head, Hole,
    Inspection, Model, ModelError, Policy, Preset, Redaction, SearchError, Seen, TraceHead,
    TraceMessage, Vendor,
};
use fingerpost_ladder::Row;
use std::path::Path;
use ts_rs::{Config, TS};

const FILE: &str = "types.ts";

fn export(folder: &Path) {
    let config = Config::new().with_out_dir(folder);
    Inspection::export_all(&config).unwrap();
    Head::export_all(&config).unwrap();
    Seen::export_all(&config).unwrap();
    TraceHead::export_all(&config).unwrap();
    TraceMessage::export_all(&config).unwrap();
    Row::export_all(&config).unwrap();
    Answering::export_all(&config).unwrap();
    Comparison::export_all(&config).unwrap();
    Redaction::export_all(&config).unwrap();
    SearchError::export_all(&config).unwrap();
    Policy::export_all(&config).unwrap();
    Explanation::export_all(&config).unwrap();
    ComposeFields::export_all(&config).unwrap();
    Composed::export_all(&config).unwrap();
    ComposeError::export_all(&config).unwrap();
    Draft::export_all(&config).unwrap();
    Vendor::export_all(&config).unwrap();
    Preset::export_all(&config).unwrap();
    Model::export_all(&config).unwrap();
    Hole::export_all(&config).unwrap();
    ModelError::export_all(&config).unwrap();
}

#[test]
fn the_typescript_is_what_the_types_say() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings");
    let fresh = std::env::temp_dir().join(format!("fingerpost-types-{}", std::process::id()));
    export(&fresh);
    let should = std::fs::read_to_string(fresh.join(FILE)).unwrap();
    std::fs::remove_dir_all(&fresh).unwrap();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(committed.join(FILE), &should).unwrap();
    }
    let is = std::fs::read_to_string(committed.join(FILE)).unwrap();
    assert!(
        is == should,
        "run UPDATE_BINDINGS=1 cargo test -p fingerpost-wasm, build again, and commit"
    );
}
