//! Nobody of one tenant gets anything of another: every route, as every role,
//! with every kind of id that the other tenant has. `make test` prints the
//! table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

use ::app::routes::{Route, routes};
use domain::roles::Role;
use engine::accounts::{self, Caller, Confirmed, Secret, Task};
use engine::records::open_page;
use engine::{Actor, Engine, Scope, contact, corrections, erasure, exports, subjects, webhooks};
use jiff::tz::TimeZone;
use reqwest::{Method, Response};
use uuid::Uuid;

use crate::app::{NOW, TestApp};

/// What stands in a route's address. A route with another parameter fails the
/// test until it is said here what the other tenant has of that kind.
const PARAMETERS: &[&str] = &["number", "code", "slug", "id", "purpose", "secret", "file", "other"];

/// What only the other tenant knows: if a page says one of these, it leaks.
const THEIRS: &[&str] = &[
    "Bayou Pumps",
    "Sam Rivera",
    "sam.rivera@",
    "Mia Tran",
    "admin@lumina-erp",
    "newcomer@",
    "words of theirs",
];

/// The other tenant's ids, by the kind of thing they name.
struct Theirs {
    ids: BTreeMap<&'static str, String>,
    session: Secret,
    scope: Scope,
}

#[tokio::test]
async fn l12_e20_no_route_gives_anybody_anything_of_another_tenant() {
    let app = TestApp::start().await;
    let theirs = theirs(&app).await;
    let before = state(&app, &theirs).await;
    let mut visitors = vec![("visitor", None)];
    for role in Role::ALL {
        visitors.push((role.name(), Some(role)));
    }
    let mut table = String::new();
    let heads: Vec<&str> = visitors.iter().map(|(name, _)| *name).collect();
    let _ = writeln!(table, "\n{:64} {}", "own route, the other tenant's ids", heads.join("  "));
    let mut routes = routes();
    // Nobody's data is there any more after it.
    routes.sort_by_key(|route| route.path == "/account/delete" && route.method == "POST");
    for route in routes {
        let mut cells = String::new();
        for (name, role) in &visitors {
            let mut answers = BTreeSet::new();
            // One for each route: some routes end it.
            let cookie = match role {
                Some(role) => Some(session(&app, &route, role.name()).await),
                None => None,
            };
            for path in paths(&route, &theirs) {
                let answer = call(&app, &route, &path, cookie.as_deref()).await;
                let status = answer.status().as_u16();
                let place = format!("{} {path} as {name}", route.method);
                assert!(status < 500 || status == 503, "{place}: {status}");
                if !route.permission.granted_to(*role) {
                    let refused = if role.is_some() { 403 } else { 303 };
                    assert_eq!(status, refused, "{place}");
                }
                let location = answer.headers().get("location").cloned();
                let page = answer.text().await.unwrap_or_default();
                // What is published is everybody's, at its own host.
                for told in THEIRS {
                    assert!(!page.contains(told), "{place} tells “{told}”");
                }
                assert!(location.is_none_or(|to| to.to_str().unwrap().starts_with('/')), "{place}");
                answers.insert(status);
            }
            let answers: Vec<String> = answers.iter().map(u16::to_string).collect();
            let _ = write!(cells, "{:width$}  ", answers.join("/"), width = name.len());
        }
        let _ = writeln!(
            table,
            "{:64} {}",
            format!("{} {}", route.method, route.path),
            cells.trim_end()
        );
    }
    app.work().await;
    assert_eq!(state(&app, &theirs).await, before, "something of the other tenant has changed");
    // Past the test harness, which keeps what passing tests print to itself.
    let _ = std::io::stderr().write_all(table.as_bytes());
}

/// The route with every id that could stand in it.
fn paths(route: &Route, theirs: &Theirs) -> Vec<String> {
    let parameters: Vec<&str> = route
        .path
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default())
        .collect();
    for parameter in &parameters {
        assert!(PARAMETERS.contains(parameter), "{}: what is {{{parameter}}}?", route.path);
    }
    match parameters.as_slice() {
        [] => vec![route.path.to_owned()],
        // Both are of the other tenant.
        [one, "other"] => {
            let ids = theirs.ids.values();
            ids.map(|id| route.path.replace(&format!("{{{one}}}"), id).replace("{other}", id))
                .collect()
        }
        [_, _, ..] => ["sign-up", "reset", "address", "invitation", "message"]
            .iter()
            .map(|purpose| {
                let secret = &theirs.ids["secret of a link"];
                route.path.replace("{purpose}", purpose).replace("{secret}", secret)
            })
            .collect(),
        [one] => {
            theirs.ids.values().map(|id| route.path.replace(&format!("{{{one}}}"), id)).collect()
        }
    }
}

/// A session of the first tenant, with the route's task confirmed.
async fn session(app: &TestApp, route: &Route, role: &str) -> String {
    let session = app.sign_in("lumaire", role).await;
    if let Some(task) = route.task {
        app.confirm("lumaire", &session, task.name()).await;
    }
    session
}

async fn call(app: &TestApp, route: &Route, path: &str, cookie: Option<&str>) -> Response {
    let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
    let posts = method == Method::POST;
    let mut request = app.request(method, "lumaire", path);
    if posts {
        request = request.form(&[("role", "auditor"), ("revision", "0"), ("by", "portal")]);
    }
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    request.send().await.unwrap()
}

