//! Telling the tenant's own systems.

use engine::accounts::Task;
use engine::jobs::drain;
use engine::keyring::WEBHOOK;
use engine::storage::{
    Timestamp, audit_entries, data_keys, jobs, webhook_deliveries, webhook_endpoints,
};
use engine::webhooks::{
    self, ConsentChanged, Delivery, Described, Event, EventType, Mistake, SaveError, Stand,
    deliver, deliveries,
};
use engine::{Scope, policies};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use standardwebhooks::Webhook;
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE, Plainly, confirmed};
use crate::receiver::{Message, Receiver};

/// A tenant with a receiver that is told of everything.
struct There {
    bed: Bed,
    scope: Scope,
    receiver: Receiver,
    endpoint: Uuid,
    secret: String,
}

impl There {
    async fn new(bed: Bed) -> There {
        let scope = bed.tenant(LUMAIRE).await;
        let receiver = Receiver::start().await;
        let (endpoint, secret) = webhooks::add(
            &bed.engine,
            &scope,
            confirmed(&scope, Task::Settings),
            &described(&receiver.url),
        )
        .await
        .unwrap();
        let secret = secret.expose().to_owned();
        There { bed, scope, receiver, endpoint, secret }
    }

    async fn tell(&self, event: &Event) {
        let tx =
            self.bed.engine.tenant(self.scope.as_portal().portal().unwrap()).write().await.unwrap();
        webhooks::tell(&tx, &self.bed.engine, &self.scope, event).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn test(&self) {
        assert!(webhooks::test(&self.bed.engine, &self.scope, self.endpoint).await.unwrap());
    }

    async fn log(&self) -> Vec<Delivery> {
        deliveries(&self.bed.engine, &self.scope, self.endpoint, None, 100).await.unwrap()
    }

    /// The mails to the first contact of the policy.
    async fn mails(&self) -> Vec<String> {
        let version = policies::in_force(&self.bed.engine, &self.scope).await.unwrap().unwrap();
        let contact = version.document.privacy_contact().unwrap().email.clone();
        self.bed.mails(contact.as_str())
    }

    async fn keys(&self) -> usize {
        let tx =
            self.bed.engine.tenant(self.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let which = data_keys::Column::Label.eq(WEBHOOK);
        tx.all(data_keys::Entity::find().filter(which)).await.unwrap().len()
    }

    async fn actions(&self) -> Vec<String> {
        let tx =
            self.bed.engine.tenant(self.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let rows = tx.all(audit_entries::Entity::find()).await.unwrap();
        rows.into_iter().map(|row| row.action).filter(|it| it.starts_with("webhook.")).collect()
    }
}

fn described(url: &str) -> Described {
    let events = EventType::to_choose().map(|each| each.name().to_owned()).collect();
    Described { url: url.to_owned(), description: "CRM".to_owned(), events }
}

fn consent(subject: &str) -> Event {
    Event::ConsentChanged(ConsentChanged {
        subject: subject.to_owned(),
        category: None,
        purpose: "analytics".parse().unwrap(),
        granted: false,
    })
}

/// As the receiver does it: with its own library, which looks at the clock too.
fn verifies(secret: &str, message: &Message) -> bool {
    let mut headers = http::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, message.headers[name].parse().unwrap());
    }
    Webhook::new(secret).unwrap().verify(message.body.as_bytes(), &headers).is_ok()
}

async fn jobs_named(there: &There, kind: &str) -> u64 {
    let tx =
        there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
    tx.count(jobs::Entity::find().filter(jobs::Column::Kind.eq(kind))).await.unwrap()
}

on_both! {
    async fn a_message_is_signed_and_told_once(bed: Bed) {
        #[expect(clippy::disallowed_methods, reason = "the receiver's library looks at the clock")]
        let now = Timestamp::from(jiff::Timestamp::now());
        let mut there = There::new(bed).await;
        there.scope.now = now;
        there.tell(&consent("u-ada")).await;
        assert_eq!(there.bed.work(now).await.done, 1);
        let [message] = <[Message; 1]>::try_from(there.receiver.take()).unwrap();
        assert_eq!(message.path, "/hook");
        assert!(verifies(&there.secret, &message));
        let mut forged = message.clone();
        forged.body = forged.body.replace("u-ada", "u-eve");
        assert!(!verifies(&there.secret, &forged));
        assert_eq!(message.json()["data"]["subject"], "u-ada");

        // The secret before signs for a day more, the one before that no longer.
        let rotated = webhooks::rotate(&there.bed.engine, &there.scope, confirmed(&there.scope, Task::Settings), there.endpoint);
        let second = rotated.await.unwrap().unwrap();
        there.test().await;
        there.bed.work(now).await;
        let message = there.receiver.take().remove(0);
        assert!(verifies(&there.secret, &message) && verifies(second.expose(), &message));
        let rotated = webhooks::rotate(&there.bed.engine, &there.scope, confirmed(&there.scope, Task::Settings), there.endpoint);
        let third = rotated.await.unwrap().unwrap();
        there.test().await;
        there.bed.work(now).await;
        let message = there.receiver.take().remove(0);
        assert!(!verifies(&there.secret, &message) && verifies(third.expose(), &message));
        assert_eq!(there.log().await.len(), 3);
        assert!(there.log().await.iter().all(|line| line.stand == Some(Stand::Delivered) && line.status == Some(204)));
    }

    async fn nothing_is_told_if_the_change_does_not_commit_or_nobody_asked(bed: Bed) {
        let there = There::new(bed).await;
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).write().await.unwrap();
        webhooks::tell(&tx, &there.bed.engine, &there.scope, &consent("u-ada")).await.unwrap();
        drop(tx);
        let only = Described { events: vec!["erasure.done".into()], ..described(&there.receiver.url) };
        webhooks::change(&there.bed.engine, &there.scope, confirmed(&there.scope, Task::Settings), there.endpoint, &only).await.unwrap();
        there.tell(&consent("u-ada")).await;
        assert_eq!(there.bed.work(NOW).await.done, 0);
        // Another tenant's endpoint is told nothing of this one.
        let other = there.bed.tenant(LUMINA).await;
        let theirs = Receiver::start().await;
        let (id, _) = webhooks::add(&there.bed.engine, &other, confirmed(&other, Task::Settings), &described(&theirs.url)).await.unwrap();
        webhooks::change(&there.bed.engine, &there.scope, confirmed(&there.scope, Task::Settings), there.endpoint, &described(&there.receiver.url)).await.unwrap();
        there.tell(&consent("u-ada")).await;
        assert_eq!(there.bed.work(NOW).await.done, 1);
        assert_eq!((there.receiver.types().len(), theirs.take().len()), (1, 0));
        assert_eq!(webhooks::find(&there.bed.engine, &there.scope, id).await.unwrap(), None);
        assert!(!webhooks::test(&there.bed.engine, &there.scope, id).await.unwrap());
    }

