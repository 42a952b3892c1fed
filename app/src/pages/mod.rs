//! The pages, one file each.

pub mod account;
pub mod answer;
pub mod category;
pub mod centre;
pub mod compare;
pub mod confirm;
pub mod contact;
pub mod cookies;
pub mod delete;
pub mod demo_index;
pub mod desk;
pub mod errors;
pub mod export;
pub mod history;
pub mod icon;
pub mod letter;
pub mod policy;
pub mod policy_text;
pub mod presenter;
pub mod processors;
pub mod published;
pub mod receipt;
pub mod request;
pub mod requests;
pub mod sign_in;
pub mod studio;
