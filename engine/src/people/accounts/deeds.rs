//! What the other admins are told: who gets in, where data goes, and what is kept
//! and deleted was changed.

use domain::identifiers::{EmailAddress, Language};
use domain::roles::Role;
use domain::words::Words;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::address::address_of;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::mail::{self, Letter, Link};
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::accounts;
use crate::platform::tenancy::WriteTx;

/// What was done. It carries what people call it, and never a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed<'a> {
    /// A version of the policy is in force.
    Published(i64),
    ProviderAdded(&'a str),
    ProviderChanged(&'a str),
    ProviderRemoved(&'a str),
    TokenMade(&'a str),
    StaffInvited(EmailAddress, Role),
    StaffMade(EmailAddress, Role),
    RoleChanged(Option<EmailAddress>, Role),
    StaffRemoved(Option<EmailAddress>),
    WebhookAdded(&'a str),
    WebhookChanged(&'a str),
    WebhookSecret(&'a str),
    WebhookRemoved(&'a str),
    StripeConnected,
    StripeSecret,
    StripeSecretEnded,
    StripeRemoved,
    /// Data that waited for a look may be used and deleted again.
    Released,
    /// Data is kept for a claim, and goes by no rule and at nobody's wish.
    ClaimRecorded,
    /// It need not be kept any more.
    ClaimLifted,
    /// Data that was reported to be a child's is being deleted.
    ChildDeleted,
    /// Two people are one now.
    Joined,
    /// The tenant's file changed how people sign in, or where the portal is.
    Applied,
}

impl Deed<'_> {
    /// The message that says it.
    fn name(&self) -> &'static str {
        match self {
            Deed::Published(_) => "mail-deed-published",
            Deed::ProviderAdded(_) => "mail-deed-provider-added",
            Deed::ProviderChanged(_) => "mail-deed-provider-changed",
            Deed::ProviderRemoved(_) => "mail-deed-provider-removed",
            Deed::TokenMade(_) => "mail-deed-token-made",
            Deed::StaffInvited(..) => "mail-deed-staff-invited",
            Deed::StaffMade(..) => "mail-deed-staff-made",
            Deed::RoleChanged(..) => "mail-deed-role-changed",
            Deed::StaffRemoved(_) => "mail-deed-staff-removed",
            Deed::WebhookAdded(_) => "mail-deed-webhook-added",
            Deed::WebhookChanged(_) => "mail-deed-webhook-changed",
            Deed::WebhookSecret(_) => "mail-deed-webhook-secret",
            Deed::WebhookRemoved(_) => "mail-deed-webhook-removed",
            Deed::StripeConnected => "mail-deed-stripe-connected",
            Deed::StripeSecret => "mail-deed-stripe-secret",
            Deed::StripeSecretEnded => "mail-deed-stripe-secret-ended",
            Deed::StripeRemoved => "mail-deed-stripe-removed",
            Deed::Released => "mail-deed-released",
            Deed::ClaimRecorded => "mail-deed-claim-recorded",
            Deed::ClaimLifted => "mail-deed-claim-lifted",
            Deed::ChildDeleted => "mail-deed-child-deleted",
            Deed::Joined => "mail-deed-joined",
            Deed::Applied => "mail-deed-applied",
        }
    }

    /// Where to look.
    fn path(&self) -> &'static str {
        match self {
            Deed::Published(_) => "/policy/history",
            Deed::ProviderAdded(_)
            | Deed::ProviderChanged(_)
            | Deed::ProviderRemoved(_)
            | Deed::Applied => "/studio/sign-in",
            Deed::TokenMade(_) => "/studio/tokens",
            Deed::StaffInvited(..)
            | Deed::StaffMade(..)
            | Deed::RoleChanged(..)
            | Deed::StaffRemoved(_) => "/studio/staff",
            Deed::WebhookAdded(_)
            | Deed::WebhookChanged(_)
            | Deed::WebhookSecret(_)
            | Deed::WebhookRemoved(_) => "/studio/webhooks",
            Deed::StripeConnected
            | Deed::StripeSecret
            | Deed::StripeSecretEnded
            | Deed::StripeRemoved => "/studio/stripe",
            Deed::ClaimRecorded | Deed::ClaimLifted => "/desk/holds",
            Deed::Released | Deed::ChildDeleted | Deed::Joined => "/desk",
        }
    }

    fn said(&self, words: Words) -> String {
        let what = match self {
            Deed::Published(number) => number.to_string(),
            Deed::ProviderAdded(name)
            | Deed::ProviderChanged(name)
            | Deed::ProviderRemoved(name)
            | Deed::TokenMade(name) => (*name).to_owned(),
            Deed::StaffInvited(email, _) | Deed::StaffMade(email, _) => email.to_string(),
            Deed::RoleChanged(email, _) | Deed::StaffRemoved(email) => {
                email.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string)
            }
            Deed::WebhookAdded(url)
            | Deed::WebhookChanged(url)
            | Deed::WebhookSecret(url)
            | Deed::WebhookRemoved(url) => host(url).to_owned(),
            Deed::StripeConnected
            | Deed::StripeSecret
            | Deed::StripeSecretEnded
            | Deed::StripeRemoved
            | Deed::Released
            | Deed::ClaimRecorded
            | Deed::ClaimLifted
            | Deed::ChildDeleted
            | Deed::Joined
            | Deed::Applied => String::new(),
        };
        let role = match self {
            Deed::StaffInvited(_, role) | Deed::StaffMade(_, role) | Deed::RoleChanged(_, role) => {
                words.text(&format!("role-{}", role.name()))
            }
            _ => String::new(),
        };
        words.with(self.name(), &[("what", what.into()), ("role", role.into())])
    }
}

/// Writes to every admin but the one who did it, if the transaction commits. A sole
/// admin is written to as well: it may have been somebody else in their name.
pub(crate) async fn tell_admins(
    engine: &Engine,
    tx: &WriteTx,
    scope: &Scope,
    deed: &Deed<'_>,
) -> Result<(), Failure> {
    let own = match scope.actor {
        Actor::Account { id, .. } => Some(id),
        Actor::Portal => return Ok(()),
        _ => None,
    };
    let query = accounts::Entity::find()
        .filter(accounts::Column::Role.eq(Role::Admin.name()))
        .order_by_asc(accounts::Column::Id);
    let admins = tx.all(query).await?;
    let others = admins.iter().any(|admin| Some(admin.id) != own);
    let doer = match own {
        Some(id) => {
            let row = accounts::Entity::find().filter(accounts::Column::Id.eq(id));
            tx.one(row).await?
        }
        None => None,
    };
    let doer = match &doer {
        Some(row) => Some((address_of(engine, tx, row).await?, row.role.as_str())),
        None => None,
    };
    for admin in admins.iter().filter(|admin| !others || Some(admin.id) != own) {
        let Some(to) = address_of(engine, tx, admin).await? else { continue };
        let language: Language = admin.language.parse().unwrap_or(scope.language);
        let scope = Scope { language, ..scope.clone() };
        let letter = letter(engine, &scope, doer.as_ref(), deed)?;
        mail::post(engine, tx, &scope, to, letter).await?;
    }
    Ok(())
}

fn letter(
    engine: &Engine,
    scope: &Scope,
    doer: Option<&(Option<EmailAddress>, &str)>,
    deed: &Deed<'_>,
) -> Result<Letter, Failure> {
    let words = Words::new(scope.language);
    let said = deed.said(words);
    let when = moment(words, scope);
    let by = match doer {
        Some((email, role)) => {
            let who = email.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string);
            let role = words.text(&format!("role-{role}"));
            let values = [("who", who.into()), ("role", role.into()), ("when", when.into())];
            words.with("mail-deed-by", &values)
        }
        None => words.with("mail-deed-by-operator", &[("when", when.into())]),
    };
    Ok(Letter {
        language: words.language(),
        subject: said.clone(),
        paragraphs: vec![words.text("mail-deed-text"), said, by, words.text("mail-deed-next")],
        code: None,
        link: Some(Link {
            label: words.text("mail-deed-link"),
            url: engine.link(scope.tenant, deed.path())?,
        }),
        why: words.text("mail-deed-why"),
    })
}

/// "21 November 2026, 12:00 UTC", where the tenant is.
pub(super) fn moment(words: Words, scope: &Scope) -> String {
    let there = jiff::Timestamp::from(scope.now).to_zoned(scope.zone.clone());
    format!("{}, {}", words.date(there.date()), there.strftime("%H:%M %Z"))
}

/// What follows in the address may be a secret.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    place.rsplit_once('@').map_or(place, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_has_its_words() {
        let email = || "eve@example.org".parse::<EmailAddress>().unwrap();
        let url = "https://u:p@hooks.example:8443/s3cret?key=s3cret";
        let all = [
            Deed::Published(3),
            Deed::ProviderAdded("Acme"),
            Deed::ProviderChanged("Acme"),
            Deed::ProviderRemoved("Acme"),
            Deed::TokenMade("CRM"),
            Deed::StaffInvited(email(), Role::Editor),
            Deed::StaffMade(email(), Role::Admin),
            Deed::RoleChanged(Some(email()), Role::Auditor),
            Deed::StaffRemoved(None),
            Deed::WebhookAdded(url),
            Deed::WebhookChanged(url),
            Deed::WebhookSecret(url),
            Deed::WebhookRemoved(url),
            Deed::StripeConnected,
            Deed::StripeSecret,
            Deed::StripeSecretEnded,
            Deed::StripeRemoved,
            Deed::Released,
            Deed::ClaimRecorded,
            Deed::ClaimLifted,
            Deed::ChildDeleted,
            Deed::Joined,
            Deed::Applied,
        ];
        for language in Language::ALL {
            for deed in &all {
                let said = deed.said(Words::new(language));
                assert_ne!(said, deed.name(), "{language}");
                assert!(!said.contains("s3cret") && !said.contains("u:p"), "{said}");
            }
            for id in ["text", "by", "by-operator", "next", "link", "why"] {
                let id = format!("mail-deed-{id}");
                let values = ["who", "role", "when"].map(|name| (name, "x".into()));
                assert_ne!(Words::new(language).with(&id, &values), id, "{language}");
            }
        }
        assert_eq!(host(url), "hooks.example:8443");
    }
}
