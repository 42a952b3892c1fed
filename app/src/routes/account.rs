//! What customers see and do with what is held about them.

use axum::routing::{get, post};
use domain::roles::Permission::ControlOwnData;
use engine::accounts::Task::{Deletion, Disclosure, Export};

use super::{Route, reads, writes};
use crate::pages::account::{
    answer, category, choices, correct, corrected, dashboard, delete, export, organisation,
    request, timeline,
};
use crate::paths;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        reads(paths::ACCOUNT, ControlOwnData, get(dashboard::show)).confirmed(Disclosure),
        writes(paths::KEEP_ADDRESS, ControlOwnData, post(dashboard::keep_address)),
        reads(paths::CATEGORY, ControlOwnData, get(category::show)).confirmed(Disclosure),
        reads(paths::CORRECT, ControlOwnData, get(correct::choose)).confirmed(Disclosure),
        reads(paths::CORRECT_RECORD, ControlOwnData, get(correct::show)).confirmed(Disclosure),
        writes(paths::CORRECT_RECORD, ControlOwnData, post(correct::submit)).confirmed(Disclosure),
        reads(paths::CORRECTED, ControlOwnData, get(corrected::show)),
        reads(paths::ANSWER, ControlOwnData, get(answer::show)).confirmed(Disclosure),
        reads(paths::TIMELINE, ControlOwnData, get(timeline::show)).confirmed(Disclosure),
        reads(paths::ORGANISATION, ControlOwnData, get(organisation::show)).confirmed(Disclosure),
        reads(paths::ORGANISATION_CATEGORY, ControlOwnData, get(organisation::show_category))
            .confirmed(Disclosure),
        reads(paths::CHOICES, ControlOwnData, get(choices::show)),
        writes(paths::CHOICES, ControlOwnData, post(choices::choose)),
        reads(paths::EXPORTS, ControlOwnData, get(export::show)),
        writes(paths::EXPORTS, ControlOwnData, post(export::begin)),
        reads(paths::EXPORT, ControlOwnData, get(export::progress)),
        reads(paths::EXPORT_ZIP, ControlOwnData, get(export::download)).confirmed(Export),
        reads(paths::DELETE, ControlOwnData, get(delete::show)).confirmed(Deletion),
        writes(paths::DELETE, ControlOwnData, post(delete::carry_out)).confirmed(Deletion),
        reads(paths::OWN_REQUEST, ControlOwnData, get(request::show)),
    ]
}
