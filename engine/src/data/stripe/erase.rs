//! What an erasure does about Stripe: it forgets what was seen, and passes the
//! wish on. The portal itself changes nothing there.

use domain::words::Words;
use uuid::Uuid;

use super::customer::references;
use super::store;
use super::view;
use crate::data::records::counts;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::mail::{self, Letter};
use crate::platform::scope::Scope;
use crate::platform::tenancy::WriteTx;
use crate::policies::Version;

/// Forgets what was seen of a person, whatever stays of their records.
pub(crate) async fn forget_view(tx: &WriteTx, subject: Uuid) -> Result<(), Failure> {
    view::forget(tx, subject).await
}

/// Asks the company, at its first contact, to delete the person's customer at
/// Stripe, and answers whether there was one. It must be done while the references
/// are still there to be read.
pub(crate) async fn pass_on(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    (subject, version, reference): (Uuid, &Version, &str),
) -> Result<bool, Failure> {
    if store::row(tx).await?.is_none() {
        return Ok(false);
    }
    let document = &version.document;
    // Wherever they are held: what the policy says of a category now changes nothing
    // about what is being erased.
    let mut customers = Vec::new();
    for holding in counts(tx, subject).await?.iter().filter(|held| held.own.amount > 0) {
        customers.extend(references(engine, tx, subject, &holding.category).await?);
    }
    customers.sort();
    customers.dedup();
    if let Some(last) = view::last(engine, tx, subject).await?
        && !customers.contains(&last.picture.customer)
    {
        customers.push(last.picture.customer);
    }
    if customers.is_empty() {
        return Ok(false);
    }
    let words = Words::new(document.language);
    let customers = ("customers", customers.join(", ").into());
    let reference = ("reference", reference.to_owned().into());
    let letter = Letter {
        language: words.language(),
        subject: words.with("mail-stripe-subject", std::slice::from_ref(&reference)),
        paragraphs: vec![
            words.with("mail-stripe-text", &[reference.clone(), customers]),
            words.text("mail-stripe-how"),
            words.text("mail-stripe-keeps"),
        ],
        code: None,
        link: None,
        why: words.text("mail-stripe-why"),
    };
    mail::post_to_company(engine, tx, scope, document, letter).await
}
