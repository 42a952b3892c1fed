//! Opening databases and keyrings that are not as they should be.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use engine::keyring::{Keyring, KeyringError, MasterKey};
use engine::tenancy::{Database, OpenError, migrate};
use sea_orm::ConnectionTrait;

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE};

on_both! {
    async fn a_database_of_a_newer_version_is_left_alone(bed: Bed) {
        let owner = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
        for later in [
            "insert into seaql_migrations (version, applied_at) values ('m9999_later', 1)",
            "update oldest_schema set number = 9999",
        ] {
            owner.execute_unprepared(later).await.unwrap();
        }
        let opened = Database::open(&bed.urls).await.err();
        assert!(matches!(opened, Some(OpenError::Newer(ref name)) if name == "m9999_later"), "{opened:?}");
        let migrated = migrate(&bed.urls).await.err();
        assert!(matches!(migrated, Some(OpenError::Newer(_))), "{migrated:?}");
    }

    async fn a_database_to_which_a_newer_version_only_added_is_worked_with(bed: Bed) {
        let owner = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
        for later in [
            "insert into seaql_migrations (version, applied_at) values ('m9999_later', 1)",
            "alter table jobs add column later text",
            "create table later_things (id bigint)",
        ] {
            owner.execute_unprepared(later).await.unwrap();
        }
        assert_eq!(migrate(&bed.urls).await.unwrap(), Vec::<String>::new());
        bed.tenant(LUMAIRE).await;
        let node = bed.another_node().await;
        assert_eq!(node.directory.tenants().len(), 1);
        bed.work(crate::bed::NOW).await;
    }

    async fn a_database_that_was_not_migrated_is_told_so(bed: Bed) {
        let owner = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
        owner
            .execute_unprepared("delete from seaql_migrations where version = 'm0007_work'")
            .await
            .unwrap();
        let opened = Database::open(&bed.urls).await.err();
        assert!(matches!(opened, Some(OpenError::Older(1))), "{opened:?}");
    }

    async fn a_keyring_of_another_database_is_refused(bed: Bed) {
        let strange = Bed::sqlite().await;
        strange.tenant(LUMAIRE).await;
        let master = MasterKey::read_or_create(&strange.dir.path().join("master.key")).unwrap();
        let across = bed.engine.database().across();
        let opened = Keyring::open(&strange.dir.path().join("keyring.db"), master, &across).await;
        assert!(matches!(opened.err(), Some(KeyringError::Foreign { .. })));
    }

    async fn an_empty_keyring_is_no_replacement(bed: Bed) {
        let master = MasterKey::read_or_create(&bed.dir.path().join("master.key")).unwrap();
        let across = bed.engine.database().across();
        let opened = Keyring::open(&bed.dir.path().join("other.db"), master, &across).await;
        assert!(matches!(opened.err(), Some(KeyringError::Missing(_))));
    }

    async fn a_master_key_of_another_keyring_is_refused(bed: Bed) {
        let master = MasterKey::read_or_create(&bed.dir.path().join("other.key")).unwrap();
        let across = bed.engine.database().across();
        let opened = Keyring::open_at(&bed.keyring, master, &across).await;
        assert!(matches!(opened.err(), Some(KeyringError::WrongMaster)));
    }
}

#[tokio::test]
async fn a_file_that_holds_no_master_key_is_not_overwritten() {
    let bed = Bed::sqlite().await;
    let file = bed.dir.path().join("broken.key");
    std::fs::write(&file, "not a key").unwrap();
    assert!(matches!(MasterKey::read_or_create(&file), Err(KeyringError::MasterKey(_))));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "not a key");
}

#[tokio::test]
async fn a_database_that_is_read_only_is_told_so() {
    let bed = Bed::sqlite().await;
    let file = bed.dir.path().join("candor.db");
    let urls = engine::tenancy::DatabaseUrls::same(&format!("sqlite://{}?mode=ro", file.display()));
    let opened = Database::open(&urls).await.err();
    assert!(matches!(opened, Some(OpenError::ReadOnly(_))), "{opened:?}");
    let migrated = migrate(&urls).await.err();
    assert!(matches!(migrated, Some(OpenError::ReadOnly(_))), "{migrated:?}");
}

/// Whatever the umask: what is made is its owner's alone, and so is what was made
/// before, once it is opened.
#[tokio::test]
async fn files_with_personal_data_are_their_owners_alone() {
    let bed = Bed::sqlite().await;
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
    bed.erase(&ada, "ada@example.org").await;
    bed.work(NOW).await;
    let modes = || {
        let mut found = BTreeMap::new();
        for file in std::fs::read_dir(bed.dir.path()).unwrap() {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            found.insert(file.file_name().into_string().unwrap(), mode);
        }
        found
    };
    let made = modes();
    for name in ["candor.db", "candor.db-wal", "candor.db-shm", "keyring.db", "master.key", "mail"]
    {
        let wanted = if name == "mail" { 0o700 } else { 0o600 };
        assert_eq!(made.get(name), Some(&wanted), "{name}: {made:?}");
    }
    assert!(made.values().all(|mode| mode & 0o077 == 0), "{made:?}");
    for name in ["candor.db", "candor.db-wal", "candor.db-shm", "keyring.db", "master.key"] {
        let file = bed.dir.path().join(name);
        std::fs::set_permissions(file, Permissions::from_mode(0o644)).unwrap();
    }
    let again = bed.another_node().await;
    assert!(modes().values().all(|mode| mode & 0o077 == 0), "{:?}", modes());
    let copy = bed.dir.path().join("copy.db");
    again.database().copy_to(&copy).await.unwrap();
    again.keyring().copy_to(&bed.dir.path().join("keys.db")).await.unwrap();
    again.ledger().copy_to(&bed.dir.path().join("copied.ledger")).await.unwrap();
    assert!(modes().values().all(|mode| mode & 0o077 == 0), "{:?}", modes());
}

/// A database quotes the value that it does not take; a log does not.
#[tokio::test]
async fn e15_what_a_database_quotes_is_in_no_log() {
    for bed in [Bed::sqlite().await, Bed::postgres().await] {
        let owner = sea_orm::Database::connect(&bed.urls.owner).await.unwrap();
        for sql in [
            "select cast('ada@example.org' as bigint) + (select ada from nowhere)",
            "insert into instance (id, identity) select 2, identity from instance",
            "select '\\x61' || cast('ada@example.org' as integer)",
            "insert into tenants values ('ada@example.org')",
        ] {
            let Err(error) = owner.execute_unprepared(sql).await else { continue };
            let told = engine::Failure::from(error).to_string();
            assert!(!told.contains("example.org") && told.starts_with("database: "), "{told}");
        }
    }
}
