//! Making a request: what people may ask for, how, and by when it is answered.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use domain::policy::facts::{Fact, RightPromise};
use domain::requests::Right;
use engine::contact;
use engine::policies::{self, Version};
use engine::requests::{self, Row};
use jiff::civil::Date;
use leptos::prelude::*;
use serde::Deserialize;

use crate::pages::account::request::state_view;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::facts::rights::{answered, named, regime};
use crate::ui::forms::{button_link, hidden, send_as};
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// What the button beside a right sends.
#[derive(Debug, Deserialize)]
pub struct RightForm {
    right: String,
}

/// A customer's own requests, with when they came; those that only a newer version has
/// words for by their reference.
struct Own {
    rows: Vec<(Date, Row)>,
    newer: Vec<(Date, String)>,
}

/// A right in plain words, with every promise about it, by whichever law.
struct Granted<'a> {
    right: Right,
    promises: Vec<&'a RightPromise>,
}

impl Granted<'_> {
    /// Under which right it is asked for: as the policy calls it first.
    fn asked_as(&self) -> Right {
        self.promises.first().map_or(self.right, |promise| promise.right)
    }
}

/// The rights, and a customer's own requests.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let version = policies::in_force(&portal.engine, &visit.scope).await?;
    let own = match visit.scope.own_subject() {
        Ok(_) => Some(requests::of_subject(&portal.engine, &visit.scope).await?),
        Err(_) => None,
    };
    let on = |at| visit.scope.date_of(at);
    let own = own.map(|page| Own {
        rows: page.rows.into_iter().map(|row| (on(row.received_at), row)).collect(),
        newer: page.newer.into_iter().map(|it| (on(it.received_at), it.reference)).collect(),
    });
    let page = view_of(&visit.chrome_in_all(), version.as_deref(), own.as_ref(), visit.today());
    Ok(respond::html(page))
}

/// Opens a request of somebody who is signed in.
pub async fn ask(
    State(portal): State<Portal>,
    visit: Visit,
    form: Result<Form<RightForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(form) = form.map_err(|_| Trouble::Unprocessable)?;
    let right = Right::named(&form.right)
        .filter(|right| way(*right) == Way::ByPerson)
        .ok_or(Trouble::Unprocessable)?;
    let opened = requests::ask(&portal.engine, &visit.scope, right).await?;
    Ok(respond::redirect(&visit.chrome_in_all().href(&paths::OWN_REQUEST.of(opened.id))))
}

/// How a right is used here by somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The portal does it at once, on this page.
    AtOnce(&'static str, &'static str),
    /// A person does it; a button opens the request.
    ByPerson,
    /// It needs no account, and no proof of who asks.
    ByMail,
}

/// The right that one law calls so, and another by its own name.
fn in_plain_words(right: Right) -> Right {
    match right {
        Right::KnowCategories | Right::KnowPieces => Right::Access,
        Right::Delete => Right::Erasure,
        Right::Correct => Right::Correction,
        other => other,
    }
}

fn way(right: Right) -> Way {
    match right {
        Right::Access | Right::KnowCategories | Right::KnowPieces => {
            Way::AtOnce(paths::ACCOUNT, "requests-see")
        }
        Right::Portability => Way::AtOnce(paths::EXPORTS, "account-download"),
        Right::Erasure | Right::Delete => Way::AtOnce(paths::DELETE, "account-delete"),
        Right::Correction | Right::Restriction | Right::Objection | Right::Correct => Way::ByPerson,
        Right::OptOut | Right::Limit | Right::Complaint => Way::ByMail,
    }
}

fn view_of(chrome: &Chrome, version: Option<&Version>, own: Option<&Own>, today: Date) -> String {
    let words = chrome.words;
    let title = words.text("requests-title");
    page(chrome, &title, || {
        let signed_in = own.is_some();
        let own = own.map(|own| own_requests(chrome, own, today));
        let rights = version.map(|version| {
            let reader = Reader { document: &version.document, words };
            rights_view(chrome, reader, signed_in)
        });
        let none = version.is_none().then(|| view! { <p>{words.text("requests-no-policy")}</p> });
        let signed_out = (!signed_in && chrome.viewer.is_none())
            .then(|| version.map(|version| without_account(chrome, version)));
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("requests-intro")}</p>
                {signed_out}
                {own}
                {none}
                {rights}
            </div>
        }
    })
}

/// What is so for whoever has no account: a person reads what they write.
fn without_account(chrome: &Chrome, version: &Version) -> AnyView {
    let words = chrome.words;
    let form = contact::category(&version.document.facts).map(|_| {
        let href = format!("{}?reason={}", paths::CONTACT_WRITE, contact::Reason::Data.name());
        button_link(chrome.href(&href), words.text("requests-write"))
    });
    let said = words.text(match form {
        Some(_) => "requests-signed-out",
        None => "requests-signed-out-by-mail",
    });
    let sign_in = chrome.href(&format!("{}?next={}", paths::SIGN_IN, paths::REQUESTS));
    view! {
        <p>{said}</p>
        <p>{words.text("requests-with-account")}</p>
        <p class="buttons">{form}{button_link(sign_in, words.text("requests-sign-in"))}</p>
    }
    .into_any()
}

