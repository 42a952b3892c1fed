//! A tenant's account at Stripe.

use domain::roles::Role;
use engine::accounts::Task;
use engine::egress::EgressError;
use engine::erasure::LineBody;
use engine::jobs::Drained;
use engine::storage::{Timestamp, stripe_connections, stripe_events, stripe_views};
use engine::stripe::{
    self, Asking, ConnectError, Described, Look, NoCustomer, Picture, Received, SecretError,
    StripeError, TOLERANCE, WebhookError, Wrong, signature,
};
use engine::{Actor, Engine, Failure, Scope, exports};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use secrecy::SecretString;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE, confirmed};
use crate::exports::{downloaded, read};
use crate::stripe_peer::{Fault, KEY, Peer};

const SECRET: &str = "whsec_0123456789";
const OTHER_SECRET: &str = "whsec_9876543210";

/// A tenant that has connected Stripe, and Ada, who is a customer there by her
/// address.
struct There {
    bed: Bed,
    peer: Peer,
    operator: Scope,
    ada: Scope,
}

impl There {
    async fn new(bed: Bed) -> There {
        There::with(bed, PEOPLE).await
    }

    async fn with(bed: Bed, people: &str) -> There {
        let operator = bed.tenant(LUMAIRE).await;
        bed.import(&operator, people).await;
        let ada = bed.customer(&operator, "u-ada", "ada@example.org").await;
        let there = There { bed, peer: Peer::start().await, operator, ada };
        there.connect(&there.described()).await.unwrap();
        there.peer.holds().asked.clear();
        there
    }

    fn engine(&self) -> &Engine {
        &self.bed.engine
    }

    fn described(&self) -> Described {
        Described {
            base_url: self.peer.url.clone(),
            mode: "test".into(),
            key: KEY.to_owned().into(),
            secret: SECRET.to_owned().into(),
        }
    }

    async fn connect(&self, described: &Described) -> Result<(), ConnectError> {
        stripe::connect(
            self.engine(),
            &self.operator,
            confirmed(&self.operator, Task::Settings),
            described,
        )
        .await
    }

    async fn look_at(&self, now: Timestamp) -> Look {
        let scope = Scope { now, ..self.ada.clone() };
        stripe::look(self.engine(), &scope).await.unwrap().unwrap()
    }

    async fn look(&self) -> Look {
        self.look_at(NOW).await
    }

    async fn now(&self) -> Picture {
        match self.look().await {
            Look::Now(picture) => picture,
            other => panic!("{other:?}"),
        }
    }

    async fn none(&self) -> NoCustomer {
        match self.look().await {
            Look::NoCustomer(why) => why,
            other => panic!("{other:?}"),
        }
    }

