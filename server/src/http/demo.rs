//! The demo's index, at plain `localhost`.

use app::pages::demo::index::{DemoLogin, DemoTenant, demo_index};
use app::portal::Portal;
use app::ui::chrome::Chrome;
use domain::identifiers::Language;
use domain::words::Words;

/// Every demo tenant, and who can sign in there.
pub fn index(portal: &Portal, language: Language) -> String {
    let words = Words::new(language);
    let settings = &portal.engine.settings;
    let port = settings.port.map(|port| format!(":{port}")).unwrap_or_default();
    let logins = |slug: &str| {
        let demo = portal.demo.iter();
        demo.flat_map(|demo| demo.accounts.iter().map(move |login| (demo, login)))
            .filter(|(_, login)| login.tenant == slug)
            .map(|(demo, login)| DemoLogin {
                about: words.text(&format!("demo-{}", login.role)),
                email: login.email.clone(),
                password: demo.password.clone(),
            })
            .collect()
    };
    let tenants: Vec<DemoTenant> = portal
        .engine
        .directory
        .tenants()
        .iter()
        .map(|tenant| DemoTenant {
            name: tenant.name.clone(),
            tagline: (!tenant.tagline.is_empty()).then(|| tenant.tagline.clone()),
            url: format!("{}://{}{port}/", settings.scheme, tenant.canonical_host),
            logins: logins(&tenant.slug),
        })
        .collect();
    demo_index(&nobodys_chrome(language, "/"), &tenants)
}

/// The surroundings of a page of no tenant.
pub fn nobodys_chrome(language: Language, path: &str) -> Chrome {
    Chrome {
        words: Words::new(language),
        tenant: None,
        path: path.to_owned(),
        languages: Language::ALL.to_vec(),
        explicit_language: false,
        viewer: None,
        css_href: app::assets::CSS.path.clone(),
        script_href: None,
    }
}
