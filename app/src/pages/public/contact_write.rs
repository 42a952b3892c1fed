//! The contact form (L4, E6). A page of its own, since the one with the addresses
//! is the same for everybody and kept in memory, and this one says when it was
//! handed out.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::Response;
use domain::words::Words;
use engine::contact::{self, Draft, Handing, LONGEST, Reason, Sent, Typed, Wrong};
use engine::policies;
use leptos::prelude::*;
use serde::Deserialize;

use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, hidden, send};
use crate::visit::Visit;

/// What is sent.
#[derive(Deserialize)]
pub struct Answers {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    text: String,
    /// When the form was handed out, signed.
    #[serde(default)]
    form: String,
    /// A field that no person sees.
    #[serde(default)]
    website: String,
}

/// What the last page tells of.
#[derive(Deserialize)]
pub struct Which {
    /// Whether the address was just confirmed.
    #[serde(default)]
    confirmed: Option<String>,
}

/// What a link to the form fills in.
#[derive(Default, Deserialize)]
pub struct Begun {
    /// The name of a reason.
    #[serde(default)]
    reason: String,
}

/// Why a form is handed out once more though nothing in it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hurdle {
    /// It came back very soon.
    Soon,
    /// It was open for long, or is not from here.
    Late,
    /// The field that nobody sees was filled in, perhaps by a password manager.
    Unseen,
    /// Too much was sent from here, or to this address; how many seconds to wait.
    TooMany(u32),
}

impl Hurdle {
    fn of(sent: Sent, unseen: &str) -> Option<Hurdle> {
        match sent {
            Sent::Soon => Some(Hurdle::Soon),
            Sent::Late => Some(Hurdle::Late),
            Sent::WellTimed if !unseen.is_empty() => Some(Hurdle::Unseen),
            // Whoever fills it in will do so every time.
            Sent::WellTimed | Sent::Again => None,
        }
    }

    fn said(self, words: Words) -> String {
        match self {
            Hurdle::Soon => words.text("write-soon"),
            Hurdle::Late => words.text("write-late"),
            Hurdle::Unseen => words.text("write-unseen"),
            Hurdle::TooMany(seconds) => {
                words.with("write-too-many", &[("seconds", seconds.into())])
            }
        }
    }
}

/// `GET /contact/write`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    begun: Result<Query<Begun>, QueryRejection>,
) -> Result<Response, Trouble> {
    offered(&portal, &visit).await?;
    let token = contact::form_token(&portal.engine, &visit.scope, Handing::First).await?;
    let reason = begun.map(|Query(begun)| begun.reason).unwrap_or_default();
    let form = FormState::filled([("form", token), ("reason", reason)]);
    Ok(respond::html(writing(&visit.chrome_in_all(), &form, None)))
}

/// `POST /contact/write`
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    answers: Result<Form<Answers>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(answers) = answers.map_err(|_| Trouble::Unprocessable)?;
    offered(&portal, &visit).await?;
    let chrome = visit.chrome_in_all();
    let sent = contact::look(&portal.engine, &visit.scope, &answers.form).await?;
    let hurdle = Hurdle::of(sent, &answers.website);
    let typed = Typed {
        name: &answers.name,
        email: &answers.email,
        reason: &answers.reason,
        about: &answers.about,
        text: &answers.text,
    };
    let draft = match (Draft::parse(typed), hurdle) {
        (Ok(draft), None) => draft,
        (parsed, hurdle) => {
            let mut form = refilled(chrome.words, &answers, parsed.err().unwrap_or_default());
            if hurdle.is_some() {
                let token =
                    contact::form_token(&portal.engine, &visit.scope, Handing::Again).await?;
                form.values.insert("form".to_owned(), token);
            }
            return Ok(respond::unprocessable(writing(&chrome, &form, hurdle)));
        }
    };
    match portal.limits.mailing_to(&portal.engine, &visit, draft.email()).await {
        Ok(()) => {}
        Err(Trouble::TooMany { seconds }) => {
            let form = refilled(chrome.words, &answers, Vec::new());
            let page = writing(&chrome, &form, Some(Hurdle::TooMany(seconds)));
            return Ok(respond::too_many(page, seconds));
        }
        Err(trouble) => return Err(trouble),
    }
    contact::receive(&portal.engine, &visit.scope, &draft).await?;
    Ok(respond::redirect(&chrome.href(paths::CONTACT_SENT)))
}

/// `GET /contact/sent`: what happens next.
pub async fn sent(visit: Visit, Query(which): Query<Which>) -> Response {
    let chrome = visit.chrome_in_all();
    let words = chrome.words;
    let confirmed = which.confirmed.is_some();
    let title = words.text(if confirmed { "write-confirmed-title" } else { "write-sent-title" });
    let text = words.text(if confirmed { "write-confirmed-text" } else { "write-sent-text" });
    respond::html(page(&chrome, &title, || {
        let more = (!confirmed).then(|| view! { <p>{words.text("write-sent-confirm")}</p> });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{text}</p>
                {more}
                <p class="quiet"><a href=chrome.href(paths::CENTRE)>{words.text("error-home")}</a></p>
            </div>
        }
    }))
}

