//! The keyring: rotation of its master key, another database for it, and rows
//! that were moved.

use domain::identifiers::Slug;
use engine::keyring::{Keyring, KeyringError, MasterKey};
use engine::records::open_page;
use engine::storage::{data_keys, records};
use engine::{Failure, Scope};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, PEOPLE, with_role};

async fn ada(bed: &Bed) -> (Scope, Uuid) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let ada = engine::subjects::find(&bed.engine, &scope, "u-ada").await.unwrap().unwrap();
    (scope, ada)
}

async fn payments(bed: &Bed, scope: &Scope, person: Uuid) -> Result<usize, Failure> {
    let payments: Slug = "payment".parse().unwrap();
    Ok(open_page(&bed.engine, scope, person, &payments, None, 9).await?.len())
}

/// Another process with the same files: its own connection, its own look at the
/// master key.
async fn another(bed: &Bed) -> Keyring {
    let master = MasterKey::read_or_create(&bed.dir.path().join("master.key")).unwrap();
    let across = bed.engine.database().across();
    Keyring::open_at(&bed.keyring, master, &across).await.unwrap()
}

async fn opens_with(bed: &Bed, master: &str) -> Option<KeyringError> {
    let file = bed.dir.path().join("tried.key");
    std::fs::write(&file, master).unwrap();
    let master = MasterKey::read_or_create(&file).unwrap();
    Keyring::open_at(&bed.keyring, master, &bed.engine.database().across()).await.err()
}

fn master_file(bed: &Bed) -> String {
    std::fs::read_to_string(bed.dir.path().join("master.key")).unwrap()
}

async fn raw(bed: &Bed) -> DatabaseConnection {
    sea_orm::Database::connect(bed.superuser()).await.unwrap()
}

