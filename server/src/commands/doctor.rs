//! `candor doctor`

use std::path::Path;

use anyhow::{Result, bail};
use engine::ledger::Odd;
use engine::mail::Transport;
use engine::tenancy::Database;
use engine::{Engine, Failure, Scope, audit, jobs, policies, providers, tokens};
use jiff::civil::Date;

use crate::cli::Store;
use crate::open::{as_operator, sqlite_file};
use crate::say::say;

/// Checks, one line each. It changes nothing that serving would not change too.
pub async fn run(store: &Store) -> Result<()> {
    let mut sound = true;
    let mut say = |what: &str, outcome: Result<String, String>| match outcome {
        Ok(fine) => say!("ok    {what}: {fine}"),
        Err(wrong) => {
            sound = false;
            say!("WRONG {what}: {wrong}");
        }
    };
    say("data folder", data_dir(&store.data_dir));
    let urls = store.urls()?;
    if sqlite_file(&urls.tenant).is_some_and(|file| !file.exists()) {
        say("database", Err("there is none yet; `candor migrate` makes it".into()));
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
            say("master key", masters(&engine));
            say("ledger", ledger(&engine));
            say("mail", mail(&engine).await);
            say("address", address(&engine));
            for (what, outcome) in queue(&engine).await? {
                say(&what, outcome);
            }
            for tenant in engine.directory.tenants() {
                let (_, scope) = as_operator(&engine, &tenant.slug).await?;
                let version = match policies::in_force(&engine, &scope).await {
                    Err(newer @ Failure::Newer(_)) => {
                        say(&format!("tenant {}", tenant.slug), Err(newer.to_string()));
                        continue;
                    }
                    version => version?,
                };
                say(&format!("clock, seen from {}", tenant.slug), clock(&engine, &scope).await?);
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
                if tenant.suspended {
                    say!(
                        "note  tenant {}: suspended, nobody can sign in; `candor tenant resume` ends that",
                        tenant.slug
                    );
                }
                for token in tokens::list(&engine, &scope).await? {
                    let old = token.old_until.filter(|until| *until > scope.now);
                    if let Some(until) = old {
                        say!("soon  {}", loses(&tenant.slug, &token.name, scope.date_of(until)));
                    }
                }
                for provider in providers::list(&engine, &scope).await? {
                    let found = providers::check(&engine, &scope, &provider).await;
                    say(
                        &format!("tenant {}, provider {}", tenant.slug, provider.slug),
                        found
                            .map(|found| format!("people are sent to {}", found.authorize))
                            .map_err(|reason| reason.to_string()),
                    );
                }
            }
        }
        Err(error) => say("keyring", Err(format!("{error:#}"))),
    }
    if sound { Ok(()) } else { bail!("something is wrong") }
}

/// What a token made before `end` and `access` were grants of their own is about to lose.
fn loses(tenant: &str, token: &str, until: Date) -> String {
    format!(
        "tenant {tenant}, token “{token}”: from {until} it tells of no accounts, changed addresses, \
         administrators and ending events any more; make a new one with access or end if it has to"
    )
}

/// Whether a rotation was left half-way.
fn masters(engine: &Engine) -> Result<String, String> {
    let masters = engine.keyring().masters();
    match masters.as_slice() {
        [one] => Ok(format!("{one}, and no earlier one is in use")),
        _ => Err(format!(
            "{} are in the file: a rotation was begun. Run `candor keys rotate` to finish it",
            masters.len()
        )),
    }
}

/// Whether the list of what was erased is as it was written.
fn ledger(engine: &Engine) -> Result<String, String> {
    let (wrong, newer): (Vec<Odd>, Vec<Odd>) =
        engine.ledger().odd().into_iter().partition(Odd::is_wrong);
    let told = |odd: &[Odd]| odd.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if !wrong.is_empty() {
        return Err(format!("{}. See docs/OPERATING.md, “The ledger”", told(&wrong)));
    }
    let file = engine.settings.ledger.display();
    Ok(match newer.as_slice() {
        [] => format!("whole in the keyring, and copied to {file}"),
        newer => format!("whole in the keyring, and copied to {file}; {}", told(newer)),
    })
}

/// Whether a mail would leave.
async fn mail(engine: &Engine) -> Result<String, String> {
    let transport = &engine.settings.mail;
    transport.check(engine.egress()).await.map_err(|error| error.to_string())?;
    Ok(match transport {
        Transport::Folder(folder) => {
            format!("written to {}; set --smtp for mail that leaves", folder.display())
        }
        Transport::Smtp(server) => format!("{}:{} takes it", server.host, server.port),
    })
}

/// Where links in mails lead.
fn address(engine: &Engine) -> Result<String, String> {
    let settings = &engine.settings;
    let local = |host: &str| host == "localhost" || host.ends_with(".localhost");
    let open: Vec<String> = engine
        .directory
        .tenants()
        .iter()
        .map(|tenant| tenant.canonical_host.to_string())
        .filter(|host| settings.scheme == "http" && !local(host))
        .collect();
    if open.is_empty() {
        return Ok(format!("links in mails begin with {}", settings.scheme));
    }
    Err(format!(
        "{} would be reached without encryption: put a proxy with TLS in front and set --https",
        open.join(", ")
    ))
}

/// What fails again and again, and what waits for another version.
async fn queue(engine: &Engine) -> Result<Vec<(String, Result<String, String>)>> {
    let standing = jobs::standing(engine).await?;
    let mut lines: Vec<_> = standing
        .failing
        .iter()
        .map(|failing| {
            let tenant = engine.directory.tenant(failing.tenant);
            let tenant =
                tenant.map_or_else(|| failing.tenant.to_string(), |head| head.slug.clone());
            let wrong = format!(
                "{} of tenant {tenant} fail again and again, up to {} times, by “{}” last: the log \
                 of a worker says more. They are tried every hour",
                failing.jobs, failing.failures, failing.trouble
            );
            (format!("jobs, {}", failing.kind), Err(wrong))
        })
        .collect();
    if !standing.not_known.is_empty() {
        let waits = format!(
            "{} wait for a node of a newer version; this one leaves them alone",
            standing.not_known.join(", ")
        );
        lines.push(("jobs".to_owned(), Ok(waits)));
    } else if lines.is_empty() {
        lines.push(("jobs".to_owned(), Ok("none fails again and again".to_owned())));
    }
    Ok(lines)
}

/// Whether this machine's clock is behind what was written before.
async fn clock(engine: &Engine, scope: &Scope) -> Result<Result<String, String>> {
    let latest = audit::latest(engine, scope, 1).await?;
    let ahead = latest.first().is_some_and(|entry| entry.at > scope.now.plus_seconds(60));
    Ok(if ahead {
        Err("it is behind the last entry of the audit log: legal dates would be wrong".to_owned())
    } else {
        Ok(jiff::Timestamp::from(scope.now).strftime("%Y-%m-%d %H:%M UTC").to_string())
    })
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
