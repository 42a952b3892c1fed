//! Erasing: previewed, asked for, carried out, proven.

mod ask;
mod ask_by_id;
mod batch;
mod carry_out;
mod claims;
mod end;
mod keys;
mod plan;
mod preview;
mod receipt;
mod replay;
mod retained;

pub(crate) use ask::begin;
pub use ask::{AskError, Asked, ask, asked_before};
pub use ask_by_id::{Begun, ask_by_id};
pub(crate) use carry_out::{Erase, GoOnErasing};
pub use carry_out::{carry_out, go_on, hide, step};
pub(crate) use keys::DestroyKeys;
pub use keys::destroy_keys;
pub use preview::{Preview, preview};
pub use receipt::{
    Checked, Fault, HeadState, LineBody, Paper, PaperHead, PaperLine, Receipt, ReceiptCode,
    SignedLine, public_key, public_keys, receipt,
};
pub use replay::{Replayed, replay};
