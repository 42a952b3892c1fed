//! A receipt as anybody can hold it, and what proves it: no database, no keyring.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The format of the lines and ends that this version signs. Lines of earlier
/// versions have none: they sign neither their time nor the line before.
pub const FORMAT: i64 = 2;

/// A receipt, as it is downloaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Paper {
    /// The tenant's number.
    pub tenant: i64,
    /// The receipt.
    pub receipt: Uuid,
    /// When it was begun, in milliseconds since 1970.
    pub begun: i64,
    /// What was stated, in order.
    pub lines: Vec<PaperLine>,
    /// Where it ends. Receipts of earlier versions do not say.
    pub head: Option<PaperHead>,
    /// The company's public keys, in URL-safe Base64: the present one first.
    pub public_keys: Vec<String>,
}

/// A line, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PaperLine {
    /// Counted from 1.
    pub number: i64,
    /// The format; none for lines of earlier versions.
    pub format: Option<i64>,
    /// When it was stated, in milliseconds since 1970.
    pub at: Option<i64>,
    /// The hash of the line before, in URL-safe Base64; empty for the first.
    pub before: Option<String>,
    /// What it states: the JSON text that was signed.
    pub body: String,
    /// Ed25519, in URL-safe Base64.
    pub signature: String,
}

/// The end of a receipt, as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PaperHead {
    /// The format.
    pub format: i64,
    /// Whether more lines follow.
    pub state: HeadState,
    /// How many lines there were.
    pub lines: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Ed25519, in URL-safe Base64.
    pub signature: String,
}

/// Whether more lines follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeadState {
    /// The erasure is under way.
    Open,
    /// All is said.
    Closed,
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Of each line, whether its own signature is genuine.
    pub genuine: Vec<bool>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What the signed end says; none if there is no genuine one.
    pub state: Option<HeadState>,
}

/// What is wrong with a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another hand has written or changed a line.
    #[error("line {0} is not what was signed")]
    Line(i64),
    /// A line is not in its place, or not the one that followed.
    #[error(
        "line {0} does not follow the line before it: something was taken out, changed or moved"
    )]
    Order(i64),
    /// Lines are missing at the end, or more are there than were signed.
    #[error("the end is not the one that was signed: lines are missing, or it was changed")]
    End,
    /// There must be a signed end, and there is none.
    #[error("the signed end is missing")]
    NoEnd,
    /// Only a later version can check it.
    #[error("line {0} is of a newer format, which this version cannot check")]
    Newer(i64),
}

impl HeadState {
    /// Its name, as it is signed and stored.
    pub fn name(self) -> &'static str {
        match self {
            HeadState::Open => "open",
            HeadState::Closed => "closed",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<HeadState> {
        [HeadState::Open, HeadState::Closed].into_iter().find(|state| state.name() == name)
    }
}

impl Checked {
    /// Whether everything is as it was signed.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

impl Paper {
    /// Checks every line, their order, and the end, by these keys.
    pub fn check(&self, keys: &[VerifyingKey]) -> Checked {
        let (mut genuine, mut faults) = (Vec::new(), Vec::new());
        let mut hash = String::new();
        for (number, line) in (1..).zip(&self.lines) {
            let newer = line.format.is_some_and(|format| format > FORMAT);
            let signed = !newer && signed_by(keys, &self.line(line), &line.signature);
            if newer {
                faults.push(Fault::Newer(line.number));
            } else if !signed {
                faults.push(Fault::Line(line.number));
            }
            let follows = line.format.is_none() || line.before.as_deref() == Some(hash.as_str());
            if line.number != number || !follows {
                faults.push(Fault::Order(line.number));
            }
            genuine.push(signed);
            hash = self.hash(line);
        }
        let state = self.head.as_ref().and_then(|head| self.end(head, keys));
        match (&self.head, state) {
            (Some(_), None) => faults.push(Fault::End),
            (None, _) if self.lines.iter().any(|line| line.format.is_some()) => {
                faults.push(Fault::NoEnd);
            }
            _ => {}
        }
        Checked { genuine, faults, state }
    }

    /// What a genuine end says. Lines behind it may only be those of an earlier
    /// version, which has served beside this one and signs no end.
    fn end(&self, head: &PaperHead, keys: &[VerifyingKey]) -> Option<HeadState> {
        let count = usize::try_from(head.lines).ok()?;
        let (told, behind) = self.lines.split_at_checked(count)?;
        let hash = told.last().map(|line| self.hash(line)).unwrap_or_default();
        let fits = head.format == FORMAT
            && behind.iter().all(|line| line.format.is_none())
            && (head.state == HeadState::Open || behind.is_empty())
            && signed_by(keys, &self.head(head.state, head.lines, head.at, &hash), &head.signature);
        fits.then_some(head.state)
    }

    /// What is signed of a line: tenant, receipt, number, time, the line before and
    /// what it says. Of an earlier version's: tenant, receipt, number and what it says.
    pub(super) fn line(&self, line: &PaperLine) -> Vec<u8> {
        let PaperLine { number, body, .. } = line;
        let (tenant, receipt) = (self.tenant, self.receipt);
        match line.format {
            None => format!("candor receipt\n{tenant}\n{receipt}\n{number}\n{body}"),
            Some(format) => {
                let at = line.at.map(|at| at.to_string()).unwrap_or_default();
                let before = line.before.as_deref().unwrap_or_default();
                format!(
                    "candor receipt line {format}\n{tenant}\n{receipt}\n{number}\n{at}\n{before}\n{body}"
                )
            }
        }
        .into_bytes()
    }

    /// What is signed of the end: tenant, receipt, its beginning, whether it is open
    /// or closed, how many lines there are, the time, and the last line.
    pub(super) fn head(&self, state: HeadState, lines: i64, at: i64, last: &str) -> Vec<u8> {
        let Paper { tenant, receipt, begun, .. } = self;
        let state = state.name();
        format!(
            "candor receipt head {FORMAT}\n{tenant}\n{receipt}\n{begun}\n{state}\n{lines}\n{at}\n{last}"
        )
        .into_bytes()
    }

    /// The hash of a line with its signature, which the next one names.
    pub(super) fn hash(&self, line: &PaperLine) -> String {
        let mut hash = Sha256::new_with_prefix(self.line(line));
        hash.update([b'\n']);
        hash.update(line.signature.as_bytes());
        BASE64URL_NOPAD.encode(&hash.finalize())
    }
}

/// A public key, as it is published.
pub fn public_key(text: &str) -> Option<VerifyingKey> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    VerifyingKey::try_from(bytes.as_slice()).ok()
}

fn signed_by(keys: &[VerifyingKey], statement: &[u8], signature: &str) -> bool {
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok();
    let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
    signature.is_some_and(|it| keys.iter().any(|key| key.verify_strict(statement, &it).is_ok()))
}
