//! From one state to the next.

use domain::requests::State;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::data::holds;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{request_steps, requests};
use crate::platform::tenancy::WriteTx;

/// Takes a request into its next state, if the table of transitions allows it. Once
/// closed, nothing stands still for it any more.
pub async fn step(tx: &WriteTx, scope: &Scope, id: Uuid, next: State) -> Result<(), Failure> {
    let row = tx
        .one(requests::Entity::find().filter(requests::Column::Id.eq(id)))
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {id}")))?;
    let state = State::named(&row.state).ok_or(Failure::Newer("a request"))?;
    if !state.may_become(next) {
        return Err(Failure::corrupt(format!("a request cannot go from {state:?} to {next:?}")));
    }
    let mut update = requests::Entity::update_many()
        .col_expr(requests::Column::State, Expr::value(next.name()))
        .filter(requests::Column::Id.eq(id))
        .filter(requests::Column::State.eq(state.name()));
    if next.is_closed() {
        // What it needed to be carried out goes with it.
        update = update
            .col_expr(requests::Column::ClosedAt, Expr::value(Some(scope.now)))
            .col_expr(requests::Column::Envelope, Expr::value(None::<Vec<u8>>));
    }
    if tx.update(update).await? == 0 {
        return Err(Failure::corrupt(format!("request {id} was changed meanwhile")));
    }
    note(tx, scope, id, next).await?;
    audit::enter(tx, scope, "request.stepped", id, json!({ "to": next.name() })).await?;
    if next.is_closed() {
        holds::end_of_request(tx, scope, id, next).await?;
    }
    Ok(())
}

/// Notes in the history that a request came into a state.
pub(super) async fn note(
    tx: &WriteTx,
    scope: &Scope,
    id: Uuid,
    state: State,
) -> Result<(), Failure> {
    tx.insert(request_steps::ActiveModel {
        id: Set(Uuid::now_v7()),
        request_id: Set(id),
        state: Set(state.name().to_owned()),
        at: Set(scope.now),
        ..Default::default()
    })
    .await?;
    Ok(())
}
