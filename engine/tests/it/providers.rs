//! Signing in with other places.

use domain::identifiers::Slug;
use domain::roles::Role;
use engine::accounts::{
    Caller, Mine, NotConfirmed, Password, Secret, Session, Task, answer_review, create_staff,
    review, session,
};
use engine::egress::EgressError;
use engine::providers::{
    self, Aim, Answer, Arrived, Described, NewSecret, Reason, SaveError, Settings, UnlinkError,
};
use engine::storage::{accounts as rows, identities, providers as stored, tenants};
use engine::tenants::{TenantFile, apply, plan};
use engine::{Actor, Scope};
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use serde_json::{Value, json};

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PASSWORD, PEOPLE, confirmed};
use crate::issuer::{Issuer, query};

/// The demo's tenant, where nobody signs up.
fn closed() -> String {
    LUMAIRE.replace("sign-up = \"open\"", "sign-up = \"closed\"")
}

/// A tenant with a provider that it trusts, and a visitor's browser.
struct There {
    bed: Bed,
    issuer: Issuer,
    scope: Scope,
    browser: Secret,
}

impl There {
    async fn new(bed: Bed) -> There {
        let operator = bed.tenant(LUMAIRE).await;
        bed.import(&operator, PEOPLE).await;
        let issuer = Issuer::start().await;
        let there = There {
            bed,
            issuer,
            scope: Scope { actor: Actor::Visitor, ..operator },
            browser: Secret::generate().unwrap(),
        };
        there.set_up(&there.openid(true)).await;
        there
    }

    fn operator(&self) -> Scope {
        Scope { actor: Actor::Operator, ..self.scope.clone() }
    }

    fn openid(&self, trusted_email: bool) -> Described {
        Described {
            slug: "acme".into(),
            name: "Acme".into(),
            kind: "openid".into(),
            issuer: self.issuer.url.clone(),
            client_id: "portal".into(),
            scopes: vec!["email".into()],
            trusted_email,
            ..Described::default()
        }
    }

    async fn set_up(&self, described: &Described) {
        let (slug, settings) = described.checked().unwrap();
        let engine = &self.bed.engine;
        let new = providers::find(engine, &self.scope, slug.as_str()).await.unwrap().is_none();
        let secret = NewSecret::This("hush".to_owned().into());
        providers::save(
            engine,
            &self.operator(),
            confirmed(&self.operator(), Task::Settings),
            (&slug, &settings),
            secret,
            new,
        )
        .await
        .unwrap();
    }

    async fn start(&self, scope: &Scope, token: &Secret, aim: Aim) -> Result<String, Reason> {
        let engine = &self.bed.engine;
        let going = providers::start(engine, scope, token, "acme", (aim, "/account")).await;
        going.map(|going| going.url).map_err(|not| not.reason)
    }

    async fn back(
        &self,
        scope: &Scope,
        token: &Secret,
        query: &[(String, String)],
    ) -> Result<Arrived, Reason> {
        let answer = Answer::parse(query)?;
        let back = providers::back(&self.bed.engine, scope, Some(token), answer, "").await;
        back.map_err(|not| not.reason)
    }

    /// All of it, as a visitor.
    async fn arrive(&self) -> Result<Arrived, Reason> {
        let url = self.start(&self.scope, &self.browser, Aim::SignIn).await?;
        self.back(&self.scope, &self.browser, &self.issuer.agree(&url)).await
    }

    async fn sign_in(&self) -> Session {
        match self.arrive().await {
            Ok(Arrived::SignedIn { begun, .. }) => self.session(begun.token()).await,
            other => panic!("{:?}", other.err()),
        }
    }

    async fn session(&self, token: &Secret) -> Session {
        session(&self.bed.engine, &self.scope, token).await.unwrap().unwrap()
    }

    async fn refused(&self) -> Reason {
        match self.arrive().await {
            Err(reason) => reason,
            Ok(_) => panic!("it was taken"),
        }
    }

    fn as_one(&self, session: &Session) -> Scope {
        let (id, role, subject) = (session.account, session.role, session.subject);
        Scope { actor: Actor::Account { id, role, subject }, ..self.scope.clone() }
    }

