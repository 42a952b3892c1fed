//! `candor receipt …`

use std::path::Path;

use anyhow::{Context, Result, bail};
use engine::erasure::{HeadState, Paper, public_key};
use engine::storage::Timestamp;
use serde::Deserialize;

use crate::open::read;
use crate::say::say;

/// The keys that a company publishes.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Published {
    public_keys: Vec<String>,
}

/// Checks a receipt by nothing but itself and the public keys: whether every line
/// is as it was signed, in its place, and none is missing.
pub fn verify(file: &Path, keys: Option<&Path>) -> Result<()> {
    let paper: Paper = serde_json::from_str(&read(file)?)
        .with_context(|| format!("{} is not a receipt", file.display()))?;
    let named = match keys {
        Some(keys) => {
            let text = read(keys)?;
            serde_json::from_str::<Published>(&text)
                .with_context(|| format!("{} does not hold public keys", keys.display()))?
                .public_keys
        }
        None => paper.public_keys.clone(),
    };
    let known: Option<Vec<_>> = named.iter().map(|key| public_key(key)).collect();
    let known = known.context("a public key cannot be read")?;
    let checked = paper.check(&known);
    for (line, genuine) in paper.lines.iter().zip(&checked.genuine) {
        let at = line.at.map_or_else(|| "no time".to_owned(), time);
        let mark = if *genuine { "ok   " } else { "WRONG" };
        say!("{mark} {} ({at}): {}", line.number, line.body);
    }
    for fault in &checked.faults {
        say!("WRONG {fault}");
    }
    if paper.lines.is_empty() && paper.head.is_none() {
        bail!("nothing in this receipt is signed");
    }
    if !checked.is_whole() {
        bail!("this receipt is not as it was signed");
    }
    match checked.state {
        Some(HeadState::Closed) => say!("Whole and closed: nothing is missing."),
        Some(HeadState::Open) => say!("Whole, and still open: the deletion was under way."),
        None => say!(
            "Every line is genuine. An earlier version signed no end: whether lines are missing \
             there cannot be told."
        ),
    }
    if keys.is_none() {
        say!(
            "Signed by {}. Compare that with /receipts/keys.json at the company’s portal, or give it by --keys.",
            named.join(", ")
        );
    }
    Ok(())
}

fn time(at: i64) -> String {
    jiff::Timestamp::from(Timestamp(at)).to_string()
}