    async fn it_is_tried_for_three_days_and_can_be_sent_by_hand_after_that(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 503;
        there.tell(&consent("u-ada")).await;
        let mut tried = Vec::new();
        let mut next = Some(NOW);
        while let Some(now) = next {
            assert_eq!(there.bed.work(now.plus_seconds(-1)).await.done, 0, "too early");
            let done = there.bed.work(now).await.done;
            tried.push(now);
            let line = there.log().await.remove(0);
            assert_eq!((line.attempts, line.status), (tried.len() as i64, Some(503)));
            next = line.next_at;
            // The last time there is a mail as well.
            assert_eq!(done, if next.is_some() { 1 } else { 2 });
        }
        let hours = (tried.last().unwrap().0 - NOW.0) / 3_600_000;
        assert_eq!((tried.len(), hours), (10, 72));
        let messages = there.receiver.take();
        assert_eq!(messages.len(), 10);
        assert!(messages.iter().all(|it| it.headers["webhook-id"] == messages[0].headers["webhook-id"]));
        assert_ne!(messages[0].headers["webhook-timestamp"], messages[9].headers["webhook-timestamp"]);
        assert_eq!(there.log().await[0].stand, Some(Stand::Failed));
        assert_eq!(there.actions().await, ["webhook.added", "webhook.given-up"]);
        let mails = there.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("three days") && mails[0].contains(&there.endpoint.to_string()));
        assert!(!mails[0].contains("u-ada"), "{}", mails[0]);

