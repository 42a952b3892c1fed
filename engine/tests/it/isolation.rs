//! Nobody of one tenant ever meets a row of another.

use domain::grants::Grant;
use engine::accounts::Task;
use engine::choices::SALE_OR_SHARING;
use engine::disclosures::{Disclosure, disclose};
use engine::storage::*;
use engine::tenancy::{Database, OpenError, Tenanted};
use engine::tokens::Lifetime;
use engine::tokens::Once;
use engine::{Actor, Scope};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE, confirmed, with_role};

/// Two tenants: the first with rows in every table, the second with its own.
async fn two_tenants(bed: &Bed) -> (Scope, Scope) {
    let other = bed.tenant(LUMAIRE).await;
    bed.import(&other, PEOPLE).await;
    let event = r#"{"type":"event","id":"e-1","name":"account-closed","date":"2026-11-01","subject":"u-ben"}"#;
    bed.import(&other, event).await;
    let ben = bed.customer(&other, "u-ben", "ben@example.org").await;
    engine::exports::ask(&bed.engine, &ben).await.unwrap();
    let ada = bed.customer(&other, "u-ada", "ada@example.org").await;
    bed.sign_in(&other, "ben@example.org").await;
    bed.work(NOW).await;
    bed.erase(&ada, "ada@example.org").await;
    bed.work(NOW).await;
    // Left in the queue and in the outbox: an export and a mail on their way.
    engine::exports::ask(&bed.engine, &ben).await.unwrap();
    let own = bed.tenant(LUMINA).await;
    let organisation = r#"{"type":"organisation","id":"org-1","name":"Bayou Pumps"}"#;
    bed.import(&other, organisation).await;
    let token = bed.sign_in(&other, "ben@example.org").await;
    engine::accounts::send_code(&bed.engine, &ben, &token, Task::Export).await.unwrap();
    let email = "eve@example.org".parse().unwrap();
    engine::accounts::ask_for_link(&bed.engine, &other, &email).await.unwrap();
    add_passkey(bed, &ben).await;
    add_call(bed, &other, &ben).await;
    provider(bed, &other, &ben).await;
    webhook(bed, &other).await;
    stripe(bed, &ben).await;
    write_message(bed, &other).await;
    // An erasure that has only been begun.
    let cleo = r#"{"type":"subject","id":"u-cleo","email":"cleo@example.org","name":"Cleo"}"#;
    bed.import(&other, cleo).await;
    let cleo = bed.customer(&other, "u-cleo", "cleo@example.org").await;
    let code = bed.erase(&cleo, "cleo@example.org").await.receipt;
    let begun = engine::erasure::receipt(&bed.engine, &other, &code).await.unwrap().unwrap();
    engine::erasure::hide(&bed.engine, &other, begun.request.id).await.unwrap();
    (own, other)
}

