//! One file per command.

pub mod backup;
pub mod doctor;
pub mod import;
pub mod keys;
pub mod migrate;
pub mod receipt;
pub mod restore;
pub mod serve;
pub mod staff;
pub mod tenant;
pub mod token;
pub mod worker;
