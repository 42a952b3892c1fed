//! A part of a document, as text.

use leptos::prelude::*;

/// Renders it.
pub(super) fn fragment<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_any().to_html())
}
