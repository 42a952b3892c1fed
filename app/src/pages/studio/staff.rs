//! Who works for the tenant: inviting, changing roles, removing.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use domain::identifiers::EmailAddress;
use domain::roles::{Permission, Role};
use engine::accounts::{self, Invitation, Member, StaffError, Task};
use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;

use super::ask::Ask;
use super::bar::live_page;
use crate::part::Path;
use crate::paths;
use crate::portal::Portal;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::Chrome;
use crate::ui::forms::{Choice, ChoiceOption, Field, FormState, Kind, button_link, send};
use crate::visit::Visit;

/// An invitation, as it is typed.
#[derive(Deserialize)]
pub struct Inviting {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

/// Another role, as it is chosen.
#[derive(Deserialize)]
pub struct Changing {
    #[serde(default)]
    role: String,
}

/// `GET /studio/staff`
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Response, Trouble> {
    let (members, invitations) = accounts::staff(&portal.engine, &visit.scope).await?;
    Ok(respond::html(list(&visit, &members, &invitations)))
}

/// `GET /studio/staff/invite`
pub async fn show_invite(visit: Visit) -> Response {
    respond::html(inviting(&visit.chrome_in_all(), &FormState::default()))
}

/// `POST /studio/staff/invite`
pub async fn invite(
    State(portal): State<Portal>,
    visit: Visit,
    typed: Result<Form<Inviting>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let chrome = visit.chrome_in_all();
    let mut form =
        FormState::filled([("email", typed.email.clone()), ("role", typed.role.clone())]);
    let email = typed.email.parse::<EmailAddress>();
    if email.is_err() {
        form = form.wrong("email", chrome.text("sign-in-email-missing"));
    }
    let role = Role::named(&typed.role).filter(|role| role.is_staff());
    if role.is_none() {
        form = form.wrong("role", chrome.text("staff-role-missing"));
    }
    let (Ok(email), Some(role)) = (email, role) else {
        return Ok(respond::unprocessable(inviting(&chrome, &form)));
    };
    portal.limits.mailing_to(&portal.engine, &visit, &email).await?;
    let confirmed = visit.confirmed(Task::Settings)?;
    match accounts::invite(&portal.engine, &visit.scope, confirmed, &email, role).await {
        Ok(()) => Ok(respond::redirect(&chrome.href(paths::STUDIO_STAFF))),
        Err(StaffError::Taken) => {
            let form = form.wrong("email", chrome.text("staff-taken"));
            Ok(respond::unprocessable(inviting(&chrome, &form)))
        }
        Err(error) => Err(trouble(error)),
    }
}

/// `GET /studio/staff/{id}`
pub async fn show_one(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let member = find(&portal, &visit, id).await?;
    Ok(respond::html(one(&visit.chrome_in_all(), &member, &FormState::default())))
}

/// `POST /studio/staff/{id}`: another role.
pub async fn change(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
    typed: Result<Form<Changing>, FormRejection>,
) -> Result<Response, Trouble> {
    let Form(typed) = typed.map_err(|_| Trouble::Unprocessable)?;
    let role = Role::named(&typed.role).ok_or(Trouble::Unprocessable)?;
    let confirmed = visit.confirmed(Task::Settings)?;
    let (engine, scope) = (&portal.engine, &visit.scope);
    let done = accounts::change_role(engine, scope, confirmed, id, role).await;
    answer(&portal, &visit, id, done).await
}

/// `GET /studio/staff/{id}/remove`
pub async fn ask_remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let member = find(&portal, &visit, id).await?;
    let chrome = visit.chrome_in_all();
    let title = chrome.words.with("staff-remove-title", &[("who", address(&member).into())]);
    Ok(respond::html(live_page(&chrome, &title, || {
        Ask {
            title: title.clone(),
            about: chrome.text("staff-remove-about"),
            action: &paths::STUDIO_STAFF_REMOVE.of(id),
            act: chrome.text("staff-remove"),
            back: &paths::STUDIO_STAFF_MEMBER.of(id),
            carries: None,
        }
        .view(&chrome)
    })))
}

/// `POST /studio/staff/{id}/remove`
pub async fn remove(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let confirmed = visit.confirmed(Task::Settings)?;
    let done = accounts::remove_staff(&portal.engine, &visit.scope, confirmed, id).await;
    answer(&portal, &visit, id, done).await
}

/// `GET /studio/staff/invitations/{id}/revoke`
pub async fn ask_revoke(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    let (_, invitations) = accounts::staff(&portal.engine, &visit.scope).await?;
    let invitation = invitations.into_iter().find(|it| it.id == id).ok_or(Trouble::NotFound)?;
    let chrome = visit.chrome_in_all();
    let who = [("who", invitation.email.to_string().into())];
    let title = chrome.words.with("staff-revoke-title", &who);
    Ok(respond::html(live_page(&chrome, &title, || {
        Ask {
            title: title.clone(),
            about: chrome.text("staff-revoke-about"),
            action: &paths::STUDIO_INVITATION_REVOKE.of(id),
            act: chrome.text("staff-revoke"),
            back: paths::STUDIO_STAFF,
            carries: None,
        }
        .view(&chrome)
    })))
}

