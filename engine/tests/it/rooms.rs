//! The rooms of the engine: what one of them may use.

use std::fs;
use std::path::Path;

/// In this order: each knows itself and those before it.
const ROOMS: [&str; 8] =
    ["platform", "people", "policies", "webhooks", "data", "rights", "tenants", "demo"];

#[test]
fn a_room_knows_only_those_before_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut rooms: Vec<String> = fs::read_dir(&src)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    rooms.sort();
    let mut known = ROOMS.map(str::to_owned).to_vec();
    known.sort();
    assert_eq!(rooms, known, "a folder of engine/src without a place in the order");

    let mut wrong = Vec::new();
    for (place, room) in ROOMS.iter().enumerate() {
        for (file, text) in sources(&src.join(room)) {
            for later in &ROOMS[place + 1..] {
                if text.contains(&format!("crate::{later}::"))
                    || text.contains(&format!("crate::{later};"))
                {
                    wrong.push(format!("{file} uses {later}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}