    /// As a stranger sends it.
    async fn send(
        &self,
        header: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<Received, WebhookError> {
        let scope = Scope { actor: Actor::Visitor, now, ..self.operator.clone() };
        stripe::receive(self.engine(), &scope, header, body.as_bytes()).await
    }

    /// As Stripe sends it.
    async fn event(&self, id: &str, customer: &str) -> Result<Received, WebhookError> {
        let body = event(id, customer);
        self.send(&signature(SECRET, NOW, body.as_bytes()), &body, NOW).await
    }

    async fn views(&self) -> Vec<stripe_views::Model> {
        let tx =
            self.engine().tenant(self.operator.as_portal().portal().unwrap()).read().await.unwrap();
        tx.all(stripe_views::Entity::find()).await.unwrap()
    }

    async fn events(&self) -> Vec<stripe_events::Model> {
        let tx =
            self.engine().tenant(self.operator.as_portal().portal().unwrap()).read().await.unwrap();
        tx.all(stripe_events::Entity::find()).await.unwrap()
    }
}

fn secret(text: &str) -> SecretString {
    text.to_owned().into()
}

fn event(id: &str, customer: &str) -> String {
    json!({ "id": id, "object": "event", "type": "payment_intent.succeeded", "created": NOW.0 / 1000,
        "livemode": false, "data": { "object": { "id": "pi_1", "object": "payment_intent",
        "customer": customer, "payment_method": { "card": { "number": "4242424242424242" } } } } })
    .to_string()
}

/// Every byte of every table, as text and as hexadecimal digits.
async fn stored(bed: &Bed) -> String {
    let database = sea_orm::Database::connect(bed.superuser()).await.unwrap();
    let backend = database.get_database_backend();
    let mut all = String::new();
    for table in migrations::tenant_tables() {
        let columns = match backend {
            DbBackend::Postgres => format!("select t::text as row from {table} t"),
            _ => {
                let names = Statement::from_string(
                    backend,
                    format!(
                        "select group_concat('ifnull(quote(\"' || name || '\"), '''')', ' || '','' || ') from pragma_table_info('{table}')"
                    ),
                );
                let row = database.query_one_raw(names).await.unwrap().unwrap();
                let expression: String = row.try_get_by_index(0).unwrap();
                format!("select {expression} as row from {table}")
            }
        };
        for row in database.query_all_raw(Statement::from_string(backend, columns)).await.unwrap() {
            all.push_str(&row.try_get::<String>("", "row").unwrap());
            all.push('\n');
        }
    }
    all
}

on_both! {
    async fn what_stripe_holds_is_shown_now_or_as_last_seen(bed: Bed) {
        let there = There::new(bed).await;
        let picture = there.now().await;
        assert_eq!(picture.customer, "cus_ada");
        let told = |entries: &[stripe::Entry]| -> Vec<String> {
            entries.iter().map(|e| format!("{} {:?} {} {}", e.reference, e.amount, e.currency, e.state)).collect()
        };
        assert_eq!(told(&picture.payments), ["pi_1 Some(4900) eur succeeded"]);
        assert_eq!(told(&picture.subscriptions), ["sub_1 Some(900) eur active"]);
        assert_eq!(told(&picture.invoices), ["in_1 Some(900) eur paid"]);

        for fault in [Fault::Status(500), Fault::Status(429), Fault::Status(401), Fault::Redirect, Fault::Garbage] {
            there.peer.holds().fault = fault;
            let Look::Earlier { picture: last, as_of, stale, why } =
                there.look_at(NOW.plus_seconds(60)).await else { panic!("earlier") };
            assert_eq!((last, as_of, stale), (picture.clone(), NOW, false));
            let expected = match fault {
                Fault::Status(500) => matches!(why, StripeError::Down(500)),
                Fault::Status(429) => matches!(why, StripeError::Busy),
                Fault::Status(401) => matches!(why, StripeError::Key),
                _ => matches!(why, StripeError::NotUnderstood),
            };
            assert!(expected, "{why:?}");
        }
        // Back again, and changed meanwhile.
        there.peer.holds().fault = Fault::None;
        there.peer.holds().payments[0]["status"] = json!("canceled");
        assert_eq!(there.now().await.payments[0].state, "canceled");
        assert_eq!(there.views().await.len(), 1);
    }

    async fn what_was_seen_is_in_the_download(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        exports::ask(there.engine(), &there.ada).await.unwrap();
        there.bed.work(NOW).await;
        let mut zip = downloaded(&there.bed, &there.ada).await;
        let seen: Value = serde_json::from_slice(&read(&mut zip, "stripe.json")).unwrap();
        assert_eq!(seen["customer"], "cus_ada");
        assert_eq!(seen["as-of"], "2026-11-21T12:00:00Z");
        assert_eq!(seen["payments"][0]["reference"], "pi_1");
        assert_eq!(seen["subscriptions"][0]["amount"], 900);
        assert!(String::from_utf8(read(&mut zip, "index.html")).unwrap().contains("cus_ada"));
        let manifest: Value = serde_json::from_slice(&read(&mut zip, "manifest.json")).unwrap();
        let files = manifest["files"].as_array().unwrap();
        assert!(files.iter().any(|file| file["name"] == "stripe.json"), "{files:?}");
    }

    async fn without_a_connection_nothing_is_asked_or_shown(bed: Bed) {
        let there = There::new(bed).await;
        assert!(stripe::remove(there.engine(), &there.operator, confirmed(&there.operator, Task::Settings)).await.unwrap());
        assert!(stripe::look(there.engine(), &there.ada).await.unwrap().is_none());
        assert!(!stripe::remove(there.engine(), &there.operator, confirmed(&there.operator, Task::Settings)).await.unwrap());
        assert!(there.peer.holds().asked.is_empty());
        // Nobody's own data is nobody's.
        assert!(matches!(
            stripe::look(there.engine(), &there.operator).await,
            Err(Failure::Forbidden(_))
        ));
    }

    async fn what_was_never_seen_is_said_to_be_unknown(bed: Bed) {
        let there = There::new(bed).await;
        there.peer.holds().fault = Fault::Status(503);
        assert!(matches!(there.look().await, Look::Never(StripeError::Down(503))));
        assert!(there.views().await.is_empty());
    }

    async fn l2_no_card_data_ever_comes_in(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        assert_eq!(there.event("evt_1", "cus_ada").await.unwrap(), Received::Noted);
        there.bed.work(NOW).await;
        let stored = stored(&there.bed).await;
        assert!(stored.contains("payment_intent.succeeded"), "the events are among it");
        for part in ["4242424242424242", "visa", "737", "cus_ada", "pi_1", "rk_test_good", "whsec_"] {
            let hex: String = part.bytes().map(|byte| format!("{byte:02X}")).collect();
            let rows = stored.lines().filter(|row| {
                // A random byte may well be "737"; a card's is beside its number.
                part.len() > 4 && (row.contains(part) || row.to_uppercase().contains(&hex))
            });
            assert_eq!(rows.count(), 0, "{part}");
        }
        // Opened, there is nothing but what the types have a place for.
        let opened = format!("{:?}", there.now().await);
        for part in ["4242", "visa", "737", "2031", "Ada"] {
            assert!(!opened.contains(part), "{part} in {opened}");
        }
    }

    async fn a_stored_reference_comes_before_an_address(bed: Bed) {
        let reference = r#"{"type":"record","id":"r-8","category":"payment","kind":"stripe-customer","date":"2026-08-03","subjects":["u-ada"],"source":"stripe","data":{"customer":"cus_other"}}"#;
        let there = There::with(bed, &format!("{PEOPLE}\n{reference}")).await;
        assert_eq!(there.none().await, NoCustomer::ReferenceUnknown);
        there.peer.holds().customers.push(json!({ "id": "cus_other", "deleted": true }));
        let picture = there.now().await;
        assert!(picture.deleted && picture.is_empty());
        let asked = there.peer.holds().asked.join(" ");
        assert!(!asked.contains("email"), "{asked}");
    }

    async fn an_address_that_several_have_chooses_nobody(bed: Bed) {
        let there = There::new(bed).await;
        let twin = json!({ "id": "cus_twin", "email": "Ada@example.org" });
        there.peer.holds().customers.push(twin);
        assert_eq!(there.none().await, NoCustomer::SeveralThere);
        // Somebody else's customer is not taken, whatever the list says.
        there.peer.holds().customers.clear();
        assert_eq!(there.none().await, NoCustomer::Nobody);
        // Two people here who share a mailbox.
        let twin = r#"{"type":"subject","id":"u-twin","email":"ADA@example.org","name":"Adam"}"#;
        there.bed.import(&there.operator, twin).await;
        there.peer.holds().asked.clear();
        assert_eq!(there.none().await, NoCustomer::SeveralHere);
        assert!(there.peer.holds().asked.is_empty(), "nobody is asked about them");
    }

    async fn what_is_no_longer_theirs_is_not_shown_from_memory(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        there.peer.holds().customers[0]["email"] = json!("somebody@example.org");
        assert_eq!(there.none().await, NoCustomer::Nobody);
        there.peer.holds().fault = Fault::Status(500);
        assert!(matches!(there.look().await, Look::Never(_)));
    }

    async fn a_customer_who_was_deleted_there_is_still_known(bed: Bed) {
        let there = There::new(bed).await;
        assert!(!there.now().await.deleted);
        there.peer.holds().customers = vec![json!({ "id": "cus_ada", "deleted": true })];
        let picture = there.now().await;
        assert!(picture.deleted && picture.payments.len() == 1);
        there.peer.holds().customers.clear();
        assert_eq!(there.none().await, NoCustomer::Nobody);
    }

    async fn a_key_is_checked_before_it_is_stored(bed: Bed) {
        let there = There::new(bed).await;
        stripe::remove(there.engine(), &there.operator, confirmed(&there.operator, Task::Settings)).await.unwrap();
        let wrong = |described: Described| {
            let there = &there;
            async move { there.connect(&described).await.unwrap_err() }
        };
        let other_mode = Described { mode: "live".into(), ..there.described() };
        let ConnectError::Mistakes(mistakes) = wrong(other_mode).await else { panic!("a mistake") };
        assert_eq!((mistakes[0].field, mistakes[0].wrong), ("key", Wrong::KeyOfOtherMode));
        let unknown = Described { key: secret("rk_test_bad"), ..there.described() };
        assert!(matches!(wrong(unknown).await, ConnectError::Stripe(StripeError::Key)));
        for (path, asking) in [("customers", Asking::Customers), ("payment_intents", Asking::Payments),
            ("subscriptions", Asking::Subscriptions), ("invoices", Asking::Invoices)]
        {
            there.peer.holds().forbidden = path;
            let error = wrong(there.described()).await;
            assert!(matches!(error, ConnectError::Stripe(StripeError::Permission(of)) if of == asking), "{error:?}");
        }
        there.peer.holds().forbidden = "";
        for fault in [Fault::Redirect, Fault::Garbage] {
            there.peer.holds().fault = fault;
            assert!(matches!(wrong(there.described()).await, ConnectError::Stripe(StripeError::NotUnderstood)));
        }
        there.peer.holds().fault = Fault::None;
        for private in ["https://10.0.0.1", "https://169.254.169.254", "https://[::1]"] {
            let private = Described { base_url: private.into(), ..there.described() };
            let error = wrong(private).await;
            assert!(
                matches!(&error, ConnectError::Stripe(StripeError::Unreachable(EgressError::Private(_) | EgressError::Address(_)))),
                "{error:?}"
            );
        }
        assert_eq!(stripe::connection(there.engine(), &there.operator).await.unwrap(), None);
        there.connect(&there.described()).await.unwrap();
        stripe::check(there.engine(), &there.operator).await.unwrap();
    }

    async fn only_who_may_change_settings_connects(bed: Bed) {
        let there = There::new(bed).await;
        let actor = Actor::Account { id: Uuid::now_v7(), role: Role::Auditor, subject: None };
        let auditor = Scope { actor, ..there.operator.clone() };
        let described = there.described();
        assert!(matches!(
            stripe::connect(there.engine(), &auditor, confirmed(&auditor, Task::Settings), &described).await,
            Err(ConnectError::Failure(Failure::Forbidden(_)))
        ));
        assert!(matches!(
            stripe::rotate(there.engine(), &auditor, confirmed(&auditor, Task::Settings), &secret(SECRET)).await,
            Err(SecretError::Failure(Failure::Forbidden(_)))
        ));
        assert!(stripe::remove(there.engine(), &auditor, confirmed(&auditor, Task::Settings)).await.is_err());
        assert!(stripe::drop_previous(there.engine(), &auditor, confirmed(&auditor, Task::Settings)).await.is_err());
    }

    async fn an_event_has_stripe_asked_again_however_often_it_comes(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        there.peer.holds().payments[0]["status"] = json!("canceled");
        assert_eq!(there.event("evt_2", "cus_ada").await.unwrap(), Received::Noted);
        // Repeated, and an earlier one after the later one.
        assert_eq!(there.event("evt_2", "cus_ada").await.unwrap(), Received::Again);
        assert_eq!(there.event("evt_1", "cus_ada").await.unwrap(), Received::Noted);
        assert_eq!(there.events().await.len(), 2);

        // Until it was asked, it is known to be out of date.
        there.peer.holds().fault = Fault::Status(500);
        assert!(matches!(there.look().await, Look::Earlier { stale: true, .. }));
        assert_eq!(there.bed.work(NOW).await, Drained { done: 0, failed: 2 });
        there.peer.holds().fault = Fault::None;
        there.peer.holds().asked.clear();
        let later = NOW.plus_seconds(60);
        assert_eq!(there.bed.work(later).await, Drained { done: 2, failed: 0 });
        let customers = there.peer.holds().asked.iter().filter(|path| path.contains("/customers/")).count();
        assert_eq!(customers, 1, "the second job finds nothing left to ask");
        there.peer.holds().fault = Fault::Status(500);
        let Look::Earlier { picture, as_of, stale, .. } = there.look_at(later).await else { panic!("earlier") };
        assert_eq!((picture.payments[0].state.as_str(), as_of, stale), ("canceled", later, false));
    }

    async fn an_older_answer_does_not_replace_a_newer_one(bed: Bed) {
        let there = There::new(bed).await;
        there.look_at(NOW.plus_seconds(60)).await;
        there.peer.holds().payments[0]["status"] = json!("canceled");
        // Asked before, answered after.
        there.look_at(NOW).await;
        there.peer.holds().fault = Fault::Status(500);
        let Look::Earlier { picture, .. } = there.look().await else { panic!("earlier") };
        assert_eq!(picture.payments[0].state, "succeeded");
    }

    async fn forged_skewed_and_foreign_events_are_refused(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        let body = event("evt_1", "cus_ada");
        let by = |secret_text: &str, at: Timestamp| signature(secret_text, at, body.as_bytes());
        let refused = async |header: String, body: &str| {
            let answer = there.send(&header, body, NOW).await;
            assert!(matches!(answer, Err(WebhookError::NotSigned)), "{header}: {answer:?}");
        };
        refused(by("whsec_forged0000", NOW), &body).await;
        refused(by(SECRET, NOW), &body.replace("evt_1", "evt_2")).await;
        refused(by(SECRET, NOW.plus_seconds(-TOLERANCE - 1)), &body).await;
        refused(by(SECRET, NOW.plus_seconds(TOLERANCE + 1)), &body).await;
        refused(String::new(), &body).await;
        refused("t=x,v1=y".into(), &body).await;
        assert!(there.events().await.is_empty());
        // Signed, but no event.
        let garbage = "[]";
        let header = signature(SECRET, NOW, garbage.as_bytes());
        assert!(matches!(there.send(&header, garbage, NOW).await, Err(WebhookError::NotUnderstood)));
        // Of the other mode, of nobody, and of somebody who was never looked at.
        let live = body.replace("\"livemode\":false", "\"livemode\":true");
        let header = signature(SECRET, NOW, live.as_bytes());
        assert_eq!(there.send(&header, &live, NOW).await.unwrap(), Received::Dropped);
        assert_eq!(there.event("evt_3", "cus_unknown").await.unwrap(), Received::Dropped);
        assert!(there.events().await.is_empty());
        // At the edge of the tolerance, it is good.
        let header = by(SECRET, NOW.plus_seconds(TOLERANCE));
        assert_eq!(there.send(&header, &body, NOW).await.unwrap(), Received::Noted);
    }

    async fn the_secret_before_is_taken_until_it_is_dropped(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        let engine = there.engine();
        assert!(matches!(
            stripe::rotate(engine, &there.operator, confirmed(&there.operator, Task::Settings), &secret("hush")).await,
            Err(SecretError::Shape)
        ));
        for _ in 0..2 {
            // Sent twice, it is still the same change.
            stripe::rotate(engine, &there.operator, confirmed(&there.operator, Task::Settings), &secret(OTHER_SECRET)).await.unwrap();
        }
        let sent = async |by: &str, id: &str| {
            let body = event(id, "cus_ada");
            there.send(&signature(by, NOW, body.as_bytes()), &body, NOW).await
        };
        assert_eq!(sent(SECRET, "evt_1").await.unwrap(), Received::Noted);
        assert_eq!(sent(OTHER_SECRET, "evt_2").await.unwrap(), Received::Noted);
        let connection = stripe::connection(engine, &there.operator).await.unwrap().unwrap();
        assert!(connection.has_secret && connection.has_previous);
        assert!(stripe::drop_previous(engine, &there.operator, confirmed(&there.operator, Task::Settings)).await.unwrap());
        assert!(!stripe::drop_previous(engine, &there.operator, confirmed(&there.operator, Task::Settings)).await.unwrap());
        assert!(matches!(sent(SECRET, "evt_3").await, Err(WebhookError::NotSigned)));
        assert_eq!(sent(OTHER_SECRET, "evt_4").await.unwrap(), Received::Noted);
    }

    async fn events_are_forgotten_after_thirty_days(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        there.event("evt_1", "cus_ada").await.unwrap();
        there.bed.work(NOW).await;
        let days = |days: i64| NOW.plus_seconds(days * 24 * 3600);
        let body = event("evt_2", "cus_ada");
        let header = signature(SECRET, days(20), body.as_bytes());
        there.send(&header, &body, days(20)).await.unwrap();
        for (day, left) in [(29, 2), (30, 1), (49, 1), (50, 0)] {
            there.bed.work(days(day)).await;
            assert_eq!(there.events().await.len(), left, "day {day}");
        }
        assert_eq!(engine::jobs::waiting(there.engine(), &there.operator).await.unwrap(), 0);
    }

    async fn an_erasure_forgets_what_was_seen_and_passes_the_wish_on(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        there.event("evt_1", "cus_ada").await.unwrap();
        let asked = there.bed.erase(&there.ada, "ada@example.org").await;
        // Looked at while it is under way: nothing is kept any more.
        there.bed.work(NOW).await;
        assert!(there.views().await.is_empty());
        assert_eq!(there.event("evt_2", "cus_ada").await.unwrap(), Received::Dropped);
        assert_eq!(there.bed.work(NOW).await.failed, 0);
        assert!(there.views().await.is_empty());
        let receipt = engine::erasure::receipt(there.engine(), &there.operator, &asked.receipt);
        let receipt = receipt.await.unwrap().unwrap();
        assert!(receipt.lines.iter().any(|line| line.body == LineBody::AskedAtStripe && line.genuine));
        let contact = receipt.version.document.privacy_contact().unwrap().email.to_string();
        let mails = there.bed.mails(&contact);
        assert!(mails.iter().any(|mail| mail.contains("cus_ada") && mail.contains(&asked.reference)), "{mails:?}");
    }

    async fn an_erasure_of_nobodys_customer_asks_for_nothing(bed: Bed) {
        let there = There::new(bed).await;
        there.peer.holds().customers.clear();
        there.none().await;
        let asked = there.bed.erase(&there.ada, "ada@example.org").await;
        there.bed.work(NOW).await;
        let receipt = engine::erasure::receipt(there.engine(), &there.operator, &asked.receipt);
        let receipt = receipt.await.unwrap().unwrap();
        assert!(receipt.lines.iter().all(|line| line.body != LineBody::AskedAtStripe));
    }

    async fn l12_another_tenant_has_another_stripe(bed: Bed) {
        let there = There::new(bed).await;
        there.now().await;
        let other = there.bed.tenant(LUMINA).await;
        assert_eq!(stripe::connection(there.engine(), &other).await.unwrap(), None);
        let body = event("evt_1", "cus_ada");
        let header = signature(SECRET, NOW, body.as_bytes());
        let visitor = Scope { actor: Actor::Visitor, ..other.clone() };
        let sent = stripe::receive(there.engine(), &visitor, &header, body.as_bytes()).await;
        assert!(matches!(sent, Err(WebhookError::NotSigned)));
        // With a connection of its own, the same secret still opens nothing of the other's.
        stripe::connect(there.engine(), &other, confirmed(&other, Task::Settings), &there.described()).await.unwrap();
        let sent = stripe::receive(there.engine(), &visitor, &header, body.as_bytes()).await;
        assert_eq!(sent.unwrap(), Received::Dropped);
        assert!(matches!(there.look().await, Look::Now(_)));
        stripe::remove(there.engine(), &other, confirmed(&other, Task::Settings)).await.unwrap();
        assert_eq!(there.views().await.len(), 1);
        // A key that is moved to another tenant does not open.
        let tx = there.engine().tenant(there.operator.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(stripe_connections::Entity::find()).await.unwrap().unwrap();
        drop(tx);
        let tx = there.engine().tenant(other.as_portal().portal().unwrap()).write().await.unwrap();
        tx.insert(sea_orm::IntoActiveModel::into_active_model(row)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(stripe::check(there.engine(), &other).await.is_err());
    }
}

/// Five seconds of waiting, which is what is tested.
#[tokio::test]
async fn a_page_waits_no_longer_than_five_seconds_for_stripe() {
    let there = There::new(Bed::sqlite().await).await;
    there.now().await;
    there.peer.holds().fault = Fault::Silence;
    let look = tokio::time::timeout(std::time::Duration::from_secs(20), there.look()).await;
    let Ok(Look::Earlier { why, .. }) = look else { panic!("{look:?}") };
    assert!(
        matches!(why, StripeError::Slow | StripeError::Unreachable(EgressError::Slow(_))),
        "{why:?}"
    );
}
