//! What every page of the studio begins with: how the draft stands, and where
//! to go from here.

use domain::policy::check::Severity;
use jiff::civil::DateTime;
use leptos::prelude::*;

use super::working::Working;
use crate::paths;
use crate::studio_pages::{PAGES, is_live};
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::FormState;

/// A page of the studio.
pub fn studio_page<V: IntoView + 'static>(
    chrome: &Chrome,
    working: &Working,
    title: &str,
    main: impl FnOnce() -> V,
) -> String {
    page(chrome, title, || {
        view! { <div class="studio">{bar(chrome, Some(working))}{main()}</div> }
    })
}

/// A page of the studio that has nothing to do with the draft.
pub fn live_page<V: IntoView + 'static>(
    chrome: &Chrome,
    title: &str,
    main: impl FnOnce() -> V,
) -> String {
    page(chrome, title, || {
        view! { <div class="studio">{bar(chrome, None)}{main()}</div> }
    })
}

/// A form of the studio on a page of its own.
pub fn form_page<V: IntoView + 'static>(
    chrome: &Chrome,
    working: &Working,
    (title, form): (&str, &FormState),
    main: impl FnOnce() -> V,
) -> String {
    studio_page(chrome, working, &form.title(chrome.words, title), || {
        view! {
            <div class="column">
                <p class="back"><a href=chrome.href(paths::STUDIO_POLICY)>{chrome.text("studio-back")}</a></p>
                {main()}
            </div>
        }
    })
}

/// What is said when somebody else has saved in between.
pub fn stale(chrome: &Chrome) -> AnyView {
    let here = chrome.href(&chrome.path);
    view! {
        <div class="summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="stale">
            <h2 id="stale">{chrome.text("studio-stale-title")}</h2>
            <p>{chrome.text("studio-stale-text")}</p>
            <p><a href=here target="_blank">{chrome.text("studio-stale-look")}</a></p>
        </div>
    }
    .into_any()
}

fn bar(chrome: &Chrome, working: Option<&Working>) -> AnyView {
    let words = chrome.words;
    let here = chrome.path.split('?').next().unwrap_or_default();
    let links = PAGES
        .iter()
        .filter(|page| chrome.may(page.permission))
        .map(|page| {
            let current = (here == page.path).then_some("page");
            view! { <li><a href=chrome.href(page.path) aria-current=current>{words.text(page.label)}</a></li> }
        })
        .collect_view();
    // A page whose changes count at once must not speak of a draft that waits.
    let standing = match working.filter(|_| !is_live(&chrome.path)) {
        Some(working) => of_the_draft(chrome, working),
        None => view! { <p class="standing">{words.text("studio-live")}</p> }.into_any(),
    };
    view! {
        <div class="studio-bar">
            {standing}
            <nav aria-label=words.text("studio-nav")><ul class="links">{links}</ul></nav>
        </div>
    }
    .into_any()
}

/// How the draft stands, and what customers read meanwhile.
fn of_the_draft(chrome: &Chrome, working: &Working) -> AnyView {
    let words = chrome.words;
    let errors = working.count(Severity::Error);
    let errors_class = if errors > 0 { "state late" } else { "state done" };
    let open = working.count(Severity::OpenPoint);
    let open_class = if open > 0 { "state soon" } else { "state done" };
    let read = match &working.in_force {
        Some(version) => {
            words.with("studio-customers-read", &[("number", version.number.to_string().into())])
        }
        None => words.text("studio-customers-read-none"),
    };
    view! {
        <p class="standing" role="status">
            <span class="saved">{standing(chrome, working)}</span>
            <span>{read}</span>
            <span class=errors_class>{words.with("studio-errors", &[("count", errors.into())])}</span>
            <span class=open_class>{words.with("studio-open-points", &[("count", open.into())])}</span>
        </p>
    }
    .into_any()
}

fn standing(chrome: &Chrome, working: &Working) -> String {
    let words = chrome.words;
    match (&working.saved, &working.in_force) {
        (None, None) => words.text("studio-nothing-yet"),
        (_, Some(version)) if !working.is_changed() => {
            words.with("studio-unchanged", &[("number", version.number.to_string().into())])
        }
        (Some(saved), _) => {
            words.with("studio-saved", &[("when", when(chrome, working, *saved).into())])
        }
        (None, Some(_)) => words.text("studio-nothing-yet"),
    }
}

/// "10:42" today, "19 May 2026, 10:42" else.
fn when(chrome: &Chrome, working: &Working, saved: DateTime) -> String {
    let time = format!("{:02}:{:02}", saved.hour(), saved.minute());
    if saved.date() == working.today {
        time
    } else {
        format!("{}, {time}", chrome.words.date_short(saved.date()))
    }
}
