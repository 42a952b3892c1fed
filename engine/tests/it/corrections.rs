//! Correcting what is held (GDPR art. 16).

use domain::identifiers::Slug;
use domain::requests::State;
use domain::roles::Role;
use engine::accounts::Task;
use engine::corrections::{
    Answer, AnswerError, CorrectError, Corrected, Wrong, answer, correct, correctable, proposal_of,
};
use engine::records::{Opened, open_page};
use engine::requests::own_request;
use engine::storage::{audit_entries, data_keys, jobs, records, subjects};
use engine::webhooks::{self, Described};
use engine::{Actor, Failure, Scope};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE, confirmed};
use crate::receiver::Receiver;

/// Ada, whose account says her name and address, and a system that is told.
struct There {
    bed: Bed,
    scope: Scope,
    ada: Scope,
    receiver: Receiver,
    record: Uuid,
}

impl There {
    async fn new(bed: Bed) -> There {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let receiver = Receiver::start().await;
        let described = Described {
            url: receiver.url.clone(),
            description: String::new(),
            events: vec!["correction.made".into()],
        };
        webhooks::add(&bed.engine, &scope, confirmed(&scope, Task::Settings), &described)
            .await
            .unwrap();
        let record = records_of(&bed, &ada, "account").await[0].id;
        There { bed, scope, ada, receiver, record }
    }

    async fn says(&self) -> Value {
        records_of(&self.bed, &self.ada, "account").await[0].data.clone()
    }

    async fn correct(&self, typed: &[(&str, &str)]) -> Result<Corrected, CorrectError> {
        let found = correctable(&self.bed.engine, &self.ada, self.record).await.unwrap().unwrap();
        self.correct_seen(&found.seen, typed).await
    }

    async fn correct_seen(
        &self,
        seen: &str,
        typed: &[(&str, &str)],
    ) -> Result<Corrected, CorrectError> {
        let typed: Vec<_> =
            typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        correct(&self.bed.engine, &self.ada, self.record, seen, &typed).await
    }

    async fn push(&self, name: &str) -> (u64, u64) {
        let line = json!({
            "type": "record", "id": "r-1", "category": "account", "kind": "profile", "date": "2024-02-01",
            "subjects": ["u-ada"], "source": "you", "data": { "name": name, "email": "ada@example.org" },
        });
        let done = self.bed.import(&self.scope, &line.to_string()).await;
        (done.updated, done.unchanged)
    }

    async fn state(&self, request: Uuid) -> State {
        own_request(&self.bed.engine, &self.ada, request).await.unwrap().unwrap().row.state
    }

    fn support(&self) -> Scope {
        let actor = Actor::Account { id: Uuid::now_v7(), role: Role::Support, subject: None };
        Scope { actor, ..self.scope.clone() }
    }
}

async fn records_of(bed: &Bed, person: &Scope, category: &str) -> Vec<Opened> {
    let category: Slug = category.parse().unwrap();
    let subject = person.own_subject().unwrap();
    open_page(&bed.engine, person, subject, &category, None, 9).await.unwrap()
}