on_both! {
    async fn l10_after_a_rotation_the_old_master_key_opens_nothing(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let before = master_file(&bed);
        let rotated = bed.engine.keyring().rotate().await.unwrap();
        assert!(!rotated.resumed && rotated.wrapped >= 8, "{rotated:?}");
        assert_eq!(bed.engine.keyring().masters(), [rotated.master]);
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
        let after = master_file(&bed);
        assert_eq!(after.lines().count(), 1);
        assert_ne!(before, after);
        let refused = opens_with(&bed, &before).await;
        assert!(matches!(refused, Some(KeyringError::WrongMaster)), "{refused:?}");
        assert!(opens_with(&bed, &after).await.is_none());
        let wrapped = bed.engine.keyring().wrapped().await.unwrap();
        assert_eq!(wrapped.len(), 1);
        assert_eq!((wrapped[0].master, wrapped[0].keys), (Some(rotated.master), rotated.wrapped));
    }

    async fn a_serving_process_learns_of_the_rotation_of_another(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let serving = another(&bed).await;
        let other = another(&bed).await;
        let made = serving.create(scope.tenant, 1).await.unwrap();
        other.rotate().await.unwrap();
        // Reading what was wrapped anew, and wrapping something new.
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
        let key = serving.key(scope.tenant, made[0].0).await.unwrap();
        assert_eq!(key.bytes(), made[0].1.bytes());
        let third = another(&bed).await;
        third.rotate().await.unwrap();
        let fresh = serving.create(scope.tenant, 1).await.unwrap();
        let wrapped = third.wrapped().await.unwrap();
        assert_eq!(wrapped.len(), 1, "none under the master key that it had before: {wrapped:?}");
        assert!(third.key(scope.tenant, fresh[0].0).await.is_ok());
    }

    async fn what_is_read_and_written_while_keys_are_wrapped_anew_opens(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let rotating = another(&bed).await;
        let many = rotating.create(scope.tenant, 450).await.unwrap();
        let (turning, reading) = tokio::join!(rotating.rotate(), async {
            let mut reads = 0;
            while bed.engine.keyring().wrapped().await.unwrap().len() > 1 || reads < 30 {
                assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
                bed.engine.keyring().create(scope.tenant, 1).await.unwrap();
                reads += 1;
            }
            reads
        });
        let turned = turning.unwrap();
        assert!(turned.wrapped >= 450 && reading >= 30, "{turned:?}, {reading} reads");
        let ids: Vec<Uuid> = many.iter().map(|(id, _)| *id).collect();
        let keys = bed.engine.keyring().keys(scope.tenant, &ids).await.unwrap();
        assert!(many.iter().all(|(id, key)| keys[id].bytes() == key.bytes()));
        let wrapped = rotating.wrapped().await.unwrap();
        assert_eq!(wrapped.len(), 1, "{wrapped:?}");
    }

    async fn a_rotation_that_was_killed_is_finished_by_the_next_run(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        bed.engine.keyring().create(scope.tenant, 300).await.unwrap();
        let old = master_file(&bed);
        // After the first small transaction.
        let killed = another(&bed).await;
        let (next, _) = killed.begin_rotation().await.unwrap();
        let (some, more) = killed.wrap_anew(Uuid::nil()).await.unwrap();
        assert!(some == 200 && more.is_some());
        drop(killed);
        assert_eq!(master_file(&bed).lines().count(), 2);
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2, "old and new wraps open");
        let too_early = bed.engine.keyring().end_rotation().await;
        assert!(matches!(too_early, Err(KeyringError::StillWrapped(_))), "{too_early:?}");

        let finished = another(&bed).await.rotate().await.unwrap();
        assert_eq!((finished.master, finished.resumed), (next, true));
        assert!(finished.wrapped < 300 + 20 && finished.wrapped >= 100, "{finished:?}");
        assert_eq!(master_file(&bed).lines().count(), 1);
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
        assert!(opens_with(&bed, &old).await.is_some());
    }

    async fn killed_before_or_after_the_work_it_is_finished_too(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        // The new key is in the file, and the keyring has not heard of it.
        let ours = master_file(&bed);
        let path = bed.dir.path().join("strange.key");
        MasterKey::read_or_create(&path).unwrap();
        let strange = std::fs::read_to_string(&path).unwrap();
        std::fs::write(bed.dir.path().join("master.key"), format!("{strange}{ours}")).unwrap();
        let process = another(&bed).await;
        process.create(scope.tenant, 1).await.unwrap();
        assert_eq!(process.wrapped().await.unwrap().len(), 1, "still under the old one");
        let finished = process.rotate().await.unwrap();
        assert!(finished.resumed && finished.wrapped > 0);
        assert_eq!(master_file(&bed), strange);
        // All is wrapped, and the old key is still in the file.
        std::fs::write(bed.dir.path().join("master.key"), format!("{strange}{ours}")).unwrap();
        let finished = another(&bed).await.rotate().await.unwrap();
        assert_eq!((finished.resumed, finished.wrapped), (true, 0));
        assert_eq!(master_file(&bed), strange);
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
    }

    async fn only_one_rotates_at_a_time(bed: Bed) {
        ada(&bed).await;
        let (one, other) = (another(&bed).await, another(&bed).await);
        let (one, other) = tokio::join!(one.rotate(), other.rotate());
        let done = [one, other].into_iter().filter(|it| it.is_ok()).count();
        assert!(done >= 1);
        assert_eq!(another(&bed).await.masters().len(), 1);
        assert_eq!(another(&bed).await.wrapped().await.unwrap().len(), 1);
    }

    async fn l10_a_key_that_is_destroyed_during_a_rotation_stays_destroyed(bed: Bed) {
        let (scope, _) = ada(&bed).await;
        let made = bed.engine.keyring().create(scope.tenant, 2).await.unwrap();
        let (gone, kept) = (made[0].0, made[1].0);
        let rotating = another(&bed).await;
        rotating.begin_rotation().await.unwrap();
        assert_eq!(bed.engine.keyring().destroy(scope.tenant, &[gone]).await.unwrap(), 1);
        another(&bed).await.rotate().await.unwrap();
        let left = bed.engine.keyring().keys(scope.tenant, &[gone, kept]).await.unwrap();
        assert_eq!(left.keys().collect::<Vec<_>>(), [&kept]);
    }

    async fn a_keyring_from_before_master_keys_had_ids_opens_and_is_rotated(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let keys = sea_orm::Database::connect(&bed.keyring).await.unwrap();
        for table in ["keys", "keyring"] {
            keys.execute_unprepared(&format!("alter table {table} drop column master")).await.unwrap();
        }
        let bare = master_file(&bed).split(' ').nth(1).unwrap().to_owned();
        std::fs::write(bed.dir.path().join("master.key"), &bare).unwrap();
        let later = another(&bed).await;
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
        assert!(later.wrapped().await.unwrap().iter().any(|under| under.master.is_none()));
        assert!(later.rotate().await.unwrap().wrapped > 0);
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
        assert!(opens_with(&bed, &bare).await.is_some());
    }

    async fn e20_rows_that_were_swapped_do_not_open(bed: Bed) {
        let (scope, ada) = ada(&bed).await;
        let raw = raw(&bed).await;
        // Two records of one person and category: the ciphertexts change places.
        let swap = async || {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            let both = records::Entity::find().filter(records::Column::Category.eq("payment"));
            let both = tx.all(both).await.unwrap();
            for (row, other) in [(&both[0], &both[1]), (&both[1], &both[0])] {
                let sealed = sea_orm::sea_query::Expr::value(other.sealed.clone());
                let which = records::Column::Id.eq(row.id);
                let update = records::Entity::update_many().filter(which);
                tx.update(update.col_expr(records::Column::Sealed, sealed)).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        swap().await;
        let answer = payments(&bed, &scope, ada).await;
        assert!(matches!(answer, Err(Failure::Keyring(KeyringError::Unsealable(_)))), "{answer:?}");
        swap().await;
        assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2, "back in their places they open");

        // A record is said to be somebody else's, with and without the key that opened it.
        let ben = engine::subjects::find(&bed.engine, &scope, "u-ben").await.unwrap().unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        bed.engine.keyring().ensure_one(&tx, ben, "payment").await.unwrap();
        tx.commit().await.unwrap();
        let give = "update records set subject_id = (select subject_id from records other \
             where other.category = 'account' and other.subject_id <> records.subject_id) \
             where category = 'payment'";
        raw.execute_unprepared(give).await.unwrap();
        let answer = payments(&bed, &scope, ben).await;
        assert!(matches!(answer, Err(Failure::Keyring(KeyringError::Unsealable(_)))), "{answer:?}");
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let own = data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(ada));
        let own = tx.all(own.filter(data_keys::Column::Label.eq("payment"))).await.unwrap();
        drop(tx);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(
            data_keys::Entity::update_many()
                .col_expr(data_keys::Column::KeyId, sea_orm::sea_query::Expr::value(own[0].key_id))
                .filter(data_keys::Column::OwnerId.eq(ben))
                .filter(data_keys::Column::Label.eq("payment")),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let answer = payments(&bed, &scope, ben).await;
        assert!(matches!(answer, Err(Failure::Keyring(KeyringError::Unsealable(_)))), "{answer:?}");
    }
}

/// On PostgreSQL the keyring of a test is in a database of its own there.
#[tokio::test]
async fn a_keyring_on_postgresql_is_a_database_of_its_own() {
    let bed = Bed::postgres().await;
    assert!(bed.keyring.starts_with("postgres://") && bed.keyring != bed.urls.tenant);
    assert!(!bed.dir.path().join("keyring.db").exists());
    let (scope, ada) = ada(&bed).await;
    assert_eq!(payments(&bed, &scope, ada).await.unwrap(), 2);
    let main = sea_orm::Database::connect(with_role(
        &bed.urls.tenant,
        "postgres",
        bed.urls.tenant.rsplit('/').next().unwrap(),
    ))
    .await
    .unwrap();
    assert!(main.execute_unprepared("select * from keys").await.is_err());
    let copied = bed.engine.keyring().copy_to(&bed.dir.path().join("copy.db")).await;
    assert!(matches!(copied, Err(KeyringError::NotAFile)));
}
