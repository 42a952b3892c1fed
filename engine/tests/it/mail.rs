//! Mail on its way out.

use std::net::TcpListener;
use std::sync::Arc;

use engine::accounts::{Task, send_code};
use engine::jobs::drain;
use engine::mail::{Letter, SmtpServer, SmtpTls, Transport, post};
use engine::storage::{data_keys, outbox};
use engine::{Engine, Settings};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, Plainly};

/// The same engine with a mail server that nobody listens at.
fn with_a_dead_server(engine: &Engine) -> Engine {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = SmtpServer { host: "127.0.0.1".into(), port, tls: SmtpTls::None, login: None };
    let mail = Transport::Smtp(server);
    let settings = Settings { mail, ..(*engine.settings).clone() };
    let mut dead = engine.clone();
    dead.settings = Arc::new(settings);
    dead
}

on_both! {
    async fn a_dead_mail_server_loses_nothing(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let token = bed.sign_in(&scope, "ada@example.org").await;
        send_code(&bed.engine, &ada, &token, Task::Export).await.unwrap();
        let dead = with_a_dead_server(&bed.engine);
        let left = async |table: &str| {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
            match table {
                "outbox" => tx.count(outbox::Entity::find()).await.unwrap(),
                label => tx.count(data_keys::Entity::find().filter(data_keys::Column::Label.eq(label))).await.unwrap(),
            }
        };
        for attempt in 0..3 {
            let drained = drain(&dead, &Plainly, &move || NOW.plus_seconds(attempt * 60)).await.unwrap();
            assert_eq!((drained.done, drained.failed), (0, 1), "{attempt}");
            assert_eq!((left("outbox").await, left("mail").await), (1, 1));
        }
        // The server is back.
        bed.work(NOW.plus_seconds(3600)).await;
        assert_eq!(bed.mails("ada@example.org").len(), 1);
        assert_eq!((left("outbox").await, left("mail").await), (0, 0), "its key went with it");
    }

    async fn a_mail_that_nobody_takes_is_given_up_after_five_days(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        bed.import(&scope, PEOPLE).await;
        let ada = bed.customer(&scope, "u-ada", "ada@example.org").await;
        let token = bed.sign_in(&scope, "ada@example.org").await;
        send_code(&bed.engine, &ada, &token, Task::Export).await.unwrap();
        let dead = with_a_dead_server(&bed.engine);
        let later = NOW.plus_seconds(5 * 24 * 3600 + 1);
        assert_eq!(drain(&dead, &Plainly, &move || later).await.unwrap().failed, 0);
        let told = engine::audit::latest(&bed.engine, &scope, 1).await.unwrap();
        assert_eq!(told[0].action, "mail.given-up");
    }

    async fn nobody_adds_a_header(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let letter = Letter {
            language: Default::default(),
            subject: "Hello\r\nBcc: evil@example.org\r\n\r\nAnother text".into(),
            paragraphs: vec!["A text".into()],
            code: None,
            link: None,
            why: "A reason".into(),
        };
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let to = "ada@example.org".parse().unwrap();
        post(&bed.engine, &tx, &scope, to, letter).await.unwrap();
        tx.commit().await.unwrap();
        bed.work(NOW).await;
        for file in std::fs::read_dir(bed.dir.path().join("mail")).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
            assert!(mail.bcc().is_none());
            assert!(mail.body_text(0).unwrap().contains("A text"));
        }
        for bad in ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a\n@example.org"] {
            assert!(bad.parse::<domain::identifiers::EmailAddress>().is_err(), "{bad:?}");
        }
    }
}
