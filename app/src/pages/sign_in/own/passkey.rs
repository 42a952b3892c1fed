//! One of one's passkeys: its name, and removing it.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use engine::accounts::{self, OwnPasskey, PasskeyError, PasskeyName, Task};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::passkeys::{removed_before, since, trouble};
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::page;
use crate::ui::forms::{Field, FormState, Kind, send};
use crate::visit::Visit;

/// What the form sends.
#[derive(Deserialize)]
pub struct PasskeyNameForm {
    #[serde(default)]
    name: String,
}

/// `GET /account/sign-in/passkeys/{id}`
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let Some(own) = find(&portal, &visit, id).await? else {
        return removed_before(&portal, &visit, id).await;
    };
    let form = FormState::filled([("name", own.name.clone())]);
    Ok(respond::html(passkey(&visit, &own, &form)))
}

/// `POST /account/sign-in/passkeys/{id}`
pub async fn rename(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
    typed: Result<Form<PasskeyNameForm>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let confirmed = visit.confirmed(Task::Credentials)?;
    let Some(own) = find(&portal, &visit, id).await? else {
        return removed_before(&portal, &visit, id).await;
    };
    let Ok(name) = typed.name.parse::<PasskeyName>() else {
        let form = FormState::filled([("name", typed.name)])
            .wrong("name", visit.words().text("passkey-name-wrong"));
        return Ok(respond::unprocessable(passkey(&visit, &own, &form)));
    };
    let (engine, scope) = (&portal.engine, &visit.scope);
    accounts::rename_passkey(engine, scope, confirmed, own.id, &name).await.map_err(trouble)?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::PASSKEYS)))
}

/// `POST /account/sign-in/passkeys/{id}/remove`
pub async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Credentials)?;
    let Some(own) = find(&portal, &visit, id).await? else {
        return removed_before(&portal, &visit, id).await;
    };
    match accounts::remove_passkey(&portal.engine, &visit.scope, confirmed, own.id).await {
        Ok(()) => Ok(respond::redirect(&visit.chrome_in_all().href(paths::PASSKEYS))),
        Err(PasskeyError::LastWay) => {
            let form = FormState::filled([("name", own.name.clone())])
                .wrong("remove", visit.words().text("passkey-last"));
            Ok(respond::unprocessable(passkey(&visit, &own, &form)))
        }
        Err(error) => Err(trouble(error)),
    }
}

async fn find(portal: &Portal, visit: &Visit, id: Uuid) -> Result<Option<OwnPasskey>, Trouble> {
    let own = accounts::own_passkeys(&portal.engine, &visit.scope).await?;
    Ok(own.into_iter().find(|passkey| passkey.id == id))
}

fn passkey(visit: &Visit, own: &OwnPasskey, form: &FormState) -> String {
    let chrome = visit.chrome_in_all();
    let words = chrome.words;
    let title = words.with("passkey-title", &[("name", own.name.clone().into())]);
    page(&chrome, &form.title(words, &title), || {
        let error = form.error("remove").map(|error| {
            view! { <p class="error">{error.to_owned()}</p> }
        });
        view! {
            <div class="column">
                <p class="eyebrow"><a href=chrome.href(paths::PASSKEYS)>
                    {words.text("passkeys-title")}</a></p>
                {form.summary(words)}
                <h1>{title.clone()}</h1>
                <p class="quiet">{since(visit, own)}</p>
                <form method="post" action=chrome.href(&paths::PASSKEY.of(own.id)) novalidate=true>
                    {Field::new("name", Kind::Text, words.text("field-passkey-name"))
                        .hint(words.text("passkey-name-hint"))
                        .autocomplete("off").view(words, form)}
                    {send(words.text("passkey-rename"))}
                </form>
                <section id="remove">
                    <h2>{words.text("passkey-remove-title")}</h2>
                    <p>{words.text("passkey-remove-text")}</p>
                    {error}
                    <form method="post" action=chrome.href(&paths::PASSKEY_REMOVE.of(own.id))>
                        <button type="submit" class="button plain">
                            {words.text("passkey-remove")}</button>
                    </form>
                </section>
            </div>
        }
    })
}
