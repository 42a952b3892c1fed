//! Every text that the code names exists.

#![cfg(feature = "ssr")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

use std::collections::BTreeSet;
use std::path::Path;

use domain::identifiers::Language;
use domain::words::Words;

/// The literals that follow one of these are names of messages.
const CALLS: [&str; 4] = [".text(\"", ".with(\"", "say(\"", ".with(\n"];

fn literals(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            literals(&path, found);
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a text");
        for call in CALLS {
            for rest in source.split(call).skip(1) {
                let rest = rest.trim_start().trim_start_matches('"');
                let end = rest.find('"').unwrap_or(0);
                let id = &rest[..end];
                let is_id = id.contains(|c: char| c.is_ascii_lowercase())
                    && id
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                if is_id {
                    found.insert(id.to_owned());
                }
            }
        }
    }
}

fn defined() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../locales/en");
    std::fs::read_dir(folder)
        .expect("the texts")
        .flat_map(|file| {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("its text");
            text.lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim().to_owned()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_text_that_is_named_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut named = BTreeSet::new();
    for folder in ["app/src", "engine/src"] {
        literals(&root.join(folder), &mut named);
    }
    let defined = defined();
    let missing: Vec<_> = named.difference(&defined).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(named.len() > 20, "the search finds too little: {named:?}");
}

#[test]
fn every_right_regime_and_error_has_its_words() {
    let words = Words::new(Language::De);
    for right in domain::requests::Right::ALL {
        assert!(words.find(&format!("right-{}", right.name())).is_some(), "{right:?}");
    }
    for regime in domain::requests::Regime::ALL {
        assert!(words.find(&format!("regime-{}", regime.name())).is_some(), "{regime:?}");
    }
}
