//! A tenant's endpoints: where its systems want to be told, and of what.

use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::breaker;
use super::event::EventType;
use super::secret::{self, Secrets, SigningSecret};
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Task, tell_admins};
use crate::platform::audit;
use crate::platform::egress::EgressError;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, webhook_endpoints as table};
use crate::platform::tenancy::{ReadTx, retrying};

/// More systems than any tenant has: each is asked for every event.
const MOST: u64 = 20;
/// The longest address and description, in bytes.
const LONGEST: usize = 500;

/// An endpoint, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: Uuid,
    /// Where it is.
    pub url: String,
    /// What it is, for people.
    pub description: String,
    /// What it is told of.
    pub events: Vec<EventType>,
    /// Since when it is told nothing, because it said that it is gone.
    pub disabled_at: Option<Timestamp>,
    /// How many messages in a row it has not taken.
    pub misses: i64,
    /// Until when it is left alone, because of that.
    pub rests_until: Option<Timestamp>,
}

/// An endpoint as a form describes it, not yet checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Described {
    /// Where it is.
    pub url: String,
    /// What it is, for people.
    pub description: String,
    /// What it is told of, by name.
    pub events: Vec<String>,
}

/// Something that is wrong with a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Not an address that may be asked.
    #[error("write an address that begins with https://, without a password and without #")]
    Url,
    /// It leads into some network.
    #[error("the address leads to a private network, which the operator has not allowed")]
    Private,
    /// Nobody knows its name.
    #[error("the name in the address cannot be resolved")]
    Unknown,
    /// A description that is too long.
    #[error("write at most 500 characters")]
    Description,
    /// Nothing that is known was chosen.
    #[error("choose what it is told of")]
    Events,
    /// There are very many already.
    #[error("there can be 20 endpoints; remove one that is not needed")]
    Many,
}

/// Why an endpoint was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// What is wrong with the description.
    #[error("the description is not right: {0:?}")]
    Mistakes(Vec<Mistake>),
    /// There is none of that id.
    #[error("there is no such endpoint")]
    Gone,
    /// Nobody's input.
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for SaveError {
    fn from(error: DbErr) -> SaveError {
        SaveError::Failure(error.into())
    }
}

/// The tenant's endpoints, the oldest first.
pub async fn list(engine: &Engine, scope: &Scope) -> Result<Vec<Endpoint>, Failure> {
    let permit = scope.permit(Permission::ReadSettings)?;
    let tx = engine.tenant(permit).read().await?;
    let rows = tx.all(table::Entity::find().order_by_asc(table::Column::Id)).await?;
    Ok(rows.into_iter().map(Endpoint::from).collect())
}

/// One of them.
pub async fn find(engine: &Engine, scope: &Scope, id: Uuid) -> Result<Option<Endpoint>, Failure> {
    let permit = scope.permit(Permission::ReadSettings)?;
    let tx = engine.tenant(permit).read().await?;
    Ok(row(&tx, id).await?.map(Endpoint::from))
}

/// Adds an endpoint. Its secret is told now and never again.
pub async fn add(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    described: &Described,
) -> Result<(Uuid, SigningSecret), SaveError> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    let checked = described.checked(engine).await?;
    retrying(|| async {
        let (id, signing) = (Uuid::now_v7(), SigningSecret::generate()?);
        let tx = engine.tenant(permit).write().await?;
        if tx.count(table::Entity::find()).await? >= MOST {
            return Err(SaveError::Mistakes(vec![Mistake::Many]));
        }
        let sealed = secret::seal(engine, &tx, id, &Secrets::first(&signing)).await?;
        tell_admins(engine, &tx, scope, &Deed::WebhookAdded(&checked.url)).await?;
        tx.insert(table::ActiveModel {
            id: Set(id),
            url: Set(checked.url.clone()),
            description: Set(checked.description.clone()),
            events: Set(checked.events.clone()),
            sealed: Set(sealed),
            created_at: Set(scope.now),
            disabled_at: Set(None),
            misses: Set(0),
            rests_until: Set(None),
            ..Default::default()
        })
        .await?;
        audit::enter(&tx, scope, "webhook.added", id, json!({ "events": checked.events })).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok((id, signing))
    })
    .await
}

