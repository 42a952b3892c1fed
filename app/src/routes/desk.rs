//! What those see who answer requests.

use axum::routing::{get, post};
use domain::roles::Permission::{AnswerRequests, ReadRequests};
use engine::accounts::Task::{Deletion, Joining, Release};

use super::{Route, reads, writes};
use crate::pages::desk::{holds, join, messages, queue, report, reports, request};
use crate::paths;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        reads(paths::DESK, ReadRequests, get(queue::show)),
        reads(paths::DESK_REQUEST, ReadRequests, get(request::show)),
        writes(paths::DESK_CORRECTION, AnswerRequests, post(request::answer_correction)),
        reads(paths::DESK_MESSAGES, ReadRequests, get(messages::show)),
        reads(paths::DESK_MESSAGE, ReadRequests, get(messages::show_one)),
        writes(paths::DESK_REPORT_AGREE, AnswerRequests, post(report::agree)),
        writes(paths::DESK_REPORT_RELEASE, AnswerRequests, post(report::release))
            .confirmed(Release),
        reads(paths::DESK_REPORT_DELETE, AnswerRequests, get(report::ask_delete))
            .confirmed(Deletion),
        writes(paths::DESK_REPORT_DELETE, AnswerRequests, post(report::delete)).confirmed(Deletion),
        reads(paths::DESK_HOLDS, ReadRequests, get(holds::show)),
        writes(paths::DESK_HOLDS, AnswerRequests, post(holds::record)),
        reads(paths::DESK_HOLD_LIFT, AnswerRequests, get(holds::ask_lift)).confirmed(Release),
        writes(paths::DESK_HOLD_LIFT, AnswerRequests, post(holds::lift)).confirmed(Release),
        reads(paths::DESK_JOIN, AnswerRequests, get(join::show)),
        writes(paths::DESK_JOIN, AnswerRequests, post(join::find)),
        reads(paths::DESK_JOIN_BOTH, AnswerRequests, get(join::look)).confirmed(Joining),
        writes(paths::DESK_JOIN_BOTH, AnswerRequests, post(join::join)).confirmed(Joining),
        reads(paths::DESK_REPORTS, ReadRequests, get(reports::show)),
        // It asks by itself, and keeps what was chosen.
        writes(paths::DESK_REPORTS_RELEASE, AnswerRequests, post(reports::release)),
    ]
}
