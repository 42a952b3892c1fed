//! At every start: the keyring's chain is looked through, what only files know is
//! taken over, and this node's file is brought up to the chain.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, PoisonError};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::copy::{self, KeyLine};
use super::odd::{Kind, Odd};
use super::{Entry, Ledger, PAGE, said};
use crate::platform::failure::Failure;
use crate::platform::keyring::{Coming, DataKey, Judged, judge, line_hash};
use crate::platform::storage::Timestamp;

/// For how long after the first start of this version lines of earlier ones, which
/// have no proof, are taken over from files that were never looked at: while nodes
/// are upgraded one after the other. In seconds; 90 days.
const UPGRADING: i64 = 90 * 86_400;
/// How many entries are taken over in one transaction.
const AT_ONCE: usize = 500;
/// What the ledger in the keyring is called.
const CHAIN: &str = "the keyring’s ledger";

/// What the chain has.
#[derive(Default)]
struct Known {
    /// Its lines by hash, with their numbers.
    lines: HashMap<[u8; 32], i64>,
    /// What they say, by hash.
    said: HashSet<[u8; 32]>,
}

/// What a file has.
#[derive(Default)]
struct Found {
    /// How many lines were looked at.
    line: i64,
    /// Its genuine lines, by hash.
    seen: HashSet<[u8; 32]>,
    /// Those that the chain has, by number, and the highest of these.
    numbers: HashSet<i64>,
    last: i64,
    /// Entries that the chain does not have, with their number in an earlier chain.
    missing: Vec<(i64, Coming)>,
    odd: Vec<Odd>,
}

/// How a file is looked at.
struct Look {
    place: String,
    keys: HashMap<Uuid, DataKey>,
    known: Arc<Known>,
    /// Whether lines without proof are taken over.
    trusting: bool,
}

impl Ledger {
    /// Brings chain and file together, and remembers what should not be so.
    pub(crate) async fn merge(&self, now: Timestamp) -> Result<(), Failure> {
        let restored = Ledger::coming_back(&self.path);
        self.take_keys(&self.path).await?;
        self.take_keys(&restored).await?;
        let keys = self.keyring.chain_keys().await?;
        self.keyring.trust_until(now.plus_seconds(UPGRADING).0).await?;
        let until = self.keyring.chain_head().await?.trusts_until;
        let upgrading = until.is_some_and(|until| now.0 <= until);
        let place = self.place();
        let noted = self.keyring.copied_to(&place).await?;

        let (known, mut odd) = self.look_through(&keys).await?;
        let known = Arc::new(known);
        let look = |file: &Path, trusting| Look {
            place: file.display().to_string(),
            keys: keys.clone(),
            known: Arc::clone(&known),
            trusting,
        };
        let own = look(&self.path, upgrading && noted.is_none()).at(&self.path).await?;
        let back = look(&restored, upgrading).at(&restored).await?;
        odd.extend(own.odd);
        odd.extend(back.odd);
        // What was cut off the end of the file is seen by the note of how long it was.
        let had = noted.unwrap_or_default().min(known.lines.len() as i64);
        let file = self.path.display().to_string();
        Odd::note(&mut odd, &file, Kind::Missing, own.last + 1, had - own.last);

        self.take_over([own.missing, back.missing].concat()).await?;
        self.keep_key().await?;
        let last = self.complete(&own.seen).await?;
        if noted != Some(last) {
            self.keyring.note_copied(&place, last).await?;
        }
        if restored.exists() {
            std::fs::remove_file(&restored)?;
        }
        *self.odd.write().unwrap_or_else(PoisonError::into_inner) = odd;
        Ok(())
    }

    /// Takes the ledger's keys over that a file holds.
    async fn take_keys(&self, file: &Path) -> Result<(), Failure> {
        let lines = copy::key_lines(file).await?;
        let known = self.keyring.chain_keys().await?;
        for (id, master, wrapped) in lines.iter().filter_map(KeyLine::parts) {
            if !known.contains_key(&id) {
                self.keyring.take_chain_key(id, master, &wrapped).await?;
            }
        }
        Ok(())
    }

