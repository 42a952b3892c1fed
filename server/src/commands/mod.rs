//! One file per command.

pub mod doctor;
pub mod import;
pub mod migrate;
pub mod serve;
pub mod staff;
pub mod tenant;
pub mod worker;
