//! Lists of facts, as a policy shows them where its prose names one.
//!
//! Only what the tenant states is shown; what is assumed stays in the studio.

mod controller;
mod cookies;
pub(crate) mod data;
pub(crate) mod recipients;
mod retention;
pub mod rights;
mod statements;
pub mod table;

use domain::policy::placeholders::FactList;
use table::Listed;

use super::reader::Reader;

/// A list of facts; nothing where the document states none.
pub fn fact_list(reader: Reader<'_>, list: FactList) -> Option<Listed> {
    match list {
        FactList::Controller => controller::controller(reader),
        FactList::Contacts => controller::contacts(reader),
        FactList::Categories => data::categories(reader),
        FactList::Purposes => data::purposes(reader),
        FactList::Sources => data::sources(reader),
        FactList::Processors => recipients::processors(reader),
        FactList::Transfers => recipients::transfers(reader),
        FactList::Cookies => cookies::cookies(reader),
        FactList::Retention => retention::retention(reader),
        FactList::Holds => retention::holds(reader),
        FactList::Rights => rights::rights(reader),
        FactList::Commitments => statements::commitments(reader),
        FactList::AutomatedDecisions => statements::automated_decisions(reader),
        FactList::Sale => statements::sale(reader),
        FactList::Children => statements::children(reader),
        FactList::Changes => statements::changes(reader),
    }
}
