//! Files under names that change with their content: kept by browsers for ever.

use std::sync::LazyLock;

use app::assets::{CSS, PASSKEY};
use app::portal::Portal;
use app::trouble::Trouble;
use app::ui::theme;
use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::packing;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

static PACKED_CSS: LazyLock<Vec<u8>> = LazyLock::new(|| packing::brotli(CSS.body.as_bytes()));

/// `GET /assets/{name}`
pub async fn show(
    State(portal): State<Portal>,
    OriginalUri(uri): OriginalUri,
    asked: HeaderMap,
) -> Response {
    let path = uri.path();
    let accepted = packing::accepts(&asked, "br");
    let (content_type, body, packed) = if path == CSS.path {
        let plain = CSS.body.as_bytes();
        let body = if accepted { PACKED_CSS.as_slice() } else { plain };
        (CSS.content_type, Bytes::from_static(body), accepted)
    } else if path == PASSKEY.path {
        (PASSKEY.content_type, Bytes::from_static(PASSKEY.body.as_bytes()), false)
    } else if let Some(theme) = theme::at(path) {
        ("text/css; charset=utf-8", theme.css().into(), false)
    } else if let Some(file) = portal.site.as_ref().and_then(|site| site.file(path)) {
        let body = if accepted { &file.packed } else { &file.body };
        (file.content_type, body.clone().into(), accepted)
    } else {
        return Trouble::NotFound.into_response();
    };
    let mut answer = (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(content_type)),
            (header::CACHE_CONTROL, FOR_EVER),
            (header::VARY, HeaderValue::from_static("Accept-Encoding")),
        ],
        body,
    )
        .into_response();
    if packed {
        answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    answer
}
