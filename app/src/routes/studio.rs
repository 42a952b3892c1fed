//! The studio.

use axum::routing::{get, post};
use domain::roles::Permission::{
    EditPolicy, ManageSettings, PublishPolicy, ReadDrafts, ReadSettings,
};
use engine::accounts::Task::{Publication, Settings};

use super::{Route, reads, writes};
use crate::pages::studio::{
    check, compare, contacts, discard, policy, preview, processor, provider, publish, remove,
    retention, section, sign_in, staff, stripe, today, tokens, versions, webhook, webhook_log,
    webhooks,
};
use crate::paths;

/// The table.
pub(super) fn routes() -> Vec<Route> {
    vec![
        reads(paths::STUDIO, ReadDrafts, get(today::show)),
        reads(paths::STUDIO_POLICY, ReadDrafts, get(policy::show)),
        reads(paths::STUDIO_SECTION_NEW, EditPolicy, get(section::show_new)),
        writes(paths::STUDIO_SECTION_NEW, EditPolicy, post(section::add)),
        reads(paths::STUDIO_SECTION, EditPolicy, get(section::show)),
        writes(paths::STUDIO_SECTION, EditPolicy, post(section::save)),
        reads(paths::STUDIO_SECTION_REMOVE, EditPolicy, get(remove::ask_section)),
        writes(paths::STUDIO_SECTION_REMOVE, EditPolicy, post(remove::section)),
        reads(paths::STUDIO_RETENTION, EditPolicy, get(retention::show)),
        writes(paths::STUDIO_RETENTION, EditPolicy, post(retention::save)),
        reads(paths::STUDIO_PROCESSOR_NEW, EditPolicy, get(processor::show_new)),
        writes(paths::STUDIO_PROCESSOR_NEW, EditPolicy, post(processor::add)),
        reads(paths::STUDIO_PROCESSOR, EditPolicy, get(processor::show)),
        writes(paths::STUDIO_PROCESSOR, EditPolicy, post(processor::save)),
        reads(paths::STUDIO_PROCESSOR_REMOVE, EditPolicy, get(remove::ask_processor)),
        writes(paths::STUDIO_PROCESSOR_REMOVE, EditPolicy, post(remove::processor)),
        reads(paths::STUDIO_CONTACTS, EditPolicy, get(contacts::show)),
        writes(paths::STUDIO_CONTACTS, EditPolicy, post(contacts::save)),
        reads(paths::STUDIO_DISCARD, EditPolicy, get(discard::ask)),
        writes(paths::STUDIO_DISCARD, EditPolicy, post(discard::discard)),
        reads(paths::STUDIO_VERSIONS, ReadDrafts, get(versions::show)),
        reads(paths::STUDIO_RESTORE, EditPolicy, get(versions::ask_restore)),
        writes(paths::STUDIO_RESTORE, EditPolicy, post(versions::restore)),
        reads(paths::STUDIO_CHECK, ReadDrafts, get(check::show)),
        reads(paths::STUDIO_COMPARE, ReadDrafts, get(compare::show)),
        reads(paths::STUDIO_PUBLISH, PublishPolicy, get(publish::show)).confirmed(Publication),
        writes(paths::STUDIO_PUBLISH, PublishPolicy, post(publish::publish)).confirmed(Publication),
        writes(paths::STUDIO_PREVIEW, EditPolicy, post(preview::server_fn)),
        reads(paths::STUDIO_STAFF, ReadSettings, get(staff::show)),
        reads(paths::STUDIO_STAFF_INVITE, ManageSettings, get(staff::show_invite))
            .confirmed(Settings),
        writes(paths::STUDIO_STAFF_INVITE, ManageSettings, post(staff::invite)).confirmed(Settings),
        reads(paths::STUDIO_STAFF_MEMBER, ManageSettings, get(staff::show_one)).confirmed(Settings),
        writes(paths::STUDIO_STAFF_MEMBER, ManageSettings, post(staff::change)).confirmed(Settings),
        reads(paths::STUDIO_STAFF_REMOVE, ManageSettings, get(staff::ask_remove))
            .confirmed(Settings),
        writes(paths::STUDIO_STAFF_REMOVE, ManageSettings, post(staff::remove)).confirmed(Settings),
        reads(paths::STUDIO_INVITATION_REVOKE, ManageSettings, get(staff::ask_revoke)),
        writes(paths::STUDIO_INVITATION_REVOKE, ManageSettings, post(staff::revoke)),
        reads(paths::STUDIO_SIGN_IN, ReadSettings, get(sign_in::show)),
        reads(paths::STUDIO_PROVIDER_NEW, ManageSettings, get(provider::show_new))
            .confirmed(Settings),
        writes(paths::STUDIO_PROVIDER_NEW, ManageSettings, post(provider::add)).confirmed(Settings),
        reads(paths::STUDIO_PROVIDER, ManageSettings, get(provider::show)).confirmed(Settings),
        writes(paths::STUDIO_PROVIDER, ManageSettings, post(provider::change)).confirmed(Settings),
        writes(paths::STUDIO_PROVIDER_TEST, ManageSettings, post(sign_in::test)),
        reads(paths::STUDIO_PROVIDER_REMOVE, ManageSettings, get(provider::ask_remove))
            .confirmed(Settings),
        writes(paths::STUDIO_PROVIDER_REMOVE, ManageSettings, post(provider::remove))
            .confirmed(Settings),
        reads(paths::STUDIO_TOKENS, ReadSettings, get(tokens::show)),
        reads(paths::STUDIO_TOKEN_NEW, ManageSettings, get(tokens::show_new)).confirmed(Settings),
        writes(paths::STUDIO_TOKEN_NEW, ManageSettings, post(tokens::make)).confirmed(Settings),
        reads(paths::STUDIO_TOKEN_REVOKE, ManageSettings, get(tokens::ask_revoke)),
        writes(paths::STUDIO_TOKEN_REVOKE, ManageSettings, post(tokens::revoke)),
        reads(paths::STUDIO_WEBHOOKS, ReadSettings, get(webhooks::show)),
        reads(paths::STUDIO_WEBHOOK_NEW, ManageSettings, get(webhook::show_new))
            .confirmed(Settings),
        writes(paths::STUDIO_WEBHOOK_NEW, ManageSettings, post(webhook::add)).confirmed(Settings),
        reads(paths::STUDIO_WEBHOOK, ReadSettings, get(webhook_log::show)),
        reads(paths::STUDIO_WEBHOOK_EDIT, ManageSettings, get(webhook::show)).confirmed(Settings),
        writes(paths::STUDIO_WEBHOOK_EDIT, ManageSettings, post(webhook::change))
            .confirmed(Settings),
        reads(paths::STUDIO_WEBHOOK_SECRET, ManageSettings, get(webhook::ask_rotate))
            .confirmed(Settings),
        writes(paths::STUDIO_WEBHOOK_SECRET, ManageSettings, post(webhook::rotate))
            .confirmed(Settings),
        reads(paths::STUDIO_WEBHOOK_REMOVE, ManageSettings, get(webhook::ask_remove))
            .confirmed(Settings),
        writes(paths::STUDIO_WEBHOOK_REMOVE, ManageSettings, post(webhook::remove))
            .confirmed(Settings),
        writes(paths::STUDIO_WEBHOOK_TEST, ManageSettings, post(webhook_log::test)),
        writes(paths::STUDIO_WEBHOOK_AGAIN, ManageSettings, post(webhook_log::again)),
        reads(paths::STUDIO_STRIPE, ReadSettings, get(stripe::show)),
        writes(paths::STUDIO_STRIPE_TEST, ManageSettings, post(stripe::test)),
        reads(paths::STUDIO_STRIPE_CONNECT, ManageSettings, get(stripe::connect::show))
            .confirmed(Settings),
        writes(paths::STUDIO_STRIPE_CONNECT, ManageSettings, post(stripe::connect::submit))
            .confirmed(Settings),
        reads(paths::STUDIO_STRIPE_SECRET, ManageSettings, get(stripe::secret::show))
            .confirmed(Settings),
        writes(paths::STUDIO_STRIPE_SECRET, ManageSettings, post(stripe::secret::rotate))
            .confirmed(Settings),
        reads(paths::STUDIO_STRIPE_SECRET_END, ManageSettings, get(stripe::secret::ask_end))
            .confirmed(Settings),
        writes(paths::STUDIO_STRIPE_SECRET_END, ManageSettings, post(stripe::secret::end))
            .confirmed(Settings),
        reads(paths::STUDIO_STRIPE_REMOVE, ManageSettings, get(stripe::remove::ask))
            .confirmed(Settings),
        writes(paths::STUDIO_STRIPE_REMOVE, ManageSettings, post(stripe::remove::submit))
            .confirmed(Settings),
    ]
}
