//! Every route of the table, as every role.

use ::app::routes::routes;
use domain::roles::Role;
use reqwest::Method;

use crate::app::TestApp;

#[tokio::test]
async fn e20_every_route_asks_for_its_permission() {
    let app = TestApp::start().await;
    let mut visitors = vec![(None, None)];
    for role in Role::ALL {
        visitors.push((Some(role), Some(app.sign_in("lumaire", role.name()).await)));
    }
    for route in routes() {
        // Signing out would end the session that the next route needs.
        if route.path == "/sign-out" {
            continue;
        }
        for (role, cookie) in &visitors {
            let path = route
                .path
                .replace("{number}", "1")
                .replace("{id}", "00000000-0000-7000-8000-000000000000")
                .replace("{purpose}", "reset")
                .replace("{secret}", &"A".repeat(43))
                .replace("{code}", "AAAAAAAAAAAAAAAAAAAAAA")
                .replace("{slug}", "account")
                .replace("{file}", "profile.schema.json");
            assert!(!path.contains('{'), "{path}: what stands for the parameter?");
            let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
            let mut request = app.request(method, "lumaire", &path);
            if let Some(cookie) = cookie {
                request = request.header("cookie", cookie);
            }
            let status = request.send().await.unwrap().status().as_u16();
            let place = format!("{} {} as {role:?}: {status}", route.method, route.path);
            match (route.permission.granted_to(*role), role) {
                (true, _) => {
                    assert!(status != 403 && status < 500, "{place}");
                }
                (false, None) => assert_eq!(status, 303, "{place}"),
                (false, Some(_)) => assert_eq!(status, 403, "{place}"),
            }
        }
    }
}
