//! Signing in with other places: going there, coming back, and linking.

pub mod back;
pub mod button;
pub mod link;
pub mod start;
pub mod trouble;
