//! Messages from the contact form (L4, E6).

use domain::identifiers::Slug;
use engine::accounts::{self, LinkError, Opened, Purpose, Secret};
use engine::contact::{self, Draft, Handing, Message, Sent, Typed};
use engine::records::{Opened as OpenedRecord, open_page};
use engine::storage::{audit_entries, data_keys, messages, records, subjects};
use engine::{Actor, Failure, Scope, subjects as people};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bed::{Bed, LUMAIRE, LUMINA, NOW, PEOPLE};

const HOST: &str = "lumaire.localhost";

fn draft(email: &str, reason: &str, about: &str) -> Draft {
    let text = "Where is my certificate?";
    Draft::parse(Typed { name: "Ada", email, reason, about, text }).unwrap_or_else(|_| panic!())
}

async fn tenant(bed: &Bed) -> (Scope, Scope) {
    let scope = bed.tenant(LUMAIRE).await;
    bed.import(&scope, PEOPLE).await;
    let visitor = Scope { actor: Actor::Visitor, ..scope.clone() };
    (scope, visitor)
}

async fn write(bed: &Bed, scope: &Scope, draft: &Draft) -> Message {
    let received = contact::receive(&bed.engine, scope, draft).await.unwrap().unwrap();
    bed.work(NOW).await;
    let staff = Scope { actor: Actor::Operator, ..scope.clone() };
    contact::message(&bed.engine, &staff, received.id).await.unwrap().unwrap()
}

async fn verify(bed: &Bed, scope: &Scope, mail: &str) -> Result<(), LinkError> {
    let (_, secret) = mail.split_once("/confirm/message/").unwrap();
    let secret = Secret::parse(&secret[..43]).unwrap();
    let opened = Opened { purpose: Purpose::Message, secret: &secret, host: HOST };
    contact::verify(&bed.engine, scope, &opened).await?;
    bed.work(NOW).await;
    Ok(())
}

async fn shown_to(bed: &Bed, scope: &Scope, person: &str) -> Vec<OpenedRecord> {
    let person = people::find(&bed.engine, scope, person).await.unwrap().unwrap();
    let messages: Slug = "communication".parse().unwrap();
    let page = open_page(&bed.engine, scope, person, &messages, None, 50).await.unwrap();
    page.into_iter().filter(|record| record.data["channel"] == "form").collect()
}

