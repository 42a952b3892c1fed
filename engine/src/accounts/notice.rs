//! Telling the owner of an account that how they sign in has changed.

use domain::identifiers::Language;
use domain::words::Words;

use super::address::address_of;
use crate::engine::Engine;
use crate::failure::Failure;
use crate::mail::{self, Letter, Link};
use crate::scope::Scope;
use crate::storage::accounts;
use crate::tenancy::WriteTx;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    FactorAdded,
    FactorRemoved,
    /// The password was right, and then several codes were not.
    FactorMissed,
    RecoveryMade,
    RecoveryUsed,
    PasskeyAdded,
    PasskeyRemoved,
    PasswordChanged,
    AddressAsked,
    AddressChanged,
}

impl Change {
    #[cfg(test)]
    const ALL: [Change; 10] = [
        Change::FactorAdded,
        Change::FactorRemoved,
        Change::FactorMissed,
        Change::RecoveryMade,
        Change::RecoveryUsed,
        Change::PasskeyAdded,
        Change::PasskeyRemoved,
        Change::PasswordChanged,
        Change::AddressAsked,
        Change::AddressChanged,
    ];

    fn name(self) -> &'static str {
        match self {
            Change::FactorAdded => "mail-factor-added",
            Change::FactorRemoved => "mail-factor-removed",
            Change::FactorMissed => "mail-factor-missed",
            Change::RecoveryMade => "mail-recovery-made",
            Change::RecoveryUsed => "mail-recovery-used",
            Change::PasskeyAdded => "mail-passkey-added",
            Change::PasskeyRemoved => "mail-passkey-removed",
            Change::PasswordChanged => "mail-password-changed",
            Change::AddressAsked => "mail-address-asked",
            Change::AddressChanged => "mail-address-changed",
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
    change: Change,
) -> Result<(), Failure> {
    let Some(to) = address_of(engine, tx, account).await? else { return Ok(()) };
    let language: Language = account.language.parse().unwrap_or(scope.language);
    let scope = Scope { language, ..scope.clone() };
    let words = Words::new(language);
    let text = |part: &str| words.text(&format!("{}-{part}", change.name()));
    let letter = Letter {
        subject: text("subject"),
        paragraphs: vec![text("text"), words.text("mail-notice-next")],
        code: None,
        link: Some(Link {
            label: words.text("mail-notice-link"),
            url: engine.link(scope.tenant, "/forgot")?,
        }),
        why: words.text("mail-notice-why"),
    };
    mail::post(engine, tx, &scope, to, letter).await
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
                    assert!(Words::new(language).find(&id).is_some(), "{id} in {language}");
                }
            }
        }
    }
}
