//! A data folder and a PostgreSQL dump of an earlier version, upgraded.
//!
//! `engine/tests/before` was made by driving that version itself (`scripts/before`): people
//! with accounts and records, an erasure that was carried out and one that was only asked
//! for, two reports about the same person as a child, an export, a token, mails that wait.

use std::path::{Path, PathBuf};

use domain::erasure::Outcome;
use domain::holds::Act;
use domain::identifiers::{Language, Slug};
use engine::accounts::{self, Caller, Secret, Task};
use engine::contact;
use engine::erasure::{self, LineBody, Receipt, ReceiptCode, Replayed};
use engine::records::open_page;
use engine::storage::Timestamp;
use engine::tenancy::{DatabaseUrls, migrate};
use engine::tokens::{self, Bearer};
use engine::{Actor, Scope, exports, holds, subjects};
use jiff::tz::TimeZone;
use serde::Deserialize;
use tempfile::TempDir;
use uuid::Uuid;

use crate::bed::{Bed, PASSWORD, confirmed, restored};

/// 2026-11-25 12:50 UTC, some minutes after all that was done there.
const LATER: Timestamp = Timestamp(1_795_611_000_000);

/// What was told to those who were there.
#[derive(Deserialize)]
struct Told {
    token: String,
    erased: WithReceipt,
    session: WithSession,
    asked: WithReceipt,
}

#[derive(Deserialize)]
struct WithReceipt {
    person: String,
    receipt: String,
}

#[derive(Deserialize)]
struct WithSession {
    cookie: String,
}

#[tokio::test]
async fn a_data_folder_of_before_is_upgraded() {
    let (dir, told) = copied("sqlite");
    let file = dir.path().join("candor.db");
    let urls = DatabaseUrls::same(&format!("sqlite://{}?mode=rwc", file.display()));
    check(upgraded(urls, dir).await, told).await;
}

#[tokio::test]
async fn a_dump_of_before_is_upgraded() {
    let (dir, told) = copied("postgres");
    let dump = std::fs::read_to_string(dir.path().join("candor.sql")).unwrap();
    check(upgraded(restored(&dump).await, dir).await, told).await;
}

fn copied(which: &str) -> (TempDir, Told) {
    let from: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/before").join(which);
    let dir = TempDir::new().unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), dir.path().join(file.file_name())).unwrap();
    }
    let told = std::fs::read(dir.path().join("told.json")).unwrap();
    (dir, serde_json::from_slice(&told).unwrap())
}

async fn upgraded(urls: DatabaseUrls, dir: TempDir) -> Bed {
    assert!(!migrate(&urls).await.unwrap().is_empty(), "there is something to upgrade");
    let keyring = format!("sqlite://{}?mode=rwc", dir.path().join("keyring.db").display());
    Bed::open(urls, keyring, dir).await
}

async fn check(bed: Bed, told: Told) {
    let tenant = bed.engine.directory.tenants()[0].id;
    let scope = Scope {
        tenant,
        zone: TimeZone::UTC,
        actor: Actor::Operator,
        language: Language::En,
        now: LATER,
        request_id: Uuid::now_v7(),
    };
    // Every start does it, and whoever was erased before is not found again.
    assert_eq!(erasure::replay(&bed.engine, LATER).await.unwrap(), Replayed::default());

    signed_in_as_before(&bed, &scope, &told).await;
    reads_what_is_held(&bed, &scope).await;

    // Signed before there were any of today's rules.
    let receipt = opened(&bed, &scope, &told.erased.receipt).await;
    assert!(!receipt.is_pending());
    assert_is_genuine(&receipt, &["account", "communication"], &["payment"]);

    // What was only asked for is carried out now.
    let receipt = opened(&bed, &scope, &told.asked.receipt).await;
    assert!(receipt.is_pending() && receipt.lines.is_empty());
    let done = bed.work(LATER).await;
    assert_eq!(done.failed, 0);
    let receipt = opened(&bed, &scope, &told.asked.receipt).await;
    assert!(!receipt.is_pending());
    assert_is_genuine(&receipt, &["account"], &["payment"]);
    let mails = bed.mails(&told.asked.person);
    assert_eq!(mails.len(), 2, "one waited, and one tells of the end: {mails:?}");

    let nobody = Caller::default();
    for gone in [&told.erased.person, &told.asked.person] {
        let email = gone.parse().unwrap();
        let password = PASSWORD.to_owned().into();
        let answer = accounts::sign_in(&bed.engine, &scope, &email, password, &nobody, None).await;
        assert!(answer.is_err(), "{gone} is gone");
    }
    two_reports_about_one_child(&bed, &scope).await;
    assert_eq!(erasure::replay(&bed.engine, LATER).await.unwrap(), Replayed::default());
}