/// Makes one of everything at the other tenant that has an id.
async fn theirs(app: &TestApp) -> Theirs {
    let engine = &app.engine;
    let tenant = engine.directory.tenants().into_iter().find(|t| t.slug == "lumina-erp").unwrap();
    let visitor = Scope {
        tenant: tenant.id,
        zone: TimeZone::UTC,
        actor: Actor::Visitor,
        language: Default::default(),
        now: NOW,
        request_id: Uuid::now_v7(),
    };
    let (sam, token) = customer(app, &visitor, "u-sam", "sam.rivera@example.org").await;
    let (mia, mias) = customer(app, &visitor, "u-mia", "mia.tran@example.org").await;
    let export = exports::ask(engine, &sam).await.unwrap();
    let account = "account".parse().unwrap();
    let subject = sam.own_subject().unwrap();
    let record = open_page(engine, &sam, subject, &account, None, 1).await.unwrap()[0].id;
    let seen = corrections::correctable(engine, &sam, record).await.unwrap().unwrap().seen;
    let typed = [("email".to_owned(), "sam@example.org".to_owned())];
    let corrected = corrections::correct(engine, &sam, record, &seen, &typed).await.unwrap();
    let request = corrected.proposed.unwrap();
    let confirmed = confirmed(app, &mia, &mias).await;
    let receipt = erasure::ask(engine, &mia, confirmed).await.unwrap().receipt;
    let operator = Scope { actor: Actor::Operator, ..visitor.clone() };
    let settings = Confirmed::at_the_machine(&operator, Task::Settings).unwrap();
    let newcomer = "newcomer@example.org".parse().unwrap();
    accounts::invite(engine, &operator, settings, &newcomer, Role::Editor).await.unwrap();
    accounts::ask_for_link(engine, &visitor, &"sam.rivera@example.org".parse().unwrap())
        .await
        .unwrap();
    app.work().await;
    let link = app.mails("sam.rivera@example.org").pop().unwrap();
    let (_, secret) = link.split_once("/confirm/reset/").unwrap();
    let typed = contact::Typed {
        name: "",
        email: "stranger@example.org",
        reason: "child",
        about: "",
        text: "words of theirs",
    };
    let draft = contact::Draft::parse(typed).ok().unwrap();
    let message = contact::receive(engine, &visitor, &draft).await.unwrap().unwrap();
    app.work().await;
    let (members, invitations) = accounts::staff(engine, &operator).await.unwrap();
    let described = webhooks::Described {
        url: "https://1.1.1.1/hook".to_owned(),
        description: "Bayou Pumps".to_owned(),
        events: vec!["erasure.done".to_owned()],
    };
    let (webhook, _) = webhooks::add(engine, &operator, settings, &described).await.unwrap();
    // Also what it mailed to their admins.
    app.work().await;
    // Years from now: nobody is asked here.
    let later = Scope { now: NOW.plus_seconds(100_000_000), ..operator.clone() };
    webhooks::test(engine, &later, webhook).await.unwrap();
    let sent = webhooks::deliveries(engine, &operator, webhook, None, 1).await.unwrap()[0].id;
    let own = accounts::own(engine, &sam, &token).await.unwrap();
    let ids = BTreeMap::from([
        ("export", export.to_string()),
        ("record", record.to_string()),
        ("request", request.to_string()),
        ("receipt", receipt.as_str().to_owned()),
        ("session", own.sessions[0].id.to_string()),
        ("webhook", webhook.to_string()),
        ("webhook delivery", sent.to_string()),
        ("staff", members[0].id.to_string()),
        ("invitation", invitations[0].id.to_string()),
        ("message", message.id.to_string()),
        ("subject", sam.own_subject().unwrap().to_string()),
        ("secret of a link", secret[..43].to_owned()),
        ("secret of a session", token.as_str().to_owned()),
        ("category", "call-recording".to_owned()),
        ("section", "contact".to_owned()),
        ("version", "2".to_owned()),
    ]);
    Theirs { ids, session: token, scope: visitor }
}

async fn customer(app: &TestApp, visitor: &Scope, id: &str, email: &str) -> (Scope, Secret) {
    let password = app.logins.password.clone().into();
    let address = email.parse().unwrap();
    let begun =
        accounts::sign_in(&app.engine, visitor, &address, password, &Caller::default(), None)
            .await
            .unwrap();
    let token = begun.signed_in().unwrap();
    let session = accounts::session(&app.engine, visitor, &token).await.unwrap().unwrap();
    let subject = subjects::find(&app.engine, &visitor.as_portal(), id).await.unwrap();
    let actor = Actor::Account { id: session.account, role: Role::Customer, subject };
    (Scope { actor, ..visitor.clone() }, token)
}

async fn confirmed(app: &TestApp, scope: &Scope, token: &Secret) -> Confirmed {
    let engine: &Engine = &app.engine;
    let password = app.logins.password.clone().into();
    accounts::confirm_by_password(engine, scope, token, Task::Deletion, password).await.unwrap();
    let session = accounts::session(engine, scope, token).await.unwrap().unwrap();
    session.confirmed(Task::Deletion, NOW).unwrap()
}

/// How many rows the other tenant has in each table, and whether its session
/// and its link are still good.
async fn state(app: &TestApp, theirs: &Theirs) -> String {
    let session = accounts::session(&app.engine, &theirs.scope, &theirs.session).await.unwrap();
    let secret = Secret::parse(&theirs.ids["secret of a link"]).unwrap();
    let opened = accounts::Opened {
        purpose: accounts::Purpose::Reset,
        secret: &secret,
        host: "lumina-erp.localhost",
    };
    let link = accounts::is_good(&app.engine, &theirs.scope, &opened).await.unwrap();
    assert!(session.is_some() && link);
    format!("{:?}", app.rows_of(theirs.scope.tenant).await)
}
