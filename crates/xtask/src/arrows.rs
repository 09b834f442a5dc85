//! The directions of dependencies between the workspace's crates, and the check that they are kept.

use serde_json::Value;
use std::collections::BTreeSet;

/// Which workspace crates a crate may depend on (tests and benches of a crate are free).
const ARROWS: &[(&str, &[&str])] = &[
    ("fingerpost-core", &[]),
    ("fingerpost-rules", &["fingerpost-core"]),
    ("fingerpost-trace", &["fingerpost-core"]),
    ("fingerpost-ladder", &["fingerpost-core"]),
    ("fingerpost-report", &["fingerpost-core", "fingerpost-trace"]),
    ("fingerpost-net", &[]),
    (
        "fingerpost-engine",
        &["fingerpost-net", "fingerpost-rules", "fingerpost-trace", "fingerpost-core"],
    ),
    (
        "fingerpost",
        &[
            "fingerpost-engine",
            "fingerpost-trace",
            "fingerpost-ladder",
            "fingerpost-report",
            "fingerpost-rules",
            "fingerpost-core",
        ],
    ),
    (
        "fingerpost-wasm",
        &[
            "fingerpost-core",
            "fingerpost-trace",
            "fingerpost-ladder",
            "fingerpost-report",
            "fingerpost-rules",
        ],
    ),
    ("fingerpost-launch", &["fingerpost-engine"]),
    ("fingerpost-desktop", &["fingerpost-launch", "fingerpost-engine"]),
    ("fingerpost-console", &["fingerpost-launch", "fingerpost-engine", "fingerpost-ladder"]),
    ("fingerpost-testkit", &["fingerpost-core"]),
    ("fingerpost-promises", &["fingerpost-core", "fingerpost-trace"]),
    ("fingerpost-system-tests", &["fingerpost-testkit"]),
    ("fingerpost-storm", &["fingerpost-system-tests", "fingerpost-testkit", "fingerpost-core"]),
    ("fingerpost-e2e", &["fingerpost-system-tests"]),
    ("xtask", &[]),
];

/// All that people who embed the core get along with it.
const CORE_NEEDS: &[&str] = &["hashbrown", "memchr", "nom", "serde", "smallvec", "thiserror"];

/// Crates without clock, randomness, socket and file, and what would bring those in.
const PURE: &[&str] = &[
    "fingerpost-core",
    "fingerpost-rules",
    "fingerpost-trace",
    "fingerpost-ladder",
    "fingerpost-report",
];
const IMPURE: &[&str] =
    &["async-std", "getrandom", "mio", "rand", "rusqlite", "smol", "socket2", "tokio"];

/// Every broken rule in words; nothing where all arrows are kept.
pub(crate) fn problems(metadata: &Value) -> Vec<String> {
    let packages = list(metadata, "packages");
    let members: BTreeSet<&str> = packages.iter().map(|package| text(package, "name")).collect();
    packages.iter().flat_map(|package| package_problems(package, &members)).collect()
}

fn package_problems(package: &Value, members: &BTreeSet<&str>) -> Vec<String> {
    let name = text(package, "name");
    let Some((_, allowed)) = ARROWS.iter().find(|(member, _)| *member == name) else {
        return vec![format!("{name} is new: give it its arrows in crates/xtask/src/arrows.rs")];
    };
    needs(package)
        .into_iter()
        .filter_map(|need| edge_problem(name, need, allowed, members.contains(need)))
        .collect()
}

fn edge_problem(name: &str, need: &str, allowed: &[&str], is_member: bool) -> Option<String> {
    if is_member && !allowed.contains(&need) {
        let may = if allowed.is_empty() { "none".to_owned() } else { allowed.join(", ") };
        return Some(format!(
            "{name} depends on {need}; of this workspace it may depend on: {may}"
        ));
    }
    if PURE.contains(&name) && IMPURE.contains(&need) {
        return Some(format!(
            "{name} is pure (no clock, randomness, socket, database) but needs {need}"
        ));
    }
    if name == "fingerpost-core" && !CORE_NEEDS.contains(&need) {
        return Some(format!("{name} needs {need}; allowed: {}", CORE_NEEDS.join(", ")));
    }
    None
}

/// The dependencies that are built into a crate, each once.
fn needs(package: &Value) -> BTreeSet<&str> {
    list(package, "dependencies")
        .iter()
        .filter(|dependency| text(dependency, "kind") != "dev")
        .map(|dependency| text(dependency, "name"))
        .collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Metadata;
    use serde_json::json;

    fn package(name: &str, needs: &[(&str, Option<&str>)]) -> Value {
        let needs: Vec<_> =
            needs.iter().map(|(name, kind)| json!({"name": name, "kind": kind})).collect();
        json!({"name": name, "dependencies": needs})
    }

    fn workspace(packages: &[Value]) -> Value {
        json!({"packages": packages})
    }

    #[test]
    fn the_workspace_keeps_its_arrows() {
        let metadata = Metadata::read().unwrap();
        assert!(!list(&metadata.0, "packages").is_empty());
        assert_eq!(problems(&metadata.0), Vec::<String>::new());
    }

    #[test]
    fn a_wrong_arrow_is_reported_with_both_ends() {
        let net = package("fingerpost-net", &[("fingerpost-core", None), ("tokio", None)]);
        let found = problems(&workspace(&[net, package("fingerpost-core", &[])]));
        assert_eq!(
            found,
            ["fingerpost-net depends on fingerpost-core; of this workspace it may depend on: none"]
        );
    }

    #[test]
    fn the_testkit_is_for_tests_only() {
        let kit = || package("fingerpost-testkit", &[]);
        let with = |kind| package("fingerpost-engine", &[("fingerpost-testkit", kind)]);
        assert_eq!(problems(&workspace(&[kit(), with(None)])).len(), 1);
        assert_eq!(problems(&workspace(&[kit(), with(Some("build"))])).len(), 1);
        assert!(problems(&workspace(&[kit(), with(Some("dev"))])).is_empty());
    }

    #[test]
    fn an_unknown_crate_is_asked_for_its_arrows() {
        let found = problems(&workspace(&[package("fingerpost-new", &[])]));
        assert!(found[0].contains("fingerpost-new") && found[0].contains("give it its arrows"));
    }

    #[test]
    fn a_pure_crate_reaches_no_socket() {
        let found = problems(&workspace(&[package("fingerpost-rules", &[("tokio", None)])]));
        assert!(found[0].contains("fingerpost-rules") && found[0].contains("tokio"), "{found:?}");
    }

    #[test]
    fn the_core_brings_few_crates_along() {
        let core = package("fingerpost-core", &[("nom", None), ("regex", None)]);
        let found = problems(&workspace(&[core]));
        assert!(found.len() == 1 && found[0].contains("regex"), "{found:?}");
    }
}
