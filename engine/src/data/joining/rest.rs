//! All that is theirs besides records, and what is left of the one who goes.

use std::collections::HashMap;

use domain::joining::{Chosen, of_both};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::data::holds;
use crate::data::stripe;
use crate::engine::Engine;
use crate::people::accounts;
use crate::people::subjects::{
    Profile, joined_into, known_as, open_joined, open_profile, profile_place, seal_joined,
};
use crate::platform::failure::Failure;
use crate::platform::keyring::{IDENTITY, KeyringError};
use crate::platform::scope::Scope;
use crate::platform::storage::{
    Timestamp, choices, disclosures, events, exports, holds as holds_table, messages, requests,
    retained, subjects,
};
use crate::platform::tenancy::{Tenanted, WriteTx};
use crate::webhooks::{self, ConsentChanged, Event};

/// Passes all of it on. Both rows are held.
pub(super) async fn pass(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    goes: &subjects::Model,
    stays: &subjects::Model,
) -> Result<(), Failure> {
    let (from, to) = (goes.id, stays.id);
    give::<events::Entity>(tx, events::Column::SubjectId, from, to).await?;
    give::<disclosures::Entity>(tx, disclosures::Column::SubjectId, from, to).await?;
    // Requests keep their references, dates and clocks, and what they carry is sealed
    // with keys of their own. So is a download, which says of when it is.
    give::<requests::Entity>(tx, requests::Column::SubjectId, from, to).await?;
    give::<exports::Entity>(tx, exports::Column::SubjectId, from, to).await?;
    give::<messages::Entity>(tx, messages::Column::PausedSubject, from, to).await?;
    give::<retained::Entity>(tx, retained::Column::SubjectId, from, to).await?;
    give::<holds_table::Entity>(tx, holds_table::Column::SubjectId, from, to).await?;
    accounts::pass_on(engine, tx, from, to).await?;
    stripe::pass_view_on(engine, tx, from, to).await?;
    let changed = choose(tx, from, to).await?;
    become_one(engine, tx, scope, goes, stays).await?;
    holds::keep_in_step(tx, scope, to).await?;
    // By every id, since each system knows the person by its own.
    let ids = known_as(engine, tx, to).await?;
    for (purpose, refused) in changed {
        for subject in ids.clone() {
            let purpose = purpose.parse().map_err(Failure::corrupt)?;
            let told = ConsentChanged { subject, category: None, purpose, granted: !refused };
            webhooks::tell(tx, engine, scope, &Event::ConsentChanged(told)).await?;
        }
    }
    Ok(())
}

async fn give<E: Tenanted>(
    tx: &WriteTx,
    column: E::Column,
    from: Uuid,
    to: Uuid,
) -> Result<(), Failure> {
    let update = E::update_many().col_expr(column, Expr::value(to)).filter(column.eq(from));
    tx.update(update).await?;
    Ok(())
}

/// Makes the choices of both those of one, and answers those that are new to one of
/// them: the purpose, and whether it is refused.
async fn choose(tx: &WriteTx, from: Uuid, to: Uuid) -> Result<Vec<(String, bool)>, Failure> {
    let of = |subject| choices::Entity::find().filter(choices::Column::SubjectId.eq(subject));
    let chosen = |row: &choices::Model| Chosen {
        refused: row.refused,
        by_signal: row.by_signal,
        at: row.chosen_at.0,
    };
    let one: HashMap<String, Chosen> =
        tx.all(of(from)).await?.iter().map(|row| (row.purpose.clone(), chosen(row))).collect();
    let other: HashMap<String, Chosen> =
        tx.all(of(to)).await?.iter().map(|row| (row.purpose.clone(), chosen(row))).collect();
    let mut both = other.clone();
    for (purpose, chosen) in &one {
        let all = both.entry(purpose.clone()).or_insert(*chosen);
        *all = of_both(*all, *chosen);
    }
    let rows = both.iter().map(|(purpose, chosen)| choices::ActiveModel {
        subject_id: Set(to),
        purpose: Set(purpose.clone()),
        refused: Set(chosen.refused),
        by_signal: Set(chosen.by_signal),
        chosen_at: Set(Timestamp(chosen.at)),
        ..Default::default()
    });
    let key = [choices::Column::TenantId, choices::Column::SubjectId, choices::Column::Purpose];
    let again = OnConflict::columns(key)
        .update_columns([
            choices::Column::Refused,
            choices::Column::BySignal,
            choices::Column::ChosenAt,
        ])
        .to_owned();
    tx.put_many(rows, &again).await?;
    let theirs = choices::Entity::delete_many().filter(choices::Column::SubjectId.eq(from));
    tx.delete(theirs).await?;
    let is_new = |purpose: &String, now: &Chosen| {
        [&one, &other]
            .into_iter()
            .any(|said| said.get(purpose).is_none_or(|before| before.refused != now.refused))
    };
    let mut changed: Vec<(String, bool)> = both
        .iter()
        .filter(|(purpose, chosen)| is_new(purpose, chosen))
        .map(|(purpose, chosen)| (purpose.clone(), *chosen))
        .map(|(purpose, chosen)| (purpose, chosen.refused))
        .collect();
    changed.sort();
    Ok(changed)
}

