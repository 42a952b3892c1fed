//! The pages of the studio: its bar is made of this list.

use domain::roles::Permission::{self, PublishPolicy, ReadDrafts, ReadSettings};
use engine::accounts::Task::{self, Publication, Settings};

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
    /// What has to be confirmed before something is changed there.
    pub confirms: Option<Task>,
}

/// All of them, in the order of the bar.
pub const PAGES: [StudioPage; 11] = [
    page(paths::STUDIO, "studio-today", ReadDrafts, None),
    page(paths::STUDIO_POLICY, "studio-policy", ReadDrafts, None),
    page(paths::STUDIO_CHECK, "studio-check", ReadDrafts, None),
    page(paths::STUDIO_COMPARE, "studio-compare", ReadDrafts, None),
    page(paths::STUDIO_PUBLISH, "studio-publish", PublishPolicy, Some(Publication)),
    page(paths::STUDIO_VERSIONS, "studio-versions", ReadDrafts, None),
    page(paths::STUDIO_STAFF, "nav-staff", ReadSettings, Some(Settings)),
    page(paths::STUDIO_SIGN_IN, "studio-sign-in", ReadSettings, Some(Settings)),
    page(paths::STUDIO_TOKENS, "studio-tokens", ReadSettings, Some(Settings)),
    page(paths::STUDIO_WEBHOOKS, "studio-webhooks", ReadSettings, Some(Settings)),
    page(paths::STUDIO_STRIPE, "studio-stripe", ReadSettings, Some(Settings)),
];

const fn page(
    path: &'static str,
    label: &'static str,
    permission: Permission,
    confirms: Option<Task>,
) -> StudioPage {
    StudioPage { path, label, permission, confirms }
}

impl StudioPage {
    /// Whether a path is this page's or beneath it. Beneath the first page are all
    /// others, so it covers itself alone.
    pub fn covers(&self, path: &str) -> bool {
        let rest = path.split('?').next().unwrap_or_default().strip_prefix(self.path);
        let beneath = |rest: &str| rest.starts_with('/') && self.path != paths::STUDIO;
        rest.is_some_and(|rest| rest.is_empty() || beneath(rest))
    }
}

/// Whether what is changed at a path counts at once, and does not wait in the draft.
pub fn is_live(path: &str) -> bool {
    PAGES.iter().any(|page| page.confirms == Some(Settings) && page.covers(path))
}
