//! Signing: a receipt is begun, grows line by line, and is closed.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::paper::{FORMAT, HeadState, PaperLine};
use super::read::{paper, signing_key};
use super::{LineBody, ReceiptCode};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{receipt_lines, receipts};
use crate::platform::tenancy::WriteTx;

/// Begins the receipt of a request. The code that opens it is told once.
pub(in crate::rights::erasure) async fn begin(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    request: Uuid,
    code: &ReceiptCode,
) -> Result<(), Failure> {
    tx.insert(receipts::ActiveModel {
        id: Set(Uuid::now_v7()),
        request_id: Set(request),
        code_hash: Set(code.hash()),
        created_at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    add_lines(engine, tx, scope, request, vec![], HeadState::Open).await
}

/// Adds lines to the receipt of a request, and signs its end anew.
pub(in crate::rights::erasure) async fn add_lines(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    request: Uuid,
    bodies: Vec<LineBody>,
    state: HeadState,
) -> Result<(), Failure> {
    // Whoever else adds a line waits, and then sees this one.
    let of_request =
        receipts::Entity::find().filter(receipts::Column::RequestId.eq(request)).lock_exclusive();
    let row = tx
        .one(of_request)
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {request} has no receipt")))?;
    let key = signing_key(engine, tx).await?;
    let mut paper = paper(tx, &row, vec![]).await?;
    for body in bodies {
        let mut line = PaperLine {
            number: paper.lines.last().map_or(0, |line| line.number) + 1,
            format: Some(FORMAT),
            at: Some(scope.now.0),
            before: Some(paper.lines.last().map(|last| paper.hash(last)).unwrap_or_default()),
            body: serde_json::to_string(&body).map_err(Failure::corrupt)?,
            signature: String::new(),
        };
        let signature = signed(&key, &paper.line(&line));
        line.signature = BASE64URL_NOPAD.encode(&signature);
        tx.insert(receipt_lines::ActiveModel {
            receipt_id: Set(row.id),
            number: Set(line.number),
            body: Set(line.body.clone()),
            signature: Set(signature),
            format: Set(line.format),
            at: Set(Some(scope.now)),
            before: Set(line.before.clone().map(String::into_bytes)),
            ..Default::default()
        })
        .await?;
        paper.lines.push(line);
    }
    let lines = i64::try_from(paper.lines.len()).unwrap_or(i64::MAX);
    let last = paper.lines.last().map(|last| paper.hash(last)).unwrap_or_default();
    let signature = signed(&key, &paper.head(state, lines, scope.now.0, &last));
    tx.update(
        receipts::Entity::update_many()
            .col_expr(receipts::Column::HeadFormat, Expr::value(Some(FORMAT)))
            .col_expr(receipts::Column::HeadState, Expr::value(Some(state.name())))
            .col_expr(receipts::Column::HeadLines, Expr::value(Some(lines)))
            .col_expr(receipts::Column::HeadAt, Expr::value(Some(scope.now)))
            .col_expr(receipts::Column::HeadSignature, Expr::value(Some(signature)))
            .filter(receipts::Column::Id.eq(row.id)),
    )
    .await?;
    Ok(())
}

fn signed(key: &SigningKey, statement: &[u8]) -> Vec<u8> {
    key.sign(statement).to_bytes().to_vec()
}
