//! The list of what was erased: the same for every node, and not to be forged.

use domain::identifiers::TenantId;
use engine::erasure::{self, Replayed};
use engine::keyring::{Coming, Keyring, MasterKey};
use engine::ledger::{Entry, Kind};
use engine::storage::{Timestamp, subjects as table};
use engine::{Engine, Scope, subjects};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE};

/// The file of this node.
const FILE: &str = "erasures.ledger";

async fn with_people(bed: &Bed) -> Scope {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    scope
}

async fn is_there(engine: &Engine, scope: &Scope, id: &str) -> bool {
    let id = subjects::find(engine, scope, id).await.unwrap().unwrap();
    let tx = engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let alive = table::Entity::find()
        .filter(table::Column::Id.eq(id))
        .filter(table::Column::ErasedAt.is_null());
    tx.count(alive).await.unwrap() == 1
}

/// An erasure of nobody who is here.
fn entry(number: u128) -> Entry {
    Entry {
        tenant: TenantId(1),
        request: Uuid::from_u128(number),
        subject: Uuid::from_u128(1000 + number),
        keys: vec![],
        source: None,
        at: NOW,
    }
}

/// One of somebody who is: whoever can write this unnoticed can erase them.
async fn of_ben(bed: &Bed, scope: &Scope) -> Entry {
    let subject = subjects::find(&bed.engine, scope, "u-ben").await.unwrap().unwrap();
    Entry { subject, tenant: scope.tenant, ..entry(77) }
}

async fn append(keyring: &Keyring, numbers: impl IntoIterator<Item = u128>) {
    for number in numbers {
        let says = serde_json::to_string(&entry(number)).unwrap();
        keyring.lengthen(&[Coming { says, copied: None }]).await.unwrap();
    }
}

/// What a start tells of, and the places of it.
async fn told(bed: &Bed) -> Vec<(Kind, i64, u64)> {
    erasure::replay(&bed.engine, NOW).await.unwrap();
    bed.engine.ledger().odd().iter().map(|odd| (odd.kind, odd.first, odd.lines)).collect()
}

