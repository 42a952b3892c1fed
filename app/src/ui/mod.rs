//! The parts that pages share.

pub mod before_after;
pub mod chrome;
pub mod deadline_bar;
pub mod decided;
pub mod fact_change;
pub mod facts;
pub mod forms;
pub mod held;
pub mod markup;
pub mod passkey;
pub mod policy_view;
pub mod prose_diff;
pub mod qr;
pub mod reader;
pub mod segments;
pub mod textarea;
pub mod theme;
pub mod timeline;
