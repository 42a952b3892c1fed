//! Backing up, restoring and rotating by the command.

use std::path::Path;
use std::process::{Command, Output};

use engine::keyring::{Coming, Keyring, MasterKey};
use engine::tenancy::{Database, DatabaseUrls};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tempfile::TempDir;
use uuid::Uuid;

const PEOPLE: &str = r#"{"type":"subject","id":"u-ada","email":"ada@example.org","name":"Ada Winter"}
{"type":"subject","id":"u-ben","email":"ben@example.org","name":"Ben Okafor"}
{"type":"record","id":"r-1","category":"account","kind":"profile","date":"2024-02-01","subjects":["u-ada"],"source":"you","data":{"name":"Ada Winter"}}
"#;

fn candor(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .args(["--bcrypt-cost", "4"])
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn done(output: Output) -> String {
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

fn refused(output: Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    said(&output)
}

/// A tenant with people in a data folder, and a file to import them from.
struct Place {
    data: TempDir,
    backup: TempDir,
    people: String,
}

fn place() -> Place {
    let (data, backup) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let file = format!("{}/../demo/lumaire-2.toml", env!("CARGO_MANIFEST_DIR"));
    done(candor(data.path(), &["migrate"]));
    done(candor(data.path(), &["tenant", "apply", &file]));
    let people = backup.path().join("people.ndjson").display().to_string();
    std::fs::write(&people, PEOPLE).unwrap();
    done(candor(data.path(), &["import", "--tenant", "lumaire", &people]));
    Place { data, backup, people }
}

impl Place {
    fn run(&self, arguments: &[&str]) -> Output {
        candor(self.data.path(), arguments)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.data.path().join(name)
    }

    fn import(&self) -> String {
        said(&self.run(&["import", "--tenant", "lumaire", &self.people]))
    }
}

/// The id of the subject who has a record.
async fn ada(database: &Path) -> Uuid {
    let database =
        sea_orm::Database::connect(format!("sqlite://{}", database.display())).await.unwrap();
    let sql = "select subject_id from records";
    let row = database.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
    let id = row.unwrap().unwrap().try_get_by_index(0).unwrap();
    database.close().await.unwrap();
    id
}

/// Somebody is erased, as far as the keyring knows.
async fn erase(place: &Place, subject: Uuid) {
    let url = |name: &str| format!("sqlite://{}?mode=rwc", place.file(name).display());
    let db = Database::open(&DatabaseUrls::same(&url("candor.db"))).await.unwrap();
    let master = MasterKey::read_or_create(&place.file("master.key")).unwrap();
    let keyring = Keyring::open_at(&url("keyring.db"), master, &db.across()).await.unwrap();
    let request = Uuid::now_v7();
    let says =
        format!(r#"{{"tenant":1,"request":"{request}","subject":"{subject}","keys":[],"at":1}}"#);
    keyring.lengthen(&[Coming { says, copied: None }]).await.unwrap();
    keyring.close().await;
    db.close().await;
}

#[tokio::test]
async fn l10_a_backup_is_put_back_without_who_was_erased_since() {
    let place = place();
    let to = place.backup.path().join("monday").display().to_string();
    let told = done(place.run(&["backup", "--to", &to]));
    assert!(told.contains("The master key is not among them"), "{told}");
    assert!(refused(place.run(&["backup", "--to", &to])).contains("is there already"));
    for file in std::fs::read_dir(&to).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{file:?}");
        assert_ne!(file.file_name(), "master.key");
    }

    // Ada is erased on Tuesday, and the database is lost on Wednesday.
    let ada = ada(&place.file("candor.db")).await;
    erase(&place, ada).await;
    assert!(refused(place.run(&["restore", "--from", &to])).contains("add --replace"));
    let told = done(place.run(&["restore", "--from", &to, "--replace"]));
    assert!(told.contains("Erased again since the backup: 1 people"), "{told}");
    assert!(told.contains("Keyring: the one that is there stays."), "{told}");
    let imported = place.import();
    assert!(imported.contains("2 refused"), "Ada and what is about her: {imported}");

    // And everything but the master key and the ledger's file is lost.
    for name in ["candor.db", "keyring.db"] {
        std::fs::remove_file(place.file(name)).unwrap();
    }
    let told = done(place.run(&["restore", "--from", &to]));
    assert!(told.contains("1 people") && told.contains("Keyring: put back."), "{told}");
    let imported = place.import();
    assert!(imported.contains("2 refused"), "{imported}");
    assert!(said(&place.run(&["tenant", "list"])).contains("lumaire"));
}

#[tokio::test]
async fn a_start_replays_by_itself_what_was_put_back_by_hand() {
    let place = place();
    let to = place.backup.path().join("monday");
    done(place.run(&["backup", "--to", to.to_str().unwrap()]));
    let ada = ada(&place.file("candor.db")).await;
    erase(&place, ada).await;
    for beside in ["candor.db-wal", "candor.db-shm"] {
        let _ = std::fs::remove_file(place.file(beside));
    }
    std::fs::copy(to.join("candor.db"), place.file("candor.db")).unwrap();
    assert!(place.import().contains("2 refused"), "any command does it first");
}

#[test]
fn the_master_key_is_rotated_and_an_older_keyring_needs_the_older_one() {
    let place = place();
    let to = place.backup.path().join("monday").display().to_string();
    done(place.run(&["backup", "--to", &to]));
    let old = std::fs::read_to_string(place.file("master.key")).unwrap();
    let told = done(place.run(&["keys", "rotate"]));
    assert!(told.contains("are wrapped anew"), "{told}");
    let new = std::fs::read_to_string(place.file("master.key")).unwrap();
    assert_ne!(old, new);
    let listed = done(place.run(&["keys", "list"]));
    assert!(listed.starts_with(new.split(' ').next().unwrap()) && listed.lines().count() == 1);
    assert!(place.import().contains("3 unchanged"));

    let restore = ["restore", "--from", &to, "--replace", "--replace-keyring"];
    let told = refused(place.run(&restore));
    assert!(told.contains(old.split(' ').next().unwrap()), "{told}");
    assert!(place.import().contains("3 unchanged"), "nothing was changed");
    std::fs::write(place.file("master.key"), format!("{new}{old}")).unwrap();
    done(place.run(&restore));
    assert!(place.import().contains("3 unchanged"));
    let doctor = said(&place.run(&["doctor"]));
    assert!(doctor.contains("a rotation was begun"), "{doctor}");
    let told = done(place.run(&["keys", "rotate"]));
    assert!(told.starts_with("Finished"), "{told}");
    assert_eq!(std::fs::read_to_string(place.file("master.key")).unwrap(), new);
    assert!(place.import().contains("3 unchanged"));
}

#[test]
fn nothing_is_put_back_under_a_process_that_uses_it() {
    let place = place();
    let to = place.backup.path().join("monday").display().to_string();
    done(place.run(&["backup", "--to", &to]));
    // As `serve` holds it.
    let folder = std::fs::File::open(place.data.path()).unwrap();
    folder.try_lock_shared().unwrap();
    done(place.run(&["tenant", "list"]));
    let told = refused(place.run(&["restore", "--from", &to, "--replace"]));
    assert!(told.contains("stop `serve`"), "{told}");
    drop(folder);
    std::fs::remove_file(Path::new(&to).join("backup.json")).unwrap();
    let told = refused(place.run(&["restore", "--from", &to, "--replace"]));
    assert!(told.contains("no whole backup"), "{told}");
}

#[test]
fn a_backup_that_was_altered_is_refused_in_words() {
    let place = place();
    let to = place.backup.path().join("monday");
    done(place.run(&["backup", "--to", to.to_str().unwrap()]));
    let restore = ["restore", "--from", to.to_str().unwrap(), "--replace", "--replace-keyring"];
    for name in ["candor.db", "keyring.db", "erasures.ledger"] {
        let file = to.join(name);
        let whole = std::fs::read(&file).unwrap();
        let mut altered = whole.clone();
        altered[whole.len() / 2] ^= 1;
        for bytes in [&altered[..], &whole[..whole.len() - 1], &[]] {
            std::fs::write(&file, bytes).unwrap();
            let told = refused(place.run(&restore));
            assert!(told.contains(name) && told.contains("altered since"), "{told}");
            assert!(told.contains("Nothing was changed"), "{told}");
        }
        std::fs::remove_file(&file).unwrap();
        assert!(refused(place.run(&restore)).contains("is missing"));
        std::fs::write(&file, whole).unwrap();
    }
    let manifest = std::fs::read_to_string(to.join("backup.json")).unwrap();
    for wrong in ["../candor.db", "/etc/passwd", ""] {
        let named = manifest.replacen("\"candor.db\"", &format!("\"{wrong}\""), 1);
        std::fs::write(to.join("backup.json"), named).unwrap();
        assert!(refused(place.run(&restore)).contains("no file of a backup"), "{wrong}");
    }
    let without = manifest.replacen("\"keyring.db\"", "\"backup.json\"", 1);
    std::fs::write(to.join("backup.json"), without).unwrap();
    refused(place.run(&restore));
    assert!(place.import().contains("3 unchanged"), "nothing was changed");
    // Of a version that made no hashes.
    let at = manifest.find(",\n  \"files\"").unwrap();
    std::fs::write(to.join("backup.json"), format!("{}}}", &manifest[..at])).unwrap();
    assert!(done(place.run(&restore)).contains("of an earlier version"));
    std::fs::write(to.join("backup.json"), manifest).unwrap();
    done(place.run(&restore));
    assert!(place.import().contains("3 unchanged"));
}

#[tokio::test]
async fn a_forged_line_of_the_ledger_is_told_by_every_command_and_by_doctor() {
    let place = place();
    let ada = ada(&place.file("candor.db")).await;
    let entry = format!(
        r#"{{"tenant":1,"request":"{}","subject":"{ada}","keys":[],"at":1}}"#,
        Uuid::now_v7()
    );
    let file = place.file("erasures.ledger");
    let before = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, before.clone() + &entry + "\n").unwrap();
    let told = done(place.run(&["tenant", "list"]));
    assert!(told.contains("line 2 of ") && told.contains("not obeyed"), "{told}");
    let doctor = refused(place.run(&["doctor"]));
    assert!(doctor.contains("WRONG ledger: line 2 of "), "{doctor}");
    assert!(place.import().contains("3 unchanged"), "nobody was erased");
    std::fs::write(&file, before).unwrap();
    let doctor = said(&place.run(&["doctor"]));
    assert!(doctor.contains("ok    ledger: whole"), "{doctor}");
}
