//! The API for people: every operation, what it takes, and what can go wrong.

use leptos::prelude::*;

use crate::paths;
use crate::ui::chrome::{Chrome, page};

/// An operation of the API.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// What it does.
    pub about: String,
    /// The grants of which the token must have one.
    pub grants: Vec<String>,
    /// What stands in the path, the query or a header.
    pub parameters: Vec<Parameter>,
    /// The fields of the body.
    pub body: Vec<Parameter>,
}

/// A parameter or a field.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Whether it has to be there.
    pub needed: bool,
}

/// The page. What integrators read is in English, as the description is.
pub fn api(chrome: &Chrome, operations: &[Operation], problems: &[(&str, &str)]) -> String {
    let words = chrome.words;
    let title = words.text("api-title");
    page(chrome, &title, || {
        let contents = operations
            .iter()
            .map(|operation| {
                let name = format!("{} {}", operation.method, operation.path);
                view! { <li><a href=format!("#{}", anchor(operation))><code>{name}</code></a></li> }
            })
            .collect_view();
        let problems = problems
            .iter()
            .map(|(code, title)| {
                view! { <div id=code.to_string()><dt><code>{code.to_string()}</code></dt><dd lang="en">{title.to_string()}</dd></div> }
            })
            .collect_view();
        let kinds = domain::kinds::KINDS
            .iter()
            .map(|kind| {
                let href = paths::kind(kind.name);
                view! { <li><a href=href><code>{kind.name}</code></a></li> }
            })
            .collect_view();
        view! {
            <div class="column api">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("api-intro")}</p>
                <p>{words.text("api-token")}</p>
                <pre tabindex="0"><code>{EXAMPLE}</code></pre>
                <p><a href="/api/v1/openapi.json">{words.text("api-openapi")}</a></p>
                <h2>{words.text("api-operations")}</h2>
                <ul class="links">{contents}</ul>
                {operations.iter().map(|operation| one(chrome, operation)).collect_view()}
                <h2 id="kinds">{words.text("api-kinds")}</h2>
                <p>{words.text("api-kinds-about")}</p>
                <ul class="links">{kinds}</ul>
                <h2 id="problems">{words.text("api-problems")}</h2>
                <p>{words.text("api-problems-about")}</p>
                <dl class="fields">{problems}</dl>
            </div>
        }
    })
}

const EXAMPLE: &str = "curl -X PUT https://privacy.example/api/v1/subjects/u-1 \\\n  \
    -H 'Authorization: Bearer candor_…' -H 'Content-Type: application/json' \\\n  \
    -d '{\"email\":\"ada.winter@example.org\",\"name\":\"Ada Winter\"}'";

fn one(chrome: &Chrome, operation: &Operation) -> AnyView {
    let words = chrome.words;
    let grant = match operation.grants.as_slice() {
        [only] => words.with("api-needs", &[("grant", only.clone().into())]),
        several => words.with("api-needs-one", &[("grants", several.join(", ").into())]),
    };
    view! {
        <section id=anchor(operation)>
            <h3><code>{operation.method.clone()}" "{operation.path.clone()}</code></h3>
            <p lang="en">{operation.about.clone()}</p>
            <p class="quiet">{grant}</p>
            {fields(chrome, "api-parameters", &operation.parameters)}
            {fields(chrome, "api-body", &operation.body)}
        </section>
    }
    .into_any()
}

fn fields(chrome: &Chrome, title: &'static str, fields: &[Parameter]) -> Option<AnyView> {
    let words = chrome.words;
    let rows = fields
        .iter()
        .map(|field| {
            let optional = (!field.needed).then(|| {
                view! { <small class="quiet">" ("{words.text("field-optional")}")"</small> }
            });
            view! {
                <div><dt><code>{field.name.clone()}</code>{optional}</dt><dd lang="en">{field.about.clone()}</dd></div>
            }
        })
        .collect_view();
    (!fields.is_empty())
        .then(|| view! { <h4>{words.text(title)}</h4><dl class="fields">{rows}</dl> }.into_any())
}

fn anchor(operation: &Operation) -> String {
    let path = operation.path.trim_start_matches("/api/v1/");
    let path: String =
        path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{}-{path}", operation.method.to_ascii_lowercase())
}
