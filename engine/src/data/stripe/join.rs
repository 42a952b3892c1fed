//! What was seen at Stripe about somebody who is joined with another.

use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::Uuid;

use super::view::{self, of, place};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::storage::stripe_views;
use crate::platform::tenancy::WriteTx;

/// Passes it on, sealed anew for the one who stays. Of two, the one that was seen later
/// is kept: Stripe is asked again when somebody looks.
pub(crate) async fn pass_view_on(
    engine: &Engine,
    tx: &WriteTx,
    from: Uuid,
    to: Uuid,
) -> Result<(), Failure> {
    let Some(row) = tx.one(of(from)).await? else { return Ok(()) };
    view::forget(tx, from).await?;
    if tx.one(of(to)).await?.is_some_and(|theirs| theirs.as_of >= row.as_of) {
        return Ok(());
    }
    let label = row.category.clone();
    // One whose key is gone opens for nobody.
    let Some(key) = engine.keyring.one(tx, from, &label).await? else { return Ok(()) };
    let plain = key.open(place(tx, from, &label), &row.sealed);
    let plain = plain.map_err(|e| Failure::Keyring(e.into()))?;
    let key = engine.keyring.ensure_one(tx, to, &label).await?;
    let sealed = key.seal(place(tx, to, &label), &plain);
    view::forget(tx, to).await?;
    let anew = stripe_views::ActiveModel {
        subject_id: Set(to),
        sealed: Set(sealed.map_err(|e| Failure::Keyring(e.into()))?),
        ..row.into_active_model().reset_all()
    };
    tx.insert(anew).await?;
    Ok(())
}
