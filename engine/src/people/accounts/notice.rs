//! Telling the owner of an account that how they sign in has changed.

use std::time::Duration;

use domain::identifiers::Language;
use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::address::address_of;
use super::deeds::moment;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::Scope;
use crate::platform::storage::accounts;
use crate::platform::tenancy::WriteTx;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change<'a> {
    FactorAdded,
    FactorRemoved,
    /// The password was right, and then several codes were not.
    FactorMissed,
    /// Several codes were wrong in an open session.
    CodesMissed,
    RecoveryMade,
    RecoveryUsed,
    PasskeyAdded,
    PasskeyRemoved,
    PasswordChanged,
    /// By a mailed link.
    PasswordReset,
    AddressAsked,
    AddressChanged,
    /// A provider of that name leads to the account.
    ProviderLinked(&'a str),
    ProviderUnlinked(&'a str),
}

impl<'a> Change<'a> {
    #[cfg(test)]
    const ALL: [Change<'static>; 14] = [
        Change::FactorAdded,
        Change::FactorRemoved,
        Change::FactorMissed,
        Change::CodesMissed,
        Change::RecoveryMade,
        Change::RecoveryUsed,
        Change::PasskeyAdded,
        Change::PasskeyRemoved,
        Change::PasswordChanged,
        Change::PasswordReset,
        Change::AddressAsked,
        Change::AddressChanged,
        Change::ProviderLinked("Acme"),
        Change::ProviderUnlinked("Acme"),
    ];

    fn name(self) -> &'static str {
        match self {
            Change::FactorAdded => "mail-factor-added",
            Change::FactorRemoved => "mail-factor-removed",
            Change::FactorMissed => "mail-factor-missed",
            Change::CodesMissed => "mail-codes-missed",
            Change::RecoveryMade => "mail-recovery-made",
            Change::RecoveryUsed => "mail-recovery-used",
            Change::PasskeyAdded => "mail-passkey-added",
            Change::PasskeyRemoved => "mail-passkey-removed",
            Change::PasswordChanged => "mail-password-changed",
            Change::PasswordReset => "mail-password-reset",
            Change::AddressAsked => "mail-address-asked",
            Change::AddressChanged => "mail-address-changed",
            Change::ProviderLinked(_) => "mail-provider-linked",
            Change::ProviderUnlinked(_) => "mail-provider-unlinked",
        }
    }

    /// Whose name the message has.
    fn provider(self) -> &'a str {
        match self {
            Change::ProviderLinked(name) | Change::ProviderUnlinked(name) => name,
            _ => "",
        }
    }
}

/// Writes to the account's address, in its own language, if the transaction
/// commits: whoever did not do it learns of it where they can still act.
pub(crate) async fn tell(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    account: &accounts::Model,
    change: Change<'_>,
) -> Result<(), Failure> {
    let Some(to) = address_of(engine, tx, account).await? else { return Ok(()) };
    let language: Language = account.language.parse().unwrap_or(scope.language);
    let scope = Scope { language, ..scope.clone() };
    let words = Words::new(language);
    let text = |part: &str| {
        let name = change.provider().to_owned();
        words.with(&format!("{}-{part}", change.name()), &[("name", name.into())])
    };
    let when = [("when", moment(words, &scope).into())];
    let letter = Letter {
        language: words.language(),
        subject: text("subject"),
        paragraphs: vec![
            text("text"),
            words.with("mail-notice-when", &when),
            words.text("mail-notice-next"),
        ],
        code: None,
        link: Some(Link {
            label: words.text("mail-notice-link"),
            url: engine.link(scope.tenant, "/forgot")?,
        }),
        why: words.text("mail-notice-why"),
    };
    mail::post(engine, tx, &scope, to, letter).await
}

/// Tells people that a provider no longer leads to their accounts.
#[derive(Serialize, Deserialize)]
pub(crate) struct TellUnlinked {
    /// The provider's name.
    pub provider: String,
    /// The accounts.
    pub accounts: Vec<Uuid>,
}

impl Job for TellUnlinked {
    const NAME: &'static str = "tell-unlinked";
    const LANE: Lane = Lane::MailAndKeys;
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        tell_unlinked(with.engine, with.scope, &self.provider, &self.accounts).await
    }
}

/// Tells people that a provider which the tenant has taken out no longer leads to
/// their accounts.
async fn tell_unlinked(
    engine: &Engine,
    scope: &Scope,
    provider: &str,
    people: &[Uuid],
) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).write().await?;
    let rows = accounts::Entity::find().filter(accounts::Column::Id.is_in(people.iter().copied()));
    for account in tx.all(rows).await? {
        tell(engine, &tx, scope, &account, Change::ProviderUnlinked(provider)).await?;
    }
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_has_its_words() {
        for change in Change::ALL {
            for part in ["subject", "text"] {
                let id = format!("{}-{part}", change.name());
                for language in Language::ALL {
                    let name = [("name", "Acme".into())];
                    assert_ne!(Words::new(language).with(&id, &name), id, "{language}");
                }
            }
        }
    }
}
