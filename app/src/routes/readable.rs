//! Where links lead from a path that cannot be read.

use std::sync::LazyLock;

use axum::http::Method;

use super::routes;
use crate::paths;

static READ: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let reads = routes().into_iter().filter(|route| route.method == Method::GET);
    reads.map(|route| route.path).collect()
});

/// The page of the table that a path of it leads to: itself, if it can be read, else the
/// nearest one above, on which the form stands that is sent there. None if there is none
/// but the first page of all.
pub fn page_of(pattern: &str) -> Option<&str> {
    let above = pattern.rmatch_indices('/').map(|(at, _)| at);
    let mut all = [pattern.len()].into_iter().chain(above).filter_map(|end| pattern.get(..end));
    all.find(|path| READ.contains(path))
}

/// Where somebody who is at a path can go by a link: there, if it can be read; else to
/// the nearest page above it, as from what a form was sent to. `pattern`: the path as it
/// stands in the table, if it does.
pub fn readable(pattern: Option<&str>, path: &str) -> String {
    match pattern.and_then(page_of) {
        None => paths::CENTRE.to_owned(),
        page if page == pattern => path.to_owned(),
        Some(page) => first_parts(path, page.split('/').count()),
    }
}

/// So many first parts of a path, without its query.
pub fn first_parts(path: &str, parts: usize) -> String {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').take(parts).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_where_a_form_was_sent_to_links_lead_to_the_nearest_page() {
        let from = |pattern, path| readable(Some(pattern), path);
        assert_eq!(from("/sign-in", "/sign-in?next=/account"), "/sign-in?next=/account");
        assert_eq!(from("/account/requests", "/account/requests"), "/account");
        assert_eq!(from("/sign-out", "/sign-out?a=b"), "/");
        assert_eq!(
            from("/account/sign-in/passkeys/{id}/remove", "/account/sign-in/passkeys/7/remove"),
            "/account/sign-in/passkeys/7"
        );
        assert_eq!(
            from(
                "/studio/webhooks/deliveries/{id}/again",
                "/studio/webhooks/deliveries/7/again?page=2"
            ),
            "/studio/webhooks"
        );
        assert_eq!(readable(None, "/nowhere?x=1"), "/");
    }

    #[test]
    fn every_path_that_only_takes_forms_has_a_page_above_it() {
        for route in routes() {
            let at = readable(Some(route.path), route.path);
            assert!(READ.contains(&at.as_str()), "{}: {at}", route.path);
        }
    }
}
