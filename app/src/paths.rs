//! The path of every page and form: links and routes are made of the same.

use std::fmt::Display;

use domain::identifiers::{Language, Slug};

/// A path with one part that varies, in axum's syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathOf(&'static str);

impl PathOf {
    /// The path of this one.
    pub fn of(self, part: impl Display) -> String {
        match self
            .0
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            Some((before, (_, after))) => format!("{before}{part}{after}"),
            None => self.0.to_owned(),
        }
    }
}

impl From<PathOf> for &'static str {
    fn from(path: PathOf) -> &'static str {
        path.0
    }
}

// For everybody.

/// The privacy centre.
pub const CENTRE: &str = "/";
/// The icon in the browser's tab.
pub const ICON: &str = "/favicon.ico";
/// The policy in force.
pub const POLICY: &str = "/policy";
/// The same as data.
pub const POLICY_JSON: &str = "/policy.json";
/// The schema of that.
pub const POLICY_SCHEMA: &str = "/policy.schema.json";
/// The same as plain text.
pub const POLICY_TEXT: &str = "/policy.txt";
/// Its earlier versions.
pub const HISTORY: &str = "/policy/history";
/// One version of the policy, by its number.
pub const VERSION: PathOf = PathOf("/policy/versions/{number}");
/// The differences between two versions, which its query names.
pub const COMPARE: &str = "/policy/compare";
/// The cookies of the company's sites.
pub const COOKIES: &str = "/cookies";
/// Who receives data.
pub const PROCESSORS: &str = "/processors";
/// That this site honours Global Privacy Control.
pub const GPC: &str = "/.well-known/gpc.json";
/// What programs that look for pages may list.
pub const ROBOTS: &str = "/robots.txt";
/// The schema of a kind of records, by the name of its file.
pub const KIND: PathOf = PathOf("/kinds/{file}");
/// A message to the company.
pub const CONTACT: &str = "/contact";
/// The form for it.
pub const CONTACT_WRITE: &str = "/contact/write";
/// What happens after it was sent.
pub const CONTACT_SENT: &str = "/contact/sent";
/// Starting a request and following it.
pub const REQUESTS: &str = "/requests";
/// What an erasure did, by its code.
pub const RECEIPT: PathOf = PathOf("/receipts/{code}");
/// The same as a file.
pub const RECEIPT_FILE: PathOf = PathOf("/receipts/{code}/receipt.json");
/// The keys that receipts are signed with.
pub const RECEIPT_KEYS: &str = "/receipts/keys.json";
/// What Stripe tells, by POST.
pub const STRIPE_HOOK: &str = "/hooks/stripe";

/// The differences between two versions.
pub fn compare(from: u32, to: u32) -> String {
    format!("{COMPARE}?from={from}&to={to}")
}

/// The schema of a kind of records.
pub fn kind(name: &str) -> String {
    KIND.of(format_args!("{name}.schema.json"))
}

// Signing in.

/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// What happens after a link was asked for.
pub const LINK_SENT: &str = "/sign-in/sent";
/// Making an account.
pub const SIGN_UP: &str = "/sign-up";
/// Having a link mailed to choose a new password.
pub const FORGOT: &str = "/forgot";
/// Where a mailed link leads: what it is for, and its secret.
pub const MAILED_LINK: &str = "/confirm/{purpose}/{secret}";
/// The second step of signing in.
pub const SIGN_IN_FACTOR: &str = "/sign-in/second-factor";
/// Signing in with a passkey.
pub const SIGN_IN_PASSKEY: &str = "/sign-in/passkey";
/// What the browser needs for that, by POST.
pub const SIGN_IN_PASSKEY_OPTIONS: &str = "/sign-in/passkey/options";
/// Signing in with a provider, by POST.
pub const SIGN_IN_WITH: PathOf = PathOf("/sign-in/with/{slug}");
/// Where providers send people back to.
pub const SIGN_IN_BACK: &str = "/sign-in/back";
/// Linking an account to a provider by its password.
pub const LINK: &str = "/sign-in/link";
/// Ending the session, by POST.
pub const SIGN_OUT: &str = "/sign-out";