    async fn count(&self) -> (u64, u64) {
        let tx =
            self.bed.engine.tenant(self.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let accounts = tx.count(rows::Entity::find()).await.unwrap();
        (accounts, tx.count(identities::Entity::find()).await.unwrap())
    }
}

on_both! {
    async fn a_verified_address_makes_the_account_of_its_person(bed: Bed) {
        let there = There::new(bed).await;
        let first = there.sign_in().await;
        assert_eq!((first.role, first.strong), (Role::Customer, false));
        let ada = engine::subjects::find(&there.bed.engine, &there.scope.as_portal(), "u-ada").await.unwrap();
        assert_eq!(first.subject, ada);
        assert_eq!(there.count().await, (1, 1));
        assert_eq!(there.issuer.says().secret.as_deref(), Some("hush"));
        // From now on the name counts, whatever the address says.
        there.issuer.says().claims = json!({ "email": "other@example.org", "email_verified": false });
        assert_eq!(there.sign_in().await.account, first.account);
        assert_eq!(there.count().await, (1, 1));
    }

    async fn a_tenant_that_is_closed_makes_no_accounts(bed: Bed) {
        let there = There::new(bed).await;
        there.bed.tenant(&closed()).await;
        assert!(matches!(there.refused().await, Reason::NoAccount));
        there.bed.tenant(LUMAIRE).await;
        there.issuer.says().claims = json!({ "email": "nobody@example.org" });
        assert!(matches!(there.refused().await, Reason::NoAccount), "nobody is known by it");
        assert_eq!(there.count().await, (0, 0));
    }

    async fn an_address_counts_only_verified_and_from_whom_the_tenant_trusts(bed: Bed) {
        let there = There::new(bed).await;
        there.issuer.says().claims = json!({ "email_verified": false });
        assert!(matches!(there.refused().await, Reason::Unverified));
        for (claims, user) in [
            (json!({ "email_verified": null }), json!({})),
            (json!({ "email_verified": 7 }), json!({ "sub": "ada-at-acme" })),
            (json!({ "email": null }), json!({ "sub": "ada-at-acme", "email": "ada@example.org" })),
        ] {
            there.issuer.says().claims = claims;
            there.issuer.says().user = user;
            let reason = there.refused().await;
            assert!(matches!(reason, Reason::Unsaid), "it does not say “not verified”: {reason}");
        }
        // The admin is told, and what was said is in it nowhere.
        let told = async || {
            let all = providers::list(&there.bed.engine, &there.operator()).await.unwrap();
            all[0].trouble.clone()
        };
        assert_eq!(told().await.unwrap().what, "unsaid");
        there.issuer.says().user = json!({ "sub": "ada-at-acme" });
        assert!(matches!(there.refused().await, Reason::NoAddress));
        // Also from the user info, but only about the same person.
        let user = |sub: &str| json!({ "sub": sub, "email": "ada@example.org", "email_verified": true });
        there.issuer.says().user = user("somebody-else");
        assert!(matches!(there.refused().await, Reason::NotBelieved("user info")));
        assert_eq!(told().await.unwrap().what, "not-believed:user info");
        there.set_up(&there.openid(false)).await;
        assert_eq!(told().await, None, "set up anew");
        there.issuer.says().user = user("ada-at-acme");
        assert!(matches!(there.refused().await, Reason::NoAccount), "not trusted");
        there.set_up(&there.openid(true)).await;
        there.sign_in().await;
    }

    async fn an_account_with_a_password_is_linked_by_it(bed: Bed) {
        let there = There::new(bed).await;
        let ada = there.bed.customer(&there.operator(), "u-ada", "ada@example.org").await;
        assert!(matches!(there.arrive().await, Ok(Arrived::Linking)));
        assert_eq!(there.count().await, (1, 0), "nothing is linked yet");
        let (engine, scope) = (&there.bed.engine, &there.scope);
        let (name, email) = providers::linking(engine, scope, &there.browser).await.unwrap().unwrap();
        assert_eq!((name.as_str(), email.as_str()), ("Acme", "ada@example.org"));
        let link = |token: Secret, password: &'static str| async move {
            providers::link_by_password(engine, scope, &token, password.to_owned().into(), &Caller::default()).await
        };
        let other = Secret::generate().unwrap();
        assert!(matches!(link(other, PASSWORD).await, Err(NotConfirmed::Over)), "another browser");
        let wrong = link(there.browser.clone(), "wrong").await;
        assert!(matches!(wrong, Err(NotConfirmed::Mismatch)));
        let (begun, next) = link(there.browser.clone(), PASSWORD).await.unwrap();
        let Actor::Account { id, .. } = ada.actor else { panic!("a customer") };
        assert_eq!((there.session(begun.token()).await.account, next.as_str()), (id, "/account"));
        assert!(matches!(link(there.browser.clone(), PASSWORD).await, Err(NotConfirmed::Over)), "once");
        assert_eq!(there.sign_in().await.account, id);
    }

