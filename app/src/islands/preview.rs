//! The policy studio's preview: shows a section as readers will see it, while it is being typed.

use std::{cell::RefCell, time::Duration};

use leptos::{
    leptos_dom::helpers::debounce, prelude::*, server_fn::codec::Json, task::spawn_local,
    wasm_bindgen::JsCast, web_sys::HtmlTextAreaElement,
};

/// How long the typing must pause before the preview is asked for.
const PAUSE: Duration = Duration::from_millis(300);

/// Renders sections for [`preview`]; whoever serves the studio provides one as context, bound to the
/// tenant and person of the request.
#[cfg(feature = "ssr")]
#[derive(Clone)]
pub struct Previews(pub std::sync::Arc<dyn Fn(Section) -> Rendering + Send + Sync>);

/// The HTML of a section, or what is wrong with it, in words for the person who typed it.
#[cfg(feature = "ssr")]
pub type Rendering = std::pin::Pin<Box<dyn Future<Output = Result<String, String>> + Send>>;

/// A section of a policy as it stands in the form.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its identifier in the policy.
    pub id: String,
    /// Its Markdown.
    pub body: String,
    /// The language that the facts in it are to be written in.
    pub language: String,
}

/// Gives the HTML of a section as the policy page would show it.
#[server(prefix = "/studio/_fn", endpoint = "preview", input = Json)]
pub async fn preview(
    section: String,
    body: String,
    language: String,
) -> Result<String, ServerFnError> {
    let Some(Previews(render)) = use_context() else {
        return Err(ServerFnError::new("no previews here"));
    };
    render(Section { id: section, body, language }).await.map_err(ServerFnError::new)
}

/// Follows a text field and shows its Markdown as the policy page will.
#[island]
pub fn MarkdownPreview(
    /// The id of the `textarea` to follow.
    field: String,
    /// The section's identifier in the policy.
    section: String,
    /// The language that the facts are written in.
    language: String,
    /// The name of the region.
    label: String,
    /// Said when the preview shows what was typed.
    updated: String,
    /// Said when it could not be made; the last good one stays.
    failed: String,
) -> impl IntoView {
    let html = RwSignal::new(String::new());
    let status = RwSignal::new(String::new());

    // Runs in the browser only.
    Effect::new(move |_| {
        let field = field.clone();
        let current = move || {
            let element = document().get_element_by_id(&field)?;
            Some(element.dyn_into::<HtmlTextAreaElement>().ok()?.value())
        };
        let asked = StoredValue::new(None::<String>);
        let (section, language) = (section.clone(), language.clone());
        let (updated, failed) = (updated.clone(), failed.clone());
        let refresh = move || {
            let Some(body) = current() else { return };
            if asked.get_value().as_ref() == Some(&body) {
                return;
            }
            asked.set_value(Some(body.clone()));
            let (section, language) = (section.clone(), language.clone());
            let (updated, failed) = (updated.clone(), failed.clone());
            spawn_local(async move {
                let answer = preview(section, body.clone(), language).await;
                // An answer to what has been typed over since is not worth showing.
                if asked.try_get_value().flatten() != Some(body) {
                    return;
                }
                match answer {
                    Ok(rendered) => {
                        html.set(rendered);
                        status.set(updated);
                    }
                    Err(_) => {
                        // Typing on, or back, asks again.
                        asked.set_value(None);
                        status.set(failed);
                    }
                }
            });
        };
        refresh();
        let later = RefCell::new(debounce(PAUSE, move |()| refresh()));
        let listener = window_event_listener(leptos::ev::input, move |_| later.borrow_mut()(()));
        on_cleanup(move || listener.remove());
    });

    view! {
        <section class="preview" aria-label=label hidden=move || html.read().is_empty()>
            <p class="preview-status" role="status">{move || status.get()}</p>
            // The renderer's own HTML, typed and escaped.
            <div class="preview-body" inner_html=move || html.get()></div>
        </section>
    }
}
