//! The pages of the studio: its bar is made of this list.

use domain::roles::Permission::{self, PublishPolicy, ReadDrafts, ReadSettings};

use crate::paths;

/// A page of the studio, and what lies beneath its path.
#[derive(Debug, Clone, Copy)]
pub struct StudioPage {
    /// Where it is.
    pub path: &'static str,
    /// The message that names it.
    pub label: &'static str,
    /// Who may read it.
    pub permission: Permission,
}

/// All of them, in the order of the bar.
pub const PAGES: [StudioPage; 9] = [
    page(paths::STUDIO_POLICY, "studio-policy", ReadDrafts),
    page(paths::STUDIO_CHECK, "studio-check", ReadDrafts),
    page(paths::STUDIO_COMPARE, "studio-compare", ReadDrafts),
    page(paths::STUDIO_PUBLISH, "studio-publish", PublishPolicy),
    page(paths::STUDIO_STAFF, "nav-staff", ReadSettings),
    page(paths::STUDIO_SIGN_IN, "studio-sign-in", ReadSettings),
    page(paths::STUDIO_TOKENS, "studio-tokens", ReadSettings),
    page(paths::STUDIO_WEBHOOKS, "studio-webhooks", ReadSettings),
    page(paths::STUDIO_STRIPE, "studio-stripe", ReadSettings),
];

const fn page(path: &'static str, label: &'static str, permission: Permission) -> StudioPage {
    StudioPage { path, label, permission }
}

impl StudioPage {
    /// Whether a path is this page's or beneath it.
    pub fn covers(&self, path: &str) -> bool {
        let rest = path.split('?').next().unwrap_or_default().strip_prefix(self.path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
