//! The pages, one file each, by those who read them.

pub mod account;
pub mod demo;
pub mod desk;
pub mod public;
pub mod sign_in;
pub mod studio;
pub mod trouble;
