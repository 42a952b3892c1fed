//! Both sides, before anything is done: what is held about each, and what speaks
//! against joining them.

use domain::holds::{Act, Reason};
use domain::roles::Permission;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{BYTES, JoinError, MOST};
use crate::data::holds::stopped;
use crate::data::records::open_organisation;
use crate::engine::Engine;
use crate::people::accounts::has_account;
use crate::people::subjects::{Profile, open_profile};
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{
    Timestamp, disclosures, events, exports, record_parties, records, requests, subjects,
};
use crate::platform::tenancy::ReadTx;

/// One of two people who are to be joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The person.
    pub subject: Uuid,
    /// Who they are.
    pub profile: Profile,
    /// When the portal was told of them.
    pub created_at: Timestamp,
    /// The organisation that they work for, by name.
    pub organisation: Option<String>,
    /// Whether they sign in here.
    pub signs_in: bool,
    /// How many records are about them, alone or with others; [`MOST`] and one where
    /// there are more.
    pub records: u64,
    /// How many requests they have made.
    pub requests: u64,
    works_for: Option<Uuid>,
    address: Option<Vec<u8>>,
    stands_still: Option<Reason>,
    downloads: bool,
    too_much: bool,
}

/// Both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// Who goes.
    pub goes: Side,
    /// Who stays.
    pub stays: Side,
}

/// Both sides as staff sees them, and why they cannot be joined, if they cannot.
pub async fn sides(
    engine: &Engine,
    scope: &Scope,
    (goes, stays): (Uuid, Uuid),
) -> Result<(Sides, Option<JoinError>), JoinError> {
    let permit = scope.permit(Permission::AnswerRequests)?;
    if goes == stays {
        return Err(JoinError::Same);
    }
    let tx = engine.tenant(permit).read().await?;
    let row = |id| subjects::Entity::find().filter(subjects::Column::Id.eq(id));
    let goes = tx.one(row(goes)).await?.ok_or(JoinError::Unknown)?;
    let stays = tx.one(row(stays)).await?.ok_or(JoinError::Unknown)?;
    let sides = look(engine, &tx, scope, &goes, &stays).await?;
    let refused = sides.refused().err();
    Ok((sides, refused))
}

pub(super) async fn look(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    goes: &subjects::Model,
    stays: &subjects::Model,
) -> Result<Sides, JoinError> {
    Ok(Sides {
        goes: side(engine, tx, scope, goes).await?,
        stays: side(engine, tx, scope, stays).await?,
    })
}

impl Sides {
    /// What speaks against it.
    pub(super) fn refused(&self) -> Result<(), JoinError> {
        let (goes, stays) = (&self.goes, &self.stays);
        if let Some(reason) = goes.stands_still.or(stays.stands_still) {
            return Err(JoinError::StandsStill(reason));
        }
        if goes.address.is_none() || goes.address != stays.address {
            return Err(JoinError::Addresses);
        }
        if goes.signs_in && stays.signs_in {
            return Err(JoinError::Accounts);
        }
        if goes.works_for.is_some()
            && stays.works_for.is_some()
            && goes.works_for != stays.works_for
        {
            return Err(JoinError::Organisations);
        }
        if goes.downloads || stays.downloads {
            return Err(JoinError::Download);
        }
        if goes.too_much { Err(JoinError::TooMuch) } else { Ok(()) }
    }
}

async fn side(
    engine: &Engine,
    tx: &ReadTx,
    scope: &Scope,
    row: &subjects::Model,
) -> Result<Side, JoinError> {
    if row.joined_into.is_some() {
        return Err(JoinError::Elsewhere);
    }
    let profile = open_profile(engine, tx, row.id).await?.ok_or(JoinError::Erased)?;
    let organisation = match row.organisation_id {
        Some(id) => open_organisation(engine, tx, scope, id).await?.map(|it| it.name),
        None => None,
    };
    let stopped = stopped(tx, scope.now, [row], Act::NewData).await?;
    let (records, bytes) = amount(tx, row.id).await?;
    let others = others(tx, row.id).await?;
    let making = exports::Entity::find()
        .filter(exports::Column::SubjectId.eq(row.id))
        .filter(exports::Column::State.eq("making"));
    let asked = requests::Entity::find().filter(requests::Column::SubjectId.eq(row.id));
    Ok(Side {
        subject: row.id,
        profile,
        created_at: row.created_at,
        organisation,
        signs_in: has_account(tx, row.id).await?,
        records,
        requests: tx.count(asked).await?,
        works_for: row.organisation_id,
        address: row.email_hash.clone(),
        stands_still: stopped.get(&row.id).and_then(|it| it.any()),
        downloads: tx.count(making).await? > 0,
        too_much: records + others > MOST || bytes > BYTES,
    })
}

/// How many records are about somebody, alone or with others, and their bytes.
async fn amount(tx: &ReadTx, subject: Uuid) -> Result<(u64, u64), Failure> {
    #[derive(FromQueryResult)]
    struct Sized {
        bytes: i64,
    }
    let own = records::Entity::find()
        .filter(records::Column::SubjectId.eq(subject))
        .select_only()
        .expr_as(Expr::cust("cast(length(sealed) as bigint)"), "bytes")
        .limit(MOST + 1);
    let own = tx.rows::<_, Sized>(own).await?;
    let bytes = own.iter().map(|it| it.bytes.unsigned_abs()).sum();
    let shared = record_parties::Entity::find()
        .filter(record_parties::Column::SubjectId.eq(subject))
        .limit(MOST + 1);
    Ok((own.len() as u64 + tx.count(shared).await?, bytes))
}

/// What else moves row by row.
async fn others(tx: &ReadTx, subject: Uuid) -> Result<u64, Failure> {
    let events = events::Entity::find().filter(events::Column::SubjectId.eq(subject));
    let given = disclosures::Entity::find().filter(disclosures::Column::SubjectId.eq(subject));
    Ok(tx.count(events.limit(MOST + 1)).await? + tx.count(given.limit(MOST + 1)).await?)
}