    async fn the_password_for_linking_is_not_guessed(bed: Bed) {
        let there = There::new(bed).await;
        there.bed.customer(&there.operator(), "u-ada", "ada@example.org").await;
        assert!(matches!(there.arrive().await, Ok(Arrived::Linking)));
        let mut over = 0;
        for tries in 0..12 {
            // As slowly as the growing delay wants it.
            let scope = Scope { now: NOW.plus_seconds(40 * tries), ..there.scope.clone() };
            let (engine, nobody) = (&there.bed.engine, Caller::default());
            let tried = providers::link_by_password(engine, &scope, &there.browser, "no".to_owned().into(), &nobody);
            over += usize::from(matches!(tried.await, Err(NotConfirmed::Over)));
        }
        assert_eq!(over, 2);
    }

    async fn an_account_without_a_password_is_not_taken_by_its_address(bed: Bed) {
        let there = There::new(bed).await;
        there.sign_in().await;
        there.issuer.says().claims = json!({ "sub": "eve-at-acme" });
        assert!(matches!(there.refused().await, Reason::OtherWay));
    }

    async fn staff_signs_in_by_an_account_that_is_there(bed: Bed) {
        let there = There::new(bed).await;
        let email = "boss@lumaire.example".parse().unwrap();
        let password = Password::choose(PASSWORD.into()).unwrap();
        create_staff(&there.bed.engine, &there.operator(), &email, Role::Admin, password).await.unwrap();
        there.issuer.says().claims = json!({ "email": "boss@lumaire.example", "amr": ["pwd", "mfa"] });
        assert!(matches!(there.arrive().await, Ok(Arrived::Linking)));
        let (engine, scope) = (&there.bed.engine, &there.scope);
        let (begun, _) = providers::link_by_password(
            engine, scope, &there.browser, PASSWORD.to_owned().into(), &Caller::default()).await.unwrap();
        let session = there.session(begun.token()).await;
        assert_eq!((session.role, session.strong), (Role::Admin, true));
        there.set_up(&there.openid(false)).await;
        assert!(!there.sign_in().await.strong, "not believed without trust");
    }

    async fn tokens_that_are_not_right_are_not_believed(bed: Bed) {
        let there = There::new(bed).await;
        let now = NOW.0 / 1000;
        for (claims, what) in [
            (json!({ "nonce": "other" }), "nonce"),
            (json!({ "nonce": null }), "nonce"),
            (json!({ "aud": "another" }), "audience"),
            (json!({ "aud": ["portal", "another"] }), "audience"),
            (json!({ "azp": "another" }), "audience"),
            (json!({ "iss": "https://evil.example" }), "issuer"),
            (json!({ "exp": now - 1 }), "time"),
        ] {
            there.issuer.says().claims = claims.clone();
            let reason = there.refused().await;
            assert!(matches!(reason, Reason::NotBelieved(it) if it == what), "{claims}: {reason}");
        }
        there.issuer.says().claims = json!({});
        for key in [0, 9] {
            there.issuer.says().key = key;
            let reason = there.refused().await;
            assert!(matches!(reason, Reason::NotBelieved("signature" | "token")), "{key}: {reason}");
        }
        assert_eq!(there.count().await, (0, 0));
        there.issuer.says().key = 1;
        there.sign_in().await;
    }