        there.receiver.inner().status = 200;
        let later = Scope { now: NOW.plus_seconds(10 * 24 * 3600), ..there.scope.clone() };
        let id = there.log().await[0].id;
        assert_eq!(webhooks::again(&there.bed.engine, &later, id).await.unwrap(), Some(there.endpoint));
        there.bed.work(later.now).await;
        let line = there.log().await.remove(0);
        assert_eq!((line.stand, line.attempts), (Some(Stand::Delivered), 11));
        // Once it is taken there is nothing left to send, and no key to open it.
        webhooks::again(&there.bed.engine, &later, id).await.unwrap();
        there.bed.work(later.now).await;
        assert_eq!((there.receiver.take().len(), there.keys().await), (1, 0));
        // The log forgets it after 30 days.
        there.bed.work(NOW.plus_seconds(30 * 24 * 3600)).await;
        assert_eq!(there.log().await, []);
    }

    async fn sent_by_hand_in_between_the_planned_attempts_are_not_doubled(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 500;
        there.test().await;
        there.bed.work(NOW).await;
        there.bed.work(NOW.plus_seconds(5)).await;
        let id = there.log().await[0].id;
        let now = NOW.plus_seconds(60);
        webhooks::again(&there.bed.engine, &Scope { now, ..there.scope.clone() }, id).await.unwrap();
        there.bed.work(now).await;
        assert_eq!(there.log().await[0].attempts, 3);
        // When the second wait would have been over; the third is longer.
        there.bed.work(NOW.plus_seconds(305)).await;
        assert_eq!(there.log().await[0].attempts, 3);
        assert_eq!(there.receiver.take().len(), 3);
        there.bed.work(now.plus_seconds(1800)).await;
        assert_eq!(there.log().await[0].attempts, 4);
    }

    async fn cut_off_anywhere_it_is_sent_again_with_the_same_id(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 500;
        there.test().await;
        let id = there.log().await[0].id;
        let engine = &there.bed.engine;
        // As if the process had died after that was noted and before the job was ticked off.
        deliver(engine, &there.scope, id).await.unwrap();
        deliver(engine, &there.scope, id).await.unwrap();
        assert_eq!((there.log().await[0].attempts, there.receiver.inner().messages.len()), (1, 1));
        // And after it was sent, before that was noted.
        let before = webhook_deliveries::Entity::update_many()
            .col_expr(webhook_deliveries::Column::Attempts, Expr::value(0_i64))
            .col_expr(webhook_deliveries::Column::NextAt, Expr::value(Some(NOW)));
        let tx = engine.tenant(there.scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(before).await.unwrap();
        tx.commit().await.unwrap();
        there.receiver.inner().status = 200;
        deliver(engine, &there.scope, id).await.unwrap();
        let messages = there.receiver.take();
        assert_eq!(messages[0].headers["webhook-id"], messages[1].headers["webhook-id"]);
        assert_eq!(messages[0].body, messages[1].body);
        // What is delivered is not delivered again, and its key is gone.
        deliver(engine, &there.scope, id).await.unwrap();
        there.bed.work(NOW.plus_seconds(3600)).await;
        assert_eq!((there.receiver.take().len(), there.keys().await), (0, 0));
    }

    async fn private_targets_are_refused_when_saved_and_when_asked(bed: Bed) {
        let there = There::new(bed).await;
        let (engine, scope) = (&there.bed.engine, &there.scope);
        for (url, mistake) in [
            ("https://10.0.0.1/hook", Mistake::Private),
            ("https://169.254.169.254/latest", Mistake::Private),
            ("https://[::ffff:192.168.1.1]/", Mistake::Private),
            ("http://1.1.1.1/hook", Mistake::Url),
            ("https://a:b@1.1.1.1/", Mistake::Url),
            ("https://1.1.1.1/#x", Mistake::Url),
            ("javascript:alert(1)", Mistake::Url),
            ("", Mistake::Url),
        ] {
            let refused = webhooks::add(engine, scope, confirmed(scope, Task::Settings), &described(url)).await.err();
            let Some(SaveError::Mistakes(found)) = refused else { panic!("{url}: {refused:?}") };
            assert_eq!(found, [mistake], "{url}");
        }
        for _ in 1..20 {
            webhooks::add(engine, scope, confirmed(scope, Task::Settings), &described(&there.receiver.url)).await.unwrap();
        }
        let refused = webhooks::add(engine, scope, confirmed(scope, Task::Settings), &described(&there.receiver.url)).await.err();
        assert!(matches!(refused, Some(SaveError::Mistakes(found)) if found == [Mistake::Many]));
        let nothing = Described { events: vec!["test".into()], ..described(&there.receiver.url) };
        let refused = webhooks::add(engine, scope, confirmed(scope, Task::Settings), &nothing).await.err();
        assert!(matches!(refused, Some(SaveError::Mistakes(found)) if found == [Mistake::Events]));
        // A name that leads somewhere else now.
        let moved = webhook_endpoints::Entity::update_many()
            .col_expr(webhook_endpoints::Column::Url, Expr::value("https://10.0.0.1/hook"));
        let tx = engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(moved).await.unwrap();
        tx.commit().await.unwrap();
        there.test().await;
        there.bed.work(NOW).await;
        let line = there.log().await.remove(0);
        assert_eq!((line.stand, line.status, line.trouble.as_deref()), (Some(Stand::Waiting), None, Some("private")));
    }

    async fn a_redirect_is_not_followed(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 307;
        there.test().await;
        there.bed.work(NOW).await;
        let paths: Vec<String> = there.receiver.take().into_iter().map(|it| it.path).collect();
        assert_eq!(paths, ["/hook"]);
        let line = there.log().await.remove(0);
        assert_eq!((line.stand, line.status), (Some(Stand::Waiting), Some(307)));
    }

    async fn an_endpoint_that_is_gone_is_turned_off(bed: Bed) {
        let there = There::new(bed).await;
        let (engine, scope) = (&there.bed.engine, &there.scope);
        there.receiver.inner().status = 500;
        there.tell(&consent("u-ben")).await;
        there.bed.work(NOW).await;
        there.receiver.inner().status = 410;
        there.tell(&consent("u-ada")).await;
        there.bed.work(NOW).await;
        let found = webhooks::find(engine, scope, there.endpoint).await.unwrap().unwrap();
        assert_eq!(found.disabled_at, Some(NOW));
        // What happens now is not told to it, and what waited is given up unsent.
        there.tell(&consent("u-ada")).await;
        there.bed.work(NOW.plus_seconds(5)).await;
        assert_eq!(there.receiver.take().len(), 2);
        let log: Vec<_> = there.log().await.into_iter().map(|line| (line.stand, line.trouble)).collect();
        assert_eq!(log, [(Some(Stand::Failed), None), (Some(Stand::Failed), Some("off".to_owned()))]);
        there.receiver.inner().status = 200;
        webhooks::change(engine, scope, confirmed(scope, Task::Settings), there.endpoint, &described(&there.receiver.url)).await.unwrap();
        let mails = there.mails().await;
        assert!(matches!(mails.as_slice(), [mail] if mail.contains("is gone")), "{mails:?}");
        there.tell(&consent("u-ada")).await;
        there.bed.work(NOW).await;
        assert_eq!(there.receiver.types(), ["consent.changed"]);
        assert_eq!(
            there.actions().await,
            ["webhook.added", "webhook.given-up", "webhook.disabled", "webhook.given-up", "webhook.changed"]
        );
    }

    async fn e10_an_erasure_is_told_when_asked_and_when_done(bed: Bed) {
        let there = There::new(bed).await;
        there.bed.import(&there.scope, PEOPLE).await;
        let ada = there.bed.customer(&there.scope, "u-ada", "ada@example.org").await;
        let asked = there.bed.erase(&ada, "ada@example.org").await;
        there.bed.work(NOW).await;
        let messages: Vec<_> = there.receiver.take().iter().map(Message::json).collect();
        assert_eq!(messages.len(), 2);
        assert_eq!((&messages[0]["type"], &messages[0]["do"]), (&"erasure.asked".into(), &"stop-using".into()));
        assert_eq!((&messages[1]["type"], &messages[1]["do"]), (&"erasure.done".into(), &"erase".into()));
        for message in &messages {
            assert_eq!(message["data"]["subject"], "u-ada");
            assert_eq!(message["data"]["request"], asked.reference.as_str());
        }
        assert_eq!(messages[1]["data"]["complete"], false, "the law keeps a payment");
        assert_eq!(there.keys().await, 0);
    }

    async fn jobs_log_and_audit_have_no_personal_data(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 500;
        there.tell(&consent("u-ada")).await;
        there.bed.work(NOW).await;
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let jobs = tx.all(jobs::Entity::find()).await.unwrap();
        assert_eq!(jobs.len(), 2, "the next attempt, and the end of the log");
        let log = tx.all(webhook_deliveries::Entity::find()).await.unwrap();
        assert!(log[0].sealed.is_some(), "it is not delivered yet");
        let audit = tx.all(audit_entries::Entity::find()).await.unwrap();
        let written = format!("{jobs:?} {log:?} {audit:?} {:?}", String::from_utf8_lossy(log[0].sealed.as_ref().unwrap()));
        assert!(!written.contains("u-ada") && !written.contains("analytics"), "{written}");
        let endpoints = format!("{:?}", tx.all(webhook_endpoints::Entity::find()).await.unwrap());
        assert!(!endpoints.contains(&there.secret[6..]), "the secret is sealed");
        drop(tx);
        // With the endpoint all of it goes, the key with the next job.
        assert!(webhooks::remove(&there.bed.engine, &there.scope, confirmed(&there.scope, Task::Settings), there.endpoint).await.unwrap());
        there.bed.work(NOW.plus_seconds(5)).await;
        assert_eq!((there.log().await.len(), there.keys().await), (0, 0));
        assert_eq!(there.receiver.take().len(), 1);
    }

    async fn a_dead_endpoint_is_not_asked_for_each_of_its_messages_and_nothing_is_lost(bed: Bed) {
        let there = There::new(bed).await;
        let (engine, scope) = (&there.bed.engine, &there.scope);
        there.receiver.inner().status = 500;
        for _ in 0..50 {
            there.tell(&consent("u-ada")).await;
        }
        there.bed.work(NOW).await;
        assert_eq!(there.receiver.take().len(), 5, "then it rests");
        let endpoint = webhooks::find(engine, scope, there.endpoint).await.unwrap().unwrap();
        assert_eq!((endpoint.misses, endpoint.rests_until), (5, Some(NOW.plus_seconds(60))));
        let held = async || there.log().await.iter().filter(|line| line.held).count();
        assert_eq!(held().await, 45);
        assert_eq!(jobs_named(&there, "deliver-webhook").await, 5, "those that were tried");

        // One is tried when the rest is over; the others' attempts are not used up.
        let mut now = NOW;
        for rest in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
            there.bed.work(now.plus_seconds(rest - 1)).await;
            assert_eq!(there.receiver.take().len(), 0, "too early");
            now = now.plus_seconds(rest);
            there.bed.work(now).await;
            assert_eq!(there.receiver.take().len(), 1, "after {rest} seconds");
        }
        assert!(there.log().await.iter().filter(|line| line.attempts == 0).count() >= 30);

        // On another node it rests too.
        let other = there.bed.another_node().await;
        drain(&other, &Plainly, &move || now.plus_seconds(3599)).await.unwrap();
        assert_eq!(there.receiver.take().len(), 0);
        there.receiver.inner().status = 200;
        now = now.plus_seconds(3600);
        drain(&other, &Plainly, &move || now).await.unwrap();
        let mut ids: Vec<String> = there.receiver.take().into_iter().map(|it| it.headers["webhook-id"].clone()).collect();
        ids.sort();
        ids.dedup();
        let left = there.log().await.iter().filter(|line| line.stand == Some(Stand::Waiting)).count();
        assert_eq!(ids.len() + left, 50, "each goes out once");
        assert_eq!(held().await, 0);
        let endpoint = webhooks::find(engine, scope, there.endpoint).await.unwrap().unwrap();
        assert_eq!((endpoint.misses, endpoint.rests_until), (0, None));
        // Those that were tried themselves go by their own times.
        there.bed.work(now.plus_seconds(24 * 3600)).await;
        assert!(there.log().await.iter().all(|line| line.stand == Some(Stand::Delivered)));
        assert_eq!(there.keys().await, 0);
    }

    async fn what_is_held_is_given_up_after_three_days_and_not_before(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 500;
        for _ in 0..12 {
            there.tell(&consent("u-ada")).await;
        }
        let mut now = NOW;
        let end = NOW.plus_seconds(72 * 3600);
        while now < end {
            there.bed.work(now).await;
            now = now.plus_seconds(1800);
        }
        assert!(there.log().await.iter().all(|line| line.stand == Some(Stand::Waiting)));
        while now < end.plus_seconds(3 * 3600) {
            there.bed.work(now).await;
            now = now.plus_seconds(1800);
        }
        assert!(there.log().await.iter().all(|line| line.stand == Some(Stand::Failed)));
        let given_up = there.actions().await.iter().filter(|it| *it == "webhook.given-up").count();
        assert_eq!((given_up, there.mails().await.len()), (12, 1));
        // By hand each can still be sent.
        there.receiver.inner().status = 200;
        for line in there.log().await {
            webhooks::again(&there.bed.engine, &Scope { now, ..there.scope.clone() }, line.id).await.unwrap();
        }
        there.bed.work(now).await;
        assert!(there.log().await.iter().all(|line| line.stand == Some(Stand::Delivered)));
    }

    async fn a_test_asks_an_endpoint_that_rests_at_once(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 500;
        for _ in 0..8 {
            there.tell(&consent("u-ada")).await;
        }
        there.bed.work(NOW).await;
        there.receiver.take();
        there.receiver.inner().status = 200;
        there.test().await;
        there.bed.work(NOW).await;
        let mut types = there.receiver.types();
        types.sort();
        assert_eq!(types, ["consent.changed", "consent.changed", "consent.changed", "test"]);
    }

    async fn cut_off_while_it_tries_an_endpoint_is_asked_again(bed: Bed) {
        let there = There::new(bed).await;
        there.receiver.inner().status = 500;
        for _ in 0..8 {
            there.tell(&consent("u-ada")).await;
        }
        there.bed.work(NOW).await;
        there.receiver.take();
        there.receiver.inner().status = 200;
        // As if the process had died between letting the others wait and asking.
        let now = NOW.plus_seconds(60);
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).write().await.unwrap();
        let trying = webhook_endpoints::Entity::update_many()
            .col_expr(webhook_endpoints::Column::RestsUntil, Expr::value(Some(now.plus_seconds(60))));
        tx.update(trying).await.unwrap();
        tx.commit().await.unwrap();
        let held = there.log().await.into_iter().find(|line| line.held).unwrap();
        deliver(&there.bed.engine, &Scope { now, ..there.scope.clone() }, held.id).await.unwrap();
        assert_eq!(there.receiver.take().len(), 0, "somebody else tries");
        there.bed.work(now.plus_seconds(300)).await;
        assert!(there.log().await.iter().all(|line| line.stand == Some(Stand::Delivered)), "{:?}", there.log().await);
    }

    async fn what_a_newer_version_wrote_stands_in_the_log(bed: Bed) {
        let there = There::new(bed).await;
        there.test().await;
        there.bed.work(NOW).await;
        let newer = webhook_deliveries::Entity::update_many()
            .col_expr(webhook_deliveries::Column::Event, Expr::value("sweep.done"))
            .col_expr(webhook_deliveries::Column::State, Expr::value("weighed"));
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(newer).await.unwrap();
        tx.commit().await.unwrap();
        let line = there.log().await.remove(0);
        assert_eq!((line.event, line.stand), (None, None));
        webhooks::again(&there.bed.engine, &there.scope, line.id).await.unwrap();
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.all(webhook_deliveries::Entity::find()).await.unwrap()[0].state, "weighed");
    }
}
