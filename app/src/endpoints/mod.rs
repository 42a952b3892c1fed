//! What is answered to programs, and is no page.

pub mod icon;
pub mod policy_json;
pub mod policy_text;
pub mod receipt_json;
pub mod robots;
pub mod stripe_hook;
