//! When somebody stands behind a report: its sender, whose address is shown to be
//! theirs, or a person at the desk (L13, E22). From then on use is stopped.

use domain::holds::Reason;
use domain::identifiers::EmailAddress;
use domain::roles::Permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::concerned::{concerned, the_one};
use super::decide::DecideError;
use super::report::{self, Report, is_undecided, of_a_report, one_by_one};
use super::said::said;
use crate::data::holds::{self, About, Origin, reason_of};
use crate::engine::Engine;
use crate::people::accounts::address_hash;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{holds as table, messages};
use crate::platform::tenancy::{ReadTx, WriteTx, retrying};
use crate::policies::{State, in_state};

/// Acts on a report whose sender has just shown that the address is theirs. One that
/// the desk has decided meanwhile stays decided. Reports are taken one by one already.
pub(super) async fn proven(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    message: &messages::Model,
    (email, about): (&EmailAddress, Option<&EmailAddress>),
) -> Result<(), Failure> {
    let waiting = of_message(tx, message.id).await?;
    for row in &waiting {
        if reason_of(row)? == Reason::ChildReported {
            vouch(tx, scope, row, None).await?;
        }
    }
    let acts_already = !waiting.is_empty() || message.request_id.is_some();
    let (false, Some(about)) = (acts_already, about) else { return Ok(()) };
    let Some(version) = in_state(tx, State::Published).await? else { return Ok(()) };
    let report = Report {
        message: message.id,
        reference: &message.reference,
        policy_number: version.number,
        about,
        request: None,
    };
    let sender = address_hash(engine, tx, email).await?;
    report::take_proven(engine, tx, scope, &report, &sender).await?;
    Ok(())
}

/// A person at the desk agrees with a report: the use of the data stops. `person` says
/// who is meant, where several have the address.
pub async fn agree(
    engine: &Engine,
    scope: &Scope,
    message: Uuid,
    person: Option<Uuid>,
) -> Result<(), DecideError> {
    let permit = scope.permit(Permission::AnswerRequests)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        one_by_one(&tx).await?;
        let row = to_decide(engine, &tx, scope, message).await?.ok_or(DecideError::Over)?;
        let person = meant(engine, &tx, &row, person).await?.ok_or(DecideError::WhoIsMeant)?;
        // Use has stopped already: somebody else was faster.
        if reason_of(&row)? == Reason::ChildVouched && row.subject_id.is_some() {
            return Err(DecideError::Over);
        }
        vouch(&tx, scope, &row, Some(person)).await?;
        audit::enter(&tx, scope, "report.agreed", message, json!({})).await?;
        tx.commit().await?;
        Ok(())
    })
    .await
}

/// What a report holds up, as long as nobody has decided it.
pub(super) async fn of_message(tx: &ReadTx, message: Uuid) -> Result<Vec<table::Model>, Failure> {
    let which =
        table::Entity::find().filter(table::Column::MessageId.eq(message)).filter(of_a_report());
    Ok(tx.all(which).await?)
}

/// The same, begun now for a report that one of too many was, or that a node of the
/// version before has taken, which knows of no holds.
pub(super) async fn to_decide(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    message: Uuid,
) -> Result<Option<table::Model>, Failure> {
    if let Some(row) = of_message(tx, message).await?.into_iter().next() {
        return Ok(Some(row));
    }
    let which = messages::Entity::find().filter(messages::Column::Id.eq(message));
    let Some(row) = tx.one(which).await? else { return Ok(None) };
    if !is_undecided(tx, &row).await? {
        return Ok(None);
    }
    let Some(said) = said(engine, tx, row.record_id).await? else { return Ok(None) };
    let Some(version) = in_state(tx, State::Published).await? else { return Ok(None) };
    let report = Report {
        message,
        reference: &row.reference,
        policy_number: version.number,
        about: said.about.as_ref().unwrap_or(&said.email),
        request: row.request_id,
    };
    report::act(engine, tx, scope, &report, Reason::ChildReported).await?;
    Ok(of_message(tx, message).await?.into_iter().next())
}

/// Who is meant by a report: the one whom it is about, or who was chosen among those
/// with its address. `None` if nobody, or nobody for certain.
pub(super) async fn meant(
    engine: &Engine,
    tx: &WriteTx,
    row: &table::Model,
    chosen: Option<Uuid>,
) -> Result<Option<Uuid>, Failure> {
    let hash = row.address_hash.as_deref();
    let people = concerned(engine, tx, row.subject_id, hash).await?;
    let mut people = people.into_iter().filter(|person| !person.gone).map(|it| it.subject);
    Ok(match chosen {
        Some(chosen) => people.find(|person| *person == chosen),
        None => people.next().filter(|_| people.next().is_none()),
    })
}

/// Stops use, for the person whom a report is about, or will turn out to be.
async fn vouch(
    tx: &WriteTx,
    scope: &Scope,
    row: &table::Model,
    person: Option<Uuid>,
) -> Result<(), Failure> {
    let person = match (person.or(row.subject_id), &row.address_hash) {
        (Some(person), _) => Some(person),
        (None, Some(hash)) => the_one(tx, hash).await?,
        (None, None) => None,
    };
    let about = match (person, &row.address_hash) {
        (Some(person), _) => About::Person(person),
        (None, Some(hash)) => About::Address(hash.clone()),
        (None, None) => return Ok(()),
    };
    holds::end(tx, scope, std::slice::from_ref(row)).await?;
    let origin = Origin { request: row.request_id, message: row.message_id };
    holds::begin(tx, scope, Reason::ChildVouched, about, origin, None).await?;
    Ok(())
}