fn own_requests(chrome: &Chrome, own: &Own, today: Date) -> AnyView {
    let words = chrome.words;
    let list = if own.rows.is_empty() && own.newer.is_empty() {
        view! { <p class="quiet">{words.text("requests-own-none")}</p> }.into_any()
    } else {
        let rows = own
            .rows
            .iter()
            .map(|(received, row)| {
                let href = chrome.href(&paths::OWN_REQUEST.of(row.id));
                let received = words.with("requests-received", &[("date", words.date(*received).into())]);
                view! {
                    <li>
                        <a href=href>{words.text(named(row.right))}</a>
                        {state_view(words, row, today)}
                        <span class="quiet">{received}" · "<span class="mono">{row.reference.clone()}</span></span>
                    </li>
                }
            })
            .collect_view();
        let newer = own
            .newer
            .iter()
            .map(|(received, reference)| {
                let received =
                    words.with("requests-received", &[("date", words.date(*received).into())]);
                view! {
                    <li>
                        {words.text("request-newer")}
                        <span class="quiet">{received}" · "<span class="mono">{reference.clone()}</span></span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="own-requests">{rows}{newer}</ul> }.into_any()
    };
    view! { <section><h2>{words.text("requests-own")}</h2>{list}</section> }.into_any()
}

fn rights_view(chrome: &Chrome, reader: Reader<'_>, signed_in: bool) -> AnyView {
    let mut granted: Vec<Granted<'_>> = Vec::new();
    for promise in reader.document.facts.rights.iter().filter(|right| right.states("right")) {
        let right = in_plain_words(promise.right);
        match granted.iter_mut().find(|granted| granted.right == right) {
            Some(granted) => granted.promises.push(promise),
            None => granted.push(Granted { right, promises: vec![promise] }),
        }
    }
    let contact = reader.document.privacy_contact().map(|contact| contact.email.to_string());
    let rights = granted
        .iter()
        .map(|granted| right_view(chrome, reader, granted, signed_in, contact.as_deref()))
        .collect_view();
    view! { <h2>{reader.words.text("fact-rights")}</h2><ul class="rights">{rights}</ul> }.into_any()
}

fn right_view(
    chrome: &Chrome,
    reader: Reader<'_>,
    granted: &Granted<'_>,
    signed_in: bool,
    contact: Option<&str>,
) -> AnyView {
    let words = reader.words;
    let mut descriptions: Vec<String> = granted
        .promises
        .iter()
        .filter(|promise| promise.states("description"))
        .map(|promise| {
            reader.label(format_args!("right.{}.description", promise.id), &promise.description)
        })
        .collect();
    descriptions.dedup();
    let described_in = granted
        .promises
        .first()
        .and_then(|promise| reader.foreign_label(format_args!("right.{}.description", promise.id)));
    let mut answers: Vec<String> = granted
        .promises
        .iter()
        .map(|promise| {
            let law = words.text(regime(promise.regime));
            match answered(reader, promise) {
                Some(answered) => words
                    .with("requests-answered", &[("when", answered.into()), ("law", law.into())]),
                None => words.with("requests-answered-by-law", &[("law", law.into())]),
            }
        })
        .collect();
    answers.dedup();
    let answers = answers.into_iter().map(|answer| view! { <p class="quiet">{answer}</p> });
    let by_mail = contact.map(|contact| {
        let said = words.text(if signed_in { "requests-or-by-mail" } else { "requests-by-mail" });
        view! { <span>{said}" "<a href=format!("mailto:{contact}")>{contact.to_owned()}</a></span> }
    });
    let here = match way(granted.right) {
        Way::AtOnce(path, label) if signed_in => Some(
            view! { <a class="button plain" href=chrome.href(path)>{words.text(label)}</a> }
                .into_any(),
        ),
        Way::ByPerson if signed_in => Some(
            view! {
                <form class="inline" method="post" action=chrome.href(paths::OWN_REQUESTS)>
                    {hidden("right", granted.asked_as().name())}
                    {send_as("by", "portal", words.text(asking(granted.right)))}
                </form>
            }
            .into_any(),
        ),
        _ => None,
    };
    view! {
        <li id=format!("right-{}", granted.right.name())>
            <h3>{words.text(named(granted.right))}</h3>
            <p lang=described_in>{descriptions.join(" ")}</p>
            {answers.collect_view()}
            <div class="buttons">{here}{by_mail}</div>
        </li>
    }
    .into_any()
}

/// The button that opens a request.
fn asking(right: Right) -> &'static str {
    match right {
        Right::Restriction => "requests-ask-restriction",
        Right::Objection => "requests-ask-objection",
        _ => "requests-ask-correction",
    }
}
