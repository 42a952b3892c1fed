//! For how long a row stays that goes by itself: what docs/LIFETIMES.md tells, from the
//! numbers that are carried out.

use domain::tries::{CODES, Tally};

use crate::data::stripe;
use crate::people::accounts::{self, Purpose};
use crate::people::tokens;
use crate::platform::mail;
use crate::rights::exports;
use crate::webhooks;

/// A table, and after how many seconds rows of it go by themselves.
pub struct Lifetime {
    /// Its name in the database.
    pub table: &'static str,
    /// All times that there are.
    pub seconds: Vec<i64>,
}

/// Every table from which rows go by themselves after a time.
pub fn lifetimes() -> Vec<Lifetime> {
    let of = |table, seconds: &[i64]| Lifetime { table, seconds: seconds.to_vec() };
    // Of all rules, codes are remembered for the longest.
    let tries = CODES.forgotten_at(Tally { count: 1, at: 0 }) / 1000;
    vec![
        of("api_answers", &[tokens::REMEMBERED]),
        of("ceremonies", &[accounts::CEREMONY, accounts::UNSENT_FORM]),
        of("exports", &[exports::LIFETIME]),
        of("export_chunks", &[exports::LIFETIME]),
        of("outbox", &[mail::PATIENCE]),
        of("proofs", &Purpose::ALL.map(Purpose::lasts)),
        of("sessions", &[accounts::IDLE, accounts::ABSOLUTE]),
        of("stripe_events", &[stripe::REMEMBERED]),
        of("tries", &[tries]),
        of("webhook_deliveries", &[webhooks::KEPT]),
    ]
}