// How one signs in oneself.

/// Showing once more who one is.
pub const CONFIRM: &str = "/account/confirm";
/// Having a code mailed for that, by POST.
pub const CONFIRM_CODE: &str = "/account/confirm/code";
/// Doing so with a passkey, by POST.
pub const CONFIRM_PASSKEY: &str = "/account/confirm/passkey";
/// What the browser needs for that, by POST.
pub const CONFIRM_PASSKEY_OPTIONS: &str = "/account/confirm/passkey/options";
/// Doing so with a provider, by POST.
pub const CONFIRM_WITH: PathOf = PathOf("/account/confirm/with/{slug}");
/// How one signs in oneself: password, second factor, sessions.
pub const OWN_SIGN_IN: &str = "/account/sign-in";
/// Which ways in are theirs, after a reset.
pub const REVIEW: &str = "/account/sign-in/review";
/// Another password.
pub const OWN_PASSWORD: &str = "/account/sign-in/password";
/// Another address to sign in with.
pub const OWN_ADDRESS: &str = "/account/sign-in/address";
/// Ending all other sessions, by POST.
pub const END_SESSIONS: &str = "/account/sign-in/sessions/end";
/// Ending one session, by POST.
pub const END_SESSION: PathOf = PathOf("/account/sign-in/sessions/{id}/end");
/// Setting the second factor up.
pub const SECOND_FACTOR: &str = "/account/sign-in/second-factor";
/// Turning it on with a first code, by POST.
pub const SECOND_FACTOR_CODE: &str = "/account/sign-in/second-factor/code";
/// Making new recovery codes, by POST.
pub const RECOVERY: &str = "/account/sign-in/second-factor/recovery";
/// Turning the second factor off, by POST.
pub const SECOND_FACTOR_OFF: &str = "/account/sign-in/second-factor/off";
/// One's passkeys.
pub const PASSKEYS: &str = "/account/sign-in/passkeys";
/// What the browser needs to make one, by POST.
pub const PASSKEY_OPTIONS: &str = "/account/sign-in/passkeys/options";
/// One of one's passkeys.
pub const PASSKEY: PathOf = PathOf("/account/sign-in/passkeys/{id}");
/// Removing it, by POST.
pub const PASSKEY_REMOVE: PathOf = PathOf("/account/sign-in/passkeys/{id}/remove");
/// With which providers one signs in oneself.
pub const OWN_PROVIDERS: &str = "/account/sign-in/providers";
/// Linking a provider to the own account, by POST.
pub const LINK_PROVIDER: PathOf = PathOf("/account/sign-in/providers/{slug}/link");
/// Taking it off again, by POST; named by the id of the link.
pub const UNLINK_PROVIDER: PathOf = PathOf("/account/sign-in/providers/{slug}/remove");

// For customers.

/// What is held about the person who is signed in.
pub const ACCOUNT: &str = "/account";
/// All records of a category.
pub const CATEGORY: PathOf = PathOf("/account/category/{slug}");
/// That another address is not theirs, by POST.
pub const KEEP_ADDRESS: &str = "/account/address/keep";
/// Correcting what is held.
pub const CORRECT: &str = "/account/correct";
/// Correcting one record.
pub const CORRECT_RECORD: PathOf = PathOf("/account/correct/{id}");
/// What became of a correction, which its query names.
pub const CORRECTED: &str = "/account/corrected";
/// The same as a letter to print.
pub const ANSWER: &str = "/account/answer";
/// What has happened to one's data.
pub const TIMELINE: &str = "/account/timeline";
/// What is held on behalf of one's organisation.
pub const ORGANISATION: &str = "/account/organisation";
/// All of it in one category.
pub const ORGANISATION_CATEGORY: PathOf = PathOf("/account/organisation/{slug}");
/// What one's data must not be used for.
pub const CHOICES: &str = "/account/choices";
/// Downloading what is held.
pub const EXPORTS: &str = "/account/export";
/// One download, being made or ready.
pub const EXPORT: PathOf = PathOf("/account/export/{id}");
/// The file of a download.
pub const EXPORT_ZIP: PathOf = PathOf("/account/export/{id}/zip");
/// Deleting what is held.
pub const DELETE: &str = "/account/delete";
/// Opening a request when signed in, by POST.
pub const OWN_REQUESTS: &str = "/account/requests";
/// One request of the person who is signed in.
pub const OWN_REQUEST: PathOf = PathOf("/account/requests/{id}");