    /// Every line of the chain: whether it is genuine, and in its place.
    async fn look_through(
        &self,
        keys: &HashMap<Uuid, DataKey>,
    ) -> Result<(Known, Vec<Odd>), Failure> {
        let (mut known, mut odd) = (Known::default(), Vec::new());
        let (mut number, mut hash) = (0, [0; 32]);
        let mut head = self.keyring.chain_head().await?;
        loop {
            for link in self.keyring.links(number, PAGE).await? {
                let gap = link.number - number - 1;
                Odd::note(&mut odd, CHAIN, Kind::Missing, number + 1, gap);
                let kind = match judge(keys, &link.line) {
                    Judged::Genuine { number: own, before } => {
                        if let Some(entry) = entry(&link.line) {
                            known.said.insert(digest(&said(&entry)?));
                        }
                        let follows = gap > 0 || before == HEXLOWER.encode(&hash);
                        (own != link.number || !follows).then_some(Kind::Moved)
                    }
                    Judged::Newer => Some(Kind::Newer),
                    Judged::Old | Judged::Forged => Some(Kind::Forged),
                };
                if let Some(kind) = kind {
                    Odd::note(&mut odd, CHAIN, kind, link.number, 1);
                }
                number = link.number;
                hash = line_hash(&link.line);
                known.lines.insert(hash, number);
            }
            let sealed = head.genuine && head.hash == hash;
            if head.number == number && sealed {
                break;
            }
            let before = std::mem::replace(&mut head, self.keyring.chain_head().await?);
            // Another node may have appended since; if none has, another hand was there.
            if head == before && self.keyring.links(number, 1).await?.is_empty() {
                Odd::note(&mut odd, CHAIN, Kind::Missing, number + 1, head.number - number);
                if head.number <= number {
                    Odd::note(&mut odd, CHAIN, Kind::End, number, 1);
                }
                break;
            }
        }
        Ok((known, odd))
    }

    /// Appends to the chain what it does not have.
    async fn take_over(&self, mut missing: Vec<(i64, Coming)>) -> Result<(), Failure> {
        missing.sort_by_key(|(number, _)| *number);
        let mut taken = HashSet::new();
        missing.retain(|(_, coming)| taken.insert(coming.says.clone()));
        let lines: Vec<Coming> = missing.into_iter().map(|(_, coming)| coming).collect();
        for some in lines.chunks(AT_ONCE) {
            self.keyring.lengthen(some).await?;
        }
        Ok(())
    }

    /// Writes to the file what of the chain it lacks. The answer is up to which line
    /// it is a copy now.
    async fn complete(&self, seen: &HashSet<[u8; 32]>) -> Result<i64, Failure> {
        let mut copied = self.copied.lock().await;
        let mut last = 0;
        loop {
            let mut links = self.keyring.links(last, PAGE).await?;
            let Some(end) = links.last() else { break };
            last = end.number;
            links.retain(|link| !seen.contains(&line_hash(&link.line)));
            if !links.is_empty() {
                copy::write(&self.path, copy::text(&links)).await?;
            }
        }
        *copied = Some(last);
        Ok(last)
    }
}

impl Look {
    /// Looks at every line of a file.
    async fn at(self, file: &Path) -> Result<Found, Failure> {
        let place = self.place.clone();
        let mut found = copy::each_line(file, Found::default(), move |found, line| {
            found.line += 1;
            if let Some(kind) = self.line(found, line) {
                Odd::note(&mut found.odd, &self.place, kind, found.line, 1);
            }
        })
        .await?;
        let mut gaps = (1..found.last).filter(|number| !found.numbers.contains(number));
        if let Some(first) = gaps.next() {
            let more = gaps.count() as i64;
            Odd::note(&mut found.odd, &place, Kind::Missing, first, more + 1);
        }
        Ok(found)
    }

    /// What is the matter with a line; nothing, usually.
    fn line(&self, found: &mut Found, line: &str) -> Option<Kind> {
        if KeyLine::parse(line).is_some() {
            return None;
        }
        let hash = line_hash(line);
        if let Some(number) = self.known.lines.get(&hash) {
            found.seen.insert(hash);
            let moved = found.numbers.insert(*number) && *number < found.last;
            found.last = found.last.max(*number);
            // Whether it is genuine was seen in the chain.
            return moved.then_some(Kind::Moved);
        }
        let judged = judge(&self.keys, line);
        if judged == Judged::Newer {
            return Some(Kind::Newer);
        }
        let Some(says) = entry(line).and_then(|entry| said(&entry).ok()) else {
            return Some(Kind::Forged);
        };
        let is_known = self.known.said.contains(&digest(&says));
        match judged {
            Judged::Genuine { number, .. } => {
                found.seen.insert(hash);
                if !is_known {
                    let copied = Some(line.to_owned());
                    found.missing.push((number, Coming { says, copied }));
                }
                None
            }
            Judged::Old if is_known => None,
            Judged::Old if self.trusting => {
                found.missing.push((0, Coming { says, copied: None }));
                None
            }
            Judged::Old => Some(Kind::Unproven),
            Judged::Forged | Judged::Newer => Some(Kind::Forged),
        }
    }
}

fn entry(line: &str) -> Option<Entry> {
    serde_json::from_str(line).ok()
}

fn digest(says: &str) -> [u8; 32] {
    Sha256::digest(says.as_bytes()).into()
}