    async fn one_odd_claim_that_nobody_needs_refuses_nobody(bed: Bed) {
        let there = There::new(bed).await;
        let now = NOW.0 / 1000;
        for (claims, tokens) in [
            (json!({ "updated_at": "2026-01-01T00:00:00Z" }), json!({ "expires_in": "3600" })),
            (json!({ "aud": ["portal", "another"], "azp": "portal" }), json!({ "expires_in": null })),
            (json!({ "amr": "pwd", "acr": 1 }), json!({ "scope": ["a", "b"] })),
            (json!({ "auth_time": "soon", "birthdate": 7, "address": "x" }), json!({ "refresh_token": 7 })),
            (json!({ "exp": format!("{}", now + 300), "iat": format!("{now}") }), json!({})),
            (json!({ "email_verified": "true", "phone_number_verified": "maybe" }), json!({})),
        ] {
            there.issuer.says().claims = claims;
            there.issuer.says().tokens = tokens;
            there.sign_in().await;
        }
        // Known by name, nobody's address is needed, and what is said of it is not judged.
        there.issuer.says().claims = json!({ "email": null });
        there.issuer.says().user = json!({ "sub": "somebody-else" });
        there.sign_in().await;
        // What is needed is named.
        there.issuer.says().claims = json!({ "exp": "soon" });
        let reason = there.refused().await;
        assert!(matches!(reason, Reason::NotBelieved("claim “exp”")), "{reason}");
        let all = providers::list(&there.bed.engine, &there.operator()).await.unwrap();
        assert_eq!(all[0].trouble.as_ref().unwrap().what, "not-believed:claim “exp”");
    }

    async fn rfc9207_an_answer_of_another_server_is_refused(bed: Bed) {
        let there = There::new(bed).await;
        let arrive = async |iss: Option<&str>| {
            let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
            let mut query = there.issuer.agree(&url);
            query.extend(iss.map(|iss| ("iss".to_owned(), iss.to_owned())));
            there.back(&there.scope, &there.browser, &query).await
        };
        let mixed = arrive(Some("https://evil.example")).await;
        assert!(matches!(mixed, Err(Reason::NotBelieved("issuer"))), "never, if it is there");
        there.issuer.says().discovery = json!({ "authorization_response_iss_parameter_supported": true });
        // What is remembered of it is forgotten after a few minutes.
        let there = There { scope: Scope { now: NOW.plus_seconds(301), ..there.scope.clone() }, ..there };
        there.issuer.says().claims = json!({ "exp": NOW.0 / 1000 + 900 });
        let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let without = there.back(&there.scope, &there.browser, &there.issuer.agree(&url)).await;
        assert!(matches!(without, Err(Reason::NotBelieved("issuer"))), "it said that it names itself");
        let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let mut query = there.issuer.agree(&url);
        query.push(("iss".to_owned(), there.issuer.url.clone()));
        assert!(there.back(&there.scope, &there.browser, &query).await.is_ok());
    }

    async fn an_answer_is_of_one_browser_once_and_soon(bed: Bed) {
        let there = There::new(bed).await;
        let other_tenant = there.bed.tenant(LUMINA).await;
        let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let query = there.issuer.agree(&url);
        let nothing = |arrived: Result<Arrived, Reason>| matches!(arrived, Err(Reason::NothingBegun));
        let stranger = Secret::generate().unwrap();
        assert!(nothing(there.back(&there.scope, &stranger, &query).await), "another browser");
        assert!(nothing(there.back(&other_tenant, &there.browser, &query).await), "another tenant");
        let late = Scope { now: NOW.plus_seconds(601), ..there.scope.clone() };
        assert!(nothing(there.back(&late, &there.browser, &query).await), "too late");
        let mut forged = query.clone();
        forged[1].1 = format!("{}.{}", &query[1].1[..32], stranger.as_str());
        assert!(nothing(there.back(&there.scope, &there.browser, &forged).await), "another state");
        assert!(there.back(&there.scope, &there.browser, &query).await.is_ok());
        assert!(nothing(there.back(&there.scope, &there.browser, &query).await), "again");
    }

