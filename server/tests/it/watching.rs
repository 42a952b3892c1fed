//! What an operator sees of a node: its health, its counts, its log.

use std::io::Read;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use reqwest::{Method, header};
use serde_json::Value;
use tempfile::TempDir;

use crate::app::{TestApp, client};

#[tokio::test]
async fn a_node_tells_at_any_host_whether_it_can_answer() {
    let app = TestApp::start().await;
    let client = client();
    for host in ["lumaire.localhost", "127.0.0.1", "nobody.example", "a b"] {
        let url = format!("http://127.0.0.1:{}/healthz", app.port());
        let answer = client.get(&url).header(header::HOST, host).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{host}");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let told: Value = answer.json().await.unwrap();
        let whole = serde_json::json!({
            "status": "ok", "database": "ok", "migrations": "ok", "keyring": "ok"
        });
        assert_eq!(told, whole, "{host}");
    }
}

#[tokio::test]
async fn a_node_without_its_database_says_so() {
    let app = TestApp::start().await;
    app.engine.database().clone().close().await;
    let answer = app.get("lumaire", "/healthz").await;
    assert_eq!(answer.status(), 503);
    let told: Value = answer.json().await.unwrap();
    assert_eq!((&told["database"], &told["keyring"]), (&"failing".into(), &"ok".into()), "{told}");
}

#[tokio::test]
async fn a_suspended_tenants_pages_say_so_and_no_others_do() {
    let app = TestApp::start().await;
    let said = "This portal is closed for now";
    assert!(!app.text("lumaire", "/policy").await.contains(said));
    app.suspend("lumaire", true).await;
    assert!(app.text("lumaire", "/policy").await.contains(said));
    assert!(!app.text("lumina-erp", "/policy").await.contains(said));
    app.suspend("lumaire", false).await;
    assert!(!app.text("lumaire", "/policy").await.contains(said));
}

/// A port that was free a moment ago.
fn free() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn e15_requests_and_jobs_are_counted_and_logged_without_anything_personal() {
    let dir = TempDir::new().unwrap();
    let (port, counts) = (free(), free());
    let mut server = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["serve", "--demo", "--bcrypt-cost", "4", "--log-format", "json"])
        .args([
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--metrics",
            &format!("127.0.0.1:{counts}"),
        ])
        .arg("--data-dir")
        .arg(dir.path())
        .env_remove("RUST_LOG")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let client = client();
    let ask = async |method: Method, path: &str| {
        let request = client.request(method, format!("http://127.0.0.1:{port}{path}"));
        request.header(header::HOST, "lumaire.localhost").send().await
    };
    while ask(Method::GET, "/policy").await.is_err() {
        assert!(server.try_wait().unwrap().is_none(), "it has ended");
        tokio::task::yield_now().await;
    }
    for path in
        ["/policy", "/policy?who=anna@example.org", "/receipts/very-secret-0123456", "/no/such"]
    {
        ask(Method::GET, path).await.unwrap();
    }
    ask(Method::from_bytes(b"ODD").unwrap(), "/policy").await.unwrap();

    let url = format!("http://127.0.0.1:{counts}/metrics");
    let text = client.get(url).send().await.unwrap().text().await.unwrap();
    for line in [
        "candor_requests_total{method=\"GET\",route=\"/policy\",status=\"200\"} 3",
        "candor_requests_total{method=\"GET\",route=\"/receipts/{code}\",status=\"404\"} 1",
        "candor_requests_total{method=\"GET\",route=\"nowhere\",status=\"404\"} 1",
        "candor_requests_total{method=\"other\",route=\"/policy\",status=\"405\"} 1",
        "candor_pages_from_memory_total 2",
        "candor_jobs_waiting{job=\"deliver-mail\"}",
        "candor_database_connections{role=\"tenant\",state=\"idle\"}",
        "candor_connections ",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line} in\n{text}");
    }
    assert!(!text.contains("lumaire") && !text.contains("secret"), "{text}");
    // Tenants' hosts know nothing of it.
    assert_eq!(ask(Method::GET, "/metrics").await.unwrap().status(), 404);

    server.kill().unwrap();
    server.wait().unwrap();
    let mut log = String::new();
    server.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    for personal in ["anna", "secret", "/no/such", "ODD", "\u{1b}["] {
        assert!(!log.contains(personal), "{personal} in\n{log}");
    }
    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let requests: Vec<&Value> =
        lines.iter().filter(|line| line["message"] == "a request was answered").collect();
    let of = |route: &str, status: u16| {
        requests.iter().filter(|line| line["route"] == route && line["status"] == status).count()
    };
    assert_eq!((of("/policy", 200), of("/policy", 405)), (3, 1), "{log}");
    assert_eq!((of("/receipts/{code}", 404), of("nowhere", 404)), (1, 2), "{log}");
    assert!(requests.iter().all(|line| line["tenant"] == "lumaire" && line["ms"].is_number()));
}