/// What is known of who they are is the one's who stays; what was not known, the other's.
/// The other's row leads there, and is nobody's any more: by the address, on pages, and
/// for nodes of the version before, which take it for erased.
async fn become_one(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    goes: &subjects::Model,
    stays: &subjects::Model,
) -> Result<(), Failure> {
    let gone = || Failure::Keyring(KeyringError::Gone);
    let was = open_profile(engine, tx, goes.id).await?.ok_or_else(gone)?;
    let is = open_profile(engine, tx, stays.id).await?.ok_or_else(gone)?;
    let key = engine.keyring.one(tx, stays.id, IDENTITY).await?.ok_or_else(gone)?;
    let name = is.name.clone().or_else(|| was.name.clone());
    let profile = serde_json::to_vec(&Profile { name, ..is });
    let profile = profile.map_err(|_| Failure::corrupt("a profile"))?;
    let sealed = key.seal(profile_place(tx, stays.id), &profile);
    let employed = if stays.organisation_id.is_some() { stays } else { goes };
    let administers = [goes, stays].into_iter().any(|row| row.organisation_admin);
    let stopped = stays.stopped_email_hash.clone().or_else(|| goes.stopped_email_hash.clone());
    let one = subjects::ActiveModel {
        sealed: Set(Some(sealed.map_err(|e| Failure::Keyring(e.into()))?)),
        organisation_id: Set(employed.organisation_id),
        organisation_admin: Set(administers && employed.organisation_id.is_some()),
        stopped_email_hash: Set(stopped),
        ..Default::default()
    };
    set(tx, stays.id, one).await?;
    let left = subjects::ActiveModel {
        sealed: Set(Some(seal_joined(tx, &key, stays.id, goes.id, &was)?)),
        joined_into: Set(Some(stays.id)),
        ..nobody(scope)
    };
    set(tx, goes.id, left).await?;
    // Who had been joined with the one who goes.
    for row in tx.all(joined_into(goes.id)).await? {
        let theirs = engine.keyring.one(tx, goes.id, IDENTITY).await?.ok_or_else(gone)?;
        let sealed = match open_joined(tx, &theirs, goes.id, &row)? {
            Some(profile) => Some(seal_joined(tx, &key, stays.id, row.id, &profile)?),
            None => None,
        };
        let on = subjects::ActiveModel {
            sealed: Set(sealed),
            joined_into: Set(Some(stays.id)),
            ..Default::default()
        };
        set(tx, row.id, on).await?;
    }
    Ok(())
}

/// The columns of whoever is gone.
fn nobody(scope: &Scope) -> subjects::ActiveModel {
    subjects::ActiveModel {
        email_hash: Set(None),
        organisation_id: Set(None),
        organisation_admin: Set(false),
        frozen_at: Set(Some(scope.now)),
        paused_at: Set(None),
        next_address: Set(None),
        next_email_hash: Set(None),
        next_counts_at: Set(None),
        stopped_email_hash: Set(None),
        erased_at: Set(Some(scope.now)),
        ..Default::default()
    }
}

async fn set(tx: &WriteTx, id: Uuid, columns: subjects::ActiveModel) -> Result<(), Failure> {
    let which = subjects::Column::Id.eq(id);
    tx.update(subjects::Entity::update_many().set(columns).filter(which)).await?;
    Ok(())
}
