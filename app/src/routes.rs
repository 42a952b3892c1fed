//! Every route of a tenant's host, with the permission that it needs.

use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use domain::roles::Permission::{
    self, ControlOwnData, EditPolicy, EndOwnSession, ManageOwnSignIn, ManageSettings,
    PublishPolicy, ReadDrafts, ReadPublic, ReadRequests, ReadSettings, SignIn,
};
use engine::accounts::Task::{self, Credentials, Deletion, Disclosure, Export};

use crate::pages::{
    account, answer, category, centre, compare, confirm, contact, cookies, delete, desk, export,
    history, icon, link, mail_link, own_sign_in, policy, policy_text, processors, published, receipt, request, requests, sign_in,
    studio,
};
use crate::portal::Portal;

/// A route.
pub struct Route {
    /// The method; GET answers HEAD too.
    pub method: Method,
    /// The path, in axum's syntax.
    pub path: &'static str,
    /// Who may use it.
    pub permission: Permission,
    /// What has to be confirmed first, by showing once more who one is.
    pub task: Option<Task>,
    /// Whether it is the same for everybody, and so kept in memory once rendered.
    pub kept: bool,
    /// What answers.
    pub handler: MethodRouter<Portal>,
}

/// The table.
pub fn routes() -> Vec<Route> {
    vec![
        kept("/", get(centre::show)),
        kept("/favicon.ico", get(icon::show)),
        kept("/policy", get(policy::show)),
        kept("/policy.json", get(published::as_json)),
        kept("/policy.schema.json", get(published::schema)),
        kept("/policy.txt", get(policy_text::show)),
        kept("/policy/history", get(history::show)),
        kept("/policy/versions/{number}", get(policy::version)),
        kept("/policy/compare", get(compare::show)),
        kept("/cookies", get(cookies::show)),
        kept("/processors", get(processors::show)),
        kept("/.well-known/gpc.json", get(published::gpc)),
        kept("/contact", get(contact::show)),
        reads("/requests", ReadPublic, get(requests::show)),
        reads("/receipts/{code}", ReadPublic, get(receipt::show)),
        reads("/sign-in", SignIn, get(sign_in::show)),
        writes("/sign-in", SignIn, post(sign_in::submit)),
        reads("/sign-in/sent", SignIn, get(mail_link::sent)),
        reads("/sign-up", SignIn, get(mail_link::show_sign_up)),
        writes("/sign-up", SignIn, post(mail_link::sign_up)),
        reads("/forgot", SignIn, get(mail_link::show_forgot)),
        writes("/forgot", SignIn, post(mail_link::forgot)),
        reads("/confirm/{purpose}/{secret}", SignIn, get(link::show)),
        writes("/confirm/{purpose}/{secret}", SignIn, post(link::submit)),
        writes("/sign-out", EndOwnSession, post(sign_in::sign_out)),
        reads("/account/confirm", ManageOwnSignIn, get(confirm::show)),
        writes("/account/confirm", ManageOwnSignIn, post(confirm::submit)),
        writes("/account/confirm/code", ManageOwnSignIn, post(confirm::send_code)),
        reads("/account/sign-in", ManageOwnSignIn, get(own_sign_in::show)),
        reads("/account/sign-in/password", ManageOwnSignIn, get(own_sign_in::password::show))
            .confirmed(Credentials),
        writes("/account/sign-in/password", ManageOwnSignIn, post(own_sign_in::password::submit))
            .confirmed(Credentials),
        reads("/account/sign-in/address", ManageOwnSignIn, get(own_sign_in::address::show))
            .confirmed(Credentials),
        writes("/account/sign-in/address", ManageOwnSignIn, post(own_sign_in::address::submit))
            .confirmed(Credentials),
        writes(
            "/account/sign-in/sessions/end",
            ManageOwnSignIn,
            post(own_sign_in::sessions::end_others),
        ),
        writes(
            "/account/sign-in/sessions/{id}/end",
            ManageOwnSignIn,
            post(own_sign_in::sessions::end),
        ),
        reads("/account", ControlOwnData, get(account::show)).confirmed(Disclosure),
        reads("/account/category/{slug}", ControlOwnData, get(category::show))
            .confirmed(Disclosure),
        reads("/account/answer", ControlOwnData, get(answer::show)).confirmed(Disclosure),
        reads("/account/export", ControlOwnData, get(export::show)),
        writes("/account/export", ControlOwnData, post(export::begin)).confirmed(Export),
        reads("/account/export/{id}", ControlOwnData, get(export::progress)),
        reads("/account/export/{id}/zip", ControlOwnData, get(export::download)).confirmed(Export),
        reads("/account/delete", ControlOwnData, get(delete::show)).confirmed(Deletion),
        writes("/account/delete", ControlOwnData, post(delete::carry_out)).confirmed(Deletion),
        writes("/account/requests", ControlOwnData, post(requests::ask)),
        reads("/account/requests/{id}", ControlOwnData, get(request::show)),
        reads("/studio", ReadDrafts, get(studio::policy::start)),
        reads("/studio/policy", ReadDrafts, get(studio::policy::show)),
        reads("/studio/policy/sections/new", EditPolicy, get(studio::section::show_new)),
        writes("/studio/policy/sections/new", EditPolicy, post(studio::section::add)),
        reads("/studio/policy/sections/{slug}", EditPolicy, get(studio::section::show)),
        writes("/studio/policy/sections/{slug}", EditPolicy, post(studio::section::save)),
        reads(
            "/studio/policy/sections/{slug}/remove",
            EditPolicy,
            get(studio::remove::ask_section),
        ),
        writes("/studio/policy/sections/{slug}/remove", EditPolicy, post(studio::remove::section)),
        reads("/studio/policy/retention/{slug}", EditPolicy, get(studio::retention::show)),
        writes("/studio/policy/retention/{slug}", EditPolicy, post(studio::retention::save)),
        reads("/studio/policy/processors/new", EditPolicy, get(studio::processor::show_new)),
        writes("/studio/policy/processors/new", EditPolicy, post(studio::processor::add)),
        reads("/studio/policy/processors/{slug}", EditPolicy, get(studio::processor::show)),
        writes("/studio/policy/processors/{slug}", EditPolicy, post(studio::processor::save)),
        reads(
            "/studio/policy/processors/{slug}/remove",
            EditPolicy,
            get(studio::remove::ask_processor),
        ),
        writes(
            "/studio/policy/processors/{slug}/remove",
            EditPolicy,
            post(studio::remove::processor),
        ),
        reads("/studio/policy/contacts", EditPolicy, get(studio::contacts::show)),
        writes("/studio/policy/contacts", EditPolicy, post(studio::contacts::save)),
        reads("/studio/policy/check", ReadDrafts, get(studio::check::show)),
        reads("/studio/policy/compare", ReadDrafts, get(studio::compare::show)),
        reads("/studio/policy/publish", PublishPolicy, get(studio::publish::show)),
        writes("/studio/policy/publish", PublishPolicy, post(studio::publish::publish)),
        writes("/studio/_fn/preview", EditPolicy, post(studio::preview::server_fn)),
        reads("/studio/staff", ReadSettings, get(studio::staff::show)),
        reads("/studio/staff/invite", ManageSettings, get(studio::staff::show_invite)),
        writes("/studio/staff/invite", ManageSettings, post(studio::staff::invite)),
        reads("/studio/staff/{id}", ManageSettings, get(studio::staff::show_one)),
        writes("/studio/staff/{id}", ManageSettings, post(studio::staff::change)),
        writes("/studio/staff/{id}/remove", ManageSettings, post(studio::staff::remove)),
        writes(
            "/studio/staff/invitations/{id}/revoke",
            ManageSettings,
            post(studio::staff::revoke),
        ),
        reads("/desk", ReadRequests, get(desk::show)),
        reads("/desk/requests/{id}", ReadRequests, get(desk::show_request)),
    ]
}

impl Route {
    fn confirmed(self, task: Task) -> Route {
        Route { task: Some(task), ..self }
    }
}

fn kept(path: &'static str, handler: MethodRouter<Portal>) -> Route {
    Route { method: Method::GET, path, permission: ReadPublic, task: None, kept: true, handler }
}

fn reads(path: &'static str, permission: Permission, handler: MethodRouter<Portal>) -> Route {
    Route { method: Method::GET, path, permission, task: None, kept: false, handler }
}

fn writes(path: &'static str, permission: Permission, handler: MethodRouter<Portal>) -> Route {
    Route { method: Method::POST, path, permission, task: None, kept: false, handler }
}
