//! A browser comes back from a provider.

use domain::identifiers::EmailAddress;
use domain::roles::{Permission, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::aim::{Aim, SENT, Sent};
use super::answer::Answer;
use super::link::{LINKING, Linking};
use super::reason::{NotVouched, Reason};
use super::settings::Kind;
use super::start::{back_address, known};
use super::store::Provider;
use super::vouched::{Address, Vouched};
use super::{identity, oauth2, openid, trouble};
use crate::engine::Engine;
use crate::people::accounts::{
    self, AccountError, Begun, Method, NotEntered, Secret, Shown, Task, ceremony, finish_sign_in,
    may_enter, session,
};
use crate::platform::scope::{Actor, Scope};
use crate::platform::storage::accounts as rows;
use crate::platform::tenancy::{ReadTx, WriteTx};

/// For how long the password may be typed that links an account: ten minutes, in
/// seconds.
const LINKING_LASTS: i64 = 10 * 60;
/// How far a provider's clock may be behind ours, in milliseconds.
const BEHIND: i64 = 60_000;

/// What has come of it.
pub enum Arrived {
    /// Somebody is signed in, or asked for their second factor.
    SignedIn {
        /// How far they have come.
        begun: Begun,
        /// Where it was to go on; may be empty.
        next: String,
    },
    /// There is an account with that address: its password links the two.
    Linking,
    /// The account can be signed in to with the provider from now on.
    Linked,
    /// The task is confirmed.
    Confirmed {
        /// Where it was to go on.
        next: String,
    },
}

/// Takes what a browser has brought back. Whatever comes of it, the same answer
/// is not taken twice.
pub async fn back(
    engine: &Engine,
    scope: &Scope,
    token: Option<&Secret>,
    answer: Answer,
    browser: &str,
) -> Result<Arrived, NotVouched> {
    let token = token.ok_or(Reason::NothingBegun)?;
    let (sent, aim) = take(engine, scope, token, &answer).await?;
    let begun = sent.begun(aim);
    let reason = match arrive(engine, scope, (token, browser), (&sent, aim), answer).await {
        Ok(arrived) => return Ok(arrived),
        Err(reason) => reason,
    };
    tracing::info!(provider = sent.provider, %reason, "a provider's answer was not taken");
    trouble::note(engine, scope, &sent.provider, &reason).await?;
    Err(NotVouched { reason, begun: Some(begun) })
}

/// What this browser has begun with that state; from now on it is used.
async fn take(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    answer: &Answer,
) -> Result<(Sent, Aim), Reason> {
    let tx = engine.tenant(scope.permit(Permission::SignIn)?).write().await?;
    let begun = ceremony::find::<Sent>(engine, &tx, scope, (token, SENT), answer.ceremony).await?;
    let begun = begun.ok_or(Reason::NothingBegun)?;
    if !bool::from(begun.state.state_hash.ct_eq(&answer.state.hash())) {
        return Err(Reason::NothingBegun);
    }
    let aim = Aim::named(&begun.state.aim).ok_or(Reason::NothingBegun)?;
    if aim != Aim::SignIn && begun.account != own_account(scope) {
        return Err(Reason::NothingBegun);
    }
    if !ceremony::finish(&tx, begun.id).await? {
        return Err(Reason::NothingBegun);
    }
    tx.commit().await?;
    Ok((begun.state, aim))
}

async fn arrive(
    engine: &Engine,
    scope: &Scope,
    (token, browser): (&Secret, &str),
    (sent, aim): (&Sent, Aim),
    answer: Answer,
) -> Result<Arrived, Reason> {
    let (provider, secret) = known(engine, scope, &sent.provider).await?;
    let settings = &provider.settings;
    let back = back_address(engine, scope)?;
    let code = answer.code.ok_or(Reason::Denied)?;
    let vouched = match &settings.kind {
        Kind::OpenId { issuer } => {
            let peer = openid::Peer { issuer, settings, secret: secret.as_ref(), back };
            let (nonce, verifier) = (sent.nonce.as_str(), sent.verifier.as_str());
            let expected = openid::Expected { nonce, verifier, issuer: answer.issuer.as_deref() };
            openid::vouch(engine, scope, &peer, code, expected).await?
        }
        Kind::OAuth2 { .. } => {
            let peer = oauth2::Peer::of(settings, secret.as_ref(), back);
            let peer = peer.ok_or(Reason::NoProvider)?;
            oauth2::vouch(engine, &peer, code, &sent.verifier).await?
        }
    };
    match aim {
        Aim::SignIn => {
            let here = Here { engine, scope, token, browser, provider: &provider };
            here.sign_in(vouched, &sent.next).await
        }
        Aim::Link => link_own(engine, scope, &provider, &vouched).await,
        Aim::Confirm(task) => {
            confirm(engine, scope, token, (&provider, &vouched), (sent.at, task)).await?;
            Ok(Arrived::Confirmed { next: sent.next.clone() })
        }
    }
}

/// Where somebody is about to be signed in.
struct Here<'a> {
    engine: &'a Engine,
    scope: &'a Scope,
    token: &'a Secret,
    browser: &'a str,
    provider: &'a Provider,
}

