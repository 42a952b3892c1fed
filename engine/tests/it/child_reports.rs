//! Reports that data is a child's (L13, E22): what they hold up, who decides, and
//! what a stranger cannot do with them.

use domain::holds::{Act, Reason as Why};
use domain::identifiers::Slug;
use domain::requests::{Right, State};
use domain::roles::Role;
use engine::accounts::{LinkError, Opened, Purpose, Secret, Task};
use engine::contact::{self, DecideError, Draft, Message, Reason, Typed};
use engine::records::open_page;
use engine::requests::request_rows;
use engine::storage::{holds as table, requests, subjects};
use engine::tenancy::beside;
use engine::{Actor, Engine, Failure, Scope, accounts, holds, subjects as people};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, NOW, PASSWORD, PEOPLE, confirmed};

const HOST: &str = "lumaire.localhost";
const BEN: &str = "ben@example.org";
const PARENT: &str = "parent@example.org";

async fn tenant(bed: &Bed) -> (Scope, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let visitor = Scope { actor: Actor::Visitor, ..scope.clone() };
    (scope, visitor)
}

fn draft(email: &str, about: &str) -> Draft {
    let typed = Typed { name: "", email, reason: "child", about, text: "She is twelve." };
    Draft::parse(typed).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

async fn report(bed: &Bed, scope: &Scope, email: &str, about: &str) -> Message {
    report_at(&bed.engine, scope, email, about).await
}

async fn report_at(engine: &Engine, scope: &Scope, email: &str, about: &str) -> Message {
    let received = contact::receive(engine, scope, &draft(email, about)).await.unwrap().unwrap();
    message(engine, scope, received.id).await
}

async fn message(engine: &Engine, scope: &Scope, id: Uuid) -> Message {
    let staff = Scope { actor: Actor::Operator, ..scope.clone() };
    contact::message(engine, &staff, id).await.unwrap().unwrap()
}

/// Whether a report is open, delays rules, and stops use.
fn stands(message: &Message) -> (bool, bool, bool) {
    let report = message.report.as_ref().unwrap();
    (report.open, report.delays, report.freezes)
}

async fn verify(bed: &Bed, scope: &Scope, mail: &str) -> Result<(), LinkError> {
    let (_, secret) = mail.split_once("/confirm/message/").unwrap();
    let secret = Secret::parse(&secret[..43]).unwrap();
    let opened = Opened { purpose: Purpose::Message, secret: &secret, host: HOST };
    contact::verify(&bed.engine, scope, &opened).await
}

/// The newest mail to an address.
async fn mail(bed: &Bed, scope: &Scope, to: &str) -> String {
    bed.work(scope.now).await;
    bed.mails(to).pop().unwrap()
}

async fn person(bed: &Bed, scope: &Scope, id: &str) -> Uuid {
    people::find(&bed.engine, scope, id).await.unwrap().unwrap()
}

async fn stopped(bed: &Bed, scope: &Scope, id: &str) -> Vec<Act> {
    let who = person(bed, scope, id).await;
    let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
    let mut acts = Vec::new();
    for act in Act::ALL {
        if holds::blocks(&tx, scope.now, who, None, act).await.unwrap().is_some() {
            acts.push(act);
        }
    }
    acts
}

const DELAYED: [Act; 1] = [Act::Sweep];
const FROZEN: [Act; 3] = [Act::NewData, Act::Use, Act::Sweep];

async fn open_requests(bed: &Bed, scope: &Scope) -> usize {
    request_rows(&bed.engine, scope, true, None, 99).await.unwrap().rows.len()
}

async fn staff(bed: &Bed, scope: &Scope, role: Role) -> Scope {
    let email = format!("{}@lumaire.example", role.name()).parse().unwrap();
    let password = accounts::Password::choose(PASSWORD.into()).unwrap();
    let id = accounts::create_staff(&bed.engine, scope, &email, role, password).await.unwrap();
    Scope { actor: Actor::Account { id, role, subject: None }, ..scope.clone() }
}

on_both! {
    async fn l13_e22_a_report_alone_delays_rules_and_freezes_locks_out_and_erases_nothing(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let ben = bed.customer(&scope, "u-ben", BEN).await;
        let session = bed.sign_in(&scope, BEN).await;
        // In another spelling.
        let written = report(&bed, &visitor, "stranger@example.org", " BEN@Example.ORG ").await;
        assert_eq!((written.reason, stands(&written)), (Reason::Child, (true, true, false)));
        assert_eq!(stopped(&bed, &scope, "u-ben").await, DELAYED);
        let concerned = &written.report.as_ref().unwrap().concerned;
        assert_eq!(concerned.iter().map(|one| one.id.as_deref()).collect::<Vec<_>>(), [Some("u-ben")]);
        assert_eq!(concerned[0].called.as_deref(), Some("Ben Okafor"));

        // At the desk at once, due today, about nobody by the requests' list.
        let open = request_rows(&bed.engine, &scope, true, None, 9).await.unwrap().rows;
        assert_eq!((open[0].right, open[0].state), (Right::Erasure, State::Received));
        assert_eq!((open[0].due_on, open[0].person.as_deref()), (scope.today(), None));
        let waiting = contact::reports(&bed.engine, &scope, 9).await.unwrap();
        assert_eq!(waiting.iter().map(|one| one.id).collect::<Vec<_>>(), [written.id]);
        assert_eq!(contact::of_request(&bed.engine, &scope, open[0].id).await.unwrap(), [written.id]);

        // The company goes on, and so does the person.
        let more = r#"{"type":"record","id":"r-9","category":"account","kind":"profile","date":"2026-02-01","subjects":["u-ben"],"source":"you","data":{"name":"Ben"}}"#;
        assert_eq!(bed.import(&scope, more).await.refused, 0);
        assert!(accounts::session(&bed.engine, &scope, &session).await.unwrap().is_some());
        bed.sign_in(&scope, BEN).await;
        let account: Slug = "account".parse().unwrap();
        let held = open_page(&bed.engine, &ben, ben.own_subject().unwrap(), &account, None, 9).await;
        assert_eq!(held.unwrap().len(), 2);
        bed.erase(&ben, BEN).await;
    }

    async fn l13_use_is_frozen_once_the_reporters_address_is_proven(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        bed.customer(&scope, "u-ben", BEN).await;
        let session = bed.sign_in(&scope, BEN).await;
        let written = report(&bed, &visitor, PARENT, BEN).await;
        let link = mail(&bed, &scope, PARENT).await;
        assert_eq!(stopped(&bed, &scope, "u-ben").await, DELAYED);
        verify(&bed, &visitor, &link).await.unwrap();
        assert_eq!(stopped(&bed, &scope, "u-ben").await, FROZEN);
        assert_eq!(stands(&message(&bed.engine, &scope, written.id).await), (true, true, true));
        let paused = r#"{"type":"record","id":"r-9","category":"account","kind":"profile","date":"2026-02-01","subjects":["u-ben"],"source":"you","data":{"name":"Ben"}}
{"type":"event","id":"e-9","name":"account-closed","date":"2026-11-01","subject":"u-ben"}
{"type":"subject","id":"u-ben","email":"other@example.org","name":"Ben"}"#;
        let imported = bed.import(&scope, paused).await;
        assert_eq!((imported.refused, imported.created, imported.updated), (3, 0, 0), "{imported:?}");
        let unchanged = r#"{"type":"subject","id":"u-ben","email":"ben@example.org","name":"Ben Okafor"}"#;
        assert_eq!(bed.import(&scope, unchanged).await.refused, 0, "nothing new");
        // Nobody is locked out by it.
        assert!(accounts::session(&bed.engine, &scope, &session).await.unwrap().is_some());
        bed.sign_in(&scope, BEN).await;

        // Opened twice, or late, the link does nothing.
        assert!(matches!(verify(&bed, &visitor, &link).await, Err(LinkError::Over)));
        report(&bed, &visitor, "late@example.org", "ada@example.org").await;
        let late = mail(&bed, &scope, "late@example.org").await;
        let in_a_week = Scope { now: NOW.plus_seconds(7 * 24 * 3600), ..visitor.clone() };
        assert!(matches!(verify(&bed, &in_a_week, &late).await, Err(LinkError::Over)));
        assert_eq!(stopped(&bed, &scope, "u-ada").await, DELAYED);
    }

    async fn l13_a_signed_in_customer_proves_nothing_by_being_signed_in(bed: Bed) {
        let (scope, _) = tenant(&bed).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        // Not even with the address that they have typed here.
        let written = report(&bed, &ada, "ada@example.org", BEN).await;
        assert_eq!(stands(&written), (true, true, false));
        assert_eq!(stopped(&bed, &scope, "u-ben").await, DELAYED);
        assert!(stopped(&bed, &scope, "u-ada").await.is_empty());
    }

    async fn l13_the_desk_agrees_and_releasing_one_of_two_keeps_the_other(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let support = staff(&bed, &scope, Role::Support).await;
        let first = report(&bed, &visitor, "a@example.org", BEN).await;
        let second = report(&bed, &visitor, "b@example.org", BEN).await;
        assert_eq!(first.request, second.request, "the further one joins");
        assert_eq!(open_requests(&bed, &scope).await, 1);

        for role in [Role::Auditor, Role::Editor, Role::Approver] {
            let other = staff(&bed, &scope, role).await;
            let refused = contact::agree(&bed.engine, &other, first.id, None).await;
            assert!(matches!(refused, Err(DecideError::Failure(Failure::Forbidden(_)))), "{role:?}");
            let refused = contact::release(&bed.engine, &other, confirmed(&other, Task::Release), &[first.id]).await;
            assert!(matches!(refused, Err(Failure::Forbidden(_))), "{role:?}");
        }
        contact::agree(&bed.engine, &support, first.id, None).await.unwrap();
        contact::agree(&bed.engine, &support, second.id, None).await.unwrap();
        assert_eq!(stopped(&bed, &scope, "u-ben").await, FROZEN);

        assert_eq!(contact::release(&bed.engine, &support, confirmed(&support, Task::Release), &[first.id]).await.unwrap(), 1);
        assert_eq!(contact::release(&bed.engine, &support, confirmed(&support, Task::Release), &[first.id]).await.unwrap(), 0);
        assert_eq!(stopped(&bed, &scope, "u-ben").await, FROZEN, "the other report stands");
        assert_eq!(open_requests(&bed, &scope).await, 1);
        assert!(!stands(&message(&bed.engine, &scope, first.id).await).0);
        assert!(stands(&message(&bed.engine, &scope, second.id).await).0);
        assert!(matches!(contact::agree(&bed.engine, &support, first.id, None).await, Err(DecideError::Over)));

        assert_eq!(contact::release(&bed.engine, &support, confirmed(&support, Task::Release), &[second.id]).await.unwrap(), 1);
        assert!(stopped(&bed, &scope, "u-ben").await.is_empty());
        let closed = request_rows(&bed.engine, &scope, false, None, 9).await.unwrap().rows;
        assert_eq!(closed[0].state, State::Refused);
        assert!(contact::reports(&bed.engine, &scope, 9).await.unwrap().is_empty());
        let ben = person(&bed, &scope, "u-ben").await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(ben))).await;
        assert!(row.unwrap().unwrap().paused_at.is_none());
    }

    async fn l13_a_report_proven_after_it_was_released_stays_released(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let written = report(&bed, &visitor, PARENT, BEN).await;
        let other = report(&bed, &visitor, "b@example.org", BEN).await;
        let link = mail(&bed, &scope, PARENT).await;
        contact::release(&bed.engine, &scope, confirmed(&scope, Task::Release), &[written.id]).await.unwrap();
        verify(&bed, &visitor, &link).await.unwrap();
        let proven = message(&bed.engine, &scope, written.id).await;
        assert!(proven.verified && stands(&proven) == (false, false, false));
        assert_eq!(stopped(&bed, &scope, "u-ben").await, DELAYED, "by the other alone");
        contact::release(&bed.engine, &scope, confirmed(&scope, Task::Release), &[other.id]).await.unwrap();
        assert!(stopped(&bed, &scope, "u-ben").await.is_empty());
    }

    async fn l13_one_button_releases_many_and_none_of_another_tenant(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let mut ids = Vec::new();
        for number in 0..9 {
            let from = format!("s{number}@example.org");
            ids.push(report(&bed, &visitor, &from, &format!("c{number}@example.org")).await.id);
        }
        let elsewhere = bed.tenant(crate::bed::LUMINA).await;
        assert_eq!(contact::release(&bed.engine, &elsewhere, confirmed(&elsewhere, Task::Release), &ids).await.unwrap(), 0);
        assert_eq!(contact::reports(&bed.engine, &scope, 99).await.unwrap().len(), 9);
        ids.push(Uuid::nil());
        ids.push(ids[0]);
        assert_eq!(contact::release(&bed.engine, &scope, confirmed(&scope, Task::Release), &ids).await.unwrap(), 9);
        assert_eq!(open_requests(&bed, &scope).await, 0);
    }

    async fn l13_reports_are_capped_and_what_is_over_the_cap_is_read_all_the_same(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        // By sender: the fourth of a day acts by itself no more.
        for number in 0..3 {
            let written = report(&bed, &visitor, PARENT, &format!("c{number}@example.org")).await;
            assert_eq!(stands(&written), (true, true, false));
        }
        let over = report(&bed, &visitor, "Parent@example.org", BEN).await;
        assert_eq!((stands(&over), over.request), ((true, false, false), None));
        assert!(stopped(&bed, &scope, "u-ben").await.is_empty());
        assert_eq!(open_requests(&bed, &scope).await, 3);
        // Whoever typed that address has not used it up for its owner.
        let link = mail(&bed, &scope, PARENT).await;
        verify(&bed, &visitor, &link).await.unwrap();
        assert_eq!(stopped(&bed, &scope, "u-ben").await, FROZEN);
        let tomorrow = Scope { now: NOW.plus_seconds(24 * 3600), ..visitor.clone() };
        assert_eq!(stands(&report(&bed, &tomorrow, PARENT, "x@example.org").await), (true, true, false));

        // By tenant and hour, over all nodes.
        let later = Scope { now: NOW.plus_seconds(2 * 24 * 3600), ..visitor.clone() };
        let node = bed.another_node().await;
        let mut acted = 0;
        for number in 0..24 {
            let engine = if number % 2 == 0 { &bed.engine } else { &node };
            let from = format!("s{number}@example.org");
            let written = report_at(engine, &later, &from, &format!("d{number}@example.org")).await;
            acted += usize::from(stands(&written).1);
        }
        assert_eq!(acted, 20);
        let ada = report(&bed, &later, "mother@example.org", "ada@example.org").await;
        assert_eq!(stands(&ada), (true, false, false));
        // The desk decides it all the same.
        let staff = Scope { now: later.now, ..scope.clone() };
        contact::agree(&bed.engine, &staff, ada.id, None).await.unwrap();
        assert_eq!(stopped(&bed, &staff, "u-ada").await, FROZEN);
        assert_eq!(stands(&message(&bed.engine, &staff, ada.id).await), (true, true, true));
        let next_hour = Scope { now: later.now.plus_seconds(3600), ..visitor.clone() };
        let again = report(&bed, &next_hour, "s99@example.org", "d99@example.org").await;
        assert_eq!(stands(&again), (true, true, false));
    }

    async fn l13_two_reports_at_once_on_two_nodes_open_one_request_and_keep_the_cap(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let node = bed.another_node().await;
        let barrier = Barrier::new(8);
        let one = async |engine: &Engine, number: usize, about: &str| {
            let from = format!("s{number}@example.org");
            let written = draft(&from, about);
            barrier.wait().await;
            contact::receive(engine, &visitor, &written).await.unwrap().unwrap()
        };
        let engines = [&bed.engine, &node];
        // Of somebody known, and of an address that nobody has.
        let all = (0..8).map(|number| {
            let about = if number < 4 { BEN } else { "nobody@example.org" };
            beside(one(engines[number % 2], number, about))
        });
        futures_util::future::join_all(all).await;
        assert_eq!(open_requests(&bed, &scope).await, 2);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(table::Entity::find()).await.unwrap(), 8);
        drop(tx);
        // And one sender's, sent at once.
        let barrier = Barrier::new(6);
        let same = (0..6).map(|number| {
            let (barrier, engine, visitor) = (&barrier, engines[number % 2], &visitor);
            beside(async move {
                let written = draft("same@example.org", &format!("x{number}@example.org"));
                barrier.wait().await;
                contact::receive(engine, visitor, &written).await.unwrap().unwrap()
            })
        });
        futures_util::future::join_all(same).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(table::Entity::find()).await.unwrap(), 8 + 3);
    }

    async fn l13_two_releases_at_once_leave_nothing_stopped(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let node = bed.another_node().await;
        let mut ids = Vec::new();
        for from in ["a@example.org", "b@example.org"] {
            let written = report(&bed, &visitor, from, BEN).await;
            contact::agree(&bed.engine, &scope, written.id, None).await.unwrap();
            ids.push(written.id);
        }
        let barrier = Barrier::new(2);
        let release = async |engine: &Engine, id: Uuid| {
            barrier.wait().await;
            contact::release(engine, &scope, confirmed(&scope, Task::Release), &[id]).await.unwrap()
        };
        let done = futures_util::join!(release(&bed.engine, ids[0]), release(&node, ids[1]));
        assert_eq!(done, (1, 1));
        assert!(stopped(&bed, &scope, "u-ben").await.is_empty());
        assert_eq!(open_requests(&bed, &scope).await, 0);
    }

    async fn l13_a_mailbox_that_two_share_delays_nobody_until_the_desk_says_who(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        bed.import(&scope, r#"{"type":"subject","id":"u-cleo","email":"ben@example.org","name":"Cleo"}"#).await;
        let written = report(&bed, &visitor, BEN, "").await;
        let link = mail(&bed, &scope, BEN).await;
        verify(&bed, &visitor, &link).await.unwrap();
        for who in ["u-ben", "u-cleo"] {
            assert!(stopped(&bed, &scope, who).await.is_empty(), "{who}");
        }
        let seen = message(&bed.engine, &scope, written.id).await;
        assert_eq!(seen.report.unwrap().concerned.len(), 2, "the desk sees both");
        let nobody = contact::agree(&bed.engine, &scope, written.id, None).await;
        assert!(matches!(nobody, Err(DecideError::WhoIsMeant)));
        let ada = person(&bed, &scope, "u-ada").await;
        let another = contact::agree(&bed.engine, &scope, written.id, Some(ada)).await;
        assert!(matches!(another, Err(DecideError::WhoIsMeant)), "none of the two");
        let cleo = person(&bed, &scope, "u-cleo").await;
        contact::agree(&bed.engine, &scope, written.id, Some(cleo)).await.unwrap();
        assert_eq!(stopped(&bed, &scope, "u-cleo").await, FROZEN);
        assert!(stopped(&bed, &scope, "u-ben").await.is_empty());
    }

    async fn l13_an_address_that_is_known_tomorrow_is_held_tomorrow(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let written = report(&bed, &visitor, PARENT, "kid@example.org").await;
        assert!(written.report.as_ref().unwrap().concerned.is_empty());
        let kid = r#"{"type":"subject","id":"u-kid","email":"Kid@example.org","name":"Kid"}"#;
        assert_eq!(bed.import(&scope, kid).await.created, 1);
        assert_eq!(stopped(&bed, &scope, "u-kid").await, DELAYED);
        let seen = message(&bed.engine, &scope, written.id).await.report.unwrap();
        assert_eq!(seen.concerned[0].id.as_deref(), Some("u-kid"));
        // A further report joins, though this one knows whom it is about.
        let further = report(&bed, &visitor, "b@example.org", "kid@example.org").await;
        assert_eq!(further.request, written.request);
        let link = mail(&bed, &scope, PARENT).await;
        verify(&bed, &visitor, &link).await.unwrap();
        assert_eq!(stopped(&bed, &scope, "u-kid").await, FROZEN);
        contact::release(&bed.engine, &scope, confirmed(&scope, Task::Release), &[written.id, further.id]).await.unwrap();
        assert!(stopped(&bed, &scope, "u-kid").await.is_empty());
        // Proven before, known after.
        report(&bed, &visitor, "c@example.org", "tot@example.org").await;
        let link = mail(&bed, &scope, "c@example.org").await;
        verify(&bed, &visitor, &link).await.unwrap();
        bed.import(&scope, r#"{"type":"subject","id":"u-tot","email":"tot@example.org","name":"Tot"}"#).await;
        assert_eq!(stopped(&bed, &scope, "u-tot").await, FROZEN);
    }

    async fn l13_the_desk_deletes_when_it_is_right_and_every_report_about_the_child_is_closed(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        bed.customer(&scope, "u-ben", BEN).await;
        let support = staff(&bed, &scope, Role::Support).await;
        let first = report(&bed, &visitor, "a@example.org", BEN).await;
        let second = report(&bed, &visitor, "b@example.org", BEN).await;
        let about_ada = report(&bed, &visitor, "a@example.org", "ada@example.org").await;

        let disclosure = bed.confirmed(&support, "support@lumaire.example", Task::Disclosure).await;
        let other_task = contact::delete(&bed.engine, &support, disclosure, first.id, None).await;
        assert!(matches!(other_task, Err(DecideError::NotDeleted(_))), "{other_task:?}");
        let confirmed = bed.confirmed(&support, "support@lumaire.example", Task::Deletion).await;
        let auditor = staff(&bed, &scope, Role::Auditor).await;
        let refused = contact::delete(&bed.engine, &auditor, confirmed, first.id, None).await;
        assert!(matches!(refused, Err(DecideError::Failure(Failure::Forbidden(_)))));

        contact::delete(&bed.engine, &support, confirmed, first.id, None).await.unwrap();
        bed.work(NOW).await;
        let ben = person(&bed, &scope, "u-ben").await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let ben = tx.one(subjects::Entity::find().filter(subjects::Column::Id.eq(ben))).await.unwrap().unwrap();
        assert!(ben.erased_at.is_some());
        let request = requests::Entity::find().filter(requests::Column::Id.eq(first.request.unwrap()));
        let request = tx.one(request).await.unwrap().unwrap();
        assert_eq!((request.state.as_str(), request.closed_at.is_some()), ("fulfilled", true));
        drop(tx);
        for id in [first.id, second.id] {
            assert!(!stands(&message(&bed.engine, &scope, id).await).0);
        }
        assert!(stands(&message(&bed.engine, &scope, about_ada.id).await).0);
        let again = contact::delete(&bed.engine, &support, confirmed, first.id, None).await;
        assert!(matches!(again, Err(DecideError::Over)));
        assert_eq!(stopped(&bed, &scope, "u-ada").await, DELAYED);
    }

    async fn l13_who_is_erased_meanwhile_stays_so_and_the_desk_closes_the_report(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let ben = bed.customer(&scope, "u-ben", BEN).await;
        let support = staff(&bed, &scope, Role::Support).await;
        let written = report(&bed, &visitor, PARENT, BEN).await;
        let link = mail(&bed, &scope, PARENT).await;
        bed.erase(&ben, BEN).await;
        bed.work(NOW).await;
        verify(&bed, &visitor, &link).await.unwrap();
        let seen = message(&bed.engine, &scope, written.id).await.report.unwrap();
        assert!(seen.open && seen.concerned[0].gone && seen.concerned[0].called.is_none(), "{seen:?}");
        let agreed = contact::agree(&bed.engine, &scope, written.id, None).await;
        assert!(matches!(agreed, Err(DecideError::WhoIsMeant)));
        let confirmed = bed.confirmed(&support, "support@lumaire.example", Task::Deletion).await;
        contact::delete(&bed.engine, &support, confirmed, written.id, None).await.unwrap();
        assert_eq!(open_requests(&bed, &scope).await, 0);
        // A new report finds nobody.
        let further = report(&bed, &visitor, "b@example.org", BEN).await;
        assert!(further.report.unwrap().concerned.is_empty());
    }

    async fn l13_a_report_outlives_the_message_that_its_sender_has_had_deleted(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let written = report(&bed, &visitor, "ada@example.org", BEN).await;
        let link = mail(&bed, &scope, "ada@example.org").await;
        verify(&bed, &visitor, &link).await.unwrap();
        bed.erase(&ada, "ada@example.org").await;
        bed.work(NOW).await;
        assert_eq!(contact::message(&bed.engine, &scope, written.id).await.unwrap(), None);
        assert_eq!(stopped(&bed, &scope, "u-ben").await, FROZEN);
        let waiting = contact::reports(&bed.engine, &scope, 9).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].id, waiting[0].message.is_none()), (1, written.id, true));
        assert_eq!(waiting[0].standing.concerned[0].id.as_deref(), Some("u-ben"));
        assert_eq!(contact::release(&bed.engine, &scope, confirmed(&scope, Task::Release), &[written.id]).await.unwrap(), 1);
        assert!(stopped(&bed, &scope, "u-ben").await.is_empty());
    }

    async fn l13_a_report_stands_in_the_way_of_nobodys_own_wish(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let written = report(&bed, &visitor, PARENT, BEN).await;
        contact::agree(&bed.engine, &scope, written.id, None).await.unwrap();
        let ben = bed.customer(&scope, "u-ben", BEN).await;
        // A report, agreed or not, stands in the way of nobody's own wish.
        bed.erase(&ben, BEN).await;
        bed.work(NOW).await;
        let who = person(&bed, &scope, "u-ben").await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(holds::blocks(&tx, NOW, who, None, Act::Disclosure).await.unwrap(), Some(Why::Erasure));
    }
}

/// One address, whatever is typed.
#[test]
fn l13_a_report_is_about_one_address() {
    for about in [
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "a@example.org b@example.org",
        "a@example.org\nb@example.org",
    ] {
        let typed = Typed { name: "", email: PARENT, reason: "child", about, text: "Both." };
        assert!(Draft::parse(typed).is_err(), "{about}");
    }
}
