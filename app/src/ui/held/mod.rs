//! What is held about a person, as the dashboard, the answer and the download
//! show it.

pub mod amount;
pub mod category_facts;
pub mod fields;
pub mod kept;
pub mod next_address;
pub mod record;
pub mod standing;
pub mod stripe;
