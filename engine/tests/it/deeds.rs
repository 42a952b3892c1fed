//! What changes who gets in, where data goes and what is deleted takes a
//! confirmation, and the other admins learn of it.

use domain::grants::Grant;
use domain::roles::Role;
use engine::accounts::{self, Confirmed, Password, Task};
use engine::providers::{self, Kind, NewSecret};
use engine::tokens::{self, Lifetime};
use engine::webhooks::{self, Described};
use engine::{Actor, Scope, policies, stripe};

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, confirmed};

async fn staff(bed: &Bed, scope: &Scope, email: &str, role: Role) -> Scope {
    let password = Password::choose(PASSWORD.into()).unwrap();
    let portal = scope.as_portal();
    let email = email.parse().unwrap();
    let id = accounts::create_staff(&bed.engine, &portal, &email, role, password).await.unwrap();
    Scope { actor: Actor::Account { id, role, subject: None }, ..scope.clone() }
}

/// Something that could be published.
async fn draft(bed: &Bed, scope: &Scope) {
    let before = policies::in_force(&bed.engine, scope).await.unwrap().unwrap();
    let mut document = before.document.clone();
    document.title = "Another title".into();
    policies::save_draft(&bed.engine, scope, 0, &document).await.unwrap();
}

/// Everything that takes a confirmation, done by somebody; how it went, by name.
async fn everything(
    bed: &Bed,
    scope: &Scope,
    sure: Confirmed,
    sure_of_policy: Confirmed,
) -> Vec<(&'static str, bool)> {
    let engine = &bed.engine;
    let mut done = Vec::new();
    // Who may not read it may not publish it either.
    let draft = policies::draft(engine, scope).await.ok().flatten();
    let revision = draft.map_or(0, |draft| draft.revision);
    done.push(("policy", policies::publish(engine, scope, sure_of_policy, revision).await.is_ok()));
    let grants = [Grant::Read].into_iter().collect();
    done.push((
        "token",
        tokens::make(engine, scope, sure, "CRM", &grants, Lifetime::Month).await.is_ok(),
    ));
    let described = Described {
        url: "https://127.0.0.1/hook-s3cret".into(),
        description: String::new(),
        events: vec!["erasure.done".into()],
    };
    let hook = webhooks::add(engine, scope, sure, &described).await;
    let id = hook.as_ref().map(|(id, _)| *id).unwrap_or_default();
    done.push(("webhook", hook.is_ok()));
    done.push((
        "webhook changed",
        webhooks::change(engine, scope, sure, id, &described).await.is_ok(),
    ));
    done.push((
        "webhook secret",
        matches!(webhooks::rotate(engine, scope, sure, id).await, Ok(Some(_))),
    ));
    done.push((
        "webhook removed",
        matches!(webhooks::remove(engine, scope, sure, id).await, Ok(true)),
    ));
    let settings = providers::Settings {
        name: "Acme".into(),
        kind: Kind::OpenId { issuer: "https://127.0.0.1/".into() },
        client_id: "portal".into(),
        scopes: Vec::new(),
        trusted_email: false,
    };
    let slug = "acme".parse().unwrap();
    for (name, new) in [("provider", true), ("provider changed", false)] {
        let saved =
            providers::save(engine, scope, sure, (&slug, &settings), NewSecret::None, new).await;
        done.push((name, saved.is_ok()));
    }
    done.push((
        "provider removed",
        matches!(providers::remove(engine, scope, sure, "acme").await, Ok(true)),
    ));
    let email = "new@example.org".parse().unwrap();
    done.push((
        "invitation",
        accounts::invite(engine, scope, sure, &email, Role::Editor).await.is_ok(),
    ));
    done
}

on_both! {
    async fn the_other_admins_learn_of_all_of_it_and_of_no_secret(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let ann = staff(&bed, &scope, "ann@example.org", Role::Admin).await;
        staff(&bed, &scope, "bob@example.org", Role::Admin).await;
        staff(&bed, &scope, "sue@example.org", Role::Support).await;
        draft(&bed, &ann).await;
        let sure = (confirmed(&ann, Task::Settings), confirmed(&ann, Task::Publication));
        let done = everything(&bed, &ann, sure.0, sure.1).await;
        assert!(done.iter().all(|(_, done)| *done), "{done:?}");
        bed.work(NOW).await;
        let mails = bed.mails("bob@example.org");
        assert_eq!(mails.len(), done.len(), "{mails:#?}");
        for mail in &mails {
            assert!(mail.contains("Done by ann@example.org (Administrator), 21 November 2026, 12:00"), "{mail}");
            assert!(mail.contains("http://lumaire.localhost:3000/"), "{mail}");
            assert!(!mail.contains("s3cret") && !mail.contains("whsec_") && !mail.contains("candor_"), "{mail}");
        }
        assert_eq!(bed.mails("ann@example.org").len(), 0, "who did it knows");
        assert_eq!(bed.mails("sue@example.org").len(), 0);
    }

    async fn a_sole_admin_is_told_themselves(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let ann = staff(&bed, &scope, "ann@example.org", Role::Admin).await;
        let grants = [Grant::Read].into_iter().collect();
        let sure = confirmed(&ann, Task::Settings);
        tokens::make(&bed.engine, &ann, sure, "CRM", &grants, Lifetime::Month).await.unwrap();
        bed.work(NOW).await;
        assert_eq!(bed.mails("ann@example.org").len(), 1);
        // And of what the operator does.
        bed.tenant(&LUMAIRE.replace("\"offered\"", "\"required\"")).await;
        bed.work(NOW).await;
        let mail = bed.mails("ann@example.org").pop().unwrap();
        assert!(mail.contains("by the operator of this installation"), "{mail}");
        // To apply the same file again changes nothing, and is told to nobody.
        bed.tenant(&LUMAIRE.replace("\"offered\"", "\"required\"")).await;
        bed.work(NOW).await;
        assert_eq!(bed.mails("ann@example.org").len(), 2);
    }

    async fn another_confirmation_does_none_of_it(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let ann = staff(&bed, &scope, "ann@example.org", Role::Admin).await;
        draft(&bed, &ann).await;
        for task in Task::ALL {
            if matches!(task, Task::Settings | Task::Publication) {
                continue;
            }
            let sure = confirmed(&ann, task);
            let done = everything(&bed, &ann, sure, sure).await;
            assert!(done.iter().all(|(_, done)| !done), "{task:?}: {done:?}");
        }
        let crossed = (confirmed(&ann, Task::Publication), confirmed(&ann, Task::Settings));
        let done = everything(&bed, &ann, crossed.0, crossed.1).await;
        assert!(done.iter().all(|(_, done)| !done), "{done:?}");
        let refused = stripe::remove(&bed.engine, &ann, confirmed(&ann, Task::Credentials)).await;
        assert!(refused.is_err());
        // Nor does whoever may not, having confirmed; nor anybody in the operator's name.
        let sue = staff(&bed, &scope, "sue@example.org", Role::Support).await;
        let sure = (confirmed(&sue, Task::Settings), confirmed(&sue, Task::Publication));
        let done = everything(&bed, &sue, sure.0, sure.1).await;
        assert!(done.iter().all(|(_, done)| !done), "{done:?}");
        assert!(Confirmed::at_the_machine(&ann, Task::Settings).is_err());
        bed.work(NOW).await;
        assert_eq!(bed.mails("ann@example.org").len(), 0);
    }
}
