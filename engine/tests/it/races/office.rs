//! What several of a tenant's people, or several commands, do at the same time.

use domain::grants::{Grant, Grants};
use domain::roles::Role;
use engine::accounts::{
    AccountError, Password, StaffError, Task, change_role, create_staff, invite, remove_staff,
    staff,
};
use engine::choices::{SALE_OR_SHARING, choose};
use engine::policies::{self, DraftError, PublishError};
use engine::providers::{self, Described, NewSecret, SaveError};
use engine::tenants::{ApplyError, TenantFile, apply};
use engine::tokens::{self, Lifetime};
use engine::webhooks;
use engine::{Actor, Scope};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{Nodes, how_many};
use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PASSWORD, PEOPLE, confirmed};

const MANY: usize = 8;

async fn office(bed: Bed) -> (Nodes, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    (Nodes::new(bed).await, scope)
}

async fn bed_people(nodes: &Nodes, scope: &Scope) {
    nodes.bed.import(scope, PEOPLE).await;
}

async fn admin(nodes: &Nodes, scope: &Scope, email: &str) -> Uuid {
    let password = Password::choose(PASSWORD.into()).unwrap();
    let email = email.parse().unwrap();
    create_staff(&nodes.bed.engine, scope, &email, Role::Admin, password).await.unwrap()
}