    async fn two_tabs_both_arrive(bed: Bed) {
        let there = There::new(bed).await;
        let one = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let two = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let first = there.back(&there.scope, &there.browser, &there.issuer.agree(&two)).await;
        let Ok(Arrived::SignedIn { begun, .. }) = first else { panic!("signed in") };
        let token = begun.token().clone();
        assert!(token != there.browser, "a new token");
        let second = there.back(&there.scope, &token, &there.issuer.agree(&one)).await;
        assert!(matches!(second, Ok(Arrived::SignedIn { .. })));
    }

    async fn no_and_used_codes_are_told(bed: Bed) {
        let there = There::new(bed).await;
        let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let state = query(url.split_once('?').unwrap().1)["state"].clone();
        let no = [("error", "access_denied".to_owned()), ("state", state)];
        let no = no.map(|(name, value)| (name.to_owned(), value));
        assert!(matches!(there.back(&there.scope, &there.browser, &no).await, Err(Reason::Denied)));
        let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let mut query = there.issuer.agree(&url);
        query[0].1 = "expired".to_owned();
        let expired = there.back(&there.scope, &there.browser, &query).await;
        assert!(matches!(expired, Err(Reason::NotTaken)));
    }

    async fn whose_data_is_being_deleted_cannot_sign_in(bed: Bed) {
        let there = There::new(bed).await;
        let ada = there.bed.customer(&there.operator(), "u-ada", "ada@example.org").await;
        assert!(matches!(there.arrive().await, Ok(Arrived::Linking)));
        there.bed.erase(&ada, "ada@example.org").await;
        assert!(matches!(there.refused().await, Reason::NoAccount));
        let (engine, scope) = (&there.bed.engine, &there.scope);
        let linked = providers::link_by_password(
            engine, scope, &there.browser, PASSWORD.to_owned().into(), &Caller::default()).await;
        assert!(matches!(linked, Err(NotConfirmed::Over | NotConfirmed::Mismatch)));
        there.bed.work(NOW).await;
        assert_eq!(there.count().await, (0, 0));
    }

    async fn nobody_signs_in_to_a_suspended_tenant(bed: Bed) {
        let there = There::new(bed).await;
        let url = there.start(&there.scope, &there.browser, Aim::SignIn).await.unwrap();
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(tenants::Entity::update_many()
            .col_expr(tenants::Column::SuspendedAt, Expr::value(Some(NOW)))).await.unwrap();
        tx.announce().await.unwrap();
        tx.commit().await.unwrap();
        there.bed.engine.refresh().await.unwrap();
        assert!(matches!(there.refused().await, Reason::Suspended));
        let back = there.back(&there.scope, &there.browser, &there.issuer.agree(&url)).await;
        assert!(matches!(back, Err(Reason::Suspended)));
    }

    async fn a_provider_confirms_its_own_people_who_have_just_signed_in(bed: Bed) {
        let there = There::new(bed).await;
        let Ok(Arrived::SignedIn { begun, .. }) = there.arrive().await else { panic!("signed in") };
        let token = begun.token().clone();
        let ada = there.as_one(&there.session(&token).await);
        let confirm = async |claims: Value| {
            there.issuer.says().claims = claims;
            let aim = Aim::Confirm(Task::Export);
            let url = there.start(&ada, &token, aim).await.unwrap();
            assert!(url.contains("max_age=0") && url.contains("prompt=login"), "{url}");
            there.back(&ada, &token, &there.issuer.agree(&url)).await
        };
        let before = json!({ "auth_time": NOW.0 / 1000 - 120 });
        assert!(matches!(confirm(before).await, Err(Reason::NotFresh)));
        assert!(matches!(confirm(json!({ "auth_time": null })).await, Err(Reason::NotFresh)));
        assert!(matches!(confirm(json!({ "sub": "eve" })).await, Err(Reason::NotYours)));
        assert!(there.session(&token).await.confirmed(Task::Export, NOW).is_none());
        assert!(matches!(confirm(json!({})).await, Ok(Arrived::Confirmed { .. })));
        let session = there.session(begun.token()).await;
        assert!(session.confirmed(Task::Export, NOW).is_some());
        assert!(session.confirmed(Task::Deletion, NOW).is_none(), "for that task alone");
    }

