//! What Stripe holds about the person who is signed in, now or as last seen.

use domain::roles::Permission;
use std::time::Duration;

use uuid::Uuid;

use super::ask::picture_of;
use super::category::category_in;
use super::client::Client;
use super::customer::{Clue, NoCustomer};
use super::error::StripeError;
use super::picture::Picture;
use super::store::{WithKey, with_key};
use super::view::{self, Asked, View};
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::Timestamp;
use crate::policies;

/// How long a page waits for all of Stripe's answers together.
const PATIENCE: Duration = Duration::from_secs(5);

/// What can be said about a person's payments at Stripe.
#[derive(Debug)]
pub enum Look {
    /// Stripe says this now.
    Now(Picture),
    /// Stripe could not be asked; this is what it said then.
    Earlier {
        /// What it said.
        picture: Picture,
        /// When.
        as_of: Timestamp,
        /// Whether something has changed since, as an event has told.
        stale: bool,
        /// Why it could not be asked.
        why: StripeError,
    },
    /// Stripe could not be asked, and never was.
    Never(StripeError),
    /// No customer there could be told to be this person.
    NoCustomer(NoCustomer),
}

/// Asks Stripe about the person who is signed in. Nothing, if the tenant has not
/// connected it or its policy in force does not speak of payments.
pub async fn look(engine: &Engine, scope: &Scope) -> Result<Option<Look>, Failure> {
    let subject = scope.own_subject()?;
    let version = policies::in_force(engine, scope).await?;
    let category = version.as_ref().and_then(|version| category_in(&version.document.facts));
    let Some(category) = category.map(|category| category.id.as_str()) else { return Ok(None) };
    let tx = engine.tenant(scope.permit(Permission::ControlOwnData)?).read().await?;
    let Some(connection) = with_key(engine, &tx).await? else { return Ok(None) };
    let clue = Clue::of(engine, &tx, subject, category).await?;
    let last = view::last(engine, &tx, subject).await?;
    drop(tx);

    let changes = last.as_ref().map_or(0, |last| last.changes);
    let asked = Asked { subject, category, connected_at: connection.connected_at, changes };
    let before = last.as_ref().map(|last| last.picture.customer.as_str());
    let answer = tokio::time::timeout(PATIENCE, ask(engine, &connection, clue, before)).await;
    match answer.unwrap_or(Err(StripeError::Slow)) {
        Ok(Ok(picture)) => {
            view::keep(engine, scope, &asked, &picture).await?;
            Ok(Some(Look::Now(picture)))
        }
        Ok(Err(why)) => {
            // What was seen before was somebody else's, or is no more.
            if last.is_some() {
                forget(engine, scope, subject).await?;
            }
            Ok(Some(Look::NoCustomer(why)))
        }
        Err(why) => Ok(Some(match last {
            Some(View { picture, as_of, changes, seen, .. }) => {
                Look::Earlier { picture, as_of, stale: changes > seen, why }
            }
            None => Look::Never(why),
        })),
    }
}

async fn ask(
    engine: &Engine,
    connection: &WithKey,
    clue: Clue,
    before: Option<&str>,
) -> Result<Result<Picture, NoCustomer>, StripeError> {
    let client = connection.client(engine);
    let customer = match clue.follow(&client).await? {
        Ok(customer) => customer,
        // Whoever was deleted there has no address any more, and was theirs.
        Err(NoCustomer::Nobody) => return deleted(&client, before).await,
        Err(why) => return Ok(Err(why)),
    };
    match picture_of(&client, &customer).await {
        Ok(picture) => Ok(Ok(picture)),
        Err(StripeError::Unknown) => Ok(Err(NoCustomer::ReferenceUnknown)),
        Err(error) => Err(error),
    }
}

async fn deleted(
    client: &Client<'_>,
    before: Option<&str>,
) -> Result<Result<Picture, NoCustomer>, StripeError> {
    let Some(customer) = before else { return Ok(Err(NoCustomer::Nobody)) };
    match picture_of(client, customer).await {
        Ok(picture) if picture.deleted => Ok(Ok(picture)),
        Ok(_) | Err(StripeError::Unknown) => Ok(Err(NoCustomer::Nobody)),
        Err(error) => Err(error),
    }
}

async fn forget(engine: &Engine, scope: &Scope, subject: Uuid) -> Result<(), Failure> {
    let tx = engine.tenant(scope.about(subject)?).write().await?;
    view::forget(&tx, subject).await?;
    tx.commit().await?;
    Ok(())
}
