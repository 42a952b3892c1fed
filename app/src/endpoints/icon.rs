//! The icon in the browser's tab: the tenant's initial in its colour.

use axum::response::Response;
use leptos::prelude::*;

use crate::respond;
use crate::ui::theme::Theme;
use crate::visit::Visit;

/// `GET /favicon.ico`, which browsers ask for by themselves. They take SVG.
pub async fn show(visit: Visit) -> Response {
    let accent = Theme::of(&visit.tenant.accent).map_or("#444444".to_owned(), |theme| theme.light);
    let initial: String = visit.tenant.name.chars().take(1).collect();
    let icon = Owner::new().with(|| {
        view! {
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
                <rect width="32" height="32" rx="6" fill=accent></rect>
                <text x="16" y="23" font-family="Georgia, serif" font-size="20" font-weight="bold"
                    text-anchor="middle" fill="#ffffff">{initial}</text>
            </svg>
        }
        .to_html()
    });
    respond::with_type("image/svg+xml", icon)
}
