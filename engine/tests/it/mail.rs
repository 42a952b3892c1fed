//! Mail on its way out.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use engine::accounts::{Task, send_code};
use engine::jobs::drain;
use engine::mail::{Letter, SmtpServer, SmtpTls, Transport, post};
use engine::storage::{data_keys, outbox};
use engine::{Engine, Settings};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::bed::{Bed, LUMAIRE, NOW, PEOPLE, Plainly};

fn letter(subject: &str) -> Letter {
    let text = |text: &str| text.to_owned();
    Letter {
        subject: text(subject),
        paragraphs: vec![text("A text")],
        code: None,
        link: None,
        why: text("Why"),
    }
}

/// A mail server that does not know one address.
struct Refusing {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Refusing {
    fn start(unknown: &'static str) -> Refusing {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, unknown, &shared));
            }
        });
        Refusing { port, taken }
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, unknown: &str, taken: &Mutex<Vec<String>>) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut mail: Option<String> = None;
    let _ = stream.write_all(b"220 here\r\n");
    for line in lines.map_while(Result::ok) {
        let answer = match (line.get(..4), &mut mail) {
            (_, Some(text)) if line == "." => {
                taken.lock().unwrap().push(std::mem::take(text));
                mail = None;
                "250 taken"
            }
            (_, Some(text)) => {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            (Some("DATA"), None) => {
                mail = Some(String::new());
                "354 go on"
            }
            (Some("RCPT"), None) if line.contains(unknown) => "550 5.1.1 unknown",
            _ => "250 fine",
        };
        if stream.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
            return;
        }
    }
}

/// The same engine with a mail server that nobody listens at.
fn with_a_dead_server(engine: &Engine) -> Engine {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    with_a_server_at(engine, port)
}

fn with_a_server_at(engine: &Engine, port: u16) -> Engine {
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

    async fn a_mail_that_is_refused_for_good_is_given_up_and_told_once(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let server = Refusing::start("ada@example.org");
        let engine = with_a_server_at(&bed.engine, server.port);
        let post_to = async |to: &str| {
            let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
            post(&bed.engine, &tx, &scope, to.parse().unwrap(), letter("Your code")).await.unwrap();
            tx.commit().await.unwrap();
        };
        post_to("ada@example.org").await;
        post_to("ben@example.org").await;
        post_to("ada@example.org").await;
        let drained = drain(&engine, &Plainly, &|| NOW).await.unwrap();
        assert_eq!(drained.failed, 0, "nothing is tried again");
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).read().await.unwrap();
        assert_eq!(tx.count(outbox::Entity::find()).await.unwrap(), 0);
        drop(tx);
        let taken = server.taken();
        let to = |who: &str| taken.iter().filter(|mail| mail.contains(&format!("To: {who}"))).count();
        assert_eq!((to("ben@example.org"), to("hello@lumaire.ai")), (1, 1), "{taken:?}");
        let log = engine::audit::latest(&bed.engine, &scope, 9).await.unwrap();
        let given_up: Vec<&str> =
            log.iter().filter(|it| it.action == "mail.given-up").map(|it| it.details.as_str()).collect();
        assert_eq!(given_up.len(), 2);
        assert!(given_up.iter().all(|it| it.contains("550") && !it.contains("ada")), "{given_up:?}");
    }

    async fn rfc5322_rfc3834_a_mail_says_which_it_is_and_that_nobody_wrote_it(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let tx = bed.engine.tenant(scope.as_portal().portal().unwrap()).write().await.unwrap();
        let to = "zoe@bücher.example".parse().unwrap();
        post(&bed.engine, &tx, &scope, to, letter("Hello")).await.unwrap();
        tx.commit().await.unwrap();
        bed.work(NOW.plus_seconds(600)).await;
        let file = std::fs::read_dir(bed.dir.path().join("mail")).unwrap().find_map(|file| {
            let path = file.unwrap().path();
            path.extension().is_some_and(|it| it == "eml").then(|| std::fs::read(path).unwrap())
        });
        let bytes = file.unwrap();
        let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        let (local, domain) = mail.message_id().unwrap().split_once('@').unwrap();
        assert!(uuid::Uuid::parse_str(local).is_ok(), "{local}");
        let from = mail.from().unwrap().first().unwrap().address().unwrap().to_owned();
        assert_eq!(from.rsplit_once('@').unwrap().1, domain);
        assert_eq!(mail.header("Auto-Submitted").unwrap().as_text(), Some("auto-generated"));
        assert_eq!(mail.date().unwrap().to_timestamp(), NOW.0 / 1000, "when it was written");
        assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("zoe@xn--bcher-kva.example"));
    }

    async fn nobody_adds_a_header(bed: Bed) {
        let scope = bed.tenant(LUMAIRE).await;
        let letter = Letter {
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
