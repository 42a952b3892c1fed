//! What customers see and do with what is held about them.

pub mod answer;
pub mod category;
pub mod choices;
pub mod correct;
pub mod corrected;
pub mod dashboard;
pub mod delete;
pub mod export;
pub mod organisation;
pub mod request;
pub mod timeline;
