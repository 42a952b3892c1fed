//! Correcting what is held: which record, and what it should say.

use axum::extract::State;
use axum::response::Response;
use domain::identifiers::Slug;
use domain::requests::Right;
use engine::corrections::{self, CorrectError, Correctable, Wrong};
use engine::records::{Overview, overview};
use leptos::prelude::*;
use uuid::Uuid;

use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::sent_form::SentForm;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::{Field, FormState, Kind, button_link, hidden, send, send_as};
use crate::ui::held::fields::label;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// `GET /account/correct`: where what is wrong stands.
pub async fn choose(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let subject = visit.scope.own_subject()?;
    let overview = overview(&portal.engine, &visit.scope, subject).await?;
    Ok(respond::html(choosing(&visit.chrome_in_all(), overview.as_ref())))
}

/// `GET /account/correct/{id}`.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let record = find(&portal, &visit, id).await?;
    let form = FormState::filled(
        record.fields.iter().map(|field| (input_name(&field.name), field.value.clone())),
    );
    Ok(respond::html(correcting(&visit.chrome_in_all(), id, &record, &form)))
}

/// `POST /account/correct/{id}`.
pub async fn submit(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    sent: SentForm,
) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::NotFound)?;
    let record = find(&portal, &visit, id).await?;
    let mut form = sent.state();
    let typed: Vec<(String, String)> = record
        .fields
        .iter()
        .filter_map(|field| {
            let typed = form.values.get(&input_name(&field.name))?;
            Some((field.name.clone(), typed.clone()))
        })
        .collect();
    let (engine, scope) = (&portal.engine, &visit.scope);
    let chrome = visit.chrome_in_all();
    let first = record.fields.first().map(|field| input_name(&field.name)).unwrap_or_default();
    match corrections::correct(engine, scope, id, sent.one("seen"), &typed).await {
        Ok(done) => {
            let mut named = Vec::new();
            named.extend(done.changed.map(|id| format!("changed={id}")));
            named.extend(done.proposed.map(|id| format!("proposed={id}")));
            let path = format!("{}?{}", paths::CORRECTED, named.join("&"));
            return Ok(respond::redirect(&chrome.href(&path)));
        }
        Err(CorrectError::Wrong(all)) => {
            for (field, why) in all {
                form = form.wrong(&input_name(&field), chrome.text(wrong(why)));
            }
        }
        Err(CorrectError::Nothing) => form = form.wrong(&first, chrome.text("correct-nothing")),
        Err(CorrectError::Stale) => form = form.wrong(&first, chrome.text("correct-stale")),
        Err(CorrectError::Frozen) => form = form.wrong(&first, chrome.text("correct-frozen")),
        Err(CorrectError::Unknown) => return Err(Trouble::NotFound),
        Err(CorrectError::Failure(failure)) => return Err(failure.into()),
    }
    Ok(respond::unprocessable(correcting(&chrome, id, &record, &form)))
}

async fn find(portal: &Portal, visit: &Visit, id: Uuid) -> Result<Correctable, Trouble> {
    let found = corrections::correctable(&portal.engine, &visit.scope, id).await?;
    found.ok_or(Trouble::NotFound)
}

fn wrong(why: Wrong) -> &'static str {
    match why {
        Wrong::Long => "correct-wrong-long",
        Wrong::Characters => "correct-wrong-characters",
        Wrong::Number => "correct-wrong-number",
        Wrong::Card => "correct-wrong-card",
        Wrong::Password => "correct-wrong-password",
    }
}

/// What a field is called in the form. Sources name fields as they like; an address
/// within a page has no spaces.
fn input_name(field: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => c.to_string(),
        other => format!("_{:x}", u32::from(other)),
    };
    format!("field-{}", field.chars().map(plain).collect::<String>())
}

fn choosing(chrome: &Chrome, overview: Option<&Overview>) -> String {
    let words = chrome.words;
    let title = words.text("correct-title");
    page(chrome, &title, || {
        let kinds = overview.map(|overview| {
            let document = &overview.version.document;
            let reader = Reader { document, words };
            overview
                .holdings
                .iter()
                .filter(|holding| holding.own.amount > 0)
                .filter_map(|holding| holding.category.parse::<Slug>().ok())
                .map(|category| {
                    let href = chrome.href(&paths::CATEGORY.of(category.as_str()));
                    view! { <li><a href=href lang=reader.foreign_category(&category)>{reader.category(&category)}</a></li> }
                })
                .collect_view()
        });
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::ACCOUNT)>{words.text("account-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("correct-choose")}</p>
                <ul class="own-requests">{kinds}</ul>
                <h2>{words.text("correct-other-title")}</h2>
                <p>{words.text("correct-address")}" "
                    <a href=chrome.href(paths::OWN_SIGN_IN)>{words.text("correct-address-link")}</a></p>
                <p>{words.text("correct-other")}</p>
                <form class="inline" method="post" action=chrome.href(paths::OWN_REQUESTS)>
                    {hidden("right", Right::Correction.name())}
                    {send_as("by", "portal", words.text("requests-ask-correction"))}
                </form>
            </div>
        }
    })
}

fn correcting(chrome: &Chrome, id: Uuid, record: &Correctable, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("correct-title");
    page(chrome, &form.title(words, &title), || {
        let field = |field: &corrections::Field| {
            let hint = if field.at_once { "correct-at-once" } else { "correct-by-staff" };
            let lines = field.value.contains('\n') || field.value.chars().count() > 80;
            let kind = if lines { Kind::Lines } else { Kind::Text };
            let shown = Field::new(input_name(&field.name), kind, label(words, &field.name));
            shown.hint(words.text(hint)).autocomplete("off").view(words, form)
        };
        let (now, later): (Vec<_>, Vec<_>) = record.fields.iter().partition(|it| it.at_once);
        let back = chrome.href(&paths::CATEGORY.of(record.category.as_str()));
        let body = if record.fields.is_empty() {
            view! { <p>{words.text("correct-no-fields")}</p> }.into_any()
        } else {
            view! {
                <form method="post" action=chrome.href(&paths::CORRECT_RECORD.of(id)) novalidate=true>
                    {hidden("seen", record.seen.clone())}
                    {now.into_iter().map(field).collect_view()}
                    {later.into_iter().map(field).collect_view()}
                    <div class="buttons">
                        {send(words.text("correct-send"))}
                        {button_link(back.clone(), words.text("correct-cancel"))}
                    </div>
                </form>
            }
            .into_any()
        };
        view! {
            <div class="column">
                <p class="eyebrow"><a href=back.clone()>{words.text("correct-back")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("correct-intro")}</p>
                {body}
            </div>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_told_apart_and_fit_into_a_page() {
        assert_eq!(input_name("job-title"), "field-job-title");
        assert_eq!(input_name("a b"), "field-a_20b");
        assert_ne!(input_name("a_20b"), input_name("a b"));
    }
}
