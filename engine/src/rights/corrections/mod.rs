//! Correcting what is held (GDPR art. 16; L11, E18).
//!
//! A field that the policy lets people edit changes at once, and its source is
//! told. Any other becomes a *proposal*, a request with before and after that
//! staff accepts or declines. Only what is about one person alone, and held for
//! the tenant itself, is corrected here.

mod answer;
mod correct;
mod field;
mod held;
mod proposal;

pub use answer::{Answer, AnswerError, answer};
pub use correct::{CorrectError, Correctable, Corrected, correct, correctable};
pub use field::{Field, Wrong};
pub use proposal::{Change, Proposal, proposal_of};