fn lines(bed: &Bed, file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(bed.dir.path().join(file)).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn set_lines(bed: &Bed, lines: &[String]) {
    std::fs::write(bed.dir.path().join(FILE), lines.join("\n") + "\n").unwrap();
}

async fn raw(bed: &Bed) -> DatabaseConnection {
    sea_orm::Database::connect(&bed.keyring).await.unwrap()
}

async fn run(bed: &Bed, sql: &str) {
    let keyring = raw(bed).await;
    keyring.execute_unprepared(sql).await.unwrap();
    keyring.close().await.unwrap();
}

/// The tables that the ledger is in.
const TABLES: [&str; 4] = ["ledger", "ledger_head", "ledger_files", "keys"];

/// Makes the keyring what a version without a ledger in it had left.
async fn as_before(bed: &Bed) {
    for sql in [
        "drop table ledger",
        "drop table ledger_head",
        "drop table ledger_files",
        "delete from keys where tenant_id = 0",
    ] {
        run(bed, sql).await;
    }
}

on_both! {
    async fn l10_a_restore_on_one_node_does_not_bring_back_whom_another_erased(bed: Bed) {
        let scope = with_people(&bed).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let (bed, yesterday) = bed.copied().await;
        let other = bed.node_elsewhere("other.ledger").await;
        erasure::replay(&bed.engine, NOW).await.unwrap();
        erasure::replay(&other, NOW).await.unwrap();
        bed.erase(&ada, "ada@example.org").await;
        // The other node carries it out.
        engine::jobs::drain(&other, &crate::bed::Plainly, &|| NOW).await.unwrap();
        assert_eq!(lines(&bed, FILE).len(), 1, "this node's file knows nothing of it yet");
        assert_eq!(lines(&bed, "other.ledger").len(), 2);
        other.database().clone().close().await;

        let bed = bed.with_database(yesterday).await;
        assert!(is_there(&bed.engine, &scope, "u-ada").await, "they are there again");
        let replayed = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert_eq!(replayed, Replayed { keys: 0, people: 1 });
        assert!(!is_there(&bed.engine, &scope, "u-ada").await);
        assert_eq!(lines(&bed, FILE)[1..], lines(&bed, "other.ledger")[1..], "and every file is a whole copy");
        assert_eq!(bed.engine.ledger().odd(), []);
    }

    async fn l10_with_keyring_and_database_of_yesterday_the_files_know_who_was_erased(bed: Bed) {
        let scope = with_people(&bed).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let (bed, yesterday) = bed.copied().await;
        let (bed, keys) = bed.copied_keyring().await;
        erasure::replay(&bed.engine, NOW).await.unwrap();
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        // Others were erased elsewhere since.
        let bed = bed.with_database(yesterday).await.with_keyring(keys).await;
        append(bed.engine.keyring(), [5, 6]).await;
        let replayed = erasure::replay(&bed.engine, NOW).await.unwrap();
        assert!(replayed.people == 1 && replayed.keys >= 4, "{replayed:?}");
        assert!(!is_there(&bed.engine, &scope, "u-ada").await);
        assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 3);
        assert_eq!(told(&bed).await, [], "two histories are nobody's fault");
    }

    async fn two_nodes_append_to_one_chain(bed: Bed) {
        let other = bed.another_node().await;
        let barrier = tokio::sync::Barrier::new(2);
        let at_once = |engine: Engine, from: u128| {
            let barrier = &barrier;
            async move {
                barrier.wait().await;
                append(engine.keyring(), from..from + 20).await;
            }
        };
        tokio::join!(at_once(bed.engine.clone(), 100), at_once(other, 200));
        assert_eq!(told(&bed).await, []);
        assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 40);
        assert_eq!(lines(&bed, FILE).len(), 41);
    }

    async fn lines_of_before_are_taken_over_once_from_every_file(bed: Bed) {
        let scope = with_people(&bed).await;
        let forged = serde_json::to_string(&of_ben(&bed, &scope).await).unwrap();
        as_before(&bed).await;
        let old = |numbers: &[u128]| -> Vec<String> {
            numbers.iter().map(|n| serde_json::to_string(&entry(*n)).unwrap()).collect()
        };
        set_lines(&bed, &old(&[1, 2]));
        let bed = Bed { engine: bed.another_node().await, ..bed };
        assert_eq!(told(&bed).await, []);
        assert_eq!(bed.engine.ledger().entries().await.unwrap(), [entry(1), entry(2)]);
        // A node that is upgraded later brings what it knows.
        let text = old(&[2, 3]).join("\n");
        std::fs::write(bed.dir.path().join("other.ledger"), text).unwrap();
        let other = bed.node_elsewhere("other.ledger").await;
        erasure::replay(&other, NOW).await.unwrap();
        assert_eq!(other.ledger().entries().await.unwrap().len(), 3);
        // From then on, who cannot sign is not believed.
        let mut forging = lines(&bed, FILE);
        forging.push(forged.clone());
        set_lines(&bed, &forging);
        assert_eq!(told(&bed).await, [(Kind::Unproven, 6, 1)]);
        assert!(is_there(&bed.engine, &scope, "u-ben").await);
        assert_eq!(lines(&bed, FILE)[..6], forging, "it is kept");
        // Nor in a file that nobody has looked at, when the upgrade is long over.
        std::fs::write(bed.dir.path().join("third.ledger"), forged).unwrap();
        let third = bed.node_elsewhere("third.ledger").await;
        erasure::replay(&third, NOW.plus_seconds(91 * 86_400)).await.unwrap();
        assert_eq!(third.ledger().odd()[0].kind, Kind::Unproven);
        assert!(is_there(&bed.engine, &scope, "u-ben").await);
    }

    async fn in_a_new_keyring_no_line_without_proof_is_believed(bed: Bed) {
        let scope = with_people(&bed).await;
        let forged = serde_json::to_string(&of_ben(&bed, &scope).await).unwrap();
        set_lines(&bed, &[forged]);
        assert_eq!(told(&bed).await, [(Kind::Unproven, 1, 1)]);
        assert!(is_there(&bed.engine, &scope, "u-ben").await);
    }

    async fn what_another_hand_did_to_the_file_is_told_and_not_obeyed(bed: Bed) {
        let scope = with_people(&bed).await;
        append(bed.engine.keyring(), 1..=5).await;
        assert_eq!(told(&bed).await, []);
        let whole = lines(&bed, FILE);
        assert_eq!(whole.len(), 6, "the key, and five erasures");
        let ben = serde_json::to_string(&of_ben(&bed, &scope).await).unwrap();
        let subject = entry(4).subject.to_string();
        let forged = whole[4].replace(&subject, &of_ben(&bed, &scope).await.subject.to_string());
        let newer = whole[4].replace("\"format\":2", "\"format\":9");
        let with = |index: usize, line: &str| {
            let mut lines = whole.clone();
            lines[index] = line.to_owned();
            lines
        };
        let without = |index: usize| {
            let mut lines = whole.clone();
            lines.remove(index);
            lines
        };
        let and = |line: &str| [whole.clone(), vec![line.to_owned()]].concat();
        let mut swapped = whole.clone();
        swapped.swap(2, 3);
        let cases = [
            ("appended", and(&forged), vec![(Kind::Forged, 7, 1)]),
            ("appended, unproven", and(&ben), vec![(Kind::Unproven, 7, 1)]),
            ("edited", with(4, &forged), vec![(Kind::Forged, 5, 1), (Kind::Missing, 4, 1)]),
            ("cut in half", with(4, &whole[4][..50]), vec![(Kind::Forged, 5, 1), (Kind::Missing, 4, 1)]),
            ("swapped", swapped, vec![(Kind::Moved, 4, 1)]),
            ("taken out", without(3), vec![(Kind::Missing, 3, 1)]),
            ("the last taken out", without(5), vec![(Kind::Missing, 5, 1)]),
            ("all taken out", vec![], vec![(Kind::Missing, 1, 5)]),
            ("of a newer version", and(&newer), vec![(Kind::Newer, 7, 1)]),
        ];
        for (what, lines_then, expected) in cases {
            set_lines(&bed, &lines_then);
            assert_eq!(told(&bed).await, expected, "{what}");
            let after = lines(&bed, FILE);
            let kept = lines_then.iter().filter(|line| !line.is_empty());
            assert!(kept.into_iter().all(|line| after.contains(line)), "{what}: what was there is kept");
            assert!(whole[1..].iter().all(|line| after.contains(line)), "{what}: and the copy is whole again");
            assert!(is_there(&bed.engine, &scope, "u-ben").await, "{what}");
            assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 5, "{what}");
        }
    }

    async fn what_another_hand_did_to_the_keyring_is_told_and_not_obeyed(bed: Bed) {
        let scope = with_people(&bed).await;
        append(bed.engine.keyring(), 1..=5).await;
        assert_eq!(told(&bed).await, []);
        let ben = of_ben(&bed, &scope).await.subject;
        let edit = format!("update ledger set line = replace(line, '{}', '{ben}') where number = 4", entry(4).subject);
        let forge = format!("insert into ledger (number, line) select 6, replace(line, '{}', '{ben}') from ledger where number = 5", entry(5).subject);
        let cases = [
            // The line after it shows it too.
            ("edited", edit, vec![(Kind::Forged, 4), (Kind::Moved, 5)], true),
            ("taken out", "delete from ledger where number = 3".into(), vec![(Kind::Missing, 3)], true),
            ("the last taken out", "delete from ledger where number = 5".into(), vec![(Kind::Missing, 5)], true),
            ("moved", "update ledger set number = 9 where number = 2".into(), vec![(Kind::Missing, 2), (Kind::Moved, 9), (Kind::End, 9)], false),
            ("appended", forge, vec![(Kind::Forged, 6), (Kind::End, 6)], false),
            ("another end", "update ledger_head set number = 4".into(), vec![(Kind::End, 5)], false),
            ("the key destroyed", "delete from keys where tenant_id = 0".into(), vec![(Kind::End, 5)], false),
        ];
        let whole = lines(&bed, FILE);
        for table in TABLES {
            run(&bed, &format!("create table saved_{table} as select * from {table}")).await;
        }
        for (what, sql, expected, comes_back) in cases {
            run(&bed, &sql).await;
            let node = bed.another_node().await;
            erasure::replay(&node, NOW).await.unwrap();
            let odd = node.ledger().odd();
            for (kind, first) in expected {
                let is_told = odd.iter().any(|odd| (odd.kind, odd.first) == (kind, first));
                assert!(is_told, "{what}: {kind:?} {first} in {odd:?}");
            }
            assert!(is_there(&node, &scope, "u-ben").await, "{what}");
            if comes_back {
                assert_eq!(node.ledger().entries().await.unwrap().len(), 5, "{what}: the file knows it");
            }
            for table in TABLES {
                run(&bed, &format!("delete from {table}")).await;
                run(&bed, &format!("insert into {table} select * from saved_{table}")).await;
            }
            set_lines(&bed, &whole);
        }
        assert_eq!(told(&bed).await, []);
    }

    async fn a_rotation_leaves_every_line_genuine(bed: Bed) {
        with_people(&bed).await;
        append(bed.engine.keyring(), 1..=3).await;
        assert_eq!(told(&bed).await, []);
        bed.engine.keyring().rotate().await.unwrap();
        bed.engine.ledger().keep_key().await.unwrap();
        append(bed.engine.keyring(), 4..=6).await;
        assert_eq!(told(&bed).await, []);
        assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 6);
        assert_eq!(lines(&bed, FILE).len(), 2 + 6, "the key under either master key");
        // And a keyring from before there was a ledger in it believes the file.
        as_before(&bed).await;
        let bed = Bed { engine: bed.another_node().await, ..bed };
        assert_eq!(told(&bed).await, []);
        assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 6);
        // But not one of another installation.
        as_before(&bed).await;
        let strange = bed.dir.path().join("strange.key");
        MasterKey::read_or_create(&strange).unwrap();
        let mut forged = lines(&bed, FILE);
        forged.retain(|line| !line.contains("ledger-key"));
        set_lines(&bed, &forged);
        let bed = Bed { engine: bed.another_node().await, ..bed };
        assert_eq!(told(&bed).await, [(Kind::Forged, 1, 6)]);
        assert_eq!(bed.engine.ledger().entries().await.unwrap(), []);
    }

    async fn a_line_of_a_newer_version_is_kept_and_stops_nothing(bed: Bed) {
        with_people(&bed).await;
        append(bed.engine.keyring(), 1..=2).await;
        run(&bed, "insert into ledger (number, line) values (3, '{\"format\":3,\"sealed\":\"…\"}')").await;
        append(bed.engine.keyring(), 4..=5).await;
        erasure::replay(&bed.engine, NOW).await.unwrap();
        let newer: Vec<_> = bed.engine.ledger().odd().into_iter().filter(|odd| odd.kind == Kind::Newer).collect();
        assert_eq!((newer[0].first, newer[0].is_wrong()), (3, false));
        assert_eq!(bed.engine.ledger().entries().await.unwrap().len(), 4);
        assert!(lines(&bed, FILE).iter().any(|line| line.contains("\"format\":3")));
        assert_eq!(erasure::replay(&bed.engine, Timestamp(NOW.0 + 1)).await.unwrap(), Replayed::default());
    }
}
