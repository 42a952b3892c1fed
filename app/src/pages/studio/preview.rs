//! The server's half of the preview that follows the typing.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::identifiers::Language;
use domain::policy::Document;
use domain::policy::document;
use domain::policy::markdown::MAX_BODY;
use domain::words::Words;
use leptos::prelude::*;

use super::working;
use crate::islands::preview::{Preview, Previews, Section};
use crate::portal::Portal;
use crate::ui::markup::unmarked;
use crate::ui::policy_view::section_view;
use crate::ui::reader::Reader;
use crate::visit::Visit;

/// `POST /studio/_fn/preview`.
pub async fn server_fn(State(portal): State<Portal>, visit: Visit, request: Request) -> Response {
    // Said outright: a linker that drops what nothing names would drop its
    // registration too.
    leptos::server_fn::axum::register_explicit::<Preview>();
    let previews = Previews(Arc::new(move |section| {
        let (portal, visit) = (portal.clone(), visit.clone());
        Box::pin(async move {
            let words = visit.words();
            // It asks for the permission, and its failure is in the log.
            let working = working::load(&portal, &visit)
                .await
                .map_err(|_| words.text("section-preview-failed"))?;
            rendered(words, &working.document, section)
        })
    }));
    let provide = move || provide_context(previews.clone());
    let mut answer =
        leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    // It calls every error its own; here only what was sent can be wrong.
    if answer.status() == StatusCode::INTERNAL_SERVER_ERROR {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// The section as readers will see it, or why it cannot be shown.
fn rendered(words: Words, document: &Document, asked: Section) -> Result<String, String> {
    let failed = || words.text("section-preview-failed");
    if asked.body.len() > MAX_BODY {
        return Err(words.text("section-body-long"));
    }
    let language: Language = asked.language.parse().map_err(|_| failed())?;
    let section = document::Section {
        id: asked.id.parse().map_err(|_| failed())?,
        title: String::new(),
        body: asked.body.replace("\r\n", "\n"),
    };
    let reader = Reader { document, words: Words::new(language) };
    let html = unmarked(&Owner::new().with(|| section_view(reader, &section).to_html()));
    Ok(format!("<div class=\"prose\" lang=\"{language}\">{html}</div>"))
}

#[cfg(test)]
mod tests {
    use super::super::policy::tests::document;
    use super::*;

    fn asked(body: &str, language: &str) -> Section {
        Section { id: "call".to_owned(), body: body.to_owned(), language: language.to_owned() }
    }

    #[test]
    fn it_shows_facts_and_no_markup() {
        let words = Words::new(Language::En);
        let mut document = document();
        document.facts.retention[0].assumed.clear();
        let body = "Kept {{retention.call.period}} <script>alert(1)</script>";
        let html = rendered(words, &document, asked(body, "de")).expect("HTML");
        assert!(html.contains("90 Tage") && !html.contains("<script"), "{html}");
        assert!(rendered(words, &document, asked(body, "xx")).is_err());
        let long = "a".repeat(MAX_BODY + 1);
        assert!(rendered(words, &document, asked(&long, "en")).is_err());
    }

    #[test]
    fn a_bomb_of_lists_is_a_sentence() {
        let words = Words::new(Language::En);
        let bomb = asked(&"{{retention}}\n\n".repeat(12_000), "en");
        let html = rendered(words, &document(), bomb).expect("HTML");
        assert!(html.len() < 1_000 && html.contains("too often"), "{} bytes", html.len());
    }

    #[test]
    fn the_function_is_found_at_its_address() {
        let post = axum::http::Method::POST;
        assert!(
            leptos::server_fn::axum::get_server_fn_service("/studio/_fn/preview", post).is_some()
        );
    }
}
