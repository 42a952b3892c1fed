//! Reading a receipt, and what proves it.

use data_encoding::BASE64URL_NOPAD;
use domain::roles::Permission;
use ed25519_dalek::SigningKey;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::paper::{HeadState, Paper, PaperHead, PaperLine};
use super::{LineBody, Receipt, ReceiptCode, SignedLine, tells_of_nothing_kept};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, receipt_lines, receipts, requests as requests_table};
use crate::platform::tenancy::ReadTx;
use crate::policies;
use crate::rights::requests;

/// The receipt that a code opens.
pub async fn receipt(
    engine: &Engine,
    scope: &Scope,
    code: &ReceiptCode,
) -> Result<Option<Receipt>, Failure> {
    // Whoever has the code has all that it opens.
    let permit = scope.permit(Permission::ReadPublic)?;
    let request_now = async |id| requests::by_id(&engine.tenant(permit).read().await?, id).await;
    let tx = engine.tenant(permit).read().await?;
    let by_code = receipts::Entity::find().filter(receipts::Column::CodeHash.eq(code.hash()));
    let Some(row) = tx.one(by_code).await? else { return Ok(None) };
    drop(tx);
    let missing = || Failure::corrupt(format!("receipt {}", row.id));
    // Before the lines: what is said to be done has all of them.
    let mut request = request_now(row.request_id).await?.ok_or_else(missing)?;
    let tx = engine.tenant(permit).read().await?;
    // Its end belongs to the lines that are read now.
    let by_id = receipts::Entity::find().filter(receipts::Column::Id.eq(row.id));
    let row = tx.one(by_id).await?.ok_or_else(missing)?;
    let key = signing_key(engine, &tx).await?.verifying_key();
    let paper = paper(&tx, &row, vec![BASE64URL_NOPAD.encode(key.as_bytes())]).await?;
    let policy_number = tx
        .one(requests_table::Entity::find().filter(requests_table::Column::Id.eq(row.request_id)))
        .await?
        .map(|request| request.policy_number);
    drop(tx);
    let number = policy_number.ok_or_else(missing)?;
    let version = policies::version(engine, scope, number).await?.ok_or_else(missing)?;
    let checked = paper.check(&[key]);
    if checked.state == Some(HeadState::Closed) && !request.state.is_closed() {
        // It was closed between the two looks, and both in one transaction.
        request = request_now(row.request_id).await?.ok_or_else(missing)?;
    }
    let lines = paper
        .lines
        .iter()
        .zip(&checked.genuine)
        .map(|(line, genuine)| SignedLine {
            number: line.number,
            body: LineBody::read(&line.body),
            at: line.at.map(Timestamp),
            signed: line.signature.clone(),
            genuine: *genuine,
        })
        .collect();
    let created_at = row.created_at;
    Ok(Some(Receipt { request, version, created_at, lines, paper, checked }))
}

/// The public keys that the tenant's receipts are signed with, in URL-safe Base64.
pub async fn public_keys(engine: &Engine, scope: &Scope) -> Result<Vec<String>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
    let key = signing_key(engine, &tx).await?.verifying_key();
    Ok(vec![BASE64URL_NOPAD.encode(key.as_bytes())])
}

/// Whether a receipt tells of nothing that was kept.
pub(in crate::rights::erasure) async fn is_whole(
    tx: &ReadTx,
    request: Uuid,
) -> Result<bool, Failure> {
    let receipt = tx
        .one(receipts::Entity::find().filter(receipts::Column::RequestId.eq(request)))
        .await?
        .map(|row| row.id)
        .ok_or_else(|| Failure::corrupt(format!("request {request} has no receipt")))?;
    let lines = tx
        .all(receipt_lines::Entity::find().filter(receipt_lines::Column::ReceiptId.eq(receipt)))
        .await?;
    Ok(lines.iter().all(|line| tells_of_nothing_kept(&LineBody::read(&line.body))))
}

/// A receipt as it is stored, to be handed out or checked.
pub(super) async fn paper(
    tx: &ReadTx,
    row: &receipts::Model,
    public_keys: Vec<String>,
) -> Result<Paper, Failure> {
    let lines = tx
        .all(
            receipt_lines::Entity::find()
                .filter(receipt_lines::Column::ReceiptId.eq(row.id))
                .order_by_asc(receipt_lines::Column::Number),
        )
        .await?
        .into_iter()
        .map(|line| PaperLine {
            number: line.number,
            format: line.format,
            at: line.at.map(|at| at.0),
            before: line.before.map(|before| String::from_utf8_lossy(&before).into_owned()),
            body: line.body,
            signature: BASE64URL_NOPAD.encode(&line.signature),
        })
        .collect();
    Ok(Paper {
        tenant: tx.tenant().0,
        receipt: row.id,
        begun: row.created_at.0,
        lines,
        head: head(row),
        public_keys,
    })
}

/// The end, if anything of one is stored: what is not whole is not genuine either.
fn head(row: &receipts::Model) -> Option<PaperHead> {
    let there = row.head_format.is_some() || row.head_signature.is_some();
    there.then(|| PaperHead {
        format: row.head_format.unwrap_or_default(),
        state: row.head_state.as_deref().and_then(HeadState::named).unwrap_or(HeadState::Open),
        lines: row.head_lines.unwrap_or_default(),
        at: row.head_at.map(|at| at.0).unwrap_or_default(),
        signature: BASE64URL_NOPAD.encode(row.head_signature.as_deref().unwrap_or_default()),
    })
}

pub(super) async fn signing_key(engine: &Engine, tx: &ReadTx) -> Result<SigningKey, Failure> {
    let seed = engine.keyring.of_tenant(tx).await?.signing;
    Ok(SigningKey::from_bytes(seed.bytes()))
}