on_both! {
    async fn l4_e6_a_message_reaches_a_dashboard_once_its_address_is_confirmed(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let written = write(&bed, &visitor, &draft("ADA@example.org", "question", "")).await;
        assert!(!written.verified && written.text.contains("certificate"));
        assert!(shown_to(&bed, &scope, "u-ada").await.is_empty(), "anybody could have written it");
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        let row = tx.one(messages::Entity::find()).await.unwrap().unwrap();
        let record = tx.one(records::Entity::find().filter(records::Column::Id.eq(row.record_id))).await.unwrap().unwrap();
        let sender = record.subject_id.unwrap();
        assert_eq!((record.kind.as_str(), record.source.as_str()), ("message", "contact-form"));
        drop(tx);
        let mail = bed.mails("ADA@example.org").pop().unwrap();
        assert!(!mail.contains("certificate"), "nothing for spammers: {mail}");

        // Opening the link changes nothing.
        let (_, secret) = mail.split_once("/confirm/message/").unwrap();
        let secret = Secret::parse(&secret[..43]).unwrap();
        let opened = Opened { purpose: Purpose::Message, secret: &secret, host: HOST };
        assert!(accounts::is_good(&bed.engine, &visitor, &opened).await.unwrap());
        assert!(shown_to(&bed, &scope, "u-ada").await.is_empty());

        verify(&bed, &visitor, &mail).await.unwrap();
        let shown = shown_to(&bed, &scope, "u-ada").await;
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0].data["text"], "Where is my certificate?");
        let again = verify(&bed, &visitor, &mail).await;
        assert!(matches!(again, Err(LinkError::Over)), "good once");
        let desk = contact::messages(&bed.engine, &scope, None, 9).await.unwrap();
        assert!(desk.len() == 1 && desk[0].verified && desk[0].text == written.text);
        // Nothing is left of the sender that was nobody.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(subjects::Entity::find().filter(subjects::Column::Id.eq(sender))).await.unwrap(), 0);
        assert_eq!(tx.count(data_keys::Entity::find().filter(data_keys::Column::OwnerId.eq(sender))).await.unwrap(), 0);
    }

    async fn a_mailbox_that_two_share_is_never_taken_for_one_person(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let both = r#"{"type":"subject","id":"u-cleo","email":"family@example.org","name":"Cleo"}
{"type":"subject","id":"u-dora","email":"Family@example.org","name":"Dora"}"#;
        bed.import(&scope, both).await;
        write(&bed, &visitor, &draft("family@example.org", "question", "")).await;
        verify(&bed, &visitor, &bed.mails("family@example.org")[0]).await.unwrap();
        let desk = contact::messages(&bed.engine, &scope, None, 9).await.unwrap();
        assert!(desk[0].verified);
        for person in ["u-cleo", "u-dora"] {
            assert!(shown_to(&bed, &scope, person).await.is_empty(), "{person}");
        }
    }

    async fn a_mailbox_that_somebody_else_signs_in_with_is_not_taken_for_one_person_either(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        // Ben signs in with the address that the company has of Cleo.
        bed.customer(&scope, "u-ben", "ben@example.org").await;
        let ben = people::find(&bed.engine, &scope, "u-ben").await.unwrap().unwrap();
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        tx.update(
            subjects::Entity::update_many()
                .col_expr(subjects::Column::EmailHash, sea_orm::sea_query::Expr::value(None::<Vec<u8>>))
                .filter(subjects::Column::Id.eq(ben)),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        bed.import(&scope, r#"{"type":"subject","id":"u-cleo","email":"ben@example.org","name":"Cleo"}"#).await;
        write(&bed, &visitor, &draft("ben@example.org", "question", "")).await;
        verify(&bed, &visitor, &bed.mails("ben@example.org")[0]).await.unwrap();
        for person in ["u-cleo", "u-ben"] {
            assert!(shown_to(&bed, &scope, person).await.is_empty(), "{person}");
        }
    }

    async fn somebody_unknown_is_not_made_known_by_writing(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        write(&bed, &visitor, &draft("eve@example.org", "other", "")).await;
        verify(&bed, &visitor, &bed.mails("eve@example.org")[0]).await.unwrap();
        // No account can be had by it.
        accounts::ask_for_link(&bed.engine, &visitor, &"eve@example.org".parse().unwrap()).await.unwrap();
        bed.work(NOW).await;
        let last = bed.mails("eve@example.org").pop().unwrap();
        assert!(!last.contains("/confirm/"), "{last}");
        assert_eq!(contact::messages(&bed.engine, &scope, None, 9).await.unwrap().len(), 1);
    }

    async fn staff_is_told_that_there_is_something_and_not_what(bed: Bed) {
        let (scope, visitor) = tenant(&bed).await;
        let written = write(&bed, &visitor, &draft("eve@example.org", "data", "")).await;
        write(&bed, &visitor, &draft("eve@example.org", "child", "")).await;
        let mails = bed.mails("hello@lumaire.ai");
        assert_eq!(mails.len(), 2);
        assert!(mails[0].contains(&written.reference) && mails[1].contains("due today"));
        for mail in &mails {
            assert!(mail.contains("/desk/messages/"), "{mail}");
            assert!(!mail.contains("certificate") && !mail.contains("eve@"), "{mail}");
        }
        // Nor does the audit log say what or by whom.
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        for entry in tx.all(audit_entries::Entity::find()).await.unwrap() {
            assert!(!entry.details.contains("eve@") && !entry.details.contains("certificate"));
        }
        drop(tx);
        let customer = bed.customer(&scope, "u-ben", "ben@example.org").await;
        let refused = contact::messages(&bed.engine, &customer, None, 9).await;
        assert!(matches!(refused, Err(Failure::Forbidden(_))));
    }

    async fn without_a_category_for_it_no_message_is_taken(bed: Bed) {
        let file = LUMAIRE.replace("id = \"communication\"", "id = \"letters\"");
        let file = file.replace("\"communication\"", "\"letters\"");
        let file = file.replace("category.communication.", "category.letters.");
        let scope = bed.tenant(&file).await;
        let taken = contact::receive(&bed.engine, &scope, &draft("eve@example.org", "other", "")).await;
        assert_eq!(taken.unwrap(), None);
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(subjects::Entity::find()).await.unwrap(), 0);
        drop(tx);
        assert_eq!(bed.work(NOW).await.done, 0);
    }

    async fn a_form_is_good_from_three_seconds_to_a_day_and_at_its_tenant(bed: Bed) {
        let (_, visitor) = tenant(&bed).await;
        let other = bed.tenant(LUMINA).await;
        let token = contact::form_token(&bed.engine, &visitor, Handing::First).await.unwrap();
        let after = |seconds| Scope { now: NOW.plus_seconds(seconds), ..visitor.clone() };
        for (seconds, expected) in [
            (0, Sent::Soon),
            (2, Sent::Soon),
            (3, Sent::WellTimed),
            (24 * 3600, Sent::WellTimed),
            (24 * 3600 + 1, Sent::Late),
        ] {
            let looked = contact::look(&bed.engine, &after(seconds), &token).await.unwrap();
            assert_eq!(looked, expected, "{seconds}");
        }
        let elsewhere = Scope { now: NOW.plus_seconds(9), ..other };
        assert_eq!(contact::look(&bed.engine, &elsewhere, &token).await.unwrap(), Sent::Late);
        let earlier = token.replacen(&NOW.0.to_string(), &NOW.plus_seconds(-9).0.to_string(), 1);
        // Who was asked once more is taken at once, and nobody says so of themselves.
        let again = contact::form_token(&bed.engine, &visitor, Handing::Again).await.unwrap();
        assert_eq!(contact::look(&bed.engine, &visitor, &again).await.unwrap(), Sent::Again);
        let promoted = token.replacen('.', "again.", 1);
        for forged in ["", ".", "1.x", "9999999999999999999.AAAA", "again.AAAA", &earlier, &promoted] {
            let looked = contact::look(&bed.engine, &after(9), forged).await.unwrap();
            assert_eq!(looked, Sent::Late, "{forged}");
        }
    }
}
