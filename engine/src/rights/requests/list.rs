//! Reading requests: the desk's queue, and a person's own.

use domain::requests::{Regime, Right, State};
use domain::roles::Permission;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::subjects::open_profile;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Day, Timestamp, request_steps, requests};
use crate::platform::tenancy::ReadTx;
use crate::policies::{self, Version};

/// A request as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// What people quote.
    pub reference: String,
    /// Who asks, as long as the portal knows.
    pub person: Option<String>,
    /// What for.
    pub right: Right,
    /// Under which law or promise.
    pub regime: Regime,
    /// Where it stands.
    pub state: State,
    /// When it was received.
    pub received_at: Timestamp,
    /// The earliest deadline that applies.
    pub due_on: Date,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// The open or the closed requests of a tenant by due date, a page of `limit`
/// from behind the request `after`.
pub async fn request_rows(
    engine: &Engine,
    scope: &Scope,
    open: bool,
    after: Option<(Date, Uuid)>,
    limit: u64,
) -> Result<Vec<Row>, Failure> {
    let permit = scope.permit(Permission::ReadRequests)?;
    let tx = engine.tenant(permit).read().await?;
    let closed_at = Expr::col(requests::Column::ClosedAt);
    let mut query = requests::Entity::find()
        .filter(if open { closed_at.is_null() } else { closed_at.is_not_null() })
        .order_by_asc(requests::Column::DueOn)
        .order_by_asc(requests::Column::Id)
        .limit(limit);
    if let Some((due_on, id)) = after {
        let day = Day::from(due_on);
        let later = Expr::col(requests::Column::DueOn).gt(day);
        let same =
            Expr::col(requests::Column::DueOn).eq(day).and(Expr::col(requests::Column::Id).gt(id));
        query = query.filter(later.or(same));
    }
    let mut rows = Vec::new();
    for row in tx.all(query).await? {
        let profile = match row.subject_id {
            Some(subject) => open_profile(engine, &tx, subject).await?,
            None => None,
        };
        let person = profile.map(|profile| profile.called().into_owned());
        rows.push(Row { person, ..Row::try_from(row)? });
    }
    Ok(rows)
}

/// A person's own requests, the newest first.
pub async fn of_subject(engine: &Engine, scope: &Scope) -> Result<Vec<Row>, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    tx.all(
        requests::Entity::find()
            .filter(requests::Column::SubjectId.eq(subject))
            .order_by_desc(requests::Column::ReceivedAt)
            .limit(100),
    )
    .await?
    .into_iter()
    .map(Row::try_from)
    .collect()
}

/// One request, by id, for who reads requests.
pub async fn request(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Row>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadRequests)?).read().await?;
    by_id(&tx, id).await
}

/// One request, by id, for who has come so far by something else: its receipt's code.
pub(crate) async fn by_id(tx: &ReadTx, id: Uuid) -> Result<Option<Row>, Failure> {
    tx.one(requests::Entity::find().filter(requests::Column::Id.eq(id)))
        .await?
        .map(Row::try_from)
        .transpose()
}

/// One of a person's own requests, with all that explains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRequest {
    /// The request.
    pub row: Row,
    /// When it was certain who asks.
    pub verified_at: Option<Timestamp>,
    /// The policy version that was in force when it was received.
    pub policy: Version,
    /// The states that it came into, in order.
    pub steps: Vec<(State, Timestamp)>,
}

/// The signed-in person's request of that id; `None` if it is somebody else's.
pub async fn own_request(
    engine: &Engine,
    scope: &Scope,
    id: Uuid,
) -> Result<Option<OwnRequest>, Failure> {
    let subject = scope.own_subject()?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let row = tx
        .one(
            requests::Entity::find()
                .filter(requests::Column::Id.eq(id))
                .filter(requests::Column::SubjectId.eq(subject)),
        )
        .await?;
    drop(tx);
    let Some(row) = row else { return Ok(None) };
    let (number, verified_at) = (row.policy_number, row.verified_at);
    let policy = policies::version(engine, scope, number)
        .await?
        .ok_or_else(|| Failure::corrupt(format!("request {id}: policy {number}")))?;
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let steps = steps(&tx, id).await?;
    Ok(Some(OwnRequest { row: Row::try_from(row)?, verified_at, policy, steps }))
}

/// The states that a request came into, in order, for who reads requests.
pub async fn steps_of(
    engine: &Engine,
    scope: &Scope,
    id: Uuid,
) -> Result<Vec<(State, Timestamp)>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadRequests)?).read().await?;
    steps(&tx, id).await
}

async fn steps(tx: &ReadTx, id: Uuid) -> Result<Vec<(State, Timestamp)>, Failure> {
    tx.all(
        request_steps::Entity::find()
            .filter(request_steps::Column::RequestId.eq(id))
            .order_by_asc(request_steps::Column::Id),
    )
    .await?
    .into_iter()
    .map(|row| {
        State::named(&row.state).map(|state| (state, row.at)).ok_or(Failure::Newer("a request"))
    })
    .collect()
}

impl TryFrom<requests::Model> for Row {
    type Error = Failure;
    fn try_from(row: requests::Model) -> Result<Row, Failure> {
        let newer = || Failure::Newer("a request");
        Ok(Row {
            id: row.id,
            person: None,
            right: Right::named(&row.exercised_right).ok_or_else(newer)?,
            regime: Regime::named(&row.regime).ok_or_else(newer)?,
            state: State::named(&row.state).ok_or_else(newer)?,
            reference: row.reference,
            received_at: row.received_at,
            due_on: Date::from(row.due_on),
            closed_at: row.closed_at,
        })
    }
}
