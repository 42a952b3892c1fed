//! A process that is killed, and its data.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::header;
use tempfile::TempDir;

use crate::app::client;

struct Served {
    process: Child,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the built command on a free port and waits until it says that it serves.
fn serve(dir: &TempDir, more: &[&str]) -> Served {
    let mut process = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--bcrypt-cost", "4"])
        .arg("--data-dir")
        .arg(dir.path())
        .args(more)
        .env_remove("RUST_LOG")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let port = lines
        .find_map(|line| line.unwrap().strip_prefix("Candor serves on 127.0.0.1:")?.parse().ok())
        .expect("the command says where it serves");
    // Goes on reading, or the command would wait for somebody to read.
    std::thread::spawn(move || lines.for_each(drop));
    Served { process, port }
}

#[tokio::test]
async fn a_deletion_that_was_killed_is_finished_by_the_next_start() {
    let dir = TempDir::new().unwrap();
    let client = client();
    let send =
        |port: u16, path: String, form: Option<Vec<(&'static str, String)>>, cookie: String| {
            let client = client.clone();
            async move {
                let url = format!("http://127.0.0.1:{port}{path}");
                let request = match form {
                    Some(form) => client.post(url).form(&form),
                    None => client.get(url),
                };
                request
                    .header(header::HOST, "lumaire.localhost")
                    .header("sec-fetch-site", "same-origin")
                    .header(header::COOKIE, cookie)
                    .send()
                    .await
                    .unwrap()
            }
        };
    // Without a worker: what was asked for stays promised.
    let mut first = serve(&dir, &["--no-worker"]);
    let logins: serde_json::Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("demo-logins.json")).unwrap())
            .unwrap();
    let password = logins["password"].as_str().unwrap().to_owned();
    let email = logins["accounts"][0]["email"].as_str().unwrap().to_owned();
    let form = vec![("email", email), ("password", password.clone())];
    let signed_in = send(first.port, "/sign-in".into(), Some(form), String::new()).await;
    let cookie = signed_in.headers()[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let form = vec![
        ("task", "deletion".to_owned()),
        ("next", "/account/delete".to_owned()),
        ("password", password),
    ];
    let confirmed = send(first.port, "/account/confirm".into(), Some(form), cookie.clone()).await;
    assert_eq!(confirmed.status(), 303);
    let asked = send(first.port, "/account/delete".into(), Some(vec![]), cookie.clone()).await;
    assert_eq!(asked.status(), 303);
    let receipt = asked.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert!(receipt.starts_with("/receipts/"), "{receipt}");
    first.process.kill().unwrap();
    first.process.wait().unwrap();

    // Killed again and again while a worker is at it, wherever that may be.
    for wait in [5, 20, 60] {
        let mut worker = Command::new(env!("CARGO_BIN_EXE_candor"))
            .arg("worker")
            .arg("--data-dir")
            .arg(dir.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(wait)).await;
        worker.kill().unwrap();
        worker.wait().unwrap();
    }

    // What a dead worker had is taken up when its claim has run out.
    let last = serve(&dir, &[]);
    let mut pending = true;
    for _ in 0..600 {
        let page = send(last.port, receipt.clone(), None, String::new()).await;
        // As long as something is to be done, the page asks to be read again.
        pending = page.headers().contains_key(header::REFRESH);
        if !pending {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!pending, "the deletion does not end");
    let ledger = std::fs::read_to_string(dir.path().join("erasures.ledger")).unwrap();
    assert!(ledger.lines().count() >= 1);
    let again = send(last.port, "/account".into(), None, cookie).await;
    assert_eq!(again.status(), 303, "nobody is signed in");
}
