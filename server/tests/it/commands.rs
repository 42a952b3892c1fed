//! The command line from outside: what it says and how it ends.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn candor(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .args(["--bcrypt-cost", "4"])
        .output()
        .unwrap()
}

/// A folder with an empty installation.
fn installed() -> TempDir {
    let dir = TempDir::new().unwrap();
    assert!(candor(dir.path(), &["migrate"]).status.success());
    dir
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn demo(file: &str) -> String {
    format!("{}/../demo/{file}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_tenant_is_made_listed_and_filled_from_files() {
    let dir = installed();
    let file = demo("lumaire-2.toml");
    let dry = candor(dir.path(), &["tenant", "apply", "--dry-run", &file]);
    assert!(dry.status.success() && said(&dry).contains("Nothing was changed"), "{}", said(&dry));
    let none = candor(dir.path(), &["tenant", "list"]);
    assert_eq!(said(&none), "");
    let applied = candor(dir.path(), &["tenant", "apply", &file]);
    assert!(said(&applied).contains("version 1 of the policy is in force"), "{}", said(&applied));
    let listed = candor(dir.path(), &["tenant", "list"]);
    assert_eq!(said(&listed), "lumaire\tLumaire\tlumaire.localhost\n");

    let sample = format!("{}/../docs/sample-people.ndjson", env!("CARGO_MANIFEST_DIR"));
    let imported = candor(dir.path(), &["import", "--tenant", "lumaire", &sample]);
    assert!(imported.status.success(), "{}", said(&imported));
    assert!(said(&imported).contains(" 0 unchanged, 0 refused"), "{}", said(&imported));
    let again = candor(dir.path(), &["import", "--tenant", "lumaire", &sample]);
    assert!(said(&again).starts_with("0 new, 0 changed, "), "{}", said(&again));

    let doctor = candor(dir.path(), &["doctor"]);
    assert!(said(&doctor).contains("ok    keyring"), "{}", said(&doctor));
}

#[test]
fn mistakes_are_told_with_their_place_and_a_failing_exit_code() {
    let dir = installed();
    let broken = dir.path().join("broken.toml");
    std::fs::write(&broken, "[tenant]\nslug = \"A b\"\n").unwrap();
    let refused = candor(dir.path(), &["tenant", "apply", broken.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("line 2, column 8"), "{}", said(&refused));

    let missing = candor(dir.path(), &["import", "--tenant", "nobody", "people.ndjson"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&missing).contains("there is no tenant “nobody”"), "{}", said(&missing));

    let unknown = candor(dir.path(), &["sevre"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn bad_lines_are_told_and_the_exit_code_says_so() {
    let dir = installed();
    candor(dir.path(), &["tenant", "apply", &demo("lumaire-2.toml")]);
    let lines = dir.path().join("lines.ndjson");
    std::fs::write(&lines, "{\"type\":\"subject\",\"id\":\"a\"}\nnonsense\n").unwrap();
    let file = lines.to_str().unwrap();
    let atomic = candor(dir.path(), &["import", "--tenant", "lumaire", "--atomic", file]);
    assert_eq!(atomic.status.code(), Some(1));
    assert!(said(&atomic).contains("so nothing was taken"), "{}", said(&atomic));
    let rest = candor(dir.path(), &["import", "--tenant", "lumaire", file]);
    assert_eq!(rest.status.code(), Some(1));
    assert!(said(&rest).contains("line 2:") && said(&rest).contains("1 new"), "{}", said(&rest));
}

#[test]
fn a_port_in_use_is_told_before_anything_is_made() {
    let dir = installed();
    let data = dir.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = candor(&data, &["serve", "--demo", "--listen", &address]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("using the port"), "{}", said(&refused));
    assert!(!data.exists());
}

#[test]
fn a_keyring_of_another_installation_is_told() {
    let (one, other) = (installed(), installed());
    for dir in [&one, &other] {
        candor(dir.path(), &["tenant", "apply", &demo("lumaire-2.toml")]);
    }
    for file in ["keyring.db", "master.key"] {
        std::fs::copy(one.path().join(file), other.path().join(file)).unwrap();
    }
    let refused = candor(other.path(), &["tenant", "list"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("does not belong to this database"), "{}", said(&refused));
}

#[test]
fn help_is_worth_reading() {
    let dir = installed();
    for command in [
        "serve", "worker", "migrate", "import", "tenant", "staff", "keys", "backup", "restore",
        "doctor",
    ] {
        let help = candor(dir.path(), &[command, "--help"]);
        assert!(help.status.success(), "{command}");
        assert!(
            said(&help).contains("CANDOR_DATA_DIR"),
            "{command}: every option is a variable too"
        );
    }
}

#[test]
fn a_folder_that_was_mistyped_is_not_made() {
    let dir = TempDir::new().unwrap();
    let there = dir.path().join("dtaa");
    let tenant = demo("lumaire-2.toml");
    let to = dir.path().join("backup").display().to_string();
    let commands: [&[&str]; 9] = [
        &["serve", "--listen", "127.0.0.1:0"],
        &["worker"],
        &["tenant", "list"],
        &["tenant", "apply", &tenant],
        &["import", "--tenant", "lumaire", "-"],
        &["token", "make", "--tenant", "lumaire", "--name", "x", "read"],
        &["keys", "rotate"],
        &["backup", "--to", &to],
        &["doctor"],
    ];
    for command in commands {
        let refused = candor(&there, command);
        assert_eq!(refused.status.code(), Some(1), "{command:?}");
        assert!(said(&refused).contains("candor migrate"), "{}", said(&refused));
        assert!(!there.exists(), "{command:?} made it");
    }
    // What is there and has nothing in it is none either.
    std::fs::create_dir(&there).unwrap();
    for command in commands {
        assert_eq!(candor(&there, command).status.code(), Some(1), "{command:?}");
        assert_eq!(std::fs::read_dir(&there).unwrap().count(), 0, "{command:?} made something");
    }
    assert!(candor(&there, &["migrate"]).status.success());
    assert!(candor(&there, &["tenant", "apply", &tenant]).status.success());
    // Keys are not made anew where there are some elsewhere.
    std::fs::rename(there.join("master.key"), dir.path().join("kept.key")).unwrap();
    let refused = candor(&there, &["tenant", "list"]);
    assert!(said(&refused).contains("master.key is missing"), "{}", said(&refused));
    assert!(!there.join("master.key").exists());
}

/// Runs a command whose output nobody reads.
fn unread(data: &Path, arguments: &[&str]) -> Output {
    let (out, to_out) = std::io::pipe().unwrap();
    drop(out);
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(arguments)
        .arg("--data-dir")
        .arg(data)
        .stdout(to_out)
        .output()
        .unwrap()
}

#[test]
fn nobody_has_to_read_to_the_end() {
    let dir = installed();
    candor(dir.path(), &["tenant", "apply", &demo("lumaire-2.toml")]);
    for command in [&["tenant", "list"][..], &["doctor"], &["keys", "list"], &["--help"]] {
        let ended = unread(dir.path(), command);
        assert!(!said(&ended).contains("panicked"), "{command:?}: {}", said(&ended));
        assert_eq!(ended.status.code(), candor(dir.path(), command).status.code(), "{command:?}");
    }
    // Standard error too.
    let (read, to) = std::io::pipe().unwrap();
    drop(read);
    let refused = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["tenant", "suspend", "nobody", "--data-dir"])
        .arg(dir.path())
        .stdout(to.try_clone().unwrap())
        .stderr(to)
        .status()
        .unwrap();
    assert_eq!(refused.code(), Some(1));
}

#[test]
fn what_cannot_be_written_is_told() {
    let dir = installed();
    candor(dir.path(), &["tenant", "apply", &demo("lumaire-2.toml")]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let ended = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["tenant", "list", "--data-dir"])
        .arg(dir.path())
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(said(&ended).contains("cannot be written"), "{}", said(&ended));
}

#[test]
fn a_suspended_tenant_is_told_of() {
    let dir = installed();
    candor(dir.path(), &["tenant", "apply", &demo("lumaire-2.toml")]);
    assert!(candor(dir.path(), &["tenant", "suspend", "lumaire"]).status.success());
    let listed = said(&candor(dir.path(), &["tenant", "list"]));
    assert_eq!(listed, "lumaire\tLumaire\tlumaire.localhost\tsuspended\n");
    let doctor = said(&candor(dir.path(), &["doctor"]));
    assert!(doctor.contains("tenant lumaire: suspended, nobody can sign in"), "{doctor}");
    candor(dir.path(), &["tenant", "resume", "lumaire"]);
    assert!(!said(&candor(dir.path(), &["tenant", "list"])).contains("suspended"));
}