/// As if a browser had made one.
async fn add_passkey(bed: &Bed, scope: &Scope) {
    let Actor::Account { id, .. } = scope.actor else { panic!("nobody's passkey") };
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
    tx.insert(passkeys::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(id),
        credential_hash: Set(vec![1; 32]),
        sealed: Set(vec![2; 64]),
        name: Set("Phone".to_owned()),
        created_at: Set(scope.now),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// A token with an answer that was kept, a disclosure and a choice.
async fn add_call(bed: &Bed, tenant: &Scope, ben: &Scope) {
    let grants = Grant::ALL.into_iter().collect();
    let made = engine::tokens::make(
        &bed.engine,
        tenant,
        confirmed(tenant, Task::Settings),
        "CRM",
        &grants,
        Lifetime::Month,
    );
    let id = made.await.unwrap().id;
    let call = Scope { actor: Actor::Token { id, grants }, ..tenant.clone() };
    let disclosure = Disclosure {
        id: "d-1".to_owned(),
        subject: "u-ben".to_owned(),
        category: "payment".parse().unwrap(),
        recipient: "stripe".parse().unwrap(),
        date: "2026-11-01".parse().unwrap(),
    };
    let once = Some(Once { key: "k", request: b"r" });
    disclose(&bed.engine, &call, disclosure, once).await.unwrap();
    engine::choices::choose(&bed.engine, ben, SALE_OR_SHARING, true).await.unwrap();
}

/// By the contact form.
async fn write_message(bed: &Bed, scope: &Scope) {
    let typed = engine::contact::Typed {
        name: "",
        email: "eve@example.org",
        reason: "child",
        about: "",
        text: "Hello",
    };
    let draft = engine::contact::Draft::parse(typed).ok().unwrap();
    engine::contact::receive(&bed.engine, scope, &draft).await.unwrap().unwrap();
}

/// A provider, and somebody who signs in with it.
async fn provider(bed: &Bed, tenant: &Scope, person: &Scope) {
    let Actor::Account { id: account, .. } = person.actor else { panic!("an account") };
    let tx = bed.engine.tenant(tenant.as_portal().portal().unwrap()).write().await.unwrap();
    tx.insert(providers::ActiveModel {
        slug: Set("acme".into()),
        position: Set(0),
        settings: Set("{}".into()),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.insert(identities::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account),
        provider: Set("acme".into()),
        name_hash: Set(b"ben".to_vec()),
        created_at: Set(NOW),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// An endpoint, and something that it waits for.
async fn webhook(bed: &Bed, tenant: &Scope) {
    let described = engine::webhooks::Described {
        url: "https://127.0.0.1/hook".into(),
        description: String::new(),
        events: vec!["erasure.done".into()],
    };
    let (id, _) =
        engine::webhooks::add(&bed.engine, tenant, confirmed(tenant, Task::Settings), &described)
            .await
            .unwrap();
    assert!(engine::webhooks::test(&bed.engine, tenant, id).await.unwrap());
}

/// As if Stripe had been connected, looked at and heard.
async fn stripe(bed: &Bed, person: &Scope) {
    let Actor::Account { subject: Some(subject), .. } = person.actor else { panic!("a person") };
    let tx = bed.engine.tenant(person.as_portal().portal().unwrap()).write().await.unwrap();
    tx.insert(stripe_connections::ActiveModel {
        settings: Set("{}".into()),
        sealed_key: Set(vec![1; 32]),
        connected_at: Set(NOW),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.insert(stripe_views::ActiveModel {
        subject_id: Set(subject),
        category: Set("payment".into()),
        customer_hash: Set(vec![2; 32]),
        sealed: Set(vec![3; 64]),
        as_of: Set(NOW),
        changes: Set(0),
        seen: Set(0),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.insert(stripe_events::ActiveModel {
        id_hash: Set(vec![4; 32]),
        kind: Set("invoice.paid".into()),
        created_at: Set(NOW),
        received_at: Set(NOW),
        ..Default::default()
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn is_isolated<E>(bed: &Bed, own: &Scope, other: &Scope, table: &str)
where
    E: Tenanted,
    E::Model: Sync,
{
    let theirs = bed.engine.tenant(other.as_portal().portal().unwrap()).read().await.unwrap();
    assert!(theirs.count(E::find()).await.unwrap() > 0, "{table}: nothing to hide");
    drop(theirs);
    let tx = bed.engine.tenant(own.as_portal().portal().unwrap()).write().await.unwrap();
    let of_other = || E::tenant_column().eq(other.tenant.0);
    let of_own = || E::tenant_column().eq(own.tenant.0);
    // Asked for outright, and behind an "or", which a filter tacked on carelessly would lose to.
    assert_eq!(tx.count(E::find().filter(of_other())).await.unwrap(), 0, "{table}: read");
    let either = sea_orm::Condition::any().add(of_other()).add(of_own());
    let own_rows = tx.count(E::find()).await.unwrap();
    assert_eq!(tx.count(E::find().filter(either.clone())).await.unwrap(), own_rows, "{table}: or");
    drop(tx);
    // None is touched, or the role may not even try.
    let untouched = |done: Result<u64, sea_orm::DbErr>| match done {
        Ok(rows) => rows == 0,
        Err(error) => error.to_string().contains("permission denied"),
    };
    let tx = bed.engine.tenant(own.as_portal().portal().unwrap()).write().await.unwrap();
    assert!(untouched(tx.delete(E::delete_many().filter(of_other())).await), "{table}: delete");
    drop(tx);
    let tx = bed.engine.tenant(own.as_portal().portal().unwrap()).write().await.unwrap();
    let update = E::update_many()
        .col_expr(E::tenant_column(), sea_orm::sea_query::Expr::value(own.tenant.0))
        .filter(of_other());
    assert!(untouched(tx.update(update).await), "{table}: update");
    drop(tx);
    let theirs = bed.engine.tenant(other.as_portal().portal().unwrap()).read().await.unwrap();
    assert!(theirs.count(E::find()).await.unwrap() > 0, "{table}: still there");
}

macro_rules! each_entity {
    ($bed:ident, $own:ident, $other:ident: $($table:ident),+) => {
        $(is_isolated::<$table::Entity>(&$bed, &$own, &$other, stringify!($table)).await;)+
        // A new table needs a line above.
        const TABLES: &[&str] = &[$(stringify!($table)),+];
    };
}

on_both! {
    async fn l12_e20_no_entity_is_reached_from_another_tenant(bed: Bed) {
        let (own, other) = two_tenants(&bed).await;
        each_entity!(bed, own, other:
            tenants, hosts, data_keys, organisations, subjects, accounts, sessions,
            policy_versions, records, record_parties, events, tombstones, anonymous_counts,
            requests, request_steps, receipts, receipt_lines, exports, export_chunks, jobs,
            outbox, audit_entries, ceremonies, proofs, passkeys, providers, identities, api_tokens,
            api_answers, disclosures, choices, webhook_endpoints, webhook_deliveries,
            stripe_connections, stripe_views, stripe_events, messages, holds, tries, erasures, retained);
        assert_eq!(TABLES.len(), migrations::tenant_tables().len());
    }

    async fn a_row_is_inserted_for_the_own_tenant_whatever_it_says(bed: Bed) {
        let (own, other) = two_tenants(&bed).await;
        let tx = bed.engine.tenant(own.as_portal().portal().unwrap()).write().await.unwrap();
        tx.insert(tombstones::ActiveModel {
            tenant_id: sea_orm::ActiveValue::Set(other.tenant.0),
            source_hash: sea_orm::ActiveValue::Set(b"mine".to_vec()),
            erased_at: sea_orm::ActiveValue::Set(NOW),
        })
        .await
        .unwrap();
        let mine = tx.all(tombstones::Entity::find()).await.unwrap();
        assert_eq!(mine.len(), 1);
        assert_eq!(mine[0].tenant_id, own.tenant.0);
    }
}

/// Raw SQL as the role that serves tenants: nothing but row-level security
/// stands in its way.
#[tokio::test]
async fn e20_row_level_security_holds_without_our_code() {
    let bed = Bed::postgres().await;
    let (own, other) = two_tenants(&bed).await;
    let raw = sea_orm::Database::connect(&bed.urls.tenant).await.unwrap();
    let count = async |connection: &sea_orm::DatabaseTransaction, table: &str, which: i64| {
        let sql = format!("select count(*) from {table} where tenant_id = {which}");
        let statement = Statement::from_string(sea_orm::DbBackend::Postgres, sql);
        let row = connection.query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index::<i64>(0).unwrap()
    };
    use sea_orm::TransactionTrait;
    for table in migrations::tenant_tables() {
        let tx = raw.begin().await.unwrap();
        assert_eq!(count(&tx, table, other.tenant.0).await, 0, "{table} without a tenant");
        let set = format!("select set_config('candor.tenant', '{}', true)", own.tenant);
        tx.execute_unprepared(&set).await.unwrap();
        assert_eq!(count(&tx, table, other.tenant.0).await, 0, "{table} as another tenant");
        let set = format!("select set_config('candor.tenant', '{}', true)", other.tenant);
        tx.execute_unprepared(&set).await.unwrap();
        assert!(count(&tx, table, other.tenant.0).await > 0, "{table} as its own tenant");
        tx.rollback().await.unwrap();
    }
    let tx = raw.begin().await.unwrap();
    let set = format!("select set_config('candor.tenant', '{}', true)", own.tenant);
    tx.execute_unprepared(&set).await.unwrap();
    let insert = format!("insert into tombstones values ({}, 'x', 1)", other.tenant);
    let refused = tx.execute_unprepared(&insert).await.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "{refused}");
}

#[tokio::test]
async fn serving_with_a_role_that_owns_tables_is_refused() {
    let bed = Bed::postgres().await;
    for role in ["candor_test_owner", "postgres", "candor_test_across"] {
        let database = bed.urls.tenant.rsplit('/').next().unwrap();
        let mut urls = bed.urls.clone();
        urls.tenant = with_role(&bed.urls.tenant, role, database);
        let refused = Database::open(&urls).await.err();
        assert!(matches!(refused, Some(OpenError::RoleTooStrong { .. })), "{role}: {refused:?}");
    }
}

/// What a role may become counts like what it is.
#[tokio::test]
async fn serving_with_a_role_that_can_become_a_strong_one_is_refused() {
    let bed = Bed::postgres().await;
    let superuser = sea_orm::Database::connect(with_role(
        &bed.urls.tenant,
        "postgres",
        bed.urls.tenant.rsplit('/').next().unwrap(),
    ))
    .await
    .unwrap();
    let process = std::process::id();
    let (role, middle) = (format!("candor_weak_{process}"), format!("candor_middle_{process}"));
    let run = async |sql: String| superuser.execute_unprepared(&sql).await.map(drop);
    run(format!("create role {middle}")).await.unwrap();
    run(format!("create role {role} login noinherit in role candor_tenant, {middle}"))
        .await
        .unwrap();
    let database = bed.urls.tenant.rsplit('/').next().unwrap();
    let mut urls = bed.urls.clone();
    urls.tenant = with_role(&bed.urls.tenant, &role, database);
    Database::open(&urls).await.expect("it is only a member of candor_tenant").close().await;
    for strong in [
        "postgres",
        "candor_test_owner",
        "candor_across",
        "pg_read_all_data",
        "pg_write_all_data",
        "pg_execute_server_program",
        "pg_signal_backend",
    ] {
        run(format!("grant {strong} to {middle}")).await.unwrap();
        let refused = Database::open(&urls).await.err();
        assert!(matches!(refused, Some(OpenError::RoleTooStrong { .. })), "{strong}: {refused:?}");
        run(format!("revoke {strong} from {middle}")).await.unwrap();
    }
    for strength in ["superuser", "bypassrls", "createrole", "replication"] {
        run(format!("alter role {middle} {strength}")).await.unwrap();
        let refused = Database::open(&urls).await.err();
        assert!(
            matches!(refused, Some(OpenError::RoleTooStrong { .. })),
            "{strength}: {refused:?}"
        );
        run(format!("alter role {middle} no{strength}")).await.unwrap();
    }
    let tables = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
    for strength in ["truncate", "trigger"] {
        let run = async |sql: String| tables.execute_unprepared(&sql).await.map(drop);
        run(format!("grant {strength} on records to {middle}")).await.unwrap();
        let refused = Database::open(&urls).await.err();
        assert!(
            matches!(refused, Some(OpenError::RoleTooStrong { .. })),
            "{strength}: {refused:?}"
        );
        run(format!("revoke {strength} on records from {middle}")).await.unwrap();
    }
    // The role that looks across is looked at too.
    let mut urls = bed.urls.clone();
    urls.across = with_role(&bed.urls.tenant, "postgres", database);
    let refused = Database::open(&urls).await.err();
    assert!(matches!(refused, Some(OpenError::RoleTooStrong { .. })), "{refused:?}");
    run(format!("drop role {role}")).await.unwrap();
    run(format!("drop role {middle}")).await.unwrap();
}