on_both! {
    // L11: what was corrected heads the download, until the source says something new.
    async fn l11_a_corrected_name_heads_the_download(bed: Bed) {
        let there = There::new(bed).await;
        let (bed, ada) = (&there.bed, &there.ada);
        let headed = async |day: i64| {
            let now = NOW.plus_seconds(day * 24 * 3600);
            let asked = Scope { now, ..ada.clone() };
            engine::exports::ask(&bed.engine, &asked).await.unwrap();
            bed.work(now).await;
            let mut zip = crate::exports::downloaded(bed, &asked).await;
            let page = String::from_utf8(crate::exports::read(&mut zip, "index.html")).unwrap();
            page.lines().next().unwrap().rsplit_once(' ').unwrap().0.to_owned()
        };
        let told = async |name: &str| {
            let line = json!({ "type": "subject", "id": "u-ada", "email": "Ada@example.org", "name": name });
            let done = bed.import(&there.scope, &line.to_string()).await;
            (done.updated, done.unchanged)
        };
        assert_eq!(headed(0).await, "Ada Winter");
        there.correct(&[("name", "Ada Sommer")]).await.unwrap();
        assert_eq!(headed(1).await, "Ada Sommer");
        // Tonight's push has not heard of it yet.
        assert_eq!(told("Ada Winter").await, (0, 1));
        assert_eq!(headed(2).await, "Ada Sommer");
        there.correct(&[("name", "Ada Herbst")]).await.unwrap();
        assert_eq!(told("Ada Winter").await, (0, 1));
        assert_eq!(headed(3).await, "Ada Herbst");
        assert_eq!(told("Ada Herbst").await, (1, 0), "taken over");
        assert_eq!(told("Ada Winter").await, (1, 0), "and heard again");
        assert_eq!(headed(4).await, "Ada Winter");
    }

    async fn l11_what_may_be_edited_changes_at_once_and_the_source_is_told(bed: Bed) {
        let there = There::new(bed).await;
        let done = there.correct(&[("name", " Ada Summer "), ("email", "ada@example.org")]).await.unwrap();
        assert_eq!(done.proposed, None);
        let request = done.changed.unwrap();
        assert_eq!(there.says().await, json!({ "name": "Ada Summer", "email": "ada@example.org" }));
        assert_eq!(there.state(request).await, State::Fulfilled);
        there.bed.work(NOW).await;
        let [message] = <[_; 1]>::try_from(there.receiver.take()).unwrap();
        let reference = own_request(&there.bed.engine, &there.ada, request).await.unwrap().unwrap().row.reference;
        let told = json!({
            "type": "correction.made", "timestamp": "2026-11-21T12:00:00Z", "do": "correct",
            "data": {
                "subject": "u-ada", "source": "you", "record": "r-1", "category": "account",
                "set": { "name": "Ada Summer" }, "request": reference,
            },
        });
        assert_eq!(message.json(), told);
        // What was written down says who and where, not what.
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let written = format!(
            "{:?} {:?}", tx.all(audit_entries::Entity::find()).await.unwrap(), tx.all(jobs::Entity::find()).await.unwrap()
        );
        assert!(written.contains("record.corrected"), "{written}");
        assert!(!written.contains("Summer") && !written.contains("u-ada"), "{written}");
    }

    async fn l11_tonights_push_does_not_undo_a_correction_and_news_does(bed: Bed) {
        let there = There::new(bed).await;
        there.correct(&[("name", "Ada Summer")]).await.unwrap();
        // What the source had said before, as often as it likes.
        assert_eq!(there.push("Ada Winter").await, (0, 1));
        assert_eq!(there.push("Ada Winter").await, (0, 1));
        assert_eq!(there.says().await["name"], "Ada Summer");
        // A second correction changes nothing about that.
        there.correct(&[("name", "Ada Spring")]).await.unwrap();
        assert_eq!(there.push("Ada Winter").await, (0, 1));
        assert_eq!(there.says().await["name"], "Ada Spring");
        // Something else is news, and the old name is news after it.
        assert_eq!(there.push("Ada Fall").await, (1, 0));
        assert_eq!(there.push("Ada Winter").await, (1, 0));
        assert_eq!(there.says().await["name"], "Ada Winter");
        // A source that has taken the correction over is heard again too.
        there.correct(&[("name", "Ada Summer")]).await.unwrap();
        assert_eq!(there.push("Ada Summer").await, (0, 1));
        assert_eq!(there.push("Ada Winter").await, (1, 0));
        assert_eq!(there.says().await["name"], "Ada Winter");
        // Taken back by the person, there is nothing to remember.
        there.correct(&[("name", "Ada Summer")]).await.unwrap();
        there.correct(&[("name", "Ada Winter")]).await.unwrap();
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(records::Entity::find().filter(records::Column::Id.eq(there.record))).await.unwrap().unwrap();
        assert_eq!(row.source_digest, None);
    }

    async fn e18_what_may_not_be_edited_is_proposed_and_staff_accepts(bed: Bed) {
        let there = There::new(bed).await;
        let done = there.correct(&[("name", "Ada Summer"), ("email", "ada@example.net")]).await.unwrap();
        let request = done.proposed.unwrap();
        assert!(done.changed.is_some());
        // The address is not changed by who has it, and is what it was.
        assert_eq!(there.says().await, json!({ "name": "Ada Summer", "email": "ada@example.org" }));
        let proposal = proposal_of(&there.bed.engine, &there.ada, request).await.unwrap().unwrap();
        let change = &proposal.changes[0];
        assert_eq!((change.field.as_str(), &change.before, &change.after), ("email", &json!("ada@example.org"), &json!("ada@example.net")));
        let support = there.support();
        assert_eq!(proposal_of(&there.bed.engine, &support, request).await.unwrap(), Some(proposal));
        let auditor = Scope { actor: Actor::Account { id: Uuid::nil(), role: Role::Auditor, subject: None }, ..support.clone() };
        for refused in [&there.ada, &auditor] {
            let refused = answer(&there.bed.engine, refused, request, &Answer::Accept).await;
            assert!(matches!(refused, Err(AnswerError::Failure(Failure::Forbidden(_)))), "{refused:?}");
        }
        there.bed.work(NOW).await;
        there.receiver.take();
        answer(&there.bed.engine, &support, request, &Answer::Accept).await.unwrap();
        assert_eq!(there.says().await["email"], "ada@example.net");
        assert_eq!(there.state(request).await, State::Fulfilled);
        there.bed.work(NOW).await;
        assert_eq!(there.receiver.take()[0].json()["data"]["set"], json!({ "email": "ada@example.net" }));
        let mails = there.bed.mails("ada@example.org");
        assert!(mails.len() == 1 && mails[0].contains("has corrected your data"), "{mails:?}");
        // It is closed, and what was proposed is gone with its key.
        assert_eq!(proposal_of(&there.bed.engine, &support, request).await.unwrap(), None);
        let again = answer(&there.bed.engine, &support, request, &Answer::Accept).await;
        assert!(matches!(again, Err(AnswerError::Unknown)));
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let keys = tx.count(data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(request))).await.unwrap();
        assert_eq!(keys, 0);
    }

    async fn l11_a_refusal_says_why_and_where_to_complain(bed: Bed) {
        let there = There::new(bed).await;
        let request = there.correct(&[("email", "ada@example.net")]).await.unwrap().proposed.unwrap();
        let support = there.support();
        let silent = answer(&there.bed.engine, &support, request, &Answer::Decline(" ".into())).await;
        assert!(matches!(silent, Err(AnswerError::NoReason)));
        // A record that has changed since is not written over.
        let other = json!({
            "type": "record", "id": "r-1", "category": "account", "kind": "profile", "date": "2024-02-01",
            "subjects": ["u-ada"], "source": "you", "data": { "name": "Ada Winter", "email": "winter@example.org" },
        });
        there.bed.import(&there.scope, &other.to_string()).await;
        let stale = answer(&there.bed.engine, &support, request, &Answer::Accept).await;
        assert!(matches!(stale, Err(AnswerError::Stale)), "{stale:?}");
        answer(&there.bed.engine, &support, request, &Answer::Decline("It changed meanwhile.".into())).await.unwrap();
        assert_eq!(there.state(request).await, State::Refused);
        assert_eq!(there.says().await["email"], "winter@example.org");
        there.bed.work(NOW).await;
        let mail = there.bed.mails("ada@example.org").pop().unwrap();
        assert!(mail.contains("It changed meanwhile.") && mail.contains("data protection authority"), "{mail}");
        assert_eq!(there.receiver.take().len(), 0);
    }

    async fn only_ones_own_data_is_corrected(bed: Bed) {
        let there = There::new(bed).await;
        let engine = &there.bed.engine;
        let ben = there.bed.customer(&there.scope, "u-ben", "ben@example.org").await;
        assert_eq!(correctable(engine, &ben, there.record).await.unwrap(), None);
        let typed = [("name".to_owned(), "Eve".to_owned())];
        let seen = correctable(engine, &there.ada, there.record).await.unwrap().unwrap().seen;
        let refused = correct(engine, &ben, there.record, &seen, &typed).await;
        assert!(matches!(refused, Err(CorrectError::Unknown)));
        // About two people: a person has to look at it.
        let tx = engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let shared = tx.one(records::Entity::find().filter(records::Column::SubjectId.is_null())).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(correctable(engine, &ben, shared.id).await.unwrap(), None);
        let request = there.correct(&[("email", "ada@example.net")]).await.unwrap().proposed.unwrap();
        assert_eq!(proposal_of(engine, &ben, request).await.unwrap(), None);
        // A tenant next door knows none of it.
        let other = there.bed.tenant(LUMINA).await;
        let stranger = Scope { actor: there.ada.actor.clone(), ..other.clone() };
        assert_eq!(correctable(engine, &stranger, there.record).await.unwrap(), None);
        assert_eq!(proposal_of(engine, &other, request).await.unwrap(), None);
        let refused = answer(engine, &other, request, &Answer::Accept).await;
        assert!(matches!(refused, Err(AnswerError::Unknown)));
    }

    async fn what_is_wrong_changes_nothing(bed: Bed) {
        let there = There::new(bed).await;
        let wrong = |typed: &'static str| {
            let there = &there;
            async move {
                match there.correct(&[("name", typed), ("email", "x@example.org")]).await {
                    Err(CorrectError::Wrong(wrong)) => wrong,
                    other => panic!("{typed}: {other:?}"),
                }
            }
        };
        assert_eq!(wrong("4242 4242 4242 4242").await, [("name".to_owned(), Wrong::Card)]);
        assert_eq!(wrong("Ada\u{202e}").await, [("name".to_owned(), Wrong::Characters)]);
        let same = there.correct(&[("name", "Ada Winter"), ("unknown", "x")]).await;
        assert!(matches!(same, Err(CorrectError::Nothing)));
        let stale = there.correct_seen("0000000000000000", &[("name", "Ada Summer")]).await;
        assert!(matches!(stale, Err(CorrectError::Stale)));
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(subjects::Entity::update_many().col_expr(subjects::Column::FrozenAt, Expr::value(Some(NOW)))).await.unwrap();
        tx.commit().await.unwrap();
        let frozen = there.correct(&[("name", "Ada Summer")]).await;
        assert!(matches!(frozen, Err(CorrectError::Frozen)));
        assert_eq!(there.says().await["name"], "Ada Winter");
        assert_eq!(there.bed.work(NOW).await.done, 0);
    }

    async fn an_erasure_takes_a_proposal_with_it(bed: Bed) {
        let there = There::new(bed).await;
        let request = there.correct(&[("email", "ada@example.net")]).await.unwrap().proposed.unwrap();
        there.bed.erase(&there.ada, "ada@example.org").await;
        there.bed.work(NOW).await;
        let support = there.support();
        assert_eq!(proposal_of(&there.bed.engine, &support, request).await.unwrap(), None);
        let tx = there.bed.engine.tenant(there.scope.as_portal().portal().unwrap()).read().await.unwrap();
        let keys = tx.count(data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(request))).await.unwrap();
        assert_eq!(keys, 0, "what sealed the proposal is destroyed with the rest");
    }
}
