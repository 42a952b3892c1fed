//! What surrounds every page: the document, its header and its footer.

use domain::identifiers::Language;
use domain::roles::{Permission, Role};
use domain::words::Words;
use leptos::prelude::*;

use super::markup::unmarked;
use crate::paths;

/// Everything that the surroundings of a page depend on.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The texts, in the reader's language.
    pub words: Words,
    /// Whose portal this is; none on pages that must not tell.
    pub tenant: Option<TenantLook>,
    /// Path and query of this page without `lang`, for the language switch.
    pub path: String,
    /// The languages that this page can be read in.
    pub languages: Vec<Language>,
    /// Whether the reader chose the language; links then carry it on.
    pub explicit_language: bool,
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The shared stylesheet.
    pub css_href: String,
    /// The loader of islands, only where there is an island.
    pub script_href: Option<String>,
}

/// How a tenant presents itself.
#[derive(Debug, Clone)]
pub struct TenantLook {
    /// Its name.
    pub name: String,
    /// What it is, in half a line.
    pub tagline: Option<String>,
    /// Its stylesheet of custom properties.
    pub theme_href: Option<String>,
    /// Whether nobody can sign in for now.
    pub suspended: bool,
}

/// Who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Viewer {
    /// In which role.
    pub role: Role,
}

impl Chrome {
    /// A link to a page of this portal, in the language that the reader chose.
    pub fn href(&self, path: &str) -> String {
        if self.explicit_language {
            with_language(path, self.words.language())
        } else {
            path.to_owned()
        }
    }

    /// The message of that name.
    pub fn text(&self, id: &str) -> String {
        self.words.text(id)
    }

    /// Whether the reader's role grants this; a page hides what it would refuse.
    pub fn may(&self, permission: Permission) -> bool {
        permission.granted_to(self.viewer.map(|viewer| viewer.role))
    }

    /// Whether staff is reading.
    pub fn is_staff(&self) -> bool {
        self.viewer.is_some_and(|viewer| viewer.role.is_staff())
    }

    fn is_at(&self, path: &str) -> bool {
        let here = self.path.split(['?', '#']).next().unwrap_or_default();
        here == path || here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    }
}

fn with_language(path: &str, language: Language) -> String {
    let (path, fragment) = match path.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (path, String::new()),
    };
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}lang={language}{fragment}")
}

/// The whole document of a page.
pub fn page<V: IntoView + 'static>(
    chrome: &Chrome,
    title: &str,
    main: impl FnOnce() -> V,
) -> String {
    unmarked(&Owner::new().with(|| document(chrome, title, main().into_any()).to_html()))
}

fn document(chrome: &Chrome, title: &str, main: AnyView) -> impl IntoView + use<> {
    let about = match &chrome.tenant {
        Some(tenant) => chrome.words.with("page-about", &[("name", tenant.name.clone().into())]),
        None => chrome.text("page-about-candor"),
    };
    let title = match &chrome.tenant {
        Some(tenant) if tenant.name != title => chrome.words.with(
            "title-of",
            &[("title", title.to_owned().into()), ("name", tenant.name.clone().into())],
        ),
        _ => title.to_owned(),
    };
    let suspended = chrome.tenant.as_ref().is_some_and(|tenant| tenant.suspended);
    let theme = chrome.tenant.as_ref().and_then(|tenant| tenant.theme_href.clone());
    view! {
        <!DOCTYPE html>
        <html lang=chrome.words.language().tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title.clone()}</title>
                <meta name="description" content=format!("{title}. {about}")/>
                <link rel="stylesheet" href=chrome.css_href.clone()/>
                {theme.map(|href| view! { <link rel="stylesheet" href=href/> })}
                {chrome.script_href.clone().map(|src| view! { <script type="module" src=src></script> })}
            </head>
            <body>
                <a class="skip" href="#main">{chrome.text("skip-to-content")}</a>
                {header(chrome)}
                <main id="main" tabindex="-1">
                    {suspended.then(|| view! { <p class="notice">{chrome.text("suspended-note")}</p> })}
                    {main}
                </main>
                {footer(chrome)}
            </body>
        </html>
    }
}