    async fn somebody_signed_in_links_and_keeps_one_way(bed: Bed) {
        let there = There::new(bed).await;
        let engine = &there.bed.engine;
        there.bed.customer(&there.operator(), "u-ben", "ben@example.org").await;
        let token = there.bed.sign_in(&there.scope, "ben@example.org").await;
        let ben = there.as_one(&there.session(&token).await);
        let able = providers::able_to_confirm(engine, &ben).await.unwrap();
        assert!(able.is_empty());
        assert!(matches!(there.start(&ben, &token, Aim::Confirm(Task::Export)).await, Err(Reason::NotYours)));
        // Also at a provider whose addresses are not trusted.
        there.set_up(&there.openid(false)).await;
        let url = there.start(&ben, &token, Aim::Link).await.unwrap();
        let query = there.issuer.agree(&url);
        assert!(matches!(there.back(&there.scope, &token, &query).await, Err(Reason::NothingBegun)));
        assert!(matches!(there.back(&ben, &token, &query).await, Ok(Arrived::Linked)));
        assert_eq!(there.sign_in().await.subject, there.session(&token).await.subject);
        let own = providers::own_providers(engine, &ben).await.unwrap();
        let id = own[0].linked[0].0;

        // Nobody else takes it.
        there.bed.customer(&there.operator(), "u-ada", "ada@example.org").await;
        let other = there.bed.sign_in(&there.scope, "ada@example.org").await;
        let ada = there.as_one(&there.session(&other).await);
        let url = there.start(&ada, &other, Aim::Link).await.unwrap();
        let taken = there.back(&ada, &other, &there.issuer.agree(&url)).await;
        assert!(matches!(taken, Err(Reason::NotYours)));
        assert!(!providers::unlink(engine, &ada, &other, confirmed(&ada, Task::Credentials), id).await.unwrap(), "not theirs");

        assert!(providers::unlink(engine, &ben, &token, confirmed(&ben, Task::Credentials), id).await.unwrap());
        assert!(matches!(there.refused().await, Reason::NoAccount));
        assert!(session(engine, &ben, &token).await.unwrap().is_some(), "this browser stays");
    }

    async fn after_a_reset_a_provider_opens_nothing_until_it_is_said_whose_it_is(bed: Bed) {
        let there = There::new(bed).await;
        let Ok(Arrived::SignedIn { .. }) = there.arrive().await else { panic!("signed in") };
        let (engine, scope, word) = (&there.bed.engine, &there.scope, "a quite different sentence");
        for keeps in [true, false] {
            there.bed.reset(scope, "ada@example.org", word).await;
            assert!(matches!(there.refused().await, Reason::ReviewFirst));
            let token = there.bed.sign_in_with(scope, "ada@example.org", word).await;
            let ada = there.as_one(&there.session(&token).await);
            let waiting = review(engine, &ada).await.unwrap().unwrap();
            assert_eq!(waiting.providers[0].1, "Acme");
            let ids = waiting.providers.iter().map(|(id, ..)| *id).filter(|_| keeps).collect();
            answer_review(engine, &ada, &token, &Mine::Only { ids, factor: false }).await.unwrap();
            assert_eq!(matches!(there.arrive().await, Ok(Arrived::SignedIn { .. })), keeps);
        }
        there.bed.work(NOW).await;
        let told = there.bed.mails("ada@example.org");
        assert_eq!(told.iter().filter(|mail| mail.contains("sign in to your account with Acme any more")).count(), 1);
        assert_eq!(told.iter().filter(|mail| mail.contains("from now on you can sign in to your account with Acme")).count(), 1);
    }

    async fn whoever_a_provider_led_to_is_told_that_it_does_no_longer(bed: Bed) {
        let there = There::new(bed).await;
        there.sign_in().await;
        let (engine, operator) = (&there.bed.engine, there.operator());
        let sure = confirmed(&operator, Task::Settings);
        assert!(providers::remove(engine, &operator, sure, "acme").await.unwrap());
        assert!(!providers::remove(engine, &operator, sure, "acme").await.unwrap());
        there.bed.work(NOW).await;
        let told = there.bed.mails("ada@example.org");
        assert_eq!(told.iter().filter(|mail| mail.contains("with Acme any more")).count(), 1);
        // Their way back in.
        there.bed.reset(&there.scope, "ada@example.org", "a quite different sentence").await;
        there.bed.sign_in_with(&there.scope, "ada@example.org", "a quite different sentence").await;
    }

