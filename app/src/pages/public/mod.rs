//! What everybody reads.

pub mod api;
pub mod centre;
pub mod compare;
pub mod contact;
pub mod contact_write;
pub mod cookies;
pub mod history;
pub mod policy;
pub mod processors;
pub mod published;
pub mod receipt;
pub mod requests;