/// There is a form where the policy in force has a place for what it brings.
async fn offered(portal: &Portal, visit: &Visit) -> Result<(), Trouble> {
    let version = policies::in_force(&portal.engine, &visit.scope).await?;
    version
        .is_some_and(|version| contact::category(&version.document.facts).is_some())
        .then_some(())
        .ok_or(Trouble::NotFound)
}

fn refilled(words: Words, answers: &Answers, wrong: Vec<Wrong>) -> FormState {
    let mut form = FormState::filled([
        ("name", &answers.name),
        ("email", &answers.email),
        ("reason", &answers.reason),
        ("about", &answers.about),
        ("text", &answers.text),
        ("form", &answers.form),
    ]);
    for wrong in wrong {
        let message = match &wrong {
            Wrong::LongName => words.text("write-name-long"),
            Wrong::Email => words.text("sign-in-email-missing"),
            Wrong::Reason => words.text("write-reason-missing"),
            Wrong::About => words.text("write-about-wrong"),
            Wrong::Empty => words.text("write-text-missing"),
            Wrong::TooLong => words.with("write-text-long", &[("most", LONGEST.into())]),
            Wrong::Controls(_) => words.text("write-controls"),
            Wrong::Card(_, card) => words.with("write-card", &[("card", card.clone().into())]),
        };
        form = form.wrong(wrong.field(), message);
    }
    form.in_order(&["reason", "about", "text", "name", "email"])
}

fn writing(chrome: &Chrome, form: &FormState, hurdle: Option<Hurdle>) -> String {
    let words = chrome.words;
    let title = words.text("write-title");
    page(chrome, &form.title(words, &title), || {
        let options = Reason::ALL
            .into_iter()
            .map(|reason| ChoiceOption {
                value: reason.name().to_owned(),
                label: words.text(&format!("write-reason-{}", reason.name())),
                note: words.find(&format!("write-reason-{}-about", reason.name())),
            })
            .collect();
        let reason = Choice {
            name: "reason",
            legend: words.text("write-reason"),
            hint: None,
            options,
            several: false,
        };
        view! {
            <div class="column">
                {form.summary(words)}
                {hurdle.map(|hurdle| view! {
                    <p class="notice" role="alert" tabindex="-1" autofocus=form.is_right()>{hurdle.said(words)}</p>
                })}
                <p class="eyebrow"><a href=chrome.href(paths::CONTACT)>{words.text("contact-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("write-intro")}</p>
                <form method="post" action=chrome.href(paths::CONTACT_WRITE) novalidate=true>
                    {reason.view(words, form)}
                    {Field::new("about", Kind::Email, words.text("write-about"))
                        .hint(words.text("write-about-hint")).optional().view(words, form)}
                    {Field::new("text", Kind::Lines, words.text("write-text"))
                        .hint(words.text("write-text-hint")).view(words, form)}
                    {Field::new("name", Kind::Text, words.text("write-name"))
                        .autocomplete("name").optional().view(words, form)}
                    {Field::new("email", Kind::Email, words.text("field-email"))
                        .hint(words.text("write-email-hint"))
                        .autocomplete("email").view(words, form)}
                    <div hidden=true>
                        <label for="website">{words.text("write-website")}</label>
                        <input id="website" name="website" type="text" autocomplete="off" tabindex="-1"
                            data-1p-ignore="" data-bwignore="" data-lpignore="true" data-form-type="other"/>
                    </div>
                    {hidden("form", form.value("form"))}
                    {send(words.text("write-send"))}
                </form>
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;

    use super::*;

    #[test]
    fn every_reason_and_mistake_has_its_words() {
        let all = [
            Wrong::LongName,
            Wrong::Email,
            Wrong::Reason,
            Wrong::About,
            Wrong::Empty,
            Wrong::TooLong,
            Wrong::Controls("text"),
            Wrong::Card("text", "…4242".into()),
        ];
        for language in Language::ALL {
            let words = Words::new(language);
            for reason in Reason::ALL {
                let id = format!("write-reason-{}", reason.name());
                assert!(words.find(&id).is_some(), "{id}");
                let id = format!("message-reason-{}", reason.name());
                assert!(words.find(&id).is_some(), "{id}");
            }
            let none = || String::new();
            let answers = Answers {
                name: none(),
                email: none(),
                reason: none(),
                about: none(),
                text: none(),
                form: none(),
                website: none(),
            };
            let form = refilled(words, &answers, all.to_vec());
            assert_eq!(form.errors.len(), all.len());
            assert!(form.errors.iter().all(|(_, text)| !text.contains("Unknown")), "{form:?}");
        }
    }
}
