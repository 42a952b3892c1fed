//! Making a token.

use domain::grants::Grants;
use domain::roles::Permission;
use sea_orm::ActiveValue::Set;
use serde_json::json;
use uuid::Uuid;

use super::token::{Bearer, WORDING};
use crate::engine::Engine;
use crate::people::accounts::{Confirmed, Deed, Secret, Task, tell_admins};
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::api_tokens;
use crate::platform::tenancy::retrying;

/// How long a token is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// 30 days.
    Month,
    /// 90 days.
    Quarter,
    /// 365 days.
    Year,
}

impl Lifetime {
    /// Every one.
    pub const ALL: [Lifetime; 3] = [Lifetime::Month, Lifetime::Quarter, Lifetime::Year];

    /// How many days.
    pub fn days(self) -> i64 {
        match self {
            Lifetime::Month => 30,
            Lifetime::Quarter => 90,
            Lifetime::Year => 365,
        }
    }
}

/// A token that was made.
pub struct Made {
    /// Its name in addresses.
    pub id: Uuid,
    /// The token. Told once.
    pub bearer: Bearer,
}

/// Makes a token.
pub async fn make(
    engine: &Engine,
    scope: &Scope,
    confirmed: Confirmed,
    name: &str,
    grants: &Grants,
    lifetime: Lifetime,
) -> Result<Made, Failure> {
    let permit = confirmed.permits(scope, Task::Settings, Permission::ManageSettings)?;
    retrying(|| async {
        let bearer = Bearer(Secret::generate()?);
        let id = Uuid::now_v7();
        let tx = engine.tenant(permit).write().await?;
        tx.insert(api_tokens::ActiveModel {
            id: Set(id),
            token_hash: Set(bearer.0.hash()),
            name: Set(name.to_owned()),
            grants: Set(grants.to_string()),
            created_at: Set(scope.now),
            expires_at: Set(scope.now.plus_seconds(lifetime.days() * 24 * 3600)),
            used_at: Set(None),
            wording: Set(WORDING),
            old_until: Set(None),
            ..Default::default()
        })
        .await?;
        let details = json!({ "grants": grants.to_string(), "days": lifetime.days() });
        audit::enter(&tx, scope, "token.made", id, details).await?;
        tell_admins(engine, &tx, scope, &Deed::TokenMade(name)).await?;
        tx.commit().await?;
        engine.work.notify_one();
        Ok(Made { id, bearer })
    })
    .await
}