/// A session, a password and a token of before.
async fn signed_in_as_before(bed: &Bed, scope: &Scope, told: &Told) {
    let (_, cookie) = told.session.cookie.split_once('=').unwrap();
    let secret = Secret::parse(cookie).unwrap();
    assert!(accounts::session(&bed.engine, scope, &secret).await.unwrap().is_some());
    bed.sign_in(scope, "ada@example.org").await;

    let (_, grants) =
        tokens::find(&bed.engine, scope, &Bearer::parse(&told.token).unwrap()).await.unwrap();
    assert!(grants.allow(domain::grants::Grant::Write), "{grants:?}");
}

async fn reads_what_is_held(bed: &Bed, scope: &Scope) {
    let ada = subjects::find(&bed.engine, scope, "u-ada").await.unwrap().unwrap();
    for (category, amount) in [("account", 1), ("payment", 1), ("course-progress", 1)] {
        let category: Slug = category.parse().unwrap();
        let records = open_page(&bed.engine, scope, ada, &category, None, 9).await.unwrap();
        assert_eq!(records.len(), amount, "{category}");
    }
    let elif = subjects::find(&bed.engine, scope, "u-elif").await.unwrap().unwrap();
    let elif = Scope {
        actor: Actor::Account {
            id: Uuid::nil(),
            role: domain::roles::Role::Customer,
            subject: Some(elif),
        },
        ..scope.clone()
    };
    let export = exports::latest(&bed.engine, &elif).await.unwrap().unwrap();
    let chunk = exports::chunk(&bed.engine, &elif, export.id, 0).await.unwrap().unwrap();
    assert!(chunk.starts_with(b"PK"), "a ZIP");
}

async fn opened(bed: &Bed, scope: &Scope, code: &str) -> Receipt {
    let code = ReceiptCode::parse(code).unwrap();
    erasure::receipt(&bed.engine, scope, &code).await.unwrap().unwrap()
}

fn assert_is_genuine(receipt: &Receipt, erased: &[&str], retained: &[&str]) {
    assert!(receipt.lines.iter().all(|line| line.genuine), "{:?}", receipt.lines);
    assert!(receipt.is_genuine(), "{:?}", receipt.checked);
    let of = |wanted: fn(&Outcome) -> bool| -> Vec<String> {
        let lines = receipt.lines.iter();
        lines
            .filter_map(|line| match &line.body {
                LineBody::Category { category, outcome, .. } if wanted(outcome) => {
                    Some(category.to_string())
                }
                _ => None,
            })
            .collect()
    };
    assert_eq!(of(|outcome| matches!(outcome, Outcome::Erased)), erased);
    assert_eq!(of(|outcome| matches!(outcome, Outcome::Retained { .. })), retained);
    let keys = |body: &LineBody| matches!(body, LineBody::KeysDestroyed { keys: 1.. });
    assert!(receipt.lines.iter().any(|line| keys(&line.body)));
}

/// L13: what two reports have stopped stays stopped until both are released.
async fn two_reports_about_one_child(bed: &Bed, scope: &Scope) {
    let waiting = contact::reports(&bed.engine, scope, 9).await.unwrap();
    let [first, second] = waiting.as_slice() else { panic!("{waiting:?}") };
    let child = first.standing.concerned[0].subject;
    assert_eq!(second.standing.concerned[0].subject, child);
    let stops_use = async || {
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        holds::blocks(&tx, scope.now, child, None, Act::Use).await.unwrap().is_some()
    };
    assert!(stops_use().await);
    assert_eq!(
        contact::release(&bed.engine, scope, confirmed(scope, Task::Release), &[first.id])
            .await
            .unwrap(),
        1
    );
    assert!(stops_use().await, "the other report goes on");
    assert_eq!(
        contact::release(&bed.engine, scope, confirmed(scope, Task::Release), &[second.id])
            .await
            .unwrap(),
        1
    );
    assert!(!stops_use().await);
}
