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
/// What is held about the person who is signed in.
pub const ACCOUNT: &str = "/account";
/// The same as a letter to print.
pub const ANSWER: &str = "/account/answer";
/// Downloading what is held.
pub const EXPORT: &str = "/account/export";
/// Deleting what is held.
pub const DELETE: &str = "/account/delete";
/// Opening a request when signed in, by POST.
pub const OWN_REQUESTS: &str = "/account/requests";
/// Starting a request and following it.
pub const REQUESTS: &str = "/requests";
/// The policy's workshop.
pub const STUDIO: &str = "/studio";
/// The list of requests, for those who answer them.
pub const DESK: &str = "/desk";
/// How one signs in oneself: password, second factor, sessions.
pub const OWN_SIGN_IN: &str = "/account/sign-in";
/// Another password.
pub const OWN_PASSWORD: &str = "/account/sign-in/password";
/// Another address to sign in with.
pub const OWN_ADDRESS: &str = "/account/sign-in/address";
/// Where one is signed in.
pub const OWN_SESSIONS: &str = "/account/sign-in/sessions";
/// Setting the second factor up.
pub const SECOND_FACTOR: &str = "/account/sign-in/second-factor";
/// Showing once more who one is.
pub const CONFIRM: &str = "/account/confirm";
/// Having a code mailed for that, by POST.
pub const CONFIRM_CODE: &str = "/account/confirm/code";
/// Signing in.
pub const SIGN_IN: &str = "/sign-in";
/// Making an account.
pub const SIGN_UP: &str = "/sign-up";
/// Having a link mailed to choose a new password.
pub const FORGOT: &str = "/forgot";
/// What happens after a link was asked for.
pub const LINK_SENT: &str = "/sign-in/sent";
/// Ending the session, by POST.
pub const SIGN_OUT: &str = "/sign-out";

/// The differences between two versions, which its query names.
pub const COMPARE: &str = "/policy/compare";

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
