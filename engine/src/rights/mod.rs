//! What people can ask for, and how it is carried out.

pub mod contact;
pub mod corrections;
pub mod erasure;
pub mod exports;
pub mod requests;