on_both! {
    async fn a_draft_is_begun_once_and_published_once(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let in_force = policies::in_force(&nodes.bed.engine, &scope).await.unwrap().unwrap();
        let answers = nodes.race(MANY, |number, engine| {
            let (scope, mut document) = (scope.clone(), in_force.document.clone());
            document.title = format!("By {number}");
            async move { policies::save_draft(&engine, &scope, 0, &document).await }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Err(DraftError::Stale))), MANY - 1, "{answers:?}");
        let answers = nodes.race(MANY, |_, engine| {
            let scope = scope.clone();
            async move { policies::publish(&engine, &scope, confirmed(&scope, Task::Publication), 1).await }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        let late = |one: &Result<_, _>| matches!(one, Err(PublishError::Stale | PublishError::NoDraft));
        assert_eq!(how_many(&answers, late), MANY - 1, "{answers:?}");
        nodes.bed.engine.refresh().await.unwrap();
        assert_eq!(policies::history(&nodes.bed.engine, &scope).await.unwrap().len(), 2);
    }

    async fn the_last_admin_stays_whoever_removes_whom(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let mut admins = Vec::new();
        for number in 0..4 {
            admins.push(admin(&nodes, &scope, &format!("admin{number}@example.org")).await);
        }
        let answers = nodes.race(MANY, |number, engine| {
            let acting = Actor::Account { id: admins[number % 4], role: Role::Admin, subject: None };
            let (scope, whom) = (Scope { actor: acting, ..scope.clone() }, admins[(number + 1) % 4]);
            async move {
                if number < 4 {
                    remove_staff(&engine, &scope, confirmed(&scope, Task::Settings), whom).await
                } else {
                    change_role(&engine, &scope, confirmed(&scope, Task::Settings), whom, Role::Support).await
                }
            }
        }).await;
        let fine = |one: &Result<(), StaffError>| matches!(one, Ok(()) | Err(StaffError::LastAdmin | StaffError::Unknown));
        assert!(answers.iter().all(fine), "{answers:?}");
        let (members, _) = staff(&nodes.bed.engine, &scope).await.unwrap();
        assert_eq!(how_many(&members, |one| one.role == Role::Admin), 1, "{members:?}");
        assert_eq!(nodes.audited(&scope, "staff.removed").await, 4 - members.len() as u64);
    }

    async fn an_address_is_invited_once_and_has_one_account(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let answers = nodes.race(MANY, |_, engine| {
            let scope = scope.clone();
            async move { invite(&engine, &scope, confirmed(&scope, Task::Settings), &"new@example.org".parse().unwrap(), Role::Editor).await }
        }).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let (_, invitations) = staff(&nodes.bed.engine, &scope).await.unwrap();
        assert_eq!(invitations.len(), 1, "{invitations:?}");
        let answers = nodes.race(MANY, |_, engine| {
            let scope = scope.clone();
            let password = Password::choose(PASSWORD.into()).unwrap();
            async move { create_staff(&engine, &scope, &"one@example.org".parse().unwrap(), Role::Editor, password).await }
        }).await;
        assert_eq!(how_many(&answers, Result::is_ok), 1, "{answers:?}");
        assert_eq!(how_many(&answers, |one| matches!(one, Err(AccountError::Taken))), MANY - 1, "{answers:?}");
    }

    async fn a_provider_is_added_once_and_then_changed(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let described = Described {
            slug: "acme".into(),
            name: "Acme".into(),
            kind: "openid".into(),
            issuer: "https://acme.example".into(),
            client_id: "portal".into(),
            scopes: vec!["email".into()],
            ..Described::default()
        };
        for new in [true, false] {
            let answers = nodes.race(MANY, |_, engine| {
                let (scope, (slug, settings)) = (scope.clone(), described.checked().unwrap());
                let secret = NewSecret::This("hush".to_owned().into());
                async move { providers::save(&engine, &scope, confirmed(&scope, Task::Settings), (&slug, &settings), secret, new).await }
            }).await;
            let fine = how_many(&answers, Result::is_ok);
            let taken = how_many(&answers, |one| matches!(one, Err(SaveError::Taken)));
            assert_eq!((fine, taken), if new { (1, MANY - 1) } else { (MANY, 0) }, "{answers:?}");
        }
        assert_eq!(providers::list(&nodes.bed.engine, &scope).await.unwrap().len(), 1);
    }

    async fn a_token_is_revoked_once(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let grants = Grants::from_iter([Grant::Read]);
        let made = tokens::make(&nodes.bed.engine, &scope, confirmed(&scope, Task::Settings), "CRM", &grants, Lifetime::Month).await.unwrap();
        let text = made.bearer.text();
        let answers = nodes.race(2 * MANY, |number, engine| {
            let (scope, bearer) = (scope.clone(), tokens::Bearer::parse(&text).unwrap());
            async move {
                if number % 2 == 0 {
                    tokens::revoke(&engine, &scope, made.id).await.unwrap()
                } else {
                    let found = tokens::find(&engine, &scope, &bearer).await;
                    assert!(matches!(found, Ok(_) | Err(tokens::TokenError::Unknown)));
                    false
                }
            }
        }).await;
        assert_eq!(how_many(&answers, |revoked| *revoked), 1, "{answers:?}");
    }

    async fn tokens_are_made_and_revoked_side_by_side(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let grants = Grants::from_iter([Grant::Read]);
        let answers = nodes.race(MANY, |number, engine| {
            let (scope, grants) = (scope.clone(), grants.clone());
            async move {
                let name = format!("CRM {number}");
                let made = tokens::make(&engine, &scope, confirmed(&scope, Task::Settings), &name, &grants, Lifetime::Month).await.unwrap();
                number % 2 == 1 || tokens::revoke(&engine, &scope, made.id).await.unwrap()
            }
        }).await;
        assert!(answers.iter().all(|fine| *fine), "{answers:?}");
        assert_eq!(tokens::list(&nodes.bed.engine, &scope).await.unwrap().len(), MANY / 2);
        assert_eq!(nodes.audited(&scope, "token.made").await, MANY as u64);
    }

    async fn endpoints_come_and_go_while_everybody_is_told(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        bed_people(&nodes, &scope).await;
        let ben = nodes.bed.customer(&scope, "u-ben", "ben@example.org").await;
        let described = |number: usize| webhooks::Described {
            url: format!("http://127.0.0.1:9/{number}"),
            description: String::new(),
            events: vec!["consent.changed".into()],
        };
        let mut there = Vec::new();
        for number in 0..3 {
            let added = webhooks::add(&nodes.bed.engine, &scope, confirmed(&scope, Task::Settings), &described(number)).await;
            there.push(added.unwrap().0);
        }
        let answers = nodes.race(2 * MANY, |number, engine| {
            let (scope, ben, there) = (scope.clone(), ben.clone(), there.clone());
            let described = described(number);
            async move {
                let sure = confirmed(&scope, Task::Settings);
                match number % 4 {
                    // What somebody chooses is told, whoever comes and goes meanwhile.
                    0 | 1 => choose(&engine, &ben, SALE_OR_SHARING, number % 2 == 0).await.map_err(|error| error.to_string()),
                    2 => webhooks::add(&engine, &scope, sure, &described).await.map(|_| ()).map_err(|error| error.to_string()),
                    _ => match there.get(number / 4) {
                        Some(id) => webhooks::remove(&engine, &scope, sure, *id).await.map(|_| ()).map_err(|error| error.to_string()),
                        None => webhooks::test(&engine, &scope, there[0]).await.map(|_| ()).map_err(|error| error.to_string()),
                    },
                }
            }
        }).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let left = webhooks::list(&nodes.bed.engine, &scope).await.unwrap();
        assert_eq!(left.len(), MANY / 2, "those that were added: {left:?}");
    }

    async fn stripe_is_left_with_one_connection_or_none(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let sure = confirmed(&scope, Task::Settings);
        let tx = nodes.bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.insert(engine::storage::stripe_connections::ActiveModel {
            settings: Set("{}".into()),
            sealed_key: Set(vec![1; 32]),
            connected_at: Set(NOW),
            ..Default::default()
        }).await.unwrap();
        tx.commit().await.unwrap();
        let answers = nodes.race(MANY, |number, engine| {
            let scope = scope.clone();
            async move {
                match number % 2 {
                    0 => engine::stripe::drop_previous(&engine, &scope, sure).await.map(|_| false),
                    _ => engine::stripe::remove(&engine, &scope, sure).await,
                }
            }
        }).await;
        let removed: Vec<bool> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(how_many(&removed, |one| *one), 1, "{removed:?}");
        assert!(engine::stripe::connection(&nodes.bed.engine, &scope).await.unwrap().is_none());
        assert_eq!(nodes.audited(&scope, "stripe.removed").await, 1);
    }

    async fn every_secret_that_was_told_is_one_that_signs(bed: Bed) {
        let (nodes, scope) = office(bed).await;
        let described = webhooks::Described {
            url: "http://127.0.0.1:9/".into(),
            description: String::new(),
            events: vec!["erasure.asked".into()],
        };
        let (endpoint, _) = webhooks::add(&nodes.bed.engine, &scope, confirmed(&scope, Task::Settings), &described).await.unwrap();
        let answers = nodes.race(MANY, |_, engine| {
            let scope = scope.clone();
            async move { webhooks::rotate(&engine, &scope, confirmed(&scope, Task::Settings), endpoint).await.map(|told| told.is_some()) }
        }).await;
        let answers: Vec<bool> = answers.into_iter().map(Result::unwrap).collect();
        assert!(answers.iter().all(|told| *told), "{answers:?}");
        assert_eq!(nodes.audited(&scope, "webhook.rotated").await, MANY as u64);
    }

    async fn a_tenant_that_two_commands_apply_is_one(bed: Bed) {
        let nodes = Nodes::new(bed).await;
        let applied = nodes.race(4, |_, engine| async move {
            let file = TenantFile::parse(LUMAIRE).unwrap();
            apply(&engine, &file, NOW).await.map(|applied| (applied.tenant, applied.version))
        }).await;
        let applied: Vec<_> = applied.into_iter().map(Result::unwrap).collect();
        assert!(applied.iter().all(|one| *one == applied[0]), "{applied:?}");
        let scope = nodes.bed.tenant(LUMAIRE).await;
        assert_eq!(policies::history(&nodes.bed.engine, &scope).await.unwrap().len(), 1);
        assert!(policies::draft(&nodes.bed.engine, &scope).await.unwrap().is_none());
        // Another tenant wants the same host, twice.
        let other = LUMINA.replace("lumina-erp.localhost", "shared.localhost");
        let third = LUMINA.replace("lumina-erp.localhost", "shared.localhost").replace("slug = \"lumina-erp\"", "slug = \"third\"");
        assert_ne!(other, third);
        let answers = nodes.race(4, |number, engine| {
            let file = TenantFile::parse(if number < 2 { &other } else { &third }).unwrap();
            async move { apply(&engine, &file, NOW).await.map(|applied| applied.tenant) }
        }).await;
        let fine = how_many(&answers, Result::is_ok);
        let taken = how_many(&answers, |one| matches!(one, Err(ApplyError::HostTaken(_))));
        assert_eq!((fine, taken), (2, 2), "{answers:?}");
    }
}
