//! Compressing, and what a browser accepts.

use std::io::Write;

use axum::http::{HeaderMap, header};

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
