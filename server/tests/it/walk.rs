//! Walks the pages of every role as a browser does, to all of their forms.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ::app::routes::routes;
use domain::roles::{Permission, Role};
use engine::accounts::{self, Confirmed, Task};
use engine::{Actor, Scope, contact, webhooks};
use jiff::tz::TimeZone;
use reqwest::{Method, Response};
use uuid::Uuid;

use crate::app::{NOW, TestApp, cookie};
use crate::forms::{Page, PageForm};

/// How many pages of one route are looked at: they differ in their ids.
const OF_ROUTE: usize = 3;

/// A form, where it stands and who sees it.
pub struct Found {
    pub role: &'static str,
    pub page: String,
    pub form: PageForm,
}

/// A browser: its cookie, and where it is told to go.
pub struct Browser<'a> {
    pub app: &'a TestApp,
    pub cookie: Option<String>,
}

impl Browser<'_> {
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        form: &[(String, String)],
    ) -> Response {
        let mut request = self.app.request(method.clone(), "lumaire", path);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if method == Method::POST {
            request = request.form(form);
        }
        let answer = request.send().await.unwrap();
        if let Some(set) = cookie(&answer) {
            self.cookie = Some(set.split(';').next().unwrap().to_owned());
        }
        answer
    }

    /// The page, after confirming what it asks for.
    pub async fn get(&mut self, path: &str) -> Option<String> {
        let answer = self.send(Method::GET, path, &[]).await;
        let answer = match location(&answer) {
            Some(to) if to.starts_with("/account/confirm?task=") => {
                let task = to.split(['=', '&']).nth(1).unwrap();
                let session = self.cookie.clone().unwrap();
                self.app.confirm("lumaire", &session, task).await;
                self.send(Method::GET, path, &[]).await
            }
            _ => answer,
        };
        let html = answer
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        (answer.status() == 200 && html).then_some(())?;
        Some(answer.text().await.unwrap())
    }

    pub async fn sign_in(&mut self, role: &str, next: &str) -> Response {
        let logins = &self.app.logins;
        let login = logins.accounts.iter().find(|it| it.tenant == "lumaire" && it.role == role);
        let form = [
            ("email", login.unwrap().email.clone()),
            ("password", logins.password.clone()),
            ("next", next.to_owned()),
        ];
        let form = form.map(|(name, value)| (name.to_owned(), value));
        self.send(Method::POST, "/sign-in", &form).await
    }
}

pub fn location(answer: &Response) -> Option<String> {
    answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned())
}

/// Every form that needs a session.
pub fn forms_of_the_table() -> BTreeSet<&'static str> {
    let open = [Permission::ReadPublic, Permission::SignIn];
    routes()
        .into_iter()
        .filter(|route| route.method == "POST" && !open.contains(&route.permission))
        .map(|route| route.path)
        .collect()
}

/// Follows the links of every role, and answers the forms by their routes.
pub async fn walk(app: &TestApp) -> BTreeMap<&'static str, Found> {
    let table = forms_of_the_table();
    let all = routes();
    let pages: Vec<&str> =
        all.iter().filter(|it| it.method == "GET" && !it.kept).map(|it| it.path).collect();
    let mut found = BTreeMap::new();
    for role in ["customer", "admin"] {
        let mut browser = Browser { app, cookie: None };
        browser.sign_in(role, "/").await;
        let home = if role == "customer" { "/account" } else { "/studio/policy" };
        let mut waiting: VecDeque<String> =
            [home, "/requests", "/desk", "/account/choices"].map(str::to_owned).into();
        let mut seen = BTreeSet::new();
        let mut of_route: BTreeMap<&str, usize> = BTreeMap::new();
        while let Some(path) = waiting.pop_front() {
            let route = pages.iter().find(|it| matches(it, path.split('?').next().unwrap()));
            let Some(route) = route else { continue };
            let looked_at = of_route.entry(route).or_default();
            if *looked_at == OF_ROUTE || !seen.insert(path.clone()) {
                continue;
            }
            *looked_at += 1;
            let Some(html) = browser.get(&path).await else { continue };
            let Page { links, forms } = Page::of(&html);
            for form in forms {
                let action = form.action.split('?').next().unwrap().to_owned();
                // On every page, and it would end the walk.
                if action == "/sign-out" {
                    continue;
                }
                let Some(route) = table.iter().copied().find(|it| matches(it, &action)) else {
                    continue;
                };
                found.entry(route).or_insert(Found { role, page: path.clone(), form });
            }
            let here = ["/account", "/studio", "/desk", "/requests"];
            let links = links.into_iter().map(|link| link.split('#').next().unwrap().to_owned());
            waiting.extend(links.filter(|link| {
                here.iter().any(|start| link.starts_with(start))
                    && !link.contains("lang=")
                    && !link.ends_with("/zip")
            }));
        }
    }
    found
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(part, real)| part.starts_with('{') || *part == real)
}

