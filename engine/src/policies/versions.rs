//! Reading versions.

use domain::roles::Permission;
use std::sync::Arc;

use domain::policy::Document;
use domain::policy::parsed::Parsed;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde_json::error::Category;

use super::state::State;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::{Timestamp, policy_versions};
use crate::platform::tenancy::ReadTx;

/// A version with its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1 for the first.
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// What it says.
    pub document: Document,
    /// Its prose, once somebody has read it.
    pub parsed: Parsed,
    /// SHA-256 of the document's canonical form.
    pub content_hash: Vec<u8>,
    /// How often it was saved.
    pub revision: i64,
    /// When it was last saved.
    pub saved_at: Timestamp,
    /// When it came into force.
    pub published_at: Option<Timestamp>,
}

/// A version without its document, for lists.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Head {
    /// 1 for the first.
    pub number: i64,
    /// The name of its [`State`].
    pub state: String,
    /// When it came into force.
    pub published_at: Option<Timestamp>,
}

/// The version in force, from memory if nothing was published since.
pub async fn in_force(engine: &Engine, scope: &Scope) -> Result<Option<Arc<Version>>, Failure> {
    Ok(engine.published.of(engine, scope).await?.in_force.clone())
}

/// A version that is or was in force.
pub async fn version(
    engine: &Engine,
    scope: &Scope,
    number: i64,
) -> Result<Option<Version>, Failure> {
    let tx = engine.tenant(scope.permit(Permission::ReadPublic)?).read().await?;
    let row = tx
        .one(
            policy_versions::Entity::find()
                .filter(policy_versions::Column::Number.eq(number))
                .filter(policy_versions::Column::State.ne(State::Draft.name())),
        )
        .await?;
    row.map(Version::try_from).transpose()
}

/// Every version that is or was in force, the newest first.
pub async fn history(engine: &Engine, scope: &Scope) -> Result<Vec<Head>, Failure> {
    Ok(engine.published.of(engine, scope).await?.heads.clone())
}

/// The one version in a state that only one can be in.
pub(crate) async fn in_state(tx: &ReadTx, state: State) -> Result<Option<Version>, Failure> {
    let row = tx
        .one(
            policy_versions::Entity::find().filter(policy_versions::Column::State.eq(state.name())),
        )
        .await?;
    row.map(Version::try_from).transpose()
}

/// The format of documents, which stands beside them: the document itself is
/// published, and has no field that it does not need.
pub(super) const FORMAT: i64 = 1;

/// What a version says. A policy is carried out, so there is no reading it without
/// what this version of Candor does not know.
fn document(row: &policy_versions::Model) -> Result<Document, Failure> {
    if row.format > FORMAT {
        return Err(Failure::Newer("a policy"));
    }
    serde_json::from_str(&row.document).map_err(|error| match error.classify() {
        Category::Data => Failure::Newer("a policy"),
        _ => Failure::corrupt(error),
    })
}

impl TryFrom<policy_versions::Model> for Version {
    type Error = Failure;
    fn try_from(row: policy_versions::Model) -> Result<Version, Failure> {
        Ok(Version {
            number: row.number,
            state: State::named(&row.state).ok_or(Failure::Newer("a policy"))?,
            document: document(&row)?,
            parsed: Parsed::default(),
            content_hash: row.content_hash,
            revision: row.revision,
            saved_at: row.saved_at,
            published_at: row.published_at,
        })
    }
}
