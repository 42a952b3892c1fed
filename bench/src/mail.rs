//! How long a mail waits beside another tenant's endpoint that never answers.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use app::presenter::PageOfExport;
use engine::accounts::{Confirmed, Task};
use engine::jobs::work;
use engine::mail::{Letter, post};
use engine::storage::outbox;
use engine::webhooks::{self, ConsentChanged, Described, Event, EventType};
use engine::{Engine, Scope};
use sea_orm::EntityTrait;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::{place, tell};

/// How many mails are sent each time; the median counts.
const MAILS: usize = 21;

pub async fn measure(folder: &Path, events: usize) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut store = place::sqlite(folder.into());
    store.allow_private = vec!["127.0.0.1".to_owned()];
    let engine = store.open(None).await?;
    let (theirs, other) = (place::tenant(&engine).await?, place::other_tenant(&engine).await?);
    let (stop, stopped) = oneshot::channel::<()>();
    let working = tokio::spawn({
        let engine = engine.clone();
        async move {
            let stopped = async move {
                let _ = stopped.await;
            };
            work(&engine, &PageOfExport, &|| place::NOW, stopped).await;
        }
    });
    let alone = median_of_mails(&engine, &other).await?;

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    let every = EventType::to_choose().map(|each| each.name().to_owned()).collect();
    let described = Described { url, description: String::new(), events: every };
    let confirmed = Confirmed::at_the_machine(&theirs, Task::Settings)?;
    webhooks::add(&engine, &theirs, confirmed, &described).await?;
    let tx = engine.tenant(theirs.as_portal().portal()?).write().await?;
    for number in 0..events {
        let event = Event::ConsentChanged(ConsentChanged {
            subject: format!("u-{number}"),
            category: None,
            purpose: "analytics".parse()?,
            granted: false,
        });
        webhooks::tell(&tx, &engine, &theirs, &event).await?;
    }
    tx.commit().await?;
    engine.work.notify_one();
    let first = listener.accept().await?;
    let beside = median_of_mails(&engine, &other).await?;
    drop(first);
    drop(listener);
    let _ = stop.send(());
    working.await?;
    tell("mail.alone", alone.as_micros());
    tell("mail.beside", beside.as_micros());
    Ok(())
}

async fn median_of_mails(engine: &Engine, scope: &Scope) -> Result<Duration> {
    let mut times = Vec::with_capacity(MAILS);
    for _ in 0..MAILS {
        times.push(mail(engine, scope).await?);
    }
    times.sort();
    Ok(times.get(MAILS / 2).copied().unwrap_or_default())
}

/// From the moment at which it is promised until it has left.
async fn mail(engine: &Engine, scope: &Scope) -> Result<Duration> {
    let letter = Letter {
        language: Default::default(),
        subject: "A new password".into(),
        paragraphs: vec!["A text".into()],
        code: None,
        link: None,
        why: "A reason".into(),
    };
    let begun = Instant::now();
    let tx = engine.tenant(scope.as_portal().portal()?).write().await?;
    post(engine, &tx, scope, "person@example.org".parse()?, letter).await?;
    tx.commit().await?;
    engine.work.notify_one();
    loop {
        let tx = engine.tenant(scope.as_portal().portal()?).read().await?;
        if tx.count(outbox::Entity::find()).await? == 0 {
            return Ok(begun.elapsed());
        }
        drop(tx);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