    async fn the_last_way_stays(bed: Bed) {
        let there = There::new(bed).await;
        let Ok(Arrived::SignedIn { begun, .. }) = there.arrive().await else { panic!("signed in") };
        let token = begun.token().clone();
        let ada = there.as_one(&there.session(&token).await);
        let engine = &there.bed.engine;
        let id = providers::own_providers(engine, &ada).await.unwrap()[0].linked[0].0;
        let last = providers::unlink(engine, &ada, &token, confirmed(&ada, Task::Credentials), id).await;
        assert!(matches!(last, Err(UnlinkError::Last)));
        assert_eq!(there.count().await, (1, 1));
    }

    async fn new_keys_are_asked_for_and_the_rest_is_remembered(bed: Bed) {
        let there = There::new(bed).await;
        there.sign_in().await;
        there.sign_in().await;
        assert_eq!(there.issuer.says().asked, 1);
        there.issuer.says().key = 2;
        there.issuer.says().published_key = 2;
        there.sign_in().await;
        assert_eq!(there.issuer.says().asked, 2);
    }

    async fn secrets_are_sealed_and_stay_where_they_were_given_for(bed: Bed) {
        let there = There::new(bed).await;
        let engine = &there.bed.engine;
        let tx = engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(stored::Entity::find()).await.unwrap().unwrap();
        drop(tx);
        assert!(!row.settings.contains("hush"));
        assert!(!row.sealed_secret.unwrap().windows(4).any(|bytes| bytes == b"hush"));
        let save = async |described: Described, secret: NewSecret| {
            let (slug, settings): (Slug, Settings) = described.checked().unwrap();
            providers::save(engine, &there.operator(), confirmed(&there.operator(), Task::Settings), (&slug, &settings), secret, false).await
        };
        let renamed = Described { name: "Acme Ltd".into(), ..there.openid(true) };
        save(renamed, NewSecret::Keep).await.unwrap();
        there.sign_in().await;
        assert_eq!(there.issuer.says().secret.as_deref(), Some("hush"));
        let elsewhere = Described { issuer: "https://evil.example".into(), ..there.openid(true) };
        let kept = save(elsewhere.clone(), NewSecret::Keep).await;
        assert!(matches!(kept, Err(SaveError::SecretNeeded)));
        assert_eq!(there.count().await, (1, 1));
        save(elsewhere, NewSecret::None).await.unwrap();
        assert_eq!(there.count().await, (1, 0), "other people have these names");
    }

    async fn only_who_may_changes_providers(bed: Bed) {
        let there = There::new(bed).await;
        let (slug, settings) = there.openid(true).checked().unwrap();
        let engine = &there.bed.engine;
        let saved =
            providers::save(engine, &there.scope, confirmed(&there.scope, Task::Settings), (&slug, &settings), NewSecret::Keep, false).await;
        assert!(matches!(saved, Err(SaveError::Failure(_))));
        assert!(providers::remove(engine, &there.scope, confirmed(&there.scope, Task::Settings), "acme").await.is_err());
        assert!(providers::remove(engine, &there.operator(), confirmed(&there.operator(), Task::Settings), "acme").await.unwrap());
        assert!(matches!(there.refused().await, Reason::NoProvider));
    }

