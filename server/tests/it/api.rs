//! The API, as a tenant's own systems use it.

use std::collections::BTreeSet;

use domain::grants::{Grant, Grants};
use engine::accounts::{Confirmed, Task};
use engine::tokens::{Lifetime, make};
use engine::{Actor, Scope};
use jiff::tz::TimeZone;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use server::api::routes;
use uuid::Uuid;

use crate::app::{NOW, TestApp};

fn operator(app: &TestApp, tenant: &str) -> Scope {
    let tenants = app.engine.directory.tenants();
    let head = tenants.iter().find(|head| head.slug == tenant).unwrap();
    Scope {
        tenant: head.id,
        zone: TimeZone::UTC,
        actor: Actor::Operator,
        language: Default::default(),
        now: NOW,
        request_id: Uuid::now_v7(),
    }
}

pub async fn token(app: &TestApp, tenant: &str, grants: &[Grant]) -> String {
    let grants: Grants = grants.iter().copied().collect();
    let scope = operator(app, tenant);
    let confirmed = Confirmed::at_the_machine(&scope, Task::Settings).unwrap();
    make(&app.engine, &scope, confirmed, "CRM", &grants, Lifetime::Month)
        .await
        .unwrap()
        .bearer
        .text()
}

/// A request as no browser sends it: without an origin, with a token.
fn call(app: &TestApp, method: Method, path: &str, token: &str) -> RequestBuilder {
    reqwest::Client::new()
        .request(method, format!("http://127.0.0.1:{}{path}", app.port()))
        .header("host", "lumaire.localhost")
        .bearer_auth(token)
}

async fn problem(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["content-type"], "application/problem+json", "{status}");
    let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(body["status"], status);
    let kind = body["type"].as_str().unwrap().to_owned();
    (status, kind.split_once('#').unwrap().1.to_owned())
}

/// A path of the table with something put in.
fn filled(path: &str, id: &str) -> String {
    path.replace("{id}", id)
}

