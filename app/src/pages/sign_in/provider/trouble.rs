//! What is said when signing in with a provider did not work.

use axum::response::Response;
use engine::providers::{Aim, Begun, NotVouched, Reason};
use leptos::prelude::*;

use super::button::button;
use crate::next::encoded;
use crate::pages::sign_in::confirm;
use crate::paths;
use crate::respond;
use crate::trouble::Trouble;
use crate::ui::chrome::{Chrome, page};
use crate::ui::forms::button_link;

/// A page that says why, and how it goes on.
pub fn answer(chrome: &Chrome, not: NotVouched) -> Result<Response, Trouble> {
    match not.reason {
        Reason::NoProvider => Err(Trouble::NotFound),
        Reason::Failure(failure) => Err(failure.into()),
        reason => Ok(respond::unprocessable(trouble(chrome, &reason, not.begun.as_ref()))),
    }
}

/// The page.
fn trouble(chrome: &Chrome, reason: &Reason, begun: Option<&Begun>) -> String {
    let words = chrome.words;
    let name = begun.map_or_else(|| words.text("provider-some"), |begun| begun.name.clone());
    let name = || [("name", name.clone().into())];
    let title = words.with(heading(begun), &name());
    page(chrome, &title, || {
        let again = begun.map(|begun| again(chrome, begun));
        let (path, label) = otherwise(chrome, begun);
        view! {
            <div class="column">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.with(text(reason), &name())}</p>
                <p>{words.text("provider-trouble-kept")}</p>
                <div class="buttons">
                    {again}
                    {button_link(chrome.href(&path), words.text(label))}
                </div>
            </div>
        }
    })
}

fn heading(begun: Option<&Begun>) -> &'static str {
    match begun.map(|begun| begun.aim) {
        None | Some(Aim::SignIn) => "provider-trouble-sign-in",
        Some(Aim::Link) => "provider-trouble-link",
        Some(Aim::Confirm(_)) => "provider-trouble-confirm",
    }
}

fn text(reason: &Reason) -> &'static str {
    match reason {
        Reason::Suspended => "provider-reason-suspended",
        Reason::Malformed | Reason::NothingBegun => "provider-reason-nothing-begun",
        Reason::Denied => "provider-reason-denied",
        Reason::Unreachable(_) => "provider-reason-unreachable",
        Reason::NotTaken => "provider-reason-not-taken",
        Reason::NotBelieved(_) => "provider-reason-not-believed",
        Reason::NoAddress => "provider-reason-no-address",
        Reason::Unverified => "provider-reason-unverified",
        Reason::Unsaid => "provider-reason-unsaid",
        Reason::OtherWay => "provider-reason-other-way",
        Reason::ReviewFirst => "provider-reason-review-first",
        Reason::NotYours => "provider-reason-not-yours",
        Reason::NotFresh => "provider-reason-not-fresh",
        Reason::NoAccount | Reason::NoProvider | Reason::Failure(_) => "provider-reason-no-account",
    }
}

fn again(chrome: &Chrome, begun: &Begun) -> AnyView {
    let task = match begun.aim {
        Aim::Confirm(task) => task.name(),
        _ => "",
    };
    let action = match begun.aim {
        Aim::SignIn => paths::SIGN_IN_WITH.of(&begun.slug),
        Aim::Link => paths::LINK_PROVIDER.of(&begun.slug),
        Aim::Confirm(_) => paths::CONFIRM_WITH.of(&begun.slug),
    };
    let carried = [("next", begun.next.as_str()), ("task", task)];
    button(chrome.words, chrome.href(&action), ("provider-again", &begun.name), &carried)
}

/// The way there without the provider.
fn otherwise(chrome: &Chrome, begun: Option<&Begun>) -> (String, &'static str) {
    match begun.map(|begun| (begun.aim, begun.next.as_str())) {
        _ if chrome.viewer.is_none() => {
            let next = begun.map(|begun| begun.next.as_str()).filter(|next| !next.is_empty());
            let query = next.map(|next| format!("?next={}", encoded(next))).unwrap_or_default();
            (format!("{}{query}", paths::SIGN_IN), "provider-otherwise-sign-in")
        }
        Some((Aim::Confirm(task), next)) => {
            (confirm::path(task, next), "provider-otherwise-confirm")
        }
        Some((Aim::Link, _)) => (paths::OWN_PROVIDERS.to_owned(), "provider-otherwise-link"),
        // Signed in already: that page leads home.
        _ => (paths::SIGN_IN.to_owned(), "continue"),
    }
}

#[cfg(test)]
mod tests {
    use domain::identifiers::Language;
    use engine::accounts::Task;
    use engine::egress::EgressError;

    use super::*;
    use crate::pages::studio::policy::tests::chrome;

    #[test]
    fn every_reason_has_words_in_every_language() {
        let reasons = [
            Reason::Suspended,
            Reason::NothingBegun,
            Reason::Denied,
            Reason::Unreachable(EgressError::Slow("x".into())),
            Reason::NotTaken,
            Reason::NotBelieved("nonce"),
            Reason::NoAddress,
            Reason::Unverified,
            Reason::Unsaid,
            Reason::NoAccount,
            Reason::OtherWay,
            Reason::NotYours,
            Reason::NotFresh,
        ];
        let aims = [Aim::SignIn, Aim::Link, Aim::Confirm(Task::Export)];
        for language in Language::ALL {
            for reason in &reasons {
                for aim in aims {
                    let (slug, name) = ("acme".to_owned(), "<Acme>".to_owned());
                    let begun = Begun { slug, name, aim, next: "/account/export".into() };
                    for begun in [None, Some(&begun)] {
                        let html = trouble(&chrome(language), reason, begun);
                        assert!(!html.contains("Unknown localization"), "{html}");
                        assert!(!html.contains("<Acme>"), "{html}");
                    }
                }
            }
        }
    }
}
