//! Every route of the table, as every role.

use ::app::routes::routes;
use domain::roles::Role;
use engine::accounts::Task;
use reqwest::Method;

use crate::app::TestApp;

/// What changes something in the studio or at the desk and asks for no confirmation,
/// and why not.
const UNCONFIRMED: [(&str, &str); 23] = [
    ("/studio/policy/sections/new", "a draft is in nobody's way until it is published"),
    ("/studio/policy/sections/{slug}", "a draft"),
    ("/studio/policy/sections/{slug}/remove", "a draft"),
    ("/studio/policy/retention/{slug}", "a draft"),
    ("/studio/policy/processors/new", "a draft"),
    ("/studio/policy/processors/{slug}", "a draft"),
    ("/studio/policy/processors/{slug}/remove", "a draft"),
    ("/studio/policy/contacts", "a draft"),
    ("/studio/policy/discard", "a draft, and it asks first"),
    ("/studio/versions/{number}/restore", "a draft"),
    ("/studio/_fn/preview", "stores nothing"),
    ("/studio/staff/invitations/{id}/revoke", "nobody gets in by it, and it may be urgent"),
    ("/studio/tokens/{id}/revoke", "nobody gets in by it, and it may be urgent"),
    ("/studio/sign-in/{slug}/test", "asks, and changes nothing"),
    ("/studio/stripe/test", "asks, and changes nothing"),
    ("/studio/webhooks/{id}/test", "says nothing of anybody"),
    ("/studio/webhooks/deliveries/{id}/again", "goes to where it was going"),
    ("/desk/requests/{id}/correction", "what its person has asked for"),
    ("/desk/messages/{id}/agree", "stops use, which can be let go again"),
    ("/desk/holds", "keeps what is there, and can be lifted"),
    ("/desk/reports/release", "asks by itself, and keeps what was chosen meanwhile"),
    ("/desk/join", "looks up, and changes nothing"),
    ("/hooks/stripe", "signed by Stripe"),
];

#[test]
fn whatever_changes_in_the_studio_is_confirmed_or_has_a_reason() {
    let routes = routes();
    let changing = routes.iter().filter(|route| route.method.as_str() != "GET");
    let of_staff = changing.filter(|route| {
        ["/studio", "/desk", "/hooks"].iter().any(|place| route.path.starts_with(place))
    });
    let without: Vec<&str> =
        of_staff.filter(|route| route.task.is_none()).map(|route| route.path).collect();
    for path in &without {
        assert!(UNCONFIRMED.iter().any(|(listed, _)| listed == path), "{path}: why unconfirmed?");
    }
    for (path, _) in UNCONFIRMED {
        assert!(without.contains(&path), "{path} is confirmed, or gone");
    }
}

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
                .replace("{other}", "00000000-0000-7000-8000-000000000001")
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
            let answer = request.send().await.unwrap();
            let to =
                answer.headers().get("location").map_or("", |to| to.to_str().unwrap()).to_owned();
            let status = answer.status().as_u16();
            let place = format!("{} {} as {role:?}: {status}", route.method, route.path);
            // A sign-in of the last half hour is enough to read.
            let confirmed = route.task.filter(|task| *task != Task::Disclosure);
            if let (Some(task), Some(_), true) =
                (confirmed, role, route.permission.granted_to(*role) && route.method != "GET")
            {
                assert!(
                    to.contains(&format!("/account/confirm?task={}", task.name())),
                    "{place} {to}"
                );
            }
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