/// What the demo does not have.
pub async fn one_of_everything(app: &TestApp) {
    let engine = &app.engine;
    let tenant = engine.directory.tenants().into_iter().find(|it| it.slug == "lumaire").unwrap();
    let operator = Scope {
        tenant: tenant.id,
        zone: TimeZone::UTC,
        actor: Actor::Operator,
        language: Default::default(),
        now: NOW,
        request_id: Uuid::now_v7(),
    };
    let settings = Confirmed::at_the_machine(&operator, Task::Settings).unwrap();
    let newcomer = "newcomer@example.org".parse().unwrap();
    accounts::invite(engine, &operator, settings, &newcomer, Role::Editor).await.unwrap();
    let described = webhooks::Described {
        url: "https://1.1.1.1/hook".to_owned(),
        description: "Pumps".to_owned(),
        events: vec!["erasure.done".to_owned()],
    };
    webhooks::add(engine, &operator, settings, &described).await.unwrap();
    let customer =
        app.logins.accounts.iter().find(|it| it.tenant == "lumaire" && it.role == "customer");
    let typed = contact::Typed {
        name: "",
        email: "stranger@example.org",
        reason: "child",
        about: &customer.unwrap().email,
        text: "She is twelve.",
    };
    let visitor = Scope { actor: Actor::Visitor, ..operator.clone() };
    let draft = contact::Draft::parse(typed).ok().unwrap();
    contact::receive(engine, &visitor, &draft).await.unwrap().unwrap();
    let mut admin = Browser { app, cookie: None };
    admin.sign_in("admin", "/").await;
    type Sent = (&'static str, &'static str, &'static [(&'static str, &'static str)]);
    let forms: [Sent; 2] = [
        (
            "settings",
            "/studio/tokens/new",
            &[("name", "CRM"), ("grants", "read"), ("lifetime", "30")],
        ),
        ("", "/desk/holds", &[("person", ""), ("category", "account"), ("until", "")]),
    ];
    for (task, path, form) in forms {
        if !task.is_empty() {
            app.confirm("lumaire", admin.cookie.as_ref().unwrap(), task).await;
        }
        let form: Vec<_> = form.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let answer = admin.send(Method::POST, path, &form).await;
        assert!(answer.status().as_u16() < 400, "{path}: {}", answer.text().await.unwrap());
    }
    // A provider, and a proposal for the desk.
    let mut person = Browser { app, cookie: None };
    person.sign_in("customer", "/").await;
    let page = person.get("/account/category/account").await.unwrap();
    let link = Page::of(&page).links.into_iter().find(|it| it.starts_with("/account/correct/"));
    let link = link.expect("something to correct");
    let form = Page::of(&person.get(&link).await.unwrap()).forms;
    let form = form.into_iter().find(|form| form.action == link).unwrap();
    let fields: Vec<_> = form
        .fields
        .into_iter()
        .map(|field| match field.name.as_str() {
            "field-email" => (field.name, "ada.new@example.org".to_owned()),
            _ => (field.name, field.value),
        })
        .collect();
    let answer = person.send(Method::POST, &link, &fields).await;
    assert_eq!(answer.status(), 303, "a proposal");
}
