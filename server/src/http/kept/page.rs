//! A page that is ready to be sent.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use prometheus_client::metrics::counter::Counter;
use sha2::{Digest, Sha256};

use crate::http::seen::Seen;
use crate::http::{headers, packing};

/// About how much the headers of an answer take in memory.
const HEADERS: usize = 2_000;

/// A page, plain and compressed.
pub struct Page {
    plain: Packed,
    gzip: Packed,
    brotli: Packed,
    /// Its path as it stands in the table.
    pub route: &'static str,
    answers: Answers,
}

/// How often a page was answered.
pub struct Answers {
    whole: Counter,
    unchanged: Counter,
}

impl Answers {
    /// The counts of a route, which all its pages share.
    pub fn of(seen: &Seen, route: &str) -> Answers {
        let counted = |status| seen.answers(&Method::GET, route, status);
        Answers { whole: counted(StatusCode::OK), unchanged: counted(StatusCode::NOT_MODIFIED) }
    }
}

/// A whole answer: headers that are ready, and shared bytes.
struct Packed {
    headers: HeaderMap,
    body: Bytes,
    etag: HeaderValue,
}

impl Page {
    /// Compresses what was rendered.
    pub fn pack(
        rendered: &HeaderMap,
        body: Bytes,
        secure: bool,
        route: &'static str,
        answers: Answers,
    ) -> Page {
        let (gzip, brotli) = (packing::gzip(&body), packing::brotli(&body));
        Page {
            gzip: Packed::new(rendered, gzip.into(), Some("gzip"), secure),
            brotli: Packed::new(rendered, brotli.into(), Some("br"), secure),
            plain: Packed::new(rendered, body, None, secure),
            route,
            answers,
        }
    }

    /// Counts that it was answered.
    pub fn count(&self, status: StatusCode) {
        let answers = &self.answers;
        let unchanged = status == StatusCode::NOT_MODIFIED;
        if unchanged {
            answers.unchanged.inc()
        } else {
            answers.whole.inc()
        };
    }

    /// How much memory it takes, about.
    pub fn bytes(&self) -> usize {
        let all = [&self.plain, &self.gzip, &self.brotli];
        all.iter().map(|packed| packed.body.len() + HEADERS).sum()
    }

    /// The page as the browser takes it.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let packed = if packing::accepts(asked, "br") {
            &self.brotli
        } else if packing::accepts(asked, "gzip") {
            &self.gzip
        } else {
            &self.plain
        };
        let unchanged = asked
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tags| tags.as_bytes() == packed.etag.as_bytes());
        let mut answer = if unchanged {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Response::new(Body::from(packed.body.clone()))
        };
        *answer.headers_mut() = packed.headers.clone();
        answer
    }

    #[cfg(test)]
    pub fn unpacked(rendered: &HeaderMap, body: Bytes) -> Page {
        let packed = |body| Packed::new(rendered, body, None, false);
        Page {
            gzip: packed(Bytes::new()),
            brotli: packed(Bytes::new()),
            plain: packed(body),
            route: "/",
            answers: Answers::of(&Seen::default(), "/"),
        }
    }
}

impl Packed {
    fn new(
        rendered: &HeaderMap,
        body: Bytes,
        coding: Option<&'static str>,
        secure: bool,
    ) -> Packed {
        let mut digest = HEXLOWER.encode(&Sha256::digest(&body));
        digest.truncate(24);
        let etag = HeaderValue::from_str(&format!("\"{digest}\""))
            .unwrap_or(HeaderValue::from_static("\"\""));
        let mut all = HeaderMap::new();
        if let Some(content_type) = rendered.get(header::CONTENT_TYPE) {
            all.insert(header::CONTENT_TYPE, content_type.clone());
        }
        if let Some(coding) = coding {
            all.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        all.insert(header::ETAG, etag.clone());
        all.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Accept-Language"));
        // Asked again each time, so that a new version shows at once.
        all.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        headers::set(&mut all, secure, None);
        Packed { headers: all, body, etag }
    }
}
