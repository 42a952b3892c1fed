//! What anybody reads.

use data_encoding::HEXLOWER;
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::app::TestApp;

const PAGES: [&str; 8] = [
    "/",
    "/policy",
    "/policy/history",
    "/policy/versions/1",
    "/policy/compare?from=1&to=2",
    "/cookies",
    "/processors",
    "/policy?lang=de",
];

#[tokio::test]
async fn l5_l8_public_pages_send_no_script_no_cookie_and_ask_nobody_else() {
    let app = TestApp::start().await;
    for tenant in ["lumaire", "lumina-erp"] {
        for path in PAGES {
            // The second time it comes from memory.
            for _ in 0..2 {
                let response = app.get(tenant, path).await;
                assert_eq!(response.status(), 200, "{path}");
                assert!(response.headers().get("set-cookie").is_none(), "{path}");
                let policy =
                    response.headers()["content-security-policy"].to_str().unwrap().to_owned();
                assert!(
                    policy.starts_with("default-src 'none'") && !policy.contains("script-src"),
                    "{policy}"
                );
                let html = response.text().await.unwrap();
                assert!(!html.contains("<script") && !html.contains(" style="), "{path}");
                for outside in ["src=\"http", "src=\"//", "rel=\"preconnect", "rel=\"dns-prefetch"]
                {
                    assert!(!html.contains(outside), "{path}: {outside}");
                }
            }
        }
    }
}

#[tokio::test]
async fn l9_e10_third_parties_are_listed_with_their_policies() {
    let app = TestApp::start().await;
    let lumaire = app.text("lumaire", "/processors").await;
    for name in ["Stripe", "Umami", "Vercel", "Oracle"] {
        assert!(lumaire.contains(name), "{name}");
    }
    assert!(lumaire.contains("https://stripe.com/"), "a link to Stripe's own policy");
    let lumina = app.text("lumina-erp", "/processors").await;
    for name in
        ["Deepgram", "Gemini", "Twilio", "Cloudflare", "Datadog", "Google Analytics", "Stripe"]
    {
        assert!(lumina.contains(name), "{name}");
    }
}

#[tokio::test]
async fn l8_e11_cookies_are_listed_by_purpose() {
    let app = TestApp::start().await;
    let lumina = app.text("lumina-erp", "/cookies").await;
    for name in ["CF_Authorization", "__cf_bm", "cf_clearance", "_ga"] {
        assert!(lumina.contains(name), "{name}");
    }
    let lumaire = app.text("lumaire", "/cookies").await;
    assert!(lumaire.contains("Umami"));
}

#[tokio::test]
async fn l14_the_date_comes_from_the_published_version() {
    let app = TestApp::start().await;
    let policy = app.text("lumaire", "/policy").await;
    assert!(policy.contains("19 May 2026"));
    let first = app.text("lumaire", "/policy/versions/1").await;
    assert!(first.contains("3 November 2025") && !first.contains("19 May 2026"));
    assert!(app.text("lumaire", "/policy?lang=de").await.contains("19. Mai 2026"));
}

#[tokio::test]
async fn l15_e24_the_controller_is_named_with_its_contacts() {
    let app = TestApp::start().await;
    assert!(app.text("lumaire", "/policy").await.contains("hello@lumaire.ai"));
    let lumina = app.text("lumina-erp", "/policy").await;
    for text in [
        "Lumina ERP, LLC",
        "8080 Westpark Drive",
        "77063",
        "privacy@lumina-erp.com",
        "hello@lumina-erp.com",
    ] {
        assert!(lumina.contains(text), "{text}");
    }
}

#[tokio::test]
async fn e13_a_period_is_printed_from_its_fact() {
    let app = TestApp::start().await;
    assert!(app.text("lumina-erp", "/policy").await.contains("90 days"));
    assert!(app.text("lumina-erp", "/policy/versions/1").await.contains("180 days"));
    let compared = app.text("lumina-erp", "/policy/compare?from=1&to=2").await;
    assert!(compared.contains("180 days") && compared.contains("90 days"), "told as a change");
    assert!(compared.contains("<ins") && compared.contains("<del"));
}

#[tokio::test]
async fn the_policy_is_data_too() {
    let app = TestApp::start().await;
    let json: Value = serde_json::from_str(&app.text("lumaire", "/policy.json").await).unwrap();
    assert_eq!(json["version"], 2);
    assert_eq!(json["published"], "2026-05-19");
    assert_eq!(json["document"]["controller"]["name"], "Lumaire");
    let printed = HEXLOWER.encode(&Sha256::digest(json["document"].to_string().as_bytes()));
    assert_eq!(json["sha256"], printed.as_str(), "the hash is of what is printed");
    // L6, E17: what is only assumed is in no language of it.
    let text = json.to_string();
    for assumed in ["10 years", "18 months", "United States", "USA", "legal-obligation"] {
        assert!(!text.contains(assumed), "{assumed}");
    }
    assert!(text.contains("tax and accounting law"), "the ground is stated");
    let schema: Value =
        serde_json::from_str(&app.text("lumaire", "/policy.schema.json").await).unwrap();
    assert_eq!(schema["type"], "object");
    let gpc: Value =
        serde_json::from_str(&app.text("lumaire", "/.well-known/gpc.json").await).unwrap();
    assert_eq!(gpc["gpc"], true);
    let text = app.text("lumaire", "/policy.txt").await;
    assert!(text.contains("hello@lumaire.ai") && !text.contains("</"));
}

#[tokio::test]
async fn a_page_is_asked_for_again_and_sent_only_if_it_changed() {
    let app = TestApp::start().await;
    let first = app.get("lumaire", "/policy").await;
    let etag = first.headers()["etag"].to_str().unwrap().to_owned();
    let again = app
        .request(Method::GET, "lumaire", "/policy")
        .header("if-none-match", &etag)
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);
    let packed = app
        .request(Method::GET, "lumaire", "/policy")
        .header("accept-encoding", "gzip, br")
        .send()
        .await
        .unwrap();
    assert_eq!(packed.headers()["content-encoding"], "br");
    assert_ne!(packed.headers()["etag"].to_str().unwrap(), etag);
}

#[tokio::test]
async fn one_tenants_page_is_never_anothers() {
    let app = TestApp::start().await;
    for path in ["/", "/policy", "/processors"] {
        let (one, other) = (app.text("lumaire", path).await, app.text("lumina-erp", path).await);
        assert!(!one.contains("Lumina") && !other.contains("Lumaire"), "{path}");
    }
}

#[tokio::test]
async fn a_query_written_strangely_does_not_stand_in_for_the_plain_one() {
    let app = TestApp::start().await;
    for strange in ["from=%31&to=2", "%66rom=1&to=2", "from=0000000001&to=2"] {
        assert_eq!(app.get("lumaire", &format!("/policy/compare?{strange}")).await.status(), 404);
        assert_eq!(app.get("lumaire", "/policy/compare").await.status(), 404, "{strange}");
    }
}
