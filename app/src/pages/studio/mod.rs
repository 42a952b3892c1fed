//! The studio: where the next version of the policy is written, checked and
//! published. One file per page; what several of them need comes first.

pub mod bar;
pub mod facts_panel;
pub mod findings;
pub mod sent;
pub mod working;

pub mod check;
pub mod compare;
pub mod contacts;
pub mod policy;
pub mod preview;
pub mod processor;
pub mod provider;
pub mod publish;
pub mod remove;
pub mod retention;
pub mod section;
pub mod sign_in;
pub mod staff;
pub mod stripe;
pub mod tokens;
pub mod webhook;
pub mod webhook_log;
pub mod webhooks;

/// Where the studio's pages are.
pub mod places {
    use domain::identifiers::{Language, Slug};
    use uuid::Uuid;

    /// The draft as a whole.
    pub const POLICY: &str = "/studio/policy";
    /// A new section.
    pub const NEW_SECTION: &str = "/studio/policy/sections/new";
    /// A new recipient.
    pub const NEW_PROCESSOR: &str = "/studio/policy/processors/new";
    /// Who is responsible, and how to reach them.
    pub const CONTACTS: &str = "/studio/policy/contacts";
    /// Everything that the check found.
    pub const CHECK: &str = "/studio/policy/check";
    /// The draft against what is published.
    pub const COMPARE: &str = "/studio/policy/compare";
    /// Putting the draft into force.
    pub const PUBLISH: &str = "/studio/policy/publish";

    /// Who works for the tenant.
    pub const STAFF: &str = "/studio/staff";
    /// Inviting somebody.
    pub const INVITE: &str = "/studio/staff/invite";

    /// Somebody of staff.
    pub fn member(id: Uuid) -> String {
        format!("{STAFF}/{id}")
    }

    /// Taking an invitation back, by POST.
    pub fn revoke_invitation(id: Uuid) -> String {
        format!("{STAFF}/invitations/{id}/revoke")
    }

    /// Tokens of the API.
    pub const TOKENS: &str = "/studio/tokens";
    /// A new one.
    pub const NEW_TOKEN: &str = "/studio/tokens/new";

    /// Revoking one, by POST.
    pub fn revoke_token(id: Uuid) -> String {
        format!("{TOKENS}/{id}/revoke")
    }

    /// The tenant's account at Stripe.
    pub const STRIPE: &str = "/studio/stripe";
    /// Connecting it, or connecting another one.
    pub const STRIPE_CONNECT: &str = "/studio/stripe/connect";
    /// Asking it whether it answers, by POST.
    pub const STRIPE_TEST: &str = "/studio/stripe/test";
    /// Another secret for its webhook.
    pub const STRIPE_SECRET: &str = "/studio/stripe/secret";
    /// Taking the secret before no longer, by POST.
    pub const STRIPE_SECRET_END: &str = "/studio/stripe/secret/end";
    /// Ending the connection.
    pub const STRIPE_REMOVE: &str = "/studio/stripe/remove";

    /// How people sign in.
    pub const SIGN_IN: &str = "/studio/sign-in";
    /// A new service to sign in with.
    pub const NEW_PROVIDER: &str = "/studio/sign-in/new";

    /// A service to sign in with.
    pub fn provider(slug: &str) -> String {
        format!("{SIGN_IN}/{slug}")
    }

    /// Asking it whether it answers, by POST.
    pub fn test_provider(slug: &str) -> String {
        format!("{SIGN_IN}/{slug}/test")
    }

    /// Removing it.
    pub fn remove_provider(slug: &str) -> String {
        format!("{SIGN_IN}/{slug}/remove")
    }

    /// Which of the tenant's own systems are told what happens here.
    pub const WEBHOOKS: &str = "/studio/webhooks";
    /// A new endpoint.
    pub const NEW_WEBHOOK: &str = "/studio/webhooks/new";

    /// What was sent to an endpoint.
    pub fn webhook(id: Uuid) -> String {
        format!("{WEBHOOKS}/{id}")
    }

    /// Changing an endpoint.
    pub fn edit_webhook(id: Uuid) -> String {
        format!("{WEBHOOKS}/{id}/edit")
    }

    /// Another secret for it.
    pub fn webhook_secret(id: Uuid) -> String {
        format!("{WEBHOOKS}/{id}/secret")
    }

    /// Removing it.
    pub fn remove_webhook(id: Uuid) -> String {
        format!("{WEBHOOKS}/{id}/remove")
    }

    /// Sending a test to it, by POST.
    pub fn test_webhook(id: Uuid) -> String {
        format!("{WEBHOOKS}/{id}/test")
    }

    /// Sending something once more, by POST.
    pub fn send_webhook_again(delivery: Uuid) -> String {
        format!("{WEBHOOKS}/deliveries/{delivery}/again")
    }

    /// A section, in the document's own language or another one.
    pub fn section(id: &Slug, language: Option<Language>) -> String {
        let path = format!("/studio/policy/sections/{id}");
        language.map_or(path.clone(), |language| format!("{path}?language={language}"))
    }

    /// Removing a section.
    pub fn remove_section(id: &Slug) -> String {
        format!("/studio/policy/sections/{id}/remove")
    }

    /// How long something is kept.
    pub fn retention(id: &Slug) -> String {
        format!("/studio/policy/retention/{id}")
    }

    /// A recipient.
    pub fn processor(id: &Slug) -> String {
        format!("/studio/policy/processors/{id}")
    }

    /// Removing a recipient.
    pub fn remove_processor(id: &Slug) -> String {
        format!("/studio/policy/processors/{id}/remove")
    }
}
