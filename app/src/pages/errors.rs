//! What is shown when a page cannot be: what happened, what was kept, and what
//! to do next.

use leptos::prelude::*;

use crate::ui::chrome::{Chrome, page};
use crate::ui::paths;

/// After how many seconds whoever found it closed for a moment may come back.
pub const MOMENT: u32 = 30;

/// Why a page cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// What was asked cannot be understood at all.
    BadRequest,
    /// There is no such page.
    NotFound,
    /// The address is longer than any of this portal.
    TooLong,
    /// No portal answers to this host. It says nothing about which ones do.
    UnknownHost,
    /// The reader may not see it, or the form was sent from another site.
    Forbidden,
    /// The page cannot be asked for in this way.
    MethodNotAllowed,
    /// What was sent cannot be read.
    Unprocessable,
    /// Too many requests; how many seconds to wait.
    TooMany {
        /// Seconds until the next try can succeed.
        seconds: u32,
    },
    /// Something is broken here; the log has the same reference.
    Internal {
        /// The reference.
        reference: String,
    },
    /// It is closed for a moment.
    Unavailable,
    /// Nobody can sign in at this tenant for now.
    Suspended,
    /// The policy is larger than a page can be: it was published before that was checked.
    PolicyTooLarge,
}

impl Trouble {
    /// The status code.
    pub fn status(&self) -> u16 {
        match self {
            Trouble::BadRequest => 400,
            Trouble::NotFound | Trouble::UnknownHost => 404,
            Trouble::TooLong => 414,
            Trouble::Forbidden => 403,
            Trouble::MethodNotAllowed => 405,
            Trouble::Unprocessable => 422,
            Trouble::TooMany { .. } => 429,
            Trouble::Internal { .. } => 500,
            Trouble::Unavailable | Trouble::Suspended | Trouble::PolicyTooLarge => 503,
        }
    }

    /// After how many seconds the next try can succeed, where that is known.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Trouble::TooMany { seconds } => Some(*seconds),
            Trouble::Unavailable => Some(MOMENT),
            _ => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Trouble::BadRequest => "bad-request",
            Trouble::NotFound => "not-found",
            Trouble::TooLong => "too-long",
            Trouble::UnknownHost => "unknown-host",
            Trouble::Forbidden => "forbidden",
            Trouble::MethodNotAllowed => "method",
            Trouble::Unprocessable => "unprocessable",
            Trouble::TooMany { .. } => "too-many",
            Trouble::Internal { .. } => "internal",
            Trouble::Unavailable => "unavailable",
            Trouble::Suspended => "suspended",
            Trouble::PolicyTooLarge => "policy-large",
        }
    }
}

/// The page. For an unknown host, the surroundings must have no tenant.
pub fn trouble(chrome: &Chrome, trouble: &Trouble) -> String {
    let words = chrome.words;
    let title = words.text(&format!("error-{}-title", trouble.name()));
    page(chrome, &title, || {
        let text = format!("error-{}-text", trouble.name());
        let text = match trouble {
            Trouble::TooMany { seconds } => words.with(&text, &[("seconds", (*seconds).into())]),
            _ => words.text(&text),
        };
        let reference = match trouble {
            Trouble::Internal { reference } => Some(view! {
                <p>{words.text("error-reference")}" "<span class="reference">{reference.clone()}</span></p>
            }),
            _ => None,
        };
        let home = chrome.tenant.is_some().then(|| {
            view! {
                <p class="buttons"><a class="button plain" href=chrome.href(paths::CENTRE)>{words.text("error-home")}</a></p>
            }
        });
        view! {
            <div class="column">
                <p class="eyebrow figure">{trouble.status().to_string()}</p>
                <h1>{title.clone()}</h1>
                <p class="lede">{text}</p>
                {reference}
                {home}
            </div>
        }
    })
}
