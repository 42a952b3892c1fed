//! In which language somebody is answered.

use axum::http::{HeaderMap, header};
use domain::identifiers::Language;

/// The language of a request, and whether its URL says so; else by the browser's
/// preference, else English.
pub fn language_of(query: &str, headers: &HeaderMap) -> (Language, bool) {
    let chosen = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(|tag| tag.parse().ok());
    if let Some(language) = chosen {
        return (language, true);
    }
    let preferred = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|header| header.to_str().ok())
        .and_then(Language::negotiate);
    (preferred.unwrap_or_default(), false)
}

/// Path and query without `lang`, for links that switch the language.
pub fn without_language(path: &str, query: &str) -> String {
    let rest: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_wins_and_what_it_says_is_taken_out_of_links() {
        let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, "de".parse().unwrap())]);
        assert_eq!(language_of("a=b&lang=en", &headers), (Language::En, true));
        assert_eq!(language_of("lang=xx", &headers), (Language::De, false));
        assert_eq!(language_of("", &HeaderMap::new()), (Language::En, false));
        assert_eq!(without_language("/a", "from=1&lang=de&to=2"), "/a?from=1&to=2");
        assert_eq!(without_language("/a", "lang=de"), "/a");
    }
}