// For those who answer.

/// The list of requests.
pub const DESK: &str = "/desk";
/// One request.
pub const DESK_REQUEST: PathOf = PathOf("/desk/requests/{id}");
/// Answering the correction that it proposes, by POST.
pub const DESK_CORRECTION: PathOf = PathOf("/desk/requests/{id}/correction");
/// Messages from the contact form.
pub const DESK_MESSAGES: &str = "/desk/messages";
/// One of them.
pub const DESK_MESSAGE: PathOf = PathOf("/desk/messages/{id}");
/// Agreeing with the report that a message is, by POST.
pub const DESK_REPORT_AGREE: PathOf = PathOf("/desk/messages/{id}/agree");
/// Letting go what the report holds, by POST.
pub const DESK_REPORT_RELEASE: PathOf = PathOf("/desk/messages/{id}/release");
/// Deleting what the report is about.
pub const DESK_REPORT_DELETE: PathOf = PathOf("/desk/messages/{id}/delete");
/// What a claim needs, and so must not be deleted.
pub const DESK_HOLDS: &str = "/desk/holds";
/// Lifting what was recorded for a claim.
pub const DESK_HOLD_LIFT: PathOf = PathOf("/desk/holds/{id}/lift");
/// Joining two entries of one person.
pub const DESK_JOIN: &str = "/desk/join";
/// Both of them, before they are joined.
pub const DESK_JOIN_BOTH: PathOf = PathOf("/desk/join/{id}/{other}");
/// Reports that data is a child's.
pub const DESK_REPORTS: &str = "/desk/reports";
/// Releasing several of them, by POST.
pub const DESK_REPORTS_RELEASE: &str = "/desk/reports/release";

// The studio: what its bar leads to is listed in `studio_pages`.

