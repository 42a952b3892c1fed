//! The studio: where the next version of the policy is written, checked and
//! published. One file per page; what several of them need comes first.

mod ask;
pub mod bar;
pub mod facts_panel;
pub mod findings;
pub mod working;

pub mod check;
pub mod compare;
pub mod contacts;
pub mod discard;
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
pub mod today;
pub mod tokens;
pub mod versions;
pub mod webhook;
pub mod webhook_log;
pub mod webhooks;