/// `POST /studio/staff/invitations/{id}/revoke`
pub async fn revoke(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, Trouble> {
    accounts::revoke(&portal.engine, &visit.scope, id).await.map_err(trouble)?;
    Ok(respond::redirect(&visit.chrome_in_all().href(paths::STUDIO_STAFF)))
}

async fn answer(
    portal: &Portal,
    visit: &Visit,
    id: Uuid,
    done: Result<(), StaffError>,
) -> Result<Response, Trouble> {
    let chrome = visit.chrome_in_all();
    match done {
        Ok(()) => Ok(respond::redirect(&chrome.href(paths::STUDIO_STAFF))),
        Err(StaffError::LastAdmin) => {
            let member = find(portal, visit, id).await?;
            let form = FormState::default().wrong("role", chrome.text("staff-last-admin"));
            Ok(respond::unprocessable(one(&chrome, &member, &form)))
        }
        Err(error) => Err(trouble(error)),
    }
}

async fn find(portal: &Portal, visit: &Visit, id: Uuid) -> Result<Member, Trouble> {
    let (members, _) = accounts::staff(&portal.engine, &visit.scope).await?;
    members.into_iter().find(|member| member.id == id).ok_or(Trouble::NotFound)
}

fn trouble(error: StaffError) -> Trouble {
    match error {
        StaffError::Unknown => Trouble::NotFound,
        StaffError::Failure(failure) => failure.into(),
        _ => Trouble::Unprocessable,
    }
}

fn list(visit: &Visit, members: &[Member], invitations: &[Invitation]) -> String {
    let chrome = &visit.chrome_in_all();
    let words = chrome.words;
    let title = words.text("staff-title");
    let manages = visit.scope.permit(Permission::ManageSettings).is_ok();
    live_page(chrome, &title, || {
        let rows = members
            .iter()
            .map(|member| {
                let email = address(member);
                let who = if manages {
                    let href = chrome.href(&paths::STUDIO_STAFF_MEMBER.of(member.id));
                    view! { <a href=href>{email}</a> }.into_any()
                } else {
                    view! { <b>{email}</b> }.into_any()
                };
                let own = member.own.then(|| words.text("staff-own"));
                let factor = if member.has_factor { "own-factor-on" } else { "own-factor-off" };
                view! {
                    <li>
                        <span>{who}" "{own}</span>
                        <span>{words.text(&named(member.role))}</span>
                        <span class="quiet">{words.text("own-factor")}": "{words.text(factor)}</span>
                    </li>
                }
            })
            .collect_view();
        let invited = invitations
            .iter()
            .map(|invitation| {
                let until = visit.scope.date_of(invitation.until);
                let until =
                    words.with("staff-invited-until", &[("date", words.date(until).into())]);
                let path = paths::STUDIO_INVITATION_REVOKE.of(invitation.id);
                let revoke = manages.then(|| {
                    view! {
                        <a href=chrome.href(&path)>{words.text("staff-revoke")}<span class="unseen">" "{invitation.email.to_string()}</span></a>
                    }
                });
                view! {
                    <li>
                        <b>{invitation.email.to_string()}</b>
                        <span>{words.text(&named(invitation.role))}</span>
                        <span class="quiet">{until}" "{revoke}</span>
                    </li>
                }
            })
            .collect_view();
        let invited = (!invitations.is_empty()).then_some(view! {
            <section><h2>{words.text("staff-invited")}</h2><ul class="own-requests">{invited}</ul></section>
        });
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("staff-intro")}</p>
                <ul class="own-requests">{rows}</ul>
                {manages.then(|| button_link(chrome.href(paths::STUDIO_STAFF_INVITE), words.text("staff-invite")))}
                {invited}
            </div>
        }
    })
}

fn inviting(chrome: &Chrome, form: &FormState) -> String {
    let words = chrome.words;
    let title = words.text("staff-invite");
    live_page(chrome, &form.title(words, &title), || {
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::STUDIO_STAFF)>{words.text("staff-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="lede">{words.text("staff-invite-intro")}</p>
                <form method="post" action=chrome.href(paths::STUDIO_STAFF_INVITE) novalidate=true>
                    {Field::new("email", Kind::Email, words.text("field-email"))
                        .autocomplete("off").view(words, form)}
                    {roles(chrome).view(words, form)}
                    {send(words.text("staff-invite-send"))}
                </form>
            </div>
        }
    })
}

fn one(chrome: &Chrome, member: &Member, form: &FormState) -> String {
    let words = chrome.words;
    let title = address(member);
    live_page(chrome, &form.title(words, &title), || {
        let mut filled = FormState::filled([("role", member.role.name())]);
        filled.errors.clone_from(&form.errors);
        let path = paths::STUDIO_STAFF_MEMBER.of(member.id);
        let remove = chrome.href(&paths::STUDIO_STAFF_REMOVE.of(member.id));
        view! {
            <div class="column">
                {form.summary(words)}
                <p class="eyebrow"><a href=chrome.href(paths::STUDIO_STAFF)>{words.text("staff-title")}</a></p>
                <h1>{title.clone()}</h1>
                <form method="post" action=chrome.href(&path)>
                    {roles(chrome).view(words, &filled)}
                    <p class="quiet">{words.text("staff-change-about")}</p>
                    {send(words.text("staff-change"))}
                </form>
                <h2>{words.text("staff-remove")}</h2>
                <p>{words.text("staff-remove-about")}</p>
                <p class="buttons">{button_link(remove, words.text("staff-remove"))}</p>
            </div>
        }
    })
}

fn roles(chrome: &Chrome) -> Choice {
    let words = chrome.words;
    let options = Role::ALL
        .into_iter()
        .filter(|role| role.is_staff())
        .map(|role| ChoiceOption {
            value: role.name().to_owned(),
            label: words.text(&named(role)),
            note: Some(words.text(&format!("staff-role-{}", role.name()))),
        })
        .collect();
    Choice { name: "role", legend: words.text("staff-role"), hint: None, options, several: false }
}

fn address(member: &Member) -> String {
    member.email.as_ref().map_or_else(|| member.id.to_string(), ToString::to_string)
}

/// The message that names a role of staff.
fn named(role: Role) -> String {
    format!("role-{}", role.name())
}