/// Where the studio begins: what needs somebody today.
pub const STUDIO: &str = "/studio";
/// The draft as a whole.
pub const STUDIO_POLICY: &str = "/studio/policy";
/// A new section.
pub const STUDIO_SECTION_NEW: &str = "/studio/policy/sections/new";
/// A section.
pub const STUDIO_SECTION: PathOf = PathOf("/studio/policy/sections/{slug}");
/// Removing a section.
pub const STUDIO_SECTION_REMOVE: PathOf = PathOf("/studio/policy/sections/{slug}/remove");
/// How long something is kept.
pub const STUDIO_RETENTION: PathOf = PathOf("/studio/policy/retention/{slug}");
/// A new recipient.
pub const STUDIO_PROCESSOR_NEW: &str = "/studio/policy/processors/new";
/// A recipient.
pub const STUDIO_PROCESSOR: PathOf = PathOf("/studio/policy/processors/{slug}");
/// Removing a recipient.
pub const STUDIO_PROCESSOR_REMOVE: PathOf = PathOf("/studio/policy/processors/{slug}/remove");
/// Who is responsible, and how to reach them.
pub const STUDIO_CONTACTS: &str = "/studio/policy/contacts";
/// Everything that the check found.
pub const STUDIO_CHECK: &str = "/studio/policy/check";
/// The draft against what is published.
pub const STUDIO_COMPARE: &str = "/studio/policy/compare";
/// Putting the draft into force.
pub const STUDIO_PUBLISH: &str = "/studio/policy/publish";
/// Throwing the draft away.
pub const STUDIO_DISCARD: &str = "/studio/policy/discard";
/// The versions that are or were in force.
pub const STUDIO_VERSIONS: &str = "/studio/versions";
/// Taking one of them up again as a draft, by its number.
pub const STUDIO_RESTORE: PathOf = PathOf("/studio/versions/{number}/restore");
/// What the island asks for a preview, by POST.
pub const STUDIO_PREVIEW: &str = "/studio/_fn/preview";
/// Who works for the tenant.
pub const STUDIO_STAFF: &str = "/studio/staff";
/// Inviting somebody.
pub const STUDIO_STAFF_INVITE: &str = "/studio/staff/invite";
/// Somebody of staff.
pub const STUDIO_STAFF_MEMBER: PathOf = PathOf("/studio/staff/{id}");
/// Taking the role away.
pub const STUDIO_STAFF_REMOVE: PathOf = PathOf("/studio/staff/{id}/remove");
/// Taking an invitation back.
pub const STUDIO_INVITATION_REVOKE: PathOf = PathOf("/studio/staff/invitations/{id}/revoke");
/// How people sign in.
pub const STUDIO_SIGN_IN: &str = "/studio/sign-in";
/// A new service to sign in with.
pub const STUDIO_PROVIDER_NEW: &str = "/studio/sign-in/new";
/// A service to sign in with.
pub const STUDIO_PROVIDER: PathOf = PathOf("/studio/sign-in/{slug}");
/// Asking it whether it answers, by POST.
pub const STUDIO_PROVIDER_TEST: PathOf = PathOf("/studio/sign-in/{slug}/test");
/// Removing it.
pub const STUDIO_PROVIDER_REMOVE: PathOf = PathOf("/studio/sign-in/{slug}/remove");
/// Tokens of the API.
pub const STUDIO_TOKENS: &str = "/studio/tokens";
/// A new one.
pub const STUDIO_TOKEN_NEW: &str = "/studio/tokens/new";
/// Revoking one.
pub const STUDIO_TOKEN_REVOKE: PathOf = PathOf("/studio/tokens/{id}/revoke");
/// Which of the tenant's own systems are told what happens here.
pub const STUDIO_WEBHOOKS: &str = "/studio/webhooks";
/// A new endpoint.
pub const STUDIO_WEBHOOK_NEW: &str = "/studio/webhooks/new";
/// What was sent to an endpoint.
pub const STUDIO_WEBHOOK: PathOf = PathOf("/studio/webhooks/{id}");
/// Changing an endpoint.
pub const STUDIO_WEBHOOK_EDIT: PathOf = PathOf("/studio/webhooks/{id}/edit");
/// Another secret for it.
pub const STUDIO_WEBHOOK_SECRET: PathOf = PathOf("/studio/webhooks/{id}/secret");
/// Removing it.
pub const STUDIO_WEBHOOK_REMOVE: PathOf = PathOf("/studio/webhooks/{id}/remove");
/// Sending a test to it, by POST.
pub const STUDIO_WEBHOOK_TEST: PathOf = PathOf("/studio/webhooks/{id}/test");
/// Sending something once more, by POST.
pub const STUDIO_WEBHOOK_AGAIN: PathOf = PathOf("/studio/webhooks/deliveries/{id}/again");
/// The tenant's account at Stripe.
pub const STUDIO_STRIPE: &str = "/studio/stripe";
/// Connecting it, or connecting another one.
pub const STUDIO_STRIPE_CONNECT: &str = "/studio/stripe/connect";
/// Asking it whether it answers, by POST.
pub const STUDIO_STRIPE_TEST: &str = "/studio/stripe/test";
/// Another secret for its webhook.
pub const STUDIO_STRIPE_SECRET: &str = "/studio/stripe/secret";
/// Taking the secret before no longer.
pub const STUDIO_STRIPE_SECRET_END: &str = "/studio/stripe/secret/end";
/// Ending the connection.
pub const STUDIO_STRIPE_REMOVE: &str = "/studio/stripe/remove";

/// A section, in the document's own language or another one.
pub fn studio_section(id: &Slug, language: Option<Language>) -> String {
    let path = STUDIO_SECTION.of(id);
    language.map_or(path.clone(), |language| format!("{path}?language={language}"))
}

// What the server adds beside the pages.

/// The API, for people.
pub const API: &str = "/api/v1/docs";
