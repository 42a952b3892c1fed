//! Whether somebody of whom very much is held waits longer than others.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::identifiers::EmailAddress;
use engine::accounts::{Password, create_customer};
use reqwest::{Client, header, redirect};

use crate::databases::Databases;
use crate::{place, portal, tell};

const PASSWORD: &str = "correct horse battery";
/// Of one person so much is held,
const MANY: usize = 1_000_000;
/// of each of all others so much.
const FEW: usize = 100;
const PEOPLE: usize = 1_000;
const LOOKS: usize = 40;
const PAGES: [(&str, &str); 2] =
    [("account", "/account"), ("category", "/account/category/communication")];

pub async fn measure(folder: &Path) -> Result<()> {
    for databases in Databases::all(folder).await? {
        let lines = folder.join("lines.ndjson");
        let database = databases.create("dashboard").await?;
        let engine = database.store.open(None).await?;
        let scope = place::tenant(&engine).await?;
        place::write_subjects(&lines, PEOPLE)?;
        place::import_file(&engine, &scope, &lines).await?;
        place::write_records(&lines, 0..MANY, 0..1)?;
        place::import_file(&engine, &scope, &lines).await?;
        place::write_records(&lines, MANY..MANY + FEW * (PEOPLE - 1), 1..PEOPLE)?;
        place::import_file(&engine, &scope, &lines).await?;
        for person in [0, 1] {
            let email: EmailAddress = format!("person-{person}@example.org").parse()?;
            let password = Password::choose(PASSWORD.into())?;
            create_customer(&engine, &scope, &email, password).await?;
        }
        let address = portal::serve(engine.clone()).await?;
        let many = Person::sign_in(&format!("http://{address}"), 0).await?;
        let few = Person::sign_in(&format!("http://{address}"), 1).await?;
        for (name, path) in PAGES {
            for _ in 0..LOOKS {
                for (who, person) in [("many", &many), ("few", &few)] {
                    let took = person.look(path).await?;
                    let kind = databases.name();
                    tell(&format!("{name}.{who}.{kind}"), took.as_micros());
                }
            }
        }
        place::close(engine).await;
    }
    Ok(())
}

struct Person {
    client: Client,
    base: String,
    cookie: String,
}

impl Person {
    async fn sign_in(base: &str, person: usize) -> Result<Person> {
        let client = Client::builder().redirect(redirect::Policy::none()).build()?;
        let email = format!("person-{person}@example.org");
        let answer = client
            .post(format!("{base}/sign-in"))
            .header(header::HOST, "lumaire.localhost")
            .header("sec-fetch-site", "same-origin")
            .form(&[("email", email.as_str()), ("password", PASSWORD)])
            .send()
            .await?;
        let cookie = answer.headers().get(header::SET_COOKIE);
        let cookie = cookie.and_then(|it| it.to_str().ok()?.split(';').next().map(str::to_owned));
        ensure!(cookie.is_some(), "nobody is signed in: {}", answer.status());
        Ok(Person { client, base: base.to_owned(), cookie: cookie.unwrap_or_default() })
    }

    /// How long a page takes.
    async fn look(&self, path: &str) -> Result<Duration> {
        let begun = Instant::now();
        let request = self.client.get(format!("{}{path}", self.base));
        let request = request.header(header::HOST, "lumaire.localhost");
        let answer = request.header(header::COOKIE, &self.cookie).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        let took = begun.elapsed();
        ensure!(status == 200 && text.contains("Lesson"), "{path}: {status}");
        Ok(took)
    }
}