#[tokio::test]
async fn l12_e20_every_route_asks_for_its_grant_and_its_tenants_token() {
    let app = TestApp::start().await;
    let theirs = token(&app, "lumina-erp", &Grant::ALL).await;
    for route in routes() {
        if route.grants.is_empty() {
            continue;
        }
        let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
        let path = filled(route.path, "u-sam");
        let bare = reqwest::Client::new()
            .request(method.clone(), format!("http://127.0.0.1:{}{path}", app.port()))
            .header("host", "lumaire.localhost")
            .send();
        assert_eq!(problem(bare.await.unwrap()).await, (401, "token".to_owned()), "{path}");
        // The other tenant's token, and what is none.
        for wrong in [theirs.as_str(), "candor_x", "x"] {
            let answer = call(&app, method.clone(), &path, wrong).send().await.unwrap();
            assert_eq!(problem(answer).await, (401, "token".to_owned()), "{path}");
        }
        // A session of the browser is none either.
        let cookie = app.sign_in("lumaire", "admin").await;
        let answer = app.request(method.clone(), "lumaire", &path).header("cookie", cookie);
        assert_eq!(problem(answer.send().await.unwrap()).await.0, 401, "{path}");
        for granted in Grant::ALL {
            let token = token(&app, "lumaire", &[granted]).await;
            let answer = call(&app, method.clone(), &path, &token).send().await.unwrap();
            let status = answer.status().as_u16();
            let allowed = !route.all && route.grants.contains(&granted);
            assert_eq!(status == 403, !allowed, "{path} with {granted:?}: {status}");
            assert!(status < 500, "{path}: {status}");
            // Sam is a customer of the other tenant.
            if allowed && route.path.contains("{id}") && method != Method::PUT {
                let what = if path.contains("/records/{source}") { "record" } else { "subject" };
                assert_eq!(problem(answer).await, (404, format!("unknown-{what}")), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn two_who_are_one_are_joined_with_both_grants() {
    let app = TestApp::start().await;
    let whole = token(&app, "lumaire", &Grant::ALL).await;
    for id in ["d-1", "d-2"] {
        let body = json!({ "email": "double@example.org", "name": "Dee" });
        let told = call(&app, Method::PUT, &format!("/api/v1/subjects/{id}"), &whole).json(&body);
        assert_eq!(told.send().await.unwrap().status(), 201);
    }
    let join = |token: &str, id: &str, into: &str| {
        let path = format!("/api/v1/subjects/{id}/join");
        call(&app, Method::POST, &path, token).json(&json!({ "into": into })).send()
    };
    let both = token(&app, "lumaire", &[Grant::Access, Grant::Erase]).await;
    let unknown = join(&both, "nobody", "d-2").await.unwrap();
    assert_eq!(problem(unknown).await, (404, "unknown-subject".to_owned()));
    let unknown = join(&both, "d-1", "nobody").await.unwrap();
    assert_eq!(problem(unknown).await, (422, "unknown-subject".to_owned()));
    let same = join(&both, "d-1", "d-1").await.unwrap();
    assert_eq!(problem(same).await, (409, "not-joined".to_owned()));
    for (result, again) in [("updated", false), ("unchanged", true)] {
        let joined = join(&both, "d-1", "d-2").await.unwrap();
        assert_eq!(joined.status(), 200);
        let body: Value = serde_json::from_str(&joined.text().await.unwrap()).unwrap();
        assert_eq!(body["result"], result, "{again}");
    }
    let path = "/api/v1/subjects/d-1";
    let other = json!({ "email": "double@example.org", "name": "Somebody else" });
    let refused = call(&app, Method::PUT, path, &whole).json(&other).send().await.unwrap();
    assert_eq!(problem(refused).await, (409, "joined".to_owned()));
    let refused = call(&app, Method::DELETE, path, &whole).send().await.unwrap();
    assert_eq!(problem(refused).await, (409, "joined".to_owned()));
    let shown = call(&app, Method::GET, path, &whole).send().await.unwrap();
    let shown: Value = serde_json::from_str(&shown.text().await.unwrap()).unwrap();
    assert_eq!(shown["id"], "d-2");
}

#[tokio::test]
async fn the_description_names_every_route_and_its_grant() {
    let app = TestApp::start().await;
    let described: Value =
        serde_json::from_str(&app.text("lumaire", "/api/v1/openapi.json").await).unwrap();
    let mut told = BTreeSet::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            for needs in operation["security"].as_array().unwrap() {
                for grant in needs["token"].as_array().unwrap() {
                    let grant = grant.as_str().unwrap().to_owned();
                    told.insert((method.to_uppercase(), path.clone(), grant));
                }
            }
        }
    }
    let table: BTreeSet<_> = routes()
        .into_iter()
        .flat_map(|route| {
            let (method, path) = (route.method.to_string(), route.path.to_owned());
            route
                .grants
                .iter()
                .map(move |grant| (method.clone(), path.clone(), grant.name().to_owned()))
        })
        .collect();
    assert_eq!(told, table);
    let page = app.text("lumaire", "/api/v1/docs").await;
    assert!(page.contains("/api/v1/disclosures") && !page.contains("<script"));
}

#[tokio::test]
async fn a_person_is_told_of_listed_and_erased() {
    let app = TestApp::start().await;
    let token = token(&app, "lumaire", &Grant::ALL).await;
    let send = async |method: Method, path: &str, body: Value| {
        call(&app, method, path, &token).json(&body).send().await.unwrap()
    };
    let eve = json!({ "email": "eve@example.org", "name": "Eve" });
    let made = send(Method::PUT, "/api/v1/subjects/u%2Feve", eve.clone()).await;
    assert_eq!(
        (made.status().as_u16(), made.text().await.unwrap()),
        (201, r#"{"result":"created"}"#.to_owned())
    );
    let again = send(Method::PUT, "/api/v1/subjects/u%2Feve", eve).await;
    assert_eq!(
        (again.status().as_u16(), again.text().await.unwrap()),
        (200, r#"{"result":"unchanged"}"#.to_owned())
    );
    let record = json!({
        "id": "r-eve", "category": "account", "kind": "profile", "date": "2026-11-01",
        "subjects": ["u/eve"], "source": "you", "data": { "name": "Eve" },
    });
    assert_eq!(send(Method::POST, "/api/v1/records", record.clone()).await.status(), 201);
    let card = json!({ "data": { "note": "4242424242424242" } });
    let mut carded = record.clone();
    carded["data"] = card["data"].clone();
    let refused = send(Method::POST, "/api/v1/records", carded).await;
    assert_eq!(problem(refused).await, (422, "card-number".to_owned()));

    let read = async |path: &str| -> Value {
        let answer = call(&app, Method::GET, path, &token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    };
    let records = read("/api/v1/subjects/u%2Feve/records").await;
    assert_eq!(records["items"][0]["kind"], "profile");
    assert_eq!(records["items"][0]["id"], "r-eve", "the company's own id, never the portal's");
    // With the mark of UTF-8 a body is read; what is no UTF-8 is called by its name.
    let bytes = async |body: Vec<u8>| {
        let request = call(&app, Method::PUT, "/api/v1/subjects/u%2Fzoe", &token);
        request.header("content-type", "application/json").body(body).send().await.unwrap()
    };
    let zoe = r#"{"name":"Zoë"}"#;
    assert_eq!(bytes(format!("\u{feff}{zoe}").into_bytes()).await.status(), 201);
    let latin = zoe.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let told = bytes(latin).await;
    assert_eq!(told.status(), 400);
    assert!(told.text().await.unwrap().contains("Latin-1"));
    // A record that is gone at its source goes, and stays away.
    let gone = async || {
        let path = "/api/v1/records/you/r-eve";
        call(&app, Method::DELETE, path, &token).send().await.unwrap().text().await.unwrap()
    };
    assert_eq!(gone().await, r#"{"result":"deleted"}"#);
    assert_eq!(gone().await, r#"{"result":"unchanged"}"#);
    let pushed = send(Method::POST, "/api/v1/records", record.clone()).await;
    assert_eq!(problem(pushed).await, (410, "record-gone".to_owned()));
    let nowhere =
        call(&app, Method::DELETE, "/api/v1/records/you/r-x", &token).send().await.unwrap();
    assert_eq!(problem(nowhere).await, (404, "unknown-record".to_owned()));
    let mut names = Vec::new();
    let mut path = "/api/v1/subjects?limit=3".to_owned();
    loop {
        let page = read(&path).await;
        names.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/subjects?limit=3&cursor={next}");
    }
    assert!(names.len() > 3 && names.last().unwrap() == "\"u/zoe\"", "{names:?}");
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());

    let erased =
        call(&app, Method::DELETE, "/api/v1/subjects/u%2Feve", &token).send().await.unwrap();
    assert_eq!(erased.status(), 202);
    app.work().await;
    let gone = call(&app, Method::GET, "/api/v1/subjects/u%2Feve", &token).send().await.unwrap();
    assert_eq!(problem(gone).await, (410, "erased".to_owned()));
    let back = send(Method::POST, "/api/v1/records", record).await;
    assert_eq!(problem(back).await, (410, "erased".to_owned()));
}

#[tokio::test]
async fn a_bulk_answers_line_by_line() {
    let app = TestApp::start().await;
    let token = token(&app, "lumaire", &[Grant::Write]).await;
    let mut lines = String::new();
    for number in 0..2500 {
        lines += &format!(r#"{{"type":"subject","id":"b-{number}","name":"B {number}"}}"#);
        lines += "\n";
    }
    let body = lines.replace(r#"{"type":"subject","id":"b-1700","name":"B 1700"}"#, "{broken");
    let send = async |body: String| {
        let request = call(&app, Method::POST, "/api/v1/bulk", &token);
        request.header("content-type", "application/x-ndjson").body(body).send().await.unwrap()
    };
    let answer = send(body).await;
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.unwrap();
    let told: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(told.len(), 2501);
    assert_eq!(told[0], json!({ "line": 1, "result": "created" }));
    assert_eq!(told[1700]["result"], "refused");
    assert_eq!(told[1700]["problem"]["type"], "/api/v1/docs#malformed");
    assert_eq!(
        told[2500],
        json!({ "done": true, "created": 2499, "updated": 0, "unchanged": 0, "refused": 1 })
    );
    // The rest of it was taken, and the whole may be sent again.
    let again = send(lines).await.text().await.unwrap();
    let last: Value = serde_json::from_str(again.lines().last().unwrap()).unwrap();
    assert_eq!((&last["created"], &last["unchanged"]), (&json!(1), &json!(2499)));
}

/// What gives access or ends something is refused by name, one by one and in bulk, and
/// the rest of a bulk is taken.
#[tokio::test]
async fn what_write_does_not_allow_is_refused_by_the_grant_that_is_wanted() {
    let app = TestApp::start().await;
    let write = token(&app, "lumaire", &[Grant::Write]).await;
    let send = async |key: &str, method: Method, path: &str, body: Value| {
        let request = call(&app, method, path, &write).header("idempotency-key", key);
        request.json(&body).send().await.unwrap()
    };
    let person = json!({ "email": "eve@example.org", "name": "Eve" });
    assert_eq!(
        send("first", Method::PUT, "/api/v1/subjects/u-1", person.clone()).await.status(),
        201
    );
    let other = json!({ "email": "mallory@example.org", "name": "Eve" });
    let closed = json!({
        "id": "e-1", "name": "account-closed", "date": "2026-11-01", "subject": "u-1",
    });
    for (method, path, body, grant) in [
        (Method::PUT, "/api/v1/subjects/u-1", other, "access"),
        (Method::POST, "/api/v1/events", closed, "end"),
    ] {
        for _ in 0..2 {
            let answer = send(grant, method.clone(), path, body.clone()).await;
            let text = answer.text().await.unwrap();
            let told: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(told["status"], 403, "{text}");
            assert_eq!(told["type"], "/api/v1/docs#not-granted");
            assert!(told["detail"].as_str().unwrap().contains(&format!("“{grant}”")), "{text}");
        }
    }
    let lines = [
        r#"{"type":"subject","id":"u-2","email":"two@example.org"}"#,
        r#"{"type":"account","subject":"u-1","email":"eve@example.org"}"#,
        r#"{"type":"subject","id":"u-1","email":"mallory@example.org","name":"Eve"}"#,
        r#"{"type":"event","id":"e-1","name":"account-closed","date":"2026-11-01","subject":"u-1"}"#,
        r#"{"type":"event","id":"e-2","name":"x-logged-in","date":"2026-11-01","subject":"u-1"}"#,
    ];
    let request = call(&app, Method::POST, "/api/v1/bulk", &write);
    let request = request.header("content-type", "application/x-ndjson");
    let text = request.body(lines.join("\n")).send().await.unwrap().text().await.unwrap();
    let told: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let results: Vec<&str> = told.iter().filter_map(|line| line["result"].as_str()).collect();
    assert_eq!(results, ["created", "refused", "refused", "refused", "created"], "{text}");
    assert!(told[1]["problem"]["detail"].as_str().unwrap().contains("“access”"), "{text}");
    assert_eq!(told[3]["problem"]["status"], 403);
    // Whoever may only end tells of nothing else.
    let end = token(&app, "lumaire", &[Grant::End]).await;
    let event = |name: &str| {
        let body = json!({ "id": "e-3", "name": name, "date": "2026-11-01", "subject": "u-1" });
        call(&app, Method::POST, "/api/v1/events", &end).json(&body).send()
    };
    assert_eq!(event("account-closed").await.unwrap().status(), 201);
    assert_eq!(problem(event("x-logged-in").await.unwrap()).await.0, 403);
}

#[tokio::test]
async fn bad_calls_are_told_as_problems() {
    let app = TestApp::start().await;
    let token = token(&app, "lumaire", &Grant::ALL).await;
    let json = "application/json";
    let post = |path: &str, kind: &str, body: Vec<u8>| {
        call(&app, Method::POST, path, &token).header("content-type", kind).body(body).send()
    };
    let cases = [
        (post("/api/v1/records", json, b"{".to_vec()).await, 400, "malformed"),
        (post("/api/v1/records", json, b"{\"id\":7}".to_vec()).await, 400, "malformed"),
        (post("/api/v1/records", "text/plain", b"{}".to_vec()).await, 415, "media-type"),
        (post("/api/v1/records", json, vec![b' '; 1_000_001]).await, 413, "too-long"),
        (post("/api/v1/bulk", json, b"{}".to_vec()).await, 415, "media-type"),
        (post("/api/v1/nothing", json, b"{}".to_vec()).await, 404, "not-found"),
        (post("/api/v1/subjects/u-1", json, b"{}".to_vec()).await, 405, "method"),
    ];
    for (answer, status, kind) in cases {
        assert_eq!(problem(answer.unwrap()).await, (status, kind.to_owned()));
    }
    for (path, kind) in [
        ("/api/v1/subjects?limit=0", "malformed"),
        ("/api/v1/subjects?limit=501", "malformed"),
        ("/api/v1/subjects?cursor=zzz", "bad-cursor"),
        ("/api/v1/subjects?page=2", "malformed"),
        ("/api/v1/subjects?limit=1&limit=2", "malformed"),
    ] {
        let answer = call(&app, Method::GET, path, &token).send().await.unwrap();
        assert_eq!(problem(answer).await, (400, kind.to_owned()), "{path}");
    }
    let long = format!("/api/v1/subjects/{}", "x".repeat(5000));
    let answer = call(&app, Method::GET, &long, &token).send().await.unwrap();
    assert_eq!(problem(answer).await, (414, "too-long".to_owned()));
    app.suspend("lumaire", true).await;
    app.engine.refresh().await.unwrap();
    let answer = call(&app, Method::GET, "/api/v1/subjects", &token).send().await.unwrap();
    assert_eq!(problem(answer).await, (503, "suspended".to_owned()));
}

#[tokio::test]
async fn l7_a_browsers_signal_is_kept_with_the_account() {
    let app = TestApp::start().await;
    let token = token(&app, "lumaire", &Grant::ALL).await;
    let cookie = app.sign_in("lumaire", "customer").await;
    let choices = async |signal: bool| {
        let mut request = app.request(Method::GET, "lumaire", "/account/choices");
        if signal {
            request = request.header("sec-gpc", "1");
        }
        request.header("cookie", &cookie).send().await.unwrap().text().await.unwrap()
    };
    let asked = async || -> Vec<Value> {
        let page =
            call(&app, Method::GET, "/api/v1/subjects?limit=500", &token).send().await.unwrap();
        let page: Value = serde_json::from_str(&page.text().await.unwrap()).unwrap();
        let mut all = Vec::new();
        for one in page["items"].as_array().unwrap() {
            let path = format!("/api/v1/subjects/{}/permissions", one["id"].as_str().unwrap());
            let answer = call(&app, Method::GET, &path, &token).send().await.unwrap();
            let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            all.push(answer["sale_or_sharing"]["reason"].clone());
        }
        all
    };
    assert!(!choices(false).await.contains("Global Privacy Control"));
    assert!(!asked().await.contains(&json!("signal")));
    assert!(choices(true).await.contains("Global Privacy Control"));
    assert_eq!(asked().await.iter().filter(|reason| **reason == json!("signal")).count(), 1);
}

/// Whatever is told is measured before it is read: by itself, in bulk, with any names.
#[tokio::test]
async fn what_would_take_all_memory_is_refused_by_name() {
    let app = TestApp::start().await;
    let token = token(&app, "lumaire", &[Grant::Write]).await;
    let zeros = vec!["0"; 200_000].join(",");
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let record = |data: &str| {
        format!(
            r#"{{"id":"b-1","category":"communication","kind":"message","date":"2026-10-05","subjects":["u-sam"],"source":"email","data":{data}}}"#
        )
    };
    for (data, bound) in [
        (format!(r#"{{"{}":[{zeros}]}}"#, "k".repeat(400_000)), "200 bytes"),
        (format!(r#"{{"a":[{zeros}]}}"#), "10000 fields"),
        (format!(r#"{{"a":{deep}}}"#), "32 levels"),
        (r#"{"a":1,"a":2}"#.to_owned(), "twice"),
    ] {
        let body = record(&data);
        let request = call(&app, Method::POST, "/api/v1/records", &token);
        let answer = request.header("content-type", "application/json").body(body).send();
        let answer = answer.await.unwrap();
        assert_eq!(answer.status(), 422, "{bound}");
        let text = answer.text().await.unwrap();
        assert!(text.contains("#too-much") && text.contains(bound), "{text}");

        let line = record(&data).replacen('{', r#"{"type":"record","#, 1);
        let fine = r#"{"type":"subject","id":"u-fine"}"#;
        let request = call(&app, Method::POST, "/api/v1/bulk", &token);
        let lines = format!("{line}\n{fine}\n");
        let request = request.header("content-type", "application/x-ndjson").body(lines);
        let text = request.send().await.unwrap().text().await.unwrap();
        let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        assert_eq!((&last["done"], &last["refused"]), (&json!(true), &json!(1)), "{text}");
        assert!(text.contains("#too-much") && text.contains(bound), "{text}");
    }
    // An answer quotes no more than a little of what was sent.
    let long = format!(r#"{{"id":"{}","what":1}}"#, "x".repeat(100));
    let wrong = format!(r#"{{"id":["{}"]}}"#, "x".repeat(900_000));
    let named = record("{}").replace("u-sam", &"u".repeat(900_000));
    for body in [long, wrong, named] {
        let request = call(&app, Method::POST, "/api/v1/records", &token);
        let answer = request.header("content-type", "application/json").body(body).send();
        let answer = answer.await.unwrap();
        assert!(answer.status().is_client_error());
        assert!(answer.text().await.unwrap().len() < 1_500);
    }
}
