//! `candor doctor`

use std::path::Path;

use anyhow::{Result, bail};
use engine::policies;
use engine::tenancy::Database;

use crate::cli::Store;
use crate::open::as_operator;

/// Checks, one line each. It changes nothing that serving would not change too.
pub async fn run(store: &Store) -> Result<()> {
    let mut sound = true;
    let mut say = |what: &str, outcome: Result<String, String>| match outcome {
        Ok(fine) => println!("ok    {what}: {fine}"),
        Err(wrong) => {
            sound = false;
            println!("WRONG {what}: {wrong}");
        }
    };
    say("data folder", data_dir(&store.data_dir));
    let urls = store.urls()?;
    if store.is_sqlite()
        && !store.data_dir.join("candor.db").exists()
        && store.database_url.is_none()
    {
        say(
            "database",
            Err("there is none yet; `candor serve` or `candor migrate` makes it".into()),
        );
        bail!("something is wrong");
    }
    match Database::open(&urls).await {
        Ok(db) => {
            say(
                "database",
                Ok("reachable, of this version's schema, with roles as weak as they should be"
                    .into()),
            );
            db.close().await;
        }
        Err(error) => {
            say("database", Err(error.to_string()));
            bail!("something is wrong");
        }
    }
    match store.open(None).await {
        Ok(engine) => {
            say("keyring", Ok("belongs to this database, and the master key opens it".into()));
            for tenant in engine.directory.tenants() {
                let (_, scope) = as_operator(&engine, &tenant.slug).await?;
                let version = policies::in_force(&engine, &scope).await?;
                say(
                    &format!("tenant {}", tenant.slug),
                    version
                        .map(|v| {
                            format!(
                                "version {} of the policy is in force at {}",
                                v.number, tenant.canonical_host
                            )
                        })
                        .ok_or_else(|| "no policy is in force".to_owned()),
                );
            }
        }
        Err(error) => say("keyring", Err(format!("{error:#}"))),
    }
    if sound { Ok(()) } else { bail!("something is wrong") }
}

fn data_dir(path: &Path) -> Result<String, String> {
    use std::os::unix::fs::PermissionsExt;
    let about = std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if about.permissions().mode() & 0o077 != 0 {
        return Err(format!(
            "{} can be read by others: it holds the master key. Run chmod 700 on it",
            path.display()
        ));
    }
    Ok(path.display().to_string())
}
