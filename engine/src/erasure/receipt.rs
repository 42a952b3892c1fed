//! What an erasure did, signed line by line, for whoever holds the code.

use data_encoding::BASE64URL_NOPAD;
use domain::erasure::Outcome;
use domain::identifiers::Slug;
use domain::requests::State;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::engine::Engine;
use crate::failure::Failure;
use crate::policies::{self, Version};
use crate::requests::{self, Row};
use crate::scope::Scope;
use crate::storage::{Timestamp, receipt_lines, receipts, requests as requests_table};
use crate::tenancy::{ReadTx, WriteTx};

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
}

/// A line with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLine {
    /// Counted from 1.
    pub number: i64,
    /// What it states.
    pub body: LineBody,
    /// When it was stated.
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
    /// The tenant's public key, in URL-safe Base64.
    pub public_key: String,
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

    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// The receipt that a code opens.
pub async fn receipt(
    engine: &Engine,
    scope: &Scope,
    code: &ReceiptCode,
) -> Result<Option<Receipt>, Failure> {
    let tx = engine.tenant(scope.tenant).read().await?;
    let row =
        tx.one(receipts::Entity::find().filter(receipts::Column::CodeHash.eq(code.hash()))).await?;
    drop(tx);
    let Some(row) = row else { return Ok(None) };
    let missing = || Failure::corrupt(format!("receipt {}", row.id));
    // Before the lines: what is said to be done has all of them.
    let request = requests::request(engine, scope, row.request_id).await?.ok_or_else(missing)?;
    let tx = engine.tenant(scope.tenant).read().await?;
    let key = signing_key(engine, &tx).await?.verifying_key();
    let lines = tx
        .all(
            receipt_lines::Entity::find()
                .filter(receipt_lines::Column::ReceiptId.eq(row.id))
                .order_by_asc(receipt_lines::Column::Number),
        )
        .await?
        .into_iter()
        .map(|line| signed_line(scope, &key, line))
        .collect::<Result<_, Failure>>()?;
    let policy_number = tx
        .one(requests_table::Entity::find().filter(requests_table::Column::Id.eq(row.request_id)))
        .await?
        .map(|request| request.policy_number);
    drop(tx);
    let number = policy_number.ok_or_else(missing)?;
    let version = policies::version(engine, scope, number).await?.ok_or_else(missing)?;
    Ok(Some(Receipt {
        request,
        version,
        created_at: row.created_at,
        lines,
        public_key: BASE64URL_NOPAD.encode(key.as_bytes()),
    }))
}

impl Receipt {
    /// Whether something is still to be done.
    pub fn is_pending(&self) -> bool {
        !self.request.state.is_closed()
    }

    /// Whether everything that is held by the company itself is gone.
    pub fn is_whole(&self) -> bool {
        self.request.state == State::Fulfilled
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
}

/// Adds lines to the receipt of a request.
pub(super) async fn add_lines(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    request: Uuid,
    bodies: Vec<LineBody>,
) -> Result<(), Failure> {
    let receipt = of_request(tx, request).await?;
    let key = signing_key(engine, tx).await?;
    let last = tx
        .one(
            receipt_lines::Entity::find()
                .filter(receipt_lines::Column::ReceiptId.eq(receipt))
                .order_by_desc(receipt_lines::Column::Number),
        )
        .await?
        .map_or(0, |line| line.number);
    for (number, body) in (last + 1..).zip(bodies) {
        let body = serde_json::to_string(&body).map_err(Failure::corrupt)?;
        let signature = key.sign(&statement(scope, receipt, number, &body));
        tx.insert(receipt_lines::ActiveModel {
            receipt_id: Set(receipt),
            number: Set(number),
            body: Set(body),
            signature: Set(signature.to_bytes().to_vec()),
            ..Default::default()
        })
        .await?;
    }
    Ok(())
}

/// Whether a receipt tells of nothing that was kept.
pub(super) async fn is_whole(tx: &ReadTx, request: Uuid) -> Result<bool, Failure> {
    let receipt = of_request(tx, request).await?;
    let lines = tx
        .all(receipt_lines::Entity::find().filter(receipt_lines::Column::ReceiptId.eq(receipt)))
        .await?;
    for line in lines {
        let body: LineBody = serde_json::from_str(&line.body).map_err(Failure::corrupt)?;
        if let LineBody::Category { outcome, .. } = body
            && !matches!(outcome, Outcome::Erased | Outcome::Counted)
        {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn of_request(tx: &ReadTx, request: Uuid) -> Result<Uuid, Failure> {
    tx.one(receipts::Entity::find().filter(receipts::Column::RequestId.eq(request)))
        .await?
        .map(|row| row.id)
        .ok_or_else(|| Failure::corrupt(format!("request {request} has no receipt")))
}

async fn signing_key(engine: &Engine, tx: &ReadTx) -> Result<SigningKey, Failure> {
    let seed = engine.keyring.of_tenant(tx).await?.signing;
    Ok(SigningKey::from_bytes(seed.bytes()))
}

fn signed_line(
    scope: &Scope,
    key: &VerifyingKey,
    line: receipt_lines::Model,
) -> Result<SignedLine, Failure> {
    let statement = statement(scope, line.receipt_id, line.number, &line.body);
    let genuine = Signature::from_slice(&line.signature)
        .is_ok_and(|signature| key.verify(&statement, &signature).is_ok());
    Ok(SignedLine {
        number: line.number,
        body: serde_json::from_str(&line.body).map_err(Failure::corrupt)?,
        signed: BASE64URL_NOPAD.encode(&line.signature),
        genuine,
    })
}

/// What is signed: tenant, receipt, number and body, so that a line can be
/// neither moved nor left out unnoticed.
fn statement(scope: &Scope, receipt: Uuid, number: i64, body: &str) -> Vec<u8> {
    format!("candor receipt\n{}\n{receipt}\n{number}\n{body}", scope.tenant).into_bytes()
}
