//! Where the pages are that others link to.

use uuid::Uuid;

/// The privacy centre.
pub const CENTRE: &str = "/";
/// The policy in force.
pub const POLICY: &str = "/policy";
/// The same as plain text.
pub const POLICY_TEXT: &str = "/policy.txt";
/// Its earlier versions.
pub const HISTORY: &str = "/policy/history";
/// The cookies of the company's sites.
pub const COOKIES: &str = "/cookies";
/// Who receives data.
pub const PROCESSORS: &str = "/processors";
/// A message to the company.
pub const CONTACT: &str = "/contact";
/// The form for it.
pub const CONTACT_WRITE: &str = "/contact/write";
/// What happens after it was sent.
pub const CONTACT_SENT: &str = "/contact/sent";
/// What is held about the person who is signed in.
pub const ACCOUNT: &str = "/account";
/// The same as a letter to print.
pub const ANSWER: &str = "/account/answer";
/// Downloading what is held.
pub const EXPORT: &str = "/account/export";
/// What one's data must not be used for.
pub const CHOICES: &str = "/account/choices";
/// What has happened to one's data.
pub const TIMELINE: &str = "/account/timeline";
/// What is held on behalf of one's organisation.
pub const ORGANISATION: &str = "/account/organisation";
/// The API, for people.
pub const API: &str = "/api/v1/docs";

/// The schema of a kind of records.
pub fn kind(name: &str) -> String {
    format!("/kinds/{name}.schema.json")
}

/// Deleting what is held.
pub const DELETE: &str = "/account/delete";
/// Correcting what is held.
pub const CORRECT: &str = "/account/correct";
/// What became of a correction, which its query names.
pub const CORRECTED: &str = "/account/corrected";
/// Opening a request when signed in, by POST.
pub const OWN_REQUESTS: &str = "/account/requests";
/// Starting a request and following it.
pub const REQUESTS: &str = "/requests";
/// The policy's workshop.
pub const STUDIO: &str = "/studio";
/// The list of requests, for those who answer them.
pub const DESK: &str = "/desk";
/// Messages from the contact form.
pub const DESK_MESSAGES: &str = "/desk/messages";
/// What a claim needs, and so must not be deleted.
pub const DESK_HOLDS: &str = "/desk/holds";
/// Reports that data is a child's.
pub const DESK_REPORTS: &str = "/desk/reports";
/// How one signs in oneself: password, second factor, sessions.
pub const OWN_SIGN_IN: &str = "/account/sign-in";
/// Which ways in are theirs, after a reset.
pub const REVIEW: &str = "/account/sign-in/review";
/// Another password.
pub const OWN_PASSWORD: &str = "/account/sign-in/password";
/// Another address to sign in with.
pub const OWN_ADDRESS: &str = "/account/sign-in/address";
/// Where one is signed in.
pub const OWN_SESSIONS: &str = "/account/sign-in/sessions";
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
/// Showing once more who one is.
pub const CONFIRM: &str = "/account/confirm";
/// Having a code mailed for that, by POST.
pub const CONFIRM_CODE: &str = "/account/confirm/code";
/// Doing so with a passkey, by POST.
pub const CONFIRM_PASSKEY: &str = "/account/confirm/passkey";
/// What the browser needs for that, by POST.
pub const CONFIRM_PASSKEY_OPTIONS: &str = "/account/confirm/passkey/options";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Making an account.
pub const SIGN_UP: &str = "/sign-up";
/// Having a link mailed to choose a new password.
pub const FORGOT: &str = "/forgot";
/// What happens after a link was asked for.
pub const LINK_SENT: &str = "/sign-in/sent";
/// The second step of signing in.
pub const SIGN_IN_FACTOR: &str = "/sign-in/second-factor";
/// Signing in with a passkey.
pub const SIGN_IN_PASSKEY: &str = "/sign-in/passkey";
/// What the browser needs for that, by POST.
pub const SIGN_IN_PASSKEY_OPTIONS: &str = "/sign-in/passkey/options";
/// Linking an account to a provider by its password.
pub const LINK: &str = "/sign-in/link";
/// With which providers one signs in oneself.
pub const OWN_PROVIDERS: &str = "/account/sign-in/providers";
/// Ending the session, by POST.
pub const SIGN_OUT: &str = "/sign-out";

/// The differences between two versions, which its query names.
pub const COMPARE: &str = "/policy/compare";

/// One of one's passkeys.
pub fn passkey(id: Uuid) -> String {
    format!("{PASSKEYS}/{id}")
}

/// Removing it, by POST.
pub fn passkey_removal(id: Uuid) -> String {
    format!("{PASSKEYS}/{id}/remove")
}

/// One message from the contact form.
pub fn desk_message(id: Uuid) -> String {
    format!("{DESK_MESSAGES}/{id}")
}

/// What is decided about the report that a message is: `agree` and `release` by POST,
/// and `delete`.
pub fn desk_report(id: Uuid, decision: &str) -> String {
    format!("{DESK_MESSAGES}/{id}/{decision}")
}

/// Lifting what was recorded for a claim.
pub fn desk_hold_lift(id: Uuid) -> String {
    format!("{DESK_HOLDS}/{id}/lift")
}

/// Releasing several reports, by POST.
pub const DESK_REPORTS_RELEASE: &str = "/desk/reports/release";

/// One version of the policy.
pub fn version(number: u32) -> String {
    format!("/policy/versions/{number}")
}

/// The differences between two versions.
pub fn compare(from: u32, to: u32) -> String {
    format!("{COMPARE}?from={from}&to={to}")
}

/// All records of a category.
pub fn category(id: &str) -> String {
    format!("/account/category/{id}")
}

/// Correcting one record.
pub fn correct(record: Uuid) -> String {
    format!("{CORRECT}/{record}")
}

/// One request, for those who answer them.
pub fn desk_request(id: Uuid) -> String {
    format!("{DESK}/requests/{id}")
}

/// Answering the correction that it proposes, by POST.
pub fn desk_correction(id: Uuid) -> String {
    format!("{DESK}/requests/{id}/correction")
}

/// One download, being made or ready.
pub fn export(id: Uuid) -> String {
    format!("{EXPORT}/{id}")
}

/// The file of a download.
pub fn export_zip(id: Uuid) -> String {
    format!("{EXPORT}/{id}/zip")
}

/// One request of the person who is signed in.
pub fn own_request(id: Uuid) -> String {
    format!("{OWN_REQUESTS}/{id}")
}

/// What an erasure did.
pub fn receipt(code: &str) -> String {
    format!("/receipts/{code}")
}

/// The same as a file.
pub fn receipt_file(code: &str) -> String {
    format!("/receipts/{code}/receipt.json")
}

/// Signing in with a provider, by POST.
pub fn sign_in_with(slug: &str) -> String {
    format!("{SIGN_IN}/with/{slug}")
}

/// Showing once more who one is with a provider, by POST.
pub fn confirm_with(slug: &str) -> String {
    format!("{CONFIRM}/with/{slug}")
}

/// Linking a provider to the own account, by POST.
pub fn link_provider(slug: &str) -> String {
    format!("{OWN_PROVIDERS}/{slug}/link")
}

/// Taking it off again, by POST.
pub fn unlink_provider(id: Uuid) -> String {
    format!("{OWN_PROVIDERS}/{id}/remove")
}
