//! A part of a document, as text.

use leptos::prelude::*;

use crate::ui::markup::unmarked;

/// Renders it.
pub(super) fn fragment<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    unmarked(&Owner::new().with(|| view().into_any().to_html()))
}
