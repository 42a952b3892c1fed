//! Every route of a tenant's host, with the permission that it needs: one table for
//! each of those who read the pages.

mod account;
mod desk;
mod public;
mod readable;
mod sign_in;
mod studio;

use axum::http::Method;
use axum::routing::MethodRouter;
use domain::roles::Permission;
use engine::accounts::Task;

use crate::portal::Portal;

pub use readable::{first_parts, page_of, readable};

/// A route.
pub struct Route {
    /// The method; GET answers HEAD too.
    pub method: Method,
    /// The path, in axum's syntax.
    pub path: &'static str,
    /// Who may use it.
    pub permission: Permission,
    /// What has to be confirmed first, by showing once more who one is.
    pub task: Option<Task>,
    /// Whether it is the same for everybody, and so kept in memory once rendered.
    pub kept: bool,
    /// What answers.
    pub handler: MethodRouter<Portal>,
}

/// All tables.
pub fn routes() -> Vec<Route> {
    [public::routes(), sign_in::routes(), account::routes(), studio::routes(), desk::routes()]
        .into_iter()
        .flatten()
        .collect()
}

impl Route {
    fn confirmed(self, task: Task) -> Route {
        Route { task: Some(task), ..self }
    }
}

fn kept(path: impl Into<&'static str>, handler: MethodRouter<Portal>) -> Route {
    let path = path.into();
    Route {
        method: Method::GET,
        path,
        permission: Permission::ReadPublic,
        task: None,
        kept: true,
        handler,
    }
}

fn reads(
    path: impl Into<&'static str>,
    permission: Permission,
    handler: MethodRouter<Portal>,
) -> Route {
    let path = path.into();
    Route { method: Method::GET, path, permission, task: None, kept: false, handler }
}

fn writes(
    path: impl Into<&'static str>,
    permission: Permission,
    handler: MethodRouter<Portal>,
) -> Route {
    let path = path.into();
    Route { method: Method::POST, path, permission, task: None, kept: false, handler }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::paths;
    use crate::studio_pages::PAGES;

    /// What the server adds beside these tables.
    const OF_THE_SERVER: [&str; 1] = [paths::API];

    #[test]
    fn every_path_is_a_route_and_every_route_a_path() {
        let listed: BTreeSet<&str> = include_str!("../paths.rs")
            .split('"')
            .filter(|part| part.starts_with('/') && !part.contains('\n'))
            .collect();
        let routed: BTreeSet<&str> =
            routes().iter().map(|route| route.path).chain(OF_THE_SERVER).collect();
        assert_eq!(listed, routed);
    }

    #[test]
    fn what_the_studio_lists_is_there_and_what_is_there_is_listed() {
        let routes = routes();
        for page in PAGES {
            let shown = routes
                .iter()
                .find(|route| route.method == Method::GET && route.path == page.path)
                .expect(page.path);
            assert_eq!(shown.permission, page.permission, "{}", page.path);
        }
        // What an island asks is no page.
        let beside = [paths::STUDIO_PREVIEW];
        for route in routes.iter().filter(|route| route.path.starts_with(paths::STUDIO)) {
            let page = PAGES.iter().find(|page| page.covers(route.path));
            assert!(page.is_some() || beside.contains(&route.path), "{} is not listed", route.path);
        }
    }
}