impl Here<'_> {
    async fn sign_in(&self, vouched: Vouched, next: &str) -> Result<Arrived, Reason> {
        let tx = self.engine.tenant(self.scope.permit(Permission::SignIn)?).write().await?;
        let name_hash = vouched.name_hash(&self.engine.keyring.of_tenant(&tx).await?);
        let known = identity::find(&tx, &self.provider.slug, &name_hash).await?;
        if let Some(known) = known {
            let account = account(&tx, known.account_id).await?.ok_or(Reason::NoAccount)?;
            return self.finish(tx, &account, vouched.strong, next).await;
        }
        let email = self.taken_address(vouched.address)?;
        let Some(account) = accounts::with_address(self.engine, &tx, &email).await? else {
            let account = self.sign_up(&tx, &email, &name_hash).await?;
            return self.finish(tx, &account, vouched.strong, next).await;
        };
        if !may_enter(self.engine, &tx, self.scope, &account).await? {
            return Err(Reason::NoAccount);
        }
        // An address alone gives nobody an account that others made: whoever runs
        // the provider could take it.
        if account.password_hash.is_none() {
            return Err(Reason::OtherWay);
        }
        let linking = Linking {
            provider: self.provider.slug.clone(),
            name: self.provider.settings.name.clone(),
            name_hash,
            email: email.to_string(),
            strong: self.is_strong(vouched.strong),
            next: next.to_owned(),
        };
        let (engine, scope) = (self.engine, self.scope);
        let who = (self.token, LINKING);
        let account = Some(account.id);
        ceremony::begin(engine, &tx, scope, who, account, &linking, LINKING_LASTS).await?;
        tx.commit().await?;
        Ok(Arrived::Linking)
    }

    /// The address, if the tenant takes this provider's word for it.
    fn taken_address(&self, address: Address) -> Result<EmailAddress, Reason> {
        if !self.provider.settings.trusted_email {
            return Err(Reason::NoAccount);
        }
        match address {
            Address::Verified(email) => Ok(email),
            Address::Unverified => Err(Reason::Unverified),
            Address::Unsaid => Err(Reason::Unsaid),
            Address::NotHad(reason) => Err(reason),
            Address::None => Err(Reason::NoAddress),
        }
    }

    /// An account of the one person with this address, if the tenant lets people
    /// sign up.
    async fn sign_up(
        &self,
        tx: &WriteTx,
        email: &EmailAddress,
        name_hash: &[u8],
    ) -> Result<rows::Model, Reason> {
        let (engine, scope) = (self.engine, self.scope);
        let open = engine.directory.tenant(scope.tenant).is_some_and(|tenant| tenant.sign_up);
        if !open {
            return Err(Reason::NoAccount);
        }
        let subject = accounts::subject_with(engine, tx, email).await?;
        let subject = subject.ok_or(Reason::NoAccount)?;
        // Their account may have another address by now.
        if accounts::has_account(tx, subject).await? {
            return Err(Reason::OtherWay);
        }
        let who = (Role::Customer, Some(subject));
        let id = accounts::insert_account(engine, tx, scope, email, who, None).await;
        let id = id.map_err(|error| match error {
            AccountError::Failure(failure) => Reason::Failure(failure),
            _ => Reason::OtherWay,
        })?;
        let account = account(tx, id).await?.ok_or(Reason::NoAccount)?;
        identity::insert(engine, tx, scope, &account, (&self.provider.slug, name_hash)).await?;
        Ok(account)
    }

    async fn finish(
        &self,
        tx: WriteTx,
        account: &rows::Model,
        strong: bool,
        next: &str,
    ) -> Result<Arrived, Reason> {
        let shown = Shown {
            method: Method::Provider,
            strong: self.is_strong(strong),
            browser: self.browser.to_owned(),
            next: Some(next.to_owned()).filter(|next| !next.is_empty()),
        };
        let begun = finish_sign_in(self.engine, &tx, self.scope, account.id, shown).await;
        let begun = begun.map_err(|not| match not {
            NotEntered::Nobody => Reason::NoAccount,
            NotEntered::ReviewFirst => Reason::ReviewFirst,
            NotEntered::Failure(failure) => Reason::Failure(failure),
        })?;
        // What another tab has begun goes on with the new cookie.
        ceremony::hand_over(&tx, SENT, (self.token, begun.token())).await?;
        tx.commit().await?;
        Ok(Arrived::SignedIn { begun, next: next.to_owned() })
    }

    /// Only a provider whose word is taken for an address is believed that it
    /// asked for more than one factor.
    fn is_strong(&self, says_so: bool) -> bool {
        says_so && self.provider.settings.trusted_email
    }
}

