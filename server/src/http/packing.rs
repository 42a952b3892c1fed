//! Compressing, and what a browser accepts.

use std::io::Write;

use app::visit::Visit;
use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use domain::roles::Permission;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

use super::gate::is_opened_by_its_link;
use super::origin::is_asked_here;

/// More than any usual page has, in bytes.
const LARGE: usize = 500_000;

/// Compresses as much as brotli can: for what is packed once and sent often. A page
/// that is large by intention does not keep a processor for half a minute.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    let quality = if bytes.len() > LARGE { 5 } else { 11 };
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, quality, 22);
    // Writing to memory does not fail.
    let _ = writer.write_all(bytes);
    drop(writer);
    packed
}

/// The same with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let _ = writer.write_all(bytes);
    writer.finish().unwrap_or_default()
}

/// Whether a request accepts a coding.
pub fn accepts(asked: &HeaderMap, name: &str) -> bool {
    let all = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    all.is_some_and(|all| {
        all.split(',').any(|one| {
            let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
            coding.trim() == name && !matches!(weight.trim(), "q=0" | "q=0.0")
        })
    })
}

/// Says that an answer which is made for one request may be compressed for it.
#[derive(Clone, Copy)]
pub struct MayPack;

/// Compresses the answers that may be. What is packed once and sent often has its own
/// coding already, and stays as it is.
pub fn layer() -> CompressionLayer<impl Predicate> {
    // About as small as it gets within a millisecond.
    CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(
        |_: StatusCode, _: Version, headers: &HeaderMap, told: &Extensions| {
            let page = headers.get(header::CONTENT_TYPE);
            let page = page.is_some_and(|page| page.as_bytes().starts_with(b"text/html"));
            page && told.get::<MayPack>().is_some()
        },
    )
}

/// Whether the page of a route may be compressed.
///
/// How small a page gets tells what it repeats. Who sees the sizes on the wire, and can
/// put words of their own onto a page, guesses what else stands there (CRIME, BREACH). So
/// whoever shows no cookie gets all pages packed, since nothing in them is secret; others
/// get none where codes, keys or links are shown, none of the desk, on which strangers'
/// messages stand beside what is held about people, and the rest where no stranger has
/// written what was asked: the query is empty, or a page of this portal has made it.
pub fn may_pack(
    permission: Permission,
    path: &'static str,
    visit: &Visit,
    headers: &HeaderMap,
) -> bool {
    use Permission::{AnswerRequests, ManageOwnSignIn, ManageSettings, ReadRequests};
    match permission {
        _ if is_opened_by_its_link(path) => false,
        ManageOwnSignIn | ManageSettings | ReadRequests | AnswerRequests => false,
        _ => visit.cookie.is_none() || !visit.path.contains('?') || is_asked_here(headers),
    }
}
