//! Every route of a tenant's host, with the permission that it needs.

use axum::http::Method;
use axum::routing::{MethodRouter, get, post};
use domain::roles::Permission::{
    self, AnswerRequests, ControlOwnData, EditPolicy, EndOwnSession, ManageOwnSignIn,
    ManageSettings, PublishPolicy, ReadDrafts, ReadPublic, ReadRequests, ReadSettings, SignIn,
};
use engine::accounts::Task::{
    self, Credentials, Deletion, Disclosure, Export, Publication, Release, Settings,
};

use crate::pages::{
    account, answer, category, centre, choices, compare, confirm, confirm_passkey, contact,
    contact_write, cookies, correct, corrected, delete, desk, desk_correction, desk_holds,
    desk_messages, desk_report, desk_reports, export, history, icon, link, mail_link, organisation,
    own_sign_in, passkey, passkeys, policy, policy_text, processors, provider, published, receipt,
    request, requests, second_factor, sign_in, sign_in_factor, sign_in_passkey, stripe_hook,
    studio, timeline,
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
        kept("/kinds/{file}", get(published::kind)),
        kept("/contact", get(contact::show)),
        reads("/contact/write", ReadPublic, get(contact_write::show)),
        writes("/contact/write", ReadPublic, post(contact_write::submit)),
        reads("/contact/sent", ReadPublic, get(contact_write::sent)),
        reads("/requests", ReadPublic, get(requests::show)),
        reads("/receipts/keys.json", ReadPublic, get(receipt::keys)),
        reads("/receipts/{code}", ReadPublic, get(receipt::show)),
        reads("/receipts/{code}/receipt.json", ReadPublic, get(receipt::file)),
        reads("/sign-in", SignIn, get(sign_in::show)),
        writes("/sign-in", SignIn, post(sign_in::submit)),
        reads("/sign-in/sent", SignIn, get(mail_link::sent)),
        reads("/sign-up", SignIn, get(mail_link::show_sign_up)),
        writes("/sign-up", SignIn, post(mail_link::sign_up)),
        reads("/forgot", SignIn, get(mail_link::show_forgot)),
        writes("/forgot", SignIn, post(mail_link::forgot)),
        reads("/confirm/{purpose}/{secret}", SignIn, get(link::show)),
        writes("/confirm/{purpose}/{secret}", SignIn, post(link::submit)),
        reads("/sign-in/second-factor", SignIn, get(sign_in_factor::show)),
        writes("/sign-in/second-factor", SignIn, post(sign_in_factor::submit)),
        reads("/sign-in/passkey", SignIn, get(sign_in_passkey::show)),
        writes("/sign-in/passkey", SignIn, post(sign_in_passkey::submit)),
        writes("/sign-in/passkey/options", SignIn, post(sign_in_passkey::options)),
        writes("/sign-in/with/{slug}", SignIn, post(provider::start::sign_in)),
        reads("/sign-in/back", SignIn, get(provider::back::back)),
        reads("/sign-in/link", SignIn, get(provider::link::show)),
        writes("/sign-in/link", SignIn, post(provider::link::submit)),
        writes("/sign-out", EndOwnSession, post(sign_in::sign_out)),
        reads("/account/confirm", ManageOwnSignIn, get(confirm::show)),
        writes("/account/confirm", ManageOwnSignIn, post(confirm::submit)),
        writes("/account/confirm/code", ManageOwnSignIn, post(confirm::send_code)),
        reads("/account/sign-in", ManageOwnSignIn, get(own_sign_in::show)),
        reads("/account/sign-in/review", ManageOwnSignIn, get(own_sign_in::review::show)),
        writes("/account/sign-in/review", ManageOwnSignIn, post(own_sign_in::review::answer)),
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
        writes("/account/confirm/passkey", ManageOwnSignIn, post(confirm_passkey::submit)),
        writes("/account/confirm/passkey/options", ManageOwnSignIn, post(confirm_passkey::options)),
        reads("/account/sign-in/second-factor", ManageOwnSignIn, get(second_factor::show))
            .confirmed(Credentials),
        writes("/account/sign-in/second-factor", ManageOwnSignIn, post(second_factor::begin))
            .confirmed(Credentials),
        writes(
            "/account/sign-in/second-factor/code",
            ManageOwnSignIn,
            post(second_factor::turn_on),
        )
        .confirmed(Credentials),
        writes(
            "/account/sign-in/second-factor/recovery",
            ManageOwnSignIn,
            post(second_factor::recovery),
        )
        .confirmed(Credentials),
        writes(
            "/account/sign-in/second-factor/off",
            ManageOwnSignIn,
            post(second_factor::turn_off),
        )
        .confirmed(Credentials),
        reads("/account/sign-in/passkeys", ManageOwnSignIn, get(passkeys::show))
            .confirmed(Credentials),
        writes("/account/sign-in/passkeys", ManageOwnSignIn, post(passkeys::add))
            .confirmed(Credentials),
        writes("/account/sign-in/passkeys/options", ManageOwnSignIn, post(passkeys::options))
            .confirmed(Credentials),
        reads("/account/sign-in/passkeys/{id}", ManageOwnSignIn, get(passkey::show))
            .confirmed(Credentials),
        writes("/account/sign-in/passkeys/{id}", ManageOwnSignIn, post(passkey::rename))
            .confirmed(Credentials),
        writes("/account/sign-in/passkeys/{id}/remove", ManageOwnSignIn, post(passkey::remove))
            .confirmed(Credentials),
        writes("/account/confirm/with/{slug}", ManageOwnSignIn, post(provider::start::confirm)),
        reads("/account/sign-in/providers", ManageOwnSignIn, get(provider::own::show))
            .confirmed(Credentials),
        writes(
            "/account/sign-in/providers/{slug}/link",
            ManageOwnSignIn,
            post(provider::start::link),
        )
        .confirmed(Credentials),
        writes(
            "/account/sign-in/providers/{slug}/remove",
            ManageOwnSignIn,
            post(provider::own::remove),
        )
        .confirmed(Credentials),
        reads("/account", ControlOwnData, get(account::show)).confirmed(Disclosure),
        reads("/account/category/{slug}", ControlOwnData, get(category::show))
            .confirmed(Disclosure),
        reads("/account/correct", ControlOwnData, get(correct::choose)).confirmed(Disclosure),
        reads("/account/correct/{id}", ControlOwnData, get(correct::show)).confirmed(Disclosure),
        writes("/account/correct/{id}", ControlOwnData, post(correct::submit))
            .confirmed(Disclosure),
        reads("/account/corrected", ControlOwnData, get(corrected::show)),
        reads("/account/answer", ControlOwnData, get(answer::show)).confirmed(Disclosure),
        reads("/account/timeline", ControlOwnData, get(timeline::show)).confirmed(Disclosure),
        reads("/account/organisation", ControlOwnData, get(organisation::show))
            .confirmed(Disclosure),
        reads("/account/organisation/{slug}", ControlOwnData, get(organisation::show_category))
            .confirmed(Disclosure),
        reads("/account/choices", ControlOwnData, get(choices::show)),
        writes("/account/choices", ControlOwnData, post(choices::choose)),
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
        reads("/studio/policy/publish", PublishPolicy, get(studio::publish::show))
            .confirmed(Publication),
        writes("/studio/policy/publish", PublishPolicy, post(studio::publish::publish))
            .confirmed(Publication),
        writes("/studio/_fn/preview", EditPolicy, post(studio::preview::server_fn)),
        reads("/studio/staff", ReadSettings, get(studio::staff::show)),
        reads("/studio/staff/invite", ManageSettings, get(studio::staff::show_invite))
            .confirmed(Settings),
        writes("/studio/staff/invite", ManageSettings, post(studio::staff::invite))
            .confirmed(Settings),
        reads("/studio/staff/{id}", ManageSettings, get(studio::staff::show_one))
            .confirmed(Settings),
        writes("/studio/staff/{id}", ManageSettings, post(studio::staff::change))
            .confirmed(Settings),
        writes("/studio/staff/{id}/remove", ManageSettings, post(studio::staff::remove))
            .confirmed(Settings),
        writes(
            "/studio/staff/invitations/{id}/revoke",
            ManageSettings,
            post(studio::staff::revoke),
        ),
        reads("/studio/sign-in", ReadSettings, get(studio::sign_in::show)),
        reads("/studio/sign-in/new", ManageSettings, get(studio::provider::show_new))
            .confirmed(Settings),
        writes("/studio/sign-in/new", ManageSettings, post(studio::provider::add))
            .confirmed(Settings),
        reads("/studio/sign-in/{slug}", ManageSettings, get(studio::provider::show))
            .confirmed(Settings),
        writes("/studio/sign-in/{slug}", ManageSettings, post(studio::provider::change))
            .confirmed(Settings),
        writes("/studio/sign-in/{slug}/test", ManageSettings, post(studio::sign_in::test)),
        reads("/studio/sign-in/{slug}/remove", ManageSettings, get(studio::provider::ask_remove))
            .confirmed(Settings),
        writes("/studio/sign-in/{slug}/remove", ManageSettings, post(studio::provider::remove))
            .confirmed(Settings),
        reads("/studio/tokens", ReadSettings, get(studio::tokens::show)),
        reads("/studio/tokens/new", ManageSettings, get(studio::tokens::show_new))
            .confirmed(Settings),
        writes("/studio/tokens/new", ManageSettings, post(studio::tokens::make))
            .confirmed(Settings),
        writes("/studio/tokens/{id}/revoke", ManageSettings, post(studio::tokens::revoke)),
        reads("/studio/webhooks", ReadSettings, get(studio::webhooks::show)),
        reads("/studio/webhooks/new", ManageSettings, get(studio::webhook::show_new))
            .confirmed(Settings),
        writes("/studio/webhooks/new", ManageSettings, post(studio::webhook::add))
            .confirmed(Settings),
        reads("/studio/webhooks/{id}", ReadSettings, get(studio::webhook_log::show)),
        reads("/studio/webhooks/{id}/edit", ManageSettings, get(studio::webhook::show))
            .confirmed(Settings),
        writes("/studio/webhooks/{id}/edit", ManageSettings, post(studio::webhook::change))
            .confirmed(Settings),
        reads("/studio/webhooks/{id}/secret", ManageSettings, get(studio::webhook::ask_rotate))
            .confirmed(Settings),
        writes("/studio/webhooks/{id}/secret", ManageSettings, post(studio::webhook::rotate))
            .confirmed(Settings),
        reads("/studio/webhooks/{id}/remove", ManageSettings, get(studio::webhook::ask_remove))
            .confirmed(Settings),
        writes("/studio/webhooks/{id}/remove", ManageSettings, post(studio::webhook::remove))
            .confirmed(Settings),
        writes("/studio/webhooks/{id}/test", ManageSettings, post(studio::webhook_log::test)),
        writes(
            "/studio/webhooks/deliveries/{id}/again",
            ManageSettings,
            post(studio::webhook_log::again),
        ),
        reads("/studio/stripe", ReadSettings, get(studio::stripe::show)),
        writes("/studio/stripe/test", ManageSettings, post(studio::stripe::test)),
        reads("/studio/stripe/connect", ManageSettings, get(studio::stripe::connect::show))
            .confirmed(Settings),
        writes("/studio/stripe/connect", ManageSettings, post(studio::stripe::connect::submit))
            .confirmed(Settings),
        reads("/studio/stripe/secret", ManageSettings, get(studio::stripe::secret::show))
            .confirmed(Settings),
        writes("/studio/stripe/secret", ManageSettings, post(studio::stripe::secret::rotate))
            .confirmed(Settings),
        writes("/studio/stripe/secret/end", ManageSettings, post(studio::stripe::secret::end))
            .confirmed(Settings),
        reads("/studio/stripe/remove", ManageSettings, get(studio::stripe::remove::ask))
            .confirmed(Settings),
        writes("/studio/stripe/remove", ManageSettings, post(studio::stripe::remove::submit))
            .confirmed(Settings),
        writes("/hooks/stripe", ReadPublic, post(stripe_hook::receive)),
        reads("/desk", ReadRequests, get(desk::show)),
        reads("/desk/requests/{id}", ReadRequests, get(desk::show_request)),
        writes("/desk/requests/{id}/correction", AnswerRequests, post(desk_correction::answer)),
        reads("/desk/messages", ReadRequests, get(desk_messages::show)),
        reads("/desk/messages/{id}", ReadRequests, get(desk_messages::show_one)),
        writes("/desk/messages/{id}/agree", AnswerRequests, post(desk_report::agree)),
        writes("/desk/messages/{id}/release", AnswerRequests, post(desk_report::release))
            .confirmed(Release),
        reads("/desk/messages/{id}/delete", AnswerRequests, get(desk_report::ask_delete))
            .confirmed(Deletion),
        writes("/desk/messages/{id}/delete", AnswerRequests, post(desk_report::delete))
            .confirmed(Deletion),
        reads("/desk/holds", ReadRequests, get(desk_holds::show)),
        writes("/desk/holds", AnswerRequests, post(desk_holds::record)),
        reads("/desk/holds/{id}/lift", AnswerRequests, get(desk_holds::ask_lift))
            .confirmed(Release),
        writes("/desk/holds/{id}/lift", AnswerRequests, post(desk_holds::lift)).confirmed(Release),
        reads("/desk/reports", ReadRequests, get(desk_reports::show)),
        writes("/desk/reports/release", AnswerRequests, post(desk_reports::release))
            .confirmed(Release),
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
