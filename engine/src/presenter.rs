//! How an export's readable page and a mail are written: by whoever renders
//! pages.

use domain::identifiers::{EmailAddress, Language};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::data::records::{Holding, Opened, Overview};
use crate::data::stripe::Seen;
use crate::platform::mail::Letter;

/// Renders mails, and the readable page of an export piece by piece, so that it
/// is never in memory as a whole.
pub trait Presenter: Send + Sync {
    /// Everything before the first category.
    fn head(&self, overview: &Overview, language: Language, made_on: Date) -> String;
    /// What opens a category.
    fn open_category(&self, overview: &Overview, holding: &Holding, language: Language) -> String;
    /// Some records of the category that is open.
    fn records(&self, records: &[Opened], language: Language) -> String;
    /// What closes a category.
    fn close_category(&self) -> String;
    /// What was last seen at Stripe.
    fn at_stripe(&self, seen: &Seen, language: Language, zone: &TimeZone) -> String;
    /// Everything after that.
    fn tail(&self, language: Language) -> String;
    /// A mail as HTML.
    fn letter(
        &self,
        letter: &Letter,
        company: &str,
        contact: Option<&EmailAddress>,
        language: Language,
    ) -> String;
}
