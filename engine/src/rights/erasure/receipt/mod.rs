//! What an erasure did, signed line by line, for whoever holds the code.

mod paper;
mod read;
mod sign;

use data_encoding::BASE64URL_NOPAD;
use domain::erasure::Outcome;
use domain::identifiers::Slug;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::platform::failure::Failure;
use crate::platform::storage::Timestamp;
use crate::policies::Version;
use crate::rights::requests::Row;

pub use paper::{Checked, Fault, HeadState, Paper, PaperHead, PaperLine, public_key};
pub(super) use read::is_whole;
pub use read::{public_keys, receipt};
pub(super) use sign::{add_lines, begin};

/// The secret that opens a receipt: 128 random bits. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode(String);

/// What a line of a receipt states. No personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum LineBody {
    /// What became of a category.
    Category {
        /// The category.
        category: Slug,
        /// How many records.
        count: u64,
        /// What became of them.
        outcome: Outcome,
    },
    /// The keys that sealed what is gone were destroyed.
    KeysDestroyed {
        /// How many.
        keys: u64,
    },
    /// Staff was asked to delete the person's customer at Stripe.
    AskedAtStripe,
    /// Something that only a later version knows how to tell.
    #[serde(other)]
    Newer,
}

/// A line with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLine {
    /// Counted from 1.
    pub number: i64,
    /// What it states.
    pub body: LineBody,
    /// When it was stated; lines of earlier versions do not say.
    pub at: Option<Timestamp>,
    /// The signature, in URL-safe Base64.
    pub signed: String,
    /// Whether the signature is the tenant's own, over just this.
    pub genuine: bool,
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The request that it is for.
    pub request: Row,
    /// The policy version by whose rules it was done.
    pub version: Version,
    /// When it was begun.
    pub created_at: Timestamp,
    /// What was done, so far.
    pub lines: Vec<SignedLine>,
    /// The same as anybody can hold it.
    pub paper: Paper,
    /// Whether all of it is as it was signed.
    pub checked: Checked,
}

impl ReceiptCode {
    /// Parses a code from a link.
    pub fn parse(text: &str) -> Option<ReceiptCode> {
        let wellformed = text.len() == 22
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        wellformed.then(|| ReceiptCode(text.to_owned()))
    }

    /// The code, for the link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn generate() -> Result<ReceiptCode, Failure> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(Failure::corrupt)?;
        Ok(ReceiptCode(BASE64URL_NOPAD.encode(&bytes)))
    }

    fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl LineBody {
    /// What a line states, as far as this version knows.
    fn read(body: &str) -> LineBody {
        serde_json::from_str(body).unwrap_or(LineBody::Newer)
    }
}

impl Receipt {
    /// Whether something is still to be done.
    pub fn is_pending(&self) -> bool {
        !self.request.state.is_closed()
    }

    /// Whether all of it is as it was signed, and the state that is shown is the
    /// signed one.
    pub fn is_genuine(&self) -> bool {
        let said = match self.checked.state {
            Some(HeadState::Closed) => !self.is_pending(),
            // An earlier version, which signs no end, may have closed it.
            Some(HeadState::Open) => self.is_pending() || self.has_lines_behind_its_end(),
            None => self.is_pending() || !self.lines.is_empty(),
        };
        said && self.checked.is_whole()
    }

    /// Whether its end is signed, so that a missing last line would show.
    pub fn is_sealed(&self) -> bool {
        self.checked.state.is_some() && !self.has_lines_behind_its_end()
    }

    /// Whether everything that is held by the company itself is gone.
    pub fn is_whole(&self) -> bool {
        self.lines.iter().all(|line| tells_of_nothing_kept(&line.body))
    }

    /// The last date until which something is kept.
    pub fn kept_until(&self) -> Option<Date> {
        self.lines
            .iter()
            .filter_map(|line| match &line.body {
                LineBody::Category { outcome: Outcome::Retained { until, .. }, .. } => *until,
                _ => None,
            })
            .max()
    }

    fn has_lines_behind_its_end(&self) -> bool {
        let told = self.paper.head.as_ref().map(|head| head.lines);
        told.is_some_and(|told| usize::try_from(told).is_ok_and(|it| it < self.lines.len()))
    }
}

fn tells_of_nothing_kept(body: &LineBody) -> bool {
    match body {
        LineBody::Category { outcome, .. } => {
            matches!(outcome, Outcome::Erased | Outcome::Counted)
        }
        LineBody::KeysDestroyed { .. } | LineBody::AskedAtStripe => true,
        // Whatever it is, nothing is claimed of it.
        LineBody::Newer => false,
    }
}