async fn link_own(
    engine: &Engine,
    scope: &Scope,
    provider: &Provider,
    vouched: &Vouched,
) -> Result<Arrived, Reason> {
    let own = own_account(scope).ok_or(Reason::NotYours)?;
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let name_hash = vouched.name_hash(&engine.keyring.of_tenant(&tx).await?);
    let account = account(&tx, own).await?.ok_or(Reason::NoAccount)?;
    identity::insert(engine, &tx, scope, &account, (&provider.slug, &name_hash)).await?;
    tx.commit().await?;
    engine.work.notify_one();
    Ok(Arrived::Linked)
}

/// The identity must be of the very account, and the person must have signed in
/// there since they were sent.
async fn confirm(
    engine: &Engine,
    scope: &Scope,
    token: &Secret,
    (provider, vouched): (&Provider, &Vouched),
    (since, task): (i64, Task),
) -> Result<(), Reason> {
    let tx = engine.tenant(scope.permit(Permission::ManageOwnSignIn)?).write().await?;
    let name_hash = vouched.name_hash(&engine.keyring.of_tenant(&tx).await?);
    let known = identity::find(&tx, &provider.slug, &name_hash).await?;
    if known.map(|row| row.account_id) != own_account(scope) || own_account(scope).is_none() {
        return Err(Reason::NotYours);
    }
    // It says so in whole seconds.
    if vouched.at.is_none_or(|at| at < since - BEHIND) {
        return Err(Reason::NotFresh);
    }
    session::confirm(&tx, scope, token, task).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn account(tx: &ReadTx, id: Uuid) -> Result<Option<rows::Model>, Reason> {
    Ok(tx.one(rows::Entity::find().filter(rows::Column::Id.eq(id))).await?)
}

fn own_account(scope: &Scope) -> Option<Uuid> {
    match scope.actor {
        Actor::Account { id, .. } => Some(id),
        _ => None,
    }
}