/// Changes an endpoint, and tells it again from now on if it was told nothing.
pub async fn change(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
    described: &Described,
) -> Result<(), SaveError> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    let checked = described.checked(engine).await?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        tell_admins(engine, &tx, scope, &Deed::WebhookChanged(&checked.url)).await?;
        let update = table::Entity::update_many()
            .col_expr(table::Column::Url, Expr::value(checked.url.clone()))
            .col_expr(table::Column::Description, Expr::value(checked.description.clone()))
            .col_expr(table::Column::Events, Expr::value(checked.events.clone()))
            .col_expr(table::Column::DisabledAt, Expr::value(None::<Timestamp>))
            .filter(table::Column::Id.eq(id));
        if tx.update(update).await? == 0 {
            return Err(SaveError::Gone);
        }
        // It may be another address by now.
        breaker::wake(&tx, scope, id).await?;
        audit::enter(&tx, scope, "webhook.changed", id, json!({ "events": checked.events }))
            .await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(())
    })
    .await
}

/// Makes another secret, told now and never again. The one so far signs too for
/// a day.
pub async fn rotate(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
) -> Result<Option<SigningSecret>, Failure> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| async {
        let signing = SigningSecret::generate()?;
        let tx = engine.tenant(permit).write().await?;
        // Two at once, from the same secret, would make one of those told worthless.
        let held = table::Entity::find().filter(table::Column::Id.eq(id)).lock_exclusive();
        let Some(row) = tx.one(held).await? else { return Ok(None) };
        let secrets = secret::open_to_change(engine, &tx, &row).await?.rotated(&signing, scope.now);
        let sealed = secret::seal(engine, &tx, id, &secrets).await?;
        let update = table::Entity::update_many()
            .col_expr(table::Column::Sealed, Expr::value(sealed))
            .filter(table::Column::Id.eq(id));
        tx.update(update).await?;
        audit::enter(&tx, scope, "webhook.rotated", id, json!({})).await?;
        tell_admins(engine, &tx, scope, &Deed::WebhookSecret(&row.url)).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(Some(signing))
    })
    .await
}

/// Removes an endpoint with its log; what waited for it is never sent. False if
/// there is none.
pub async fn remove(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    id: Uuid,
) -> Result<bool, Failure> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| async {
        let tx = engine.tenant(permit).write().await?;
        // The keys of what waited are destroyed by the jobs that find nothing to do.
        let Some(row) = row(&tx, id).await? else { return Ok(false) };
        let removed =
            tx.delete(table::Entity::delete_many().filter(table::Column::Id.eq(id))).await?;
        if removed > 0 {
            audit::enter(&tx, scope, "webhook.removed", id, json!({})).await?;
            tell_admins(engine, &tx, scope, &Deed::WebhookRemoved(&row.url)).await?;
        }
        tx.commit().await?;
        engine.work.notify_one();
        Ok(removed > 0)
    })
    .await
}

pub(super) async fn row(tx: &ReadTx, id: Uuid) -> Result<Option<table::Model>, Failure> {
    Ok(tx.one(table::Entity::find().filter(table::Column::Id.eq(id))).await?)
}

/// What is told to an endpoint, by its row.
pub(super) fn events(row: &table::Model) -> Vec<EventType> {
    row.events.split(' ').filter_map(EventType::named).collect()
}

struct Checked {
    url: String,
    description: String,
    events: String,
}

impl Described {
    /// Asks a name server, so no transaction may be open.
    async fn checked(&self, engine: &Engine) -> Result<Checked, SaveError> {
        let mut mistakes = Vec::new();
        let url = if self.url.contains('#') || self.url.len() > LONGEST {
            Err(Mistake::Url)
        } else {
            engine.egress().check(&self.url).await.map_err(|error| match error {
                EgressError::Private(_) => Mistake::Private,
                EgressError::Unknown(_) => Mistake::Unknown,
                _ => Mistake::Url,
            })
        };
        let url = url.unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            String::new()
        });
        if self.description.len() > LONGEST {
            mistakes.push(Mistake::Description);
        }
        let events: Vec<&str> = EventType::to_choose()
            .map(EventType::name)
            .filter(|name| self.events.iter().any(|chosen| chosen == name))
            .collect();
        if events.is_empty() {
            mistakes.push(Mistake::Events);
        }
        if !mistakes.is_empty() {
            return Err(SaveError::Mistakes(mistakes));
        }
        Ok(Checked { url, description: self.description.clone(), events: events.join(" ") })
    }
}

impl From<table::Model> for Endpoint {
    fn from(row: table::Model) -> Endpoint {
        Endpoint {
            id: row.id,
            events: events(&row),
            url: row.url,
            description: row.description,
            disabled_at: row.disabled_at,
            misses: row.misses,
            rests_until: row.rests_until,
        }
    }
}