    async fn a_private_or_silent_provider_is_told(bed: Bed) {
        let there = There::new(bed).await;
        there.set_up(&Described { issuer: "https://10.0.0.1".into(), ..there.openid(true) }).await;
        assert!(matches!(there.refused().await, Reason::Unreachable(EgressError::Private(_))));
        // Nobody listens there any more.
        let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let issuer = format!("http://127.0.0.1:{port}");
        there.set_up(&Described { issuer, ..there.openid(true) }).await;
        assert!(matches!(there.refused().await, Reason::Unreachable(EgressError::Unreachable { .. })));
        there.set_up(&there.openid(true)).await;
        for discovery in [
            json!({ "issuer": "https://evil.example" }),
            json!({ "authorization_endpoint": "javascript:alert(1)" }),
            json!({ "token_endpoint": "http://evil.example/token" }),
        ] {
            there.issuer.says().discovery = discovery.clone();
            let reason = there.refused().await;
            assert!(matches!(reason, Reason::NotBelieved(_)), "{discovery}: {reason}");
        }
        there.issuer.says().discovery = json!({});
        let provider = providers::find(&there.bed.engine, &there.scope, "acme").await.unwrap().unwrap();
        let found = providers::check(&there.bed.engine, &there.operator(), &provider).await.unwrap();
        assert_eq!((found.signed.as_slice(), found.pkce), (&["EdDSA".to_owned()][..], Some(false)));
    }

    async fn plain_oauth2_is_known_by_its_id(bed: Bed) {
        let there = There::new(bed).await;
        let url = &there.issuer.url;
        there.set_up(&Described {
            kind: "oauth2".into(),
            authorize_url: format!("{url}/authorize"),
            token_url: format!("{url}/token"),
            userinfo_url: format!("{url}/user"),
            emails_url: format!("{url}/emails"),
            ..there.openid(true)
        }).await;
        let email = |verified: bool| json!([{ "email": "ada@example.org", "primary": true, "verified": verified }]);
        there.issuer.says().emails = email(false);
        assert!(matches!(there.refused().await, Reason::Unverified));
        there.issuer.says().emails = email(true);
        there.issuer.says().user = json!({ "login": "ada" });
        assert!(matches!(there.refused().await, Reason::NotBelieved("user info")));
        there.issuer.says().user = json!({ "id": 7, "login": "ada" });
        let first = there.sign_in().await;
        there.issuer.says().emails = json!([]);
        assert_eq!(there.sign_in().await.account, first.account);
        // It does not say when somebody has signed in there.
        let able = providers::able_to_confirm(&there.bed.engine, &there.as_one(&first)).await.unwrap();
        assert!(able.is_empty());
    }

    async fn the_tenant_file_sets_providers(bed: Bed) {
        let secret = bed.dir.path().join("acme.secret");
        std::fs::write(&secret, "hush\n").unwrap();
        let table = "[[tenant.sign-in.provider]]\nslug = \"acme\"\nname = \"Acme\"\nkind = \"openid\"\n\
            issuer = \"https://id.acme.example\"\nclient-id = \"portal\"\nclient-secret-file = \"acme.secret\"\n\n[tenant.brand]";
        let parse = |text: &str| TenantFile::parse(text).unwrap().beside(bed.dir.path());
        let scope = bed.tenant(LUMAIRE).await;
        let with = LUMAIRE.replace("[tenant.brand]", table);
        let changes = async |text: &str| plan(&bed.engine, &parse(text), NOW).await.unwrap().tenant_changes;
        assert_eq!(changes(&with).await, ["provider acme: new"]);
        apply(&bed.engine, &parse(&with), NOW).await.unwrap();
        assert_eq!(changes(&with).await, Vec::<String>::new());
        std::fs::write(&secret, "hush hush").unwrap();
        let changed = with.replace("\"Acme\"", "\"Acme Ltd\"");
        assert_eq!(changes(&changed).await, ["provider acme: changed", "provider acme: another secret"]);
        // A file that says nothing of providers leaves them alone.
        apply(&bed.engine, &parse(LUMAIRE), NOW).await.unwrap();
        let found = providers::find(&bed.engine, &scope, "acme").await.unwrap().unwrap();
        assert!(found.has_secret && found.settings.scopes == ["email"]);
        let none = LUMAIRE.replace("sign-up = \"open\"", "sign-up = \"open\"\nprovider = []");
        assert_eq!(changes(&none).await, ["provider acme: removed"]);
        apply(&bed.engine, &parse(&none), NOW).await.unwrap();
        assert!(providers::list(&bed.engine, &scope).await.unwrap().is_empty());
        std::fs::remove_file(&secret).unwrap();
        assert!(plan(&bed.engine, &parse(&with), NOW).await.is_err(), "the secret is not there");
    }
}
