//! `candor token …`

use anyhow::{Result, bail};
use domain::grants::{Grant, Grants};
use engine::accounts::{Confirmed, Task};
use engine::tokens::{self, Lifetime};

use crate::cli::Store;
use crate::open::as_operator;
use crate::say::{complain, say};

/// Makes a token of the API and prints it, this once.
pub async fn make(store: &Store, tenant: &str, name: &str, grants: &[String]) -> Result<()> {
    let mut allowed = Vec::new();
    for grant in grants {
        match Grant::named(grant) {
            Some(grant) => allowed.push(grant),
            None => {
                let all = Grant::ALL.map(Grant::name).join(", ");
                bail!("“{grant}” is not a grant. There are: {all}")
            }
        }
    }
    let engine = store.open(None).await?;
    let (_, scope) = as_operator(&engine, tenant).await?;
    let grants: Grants = allowed.into_iter().collect();
    let confirmed = Confirmed::at_the_machine(&scope, Task::Settings)?;
    let made = tokens::make(&engine, &scope, confirmed, name, &grants, Lifetime::Quarter).await?;
    complain!("Good for 90 days. The portal keeps no copy of it:");
    say!("{}", made.bearer.text());
    Ok(())
}
