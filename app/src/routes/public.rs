//! What everybody reads, and what programs ask for.

use axum::routing::{get, post};
use domain::roles::Permission::{ControlOwnData, ReadPublic};

use super::{Route, kept, reads, writes};
use crate::endpoints::{icon, policy_json, policy_text, receipt_json, robots, stripe_hook};
use crate::pages::public::{
    centre, compare, contact, contact_write, cookies, history, policy, processors, receipt,
    requests,
};
use crate::paths;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        kept(paths::CENTRE, get(centre::show)),
        kept(paths::ICON, get(icon::show)),
        kept(paths::POLICY, get(policy::show)),
        kept(paths::POLICY_JSON, get(policy_json::as_json)),
        kept(paths::POLICY_SCHEMA, get(policy_json::schema)),
        kept(paths::POLICY_TEXT, get(policy_text::show)),
        kept(paths::HISTORY, get(history::show)),
        kept(paths::VERSION, get(policy::version)),
        kept(paths::COMPARE, get(compare::show)),
        kept(paths::COOKIES, get(cookies::show)),
        kept(paths::PROCESSORS, get(processors::show)),
        kept(paths::GPC, get(policy_json::gpc)),
        kept(paths::ROBOTS, get(robots::show)),
        kept(paths::KIND, get(policy_json::kind)),
        kept(paths::CONTACT, get(contact::show)),
        reads(paths::CONTACT_WRITE, ReadPublic, get(contact_write::show)),
        writes(paths::CONTACT_WRITE, ReadPublic, post(contact_write::submit)),
        reads(paths::CONTACT_SENT, ReadPublic, get(contact_write::sent)),
        reads(paths::REQUESTS, ReadPublic, get(requests::show)),
        reads(paths::RECEIPT_KEYS, ReadPublic, get(receipt_json::keys)),
        reads(paths::RECEIPT, ReadPublic, get(receipt::show)),
        reads(paths::RECEIPT_FILE, ReadPublic, get(receipt_json::file)),
        writes(paths::OWN_REQUESTS, ControlOwnData, post(requests::ask)),
        writes(paths::STRIPE_HOOK, ReadPublic, post(stripe_hook::receive)),
    ]
}