fn header(chrome: &Chrome) -> AnyView {
    if chrome.tenant.is_none() && chrome.languages.len() < 2 {
        return ().into_any();
    }
    let name = chrome.tenant.as_ref().map(|tenant| {
        view! { <a class="name" href=chrome.href(paths::CENTRE)>{tenant.name.clone()}</a> }
    });
    let nav = chrome.tenant.is_some().then(|| navigation(chrome));
    let sign_out = chrome.viewer.map(|_| {
        view! {
            <a class="own" href=chrome.href(paths::OWN_SIGN_IN)
                aria-current=chrome.is_at(paths::OWN_SIGN_IN).then_some("page")>{chrome.text("nav-own-sign-in")}</a>
            <form class="inline" method="post" action=chrome.href(paths::SIGN_OUT)>
                <button type="submit">{chrome.text("sign-out")}</button>
            </form>
        }
    });
    view! {
        <header class="top">
            {name}
            {nav}
            {sign_out}
            {languages(chrome)}
        </header>
    }
    .into_any()
}

fn navigation(chrome: &Chrome) -> AnyView {
    let mut entries = vec![(paths::POLICY, "nav-policy")];
    let role = chrome.viewer.map(|viewer| viewer.role);
    if role.is_none_or(|role| !role.is_staff()) {
        entries.extend([(paths::ACCOUNT, "nav-your-data"), (paths::REQUESTS, "nav-requests")]);
    }
    if chrome.may(Permission::ReadDrafts) {
        entries.push((paths::STUDIO, "nav-studio"));
    }
    if chrome.may(Permission::ReadRequests) {
        entries.push((paths::DESK, "nav-desk"));
    }
    // How one signs in has a link of its own beside them; of two that lead here,
    // the one that leads farther counts.
    let here = entries
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| chrome.is_at(path) && !chrome.is_at(paths::OWN_SIGN_IN))
        .max_by_key(|path| path.len());
    let entries = entries
        .into_iter()
        .map(|(path, label)| {
            let current = (here == Some(path)).then_some("page");
            view! { <li><a href=chrome.href(path) aria-current=current>{chrome.text(label)}</a></li> }
        })
        .collect_view();
    view! { <nav aria-label=chrome.text("nav-label")><ul class="links">{entries}</ul></nav> }
        .into_any()
}

fn languages(chrome: &Chrome) -> Option<AnyView> {
    let here = chrome.words.language();
    (chrome.languages.len() > 1).then(|| {
        let links = chrome
            .languages
            .iter()
            .map(|language| {
                let current = (*language == here).then_some("true");
                view! {
                    <a href=with_language(&chrome.path, *language) lang=language.tag()
                        hreflang=language.tag() aria-current=current>{language.endonym()}</a>
                }
            })
            .collect_view();
        view! { <nav class="languages" aria-label=chrome.text("language-label")>{links}</nav> }
            .into_any()
    })
}

fn footer(chrome: &Chrome) -> AnyView {
    let links = chrome.tenant.as_ref().map(|_| {
        let entries = [
            (paths::HISTORY, "footer-history"),
            (paths::COOKIES, "footer-cookies"),
            (paths::PROCESSORS, "footer-processors"),
            (paths::CONTACT, "footer-contact"),
        ]
        .into_iter()
        .map(|(path, label)| view! { <li><a href=chrome.href(path)>{chrome.text(label)}</a></li> })
        .collect_view();
        view! { <nav aria-label=chrome.text("footer-label")><ul class="links">{entries}</ul></nav> }
    });
    view! { <footer class="bottom">{links}<p>{chrome.text("footer-by")}</p></footer> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chrome() -> Chrome {
        Chrome {
            words: Words::new(Language::De),
            tenant: Some(TenantLook {
                name: "A <b> & Co".into(),
                tagline: None,
                theme_href: None,
                suspended: false,
            }),
            path: "/policy/3?page=2".into(),
            languages: Language::ALL.to_vec(),
            explicit_language: true,
            viewer: None,
            css_href: "/assets/x.css".into(),
            script_href: None,
        }
    }

    #[test]
    fn links_carry_a_chosen_language_and_only_that() {
        let mut chrome = chrome();
        assert_eq!(chrome.href("/policy#a"), "/policy?lang=de#a");
        assert_eq!(chrome.href("/x?y=1"), "/x?y=1&lang=de");
        chrome.explicit_language = false;
        assert_eq!(chrome.href("/policy"), "/policy");
    }

    #[test]
    fn a_page_is_a_document_without_scripts_and_style_attributes() {
        let html = page(&chrome(), "T", || view! { <h1>"T"</h1> });
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"de\">"), "{html}");
        assert!(html.contains("A &lt;b&gt; &amp; Co"), "{html}");
        assert!(
            html.contains("href=\"/policy/3?page=2&amp;lang=en\"")
                || html.contains("href=\"/policy/3?page=2&lang=en\""),
            "{html}"
        );
        assert!(html.contains("href=\"/policy?lang=de\" aria-current=\"page\""), "{html}");
        assert!(!html.contains("<script") && !html.contains("style=\""), "{html}");
    }
}
