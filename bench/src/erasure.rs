//! How long others wait while much is erased, and how much memory that takes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use app::presenter::PageOfExport;
use domain::identifiers::{EmailAddress, Language};
use domain::roles::Role;
use engine::accounts::{self, Caller, Password, Task};
use engine::imports::import;
use engine::jobs::drain;
use engine::{Actor, Engine, Scope, erasure, subjects};

use crate::{memory, place, tell};

const FEW: usize = 10_000;
const PASSWORD: &str = "correct horse battery";

/// For few and for many records: makes a person of whom so many are held, and erases
/// them in a process of its own.
pub async fn prepare_and_measure(folder: &Path, many: usize) -> Result<()> {
    for (name, records) in [("few", FEW.min(many)), ("many", many)] {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let engine = place::sqlite(folder.clone()).open(None).await?;
        let scope = place::tenant(&engine).await?;
        let lines = folder.join("lines.ndjson");
        place::write_subjects(&lines, 2)?;
        place::import_file(&engine, &scope, &lines).await?;
        place::write_records(&lines, 0..records, 0..1)?;
        place::import_file(&engine, &scope, &lines).await?;
        std::fs::remove_file(&lines)?;
        ask(&engine, &scope).await?;
        place::close(engine).await;
        let alone = std::process::Command::new(std::env::current_exe()?)
            .arg("erasure-alone")
            .args([folder.as_os_str(), name.as_ref()])
            .status()?;
        ensure!(alone.success(), "the erasure failed");
    }
    Ok(())
}

/// The person asks for it, as on the page.
async fn ask(engine: &Engine, scope: &Scope) -> Result<()> {
    let email: EmailAddress = "person-0@example.org".parse()?;
    accounts::create_customer(engine, scope, &email, Password::choose(PASSWORD.into())?).await?;
    let password = || PASSWORD.to_owned().into();
    let begun =
        accounts::sign_in(engine, scope, &email, password(), &Caller::default(), None).await?;
    let token = begun.signed_in().context("signed in")?;
    let subject = subjects::find(engine, scope, "u-0").await?;
    let session = accounts::session(engine, scope, &token).await?.context("a session")?;
    let actor = Actor::Account { id: session.account, role: Role::Customer, subject };
    let person = Scope { actor, language: Language::En, ..scope.clone() };
    let task = Task::Deletion;
    accounts::confirm_by_password(engine, &person, &token, task, password()).await?;
    let session = accounts::session(engine, &person, &token).await?.context("a session")?;
    let confirmed = session.confirmed(task, scope.now).context("confirmed")?;
    erasure::ask(engine, &person, confirmed).await?;
    Ok(())
}

/// Erases, while somebody else's changes are written one after the other.
pub async fn measure(folder: &Path, name: &str) -> Result<()> {
    let engine = place::sqlite(folder.into()).open(None).await?;
    let scope = place::tenant(&engine).await?;
    memory::forget_most()?;
    let begun = Instant::now();
    let erased = drain(&engine, &PageOfExport, &|| place::NOW);
    tokio::pin!(erased);
    let (mut longest, mut beside) = (Duration::ZERO, 0_u64);
    loop {
        let waiting = Instant::now();
        let line = format!(
            r#"{{"type":"subject","id":"u-1","email":"person-1@example.org","name":"Person {beside}"}}"#
        );
        let (engine, scope) = (engine.clone(), scope.clone());
        let mut change = tokio::spawn(async move {
            import(&engine, &scope, &mut line.as_bytes(), true, &|_| {}).await
        });
        let changed = tokio::select! {
            done = &mut erased => {
                let done = done?;
                ensure!(done.failed == 0, "{done:?}");
                change.await??;
                break;
            }
            changed = &mut change => changed??,
        };
        ensure!(changed.refused == 0, "a change was refused");
        longest = longest.max(waiting.elapsed());
        beside += 1;
    }
    let took = begun.elapsed();
    tell(&format!("erasure.{name}.wait"), longest.as_micros());
    tell(&format!("erasure.{name}.beside"), beside);
    tell(&format!("erasure.{name}.memory"), memory::most()?);
    tell(&format!("erasure.{name}.seconds"), format!("{:.1}", took.as_secs_f64()));
    Ok(())
}
