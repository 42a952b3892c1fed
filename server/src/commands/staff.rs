//! `candor staff …`

use std::io::BufRead;

use anyhow::{Context, Result};
use domain::identifiers::EmailAddress;
use domain::roles::Role;
use engine::accounts::{self, Password};

use crate::cli::Store;
use crate::open::as_operator;
use crate::say::{complain, say};

/// Creates the account of someone who works for the tenant.
pub async fn add(store: &Store, tenant: &str, role: &str, email: &str) -> Result<()> {
    let role = Role::named(role).filter(|role| role.is_staff()).with_context(|| {
        format!("“{role}” is not a role of staff: use admin, editor, approver, support or auditor")
    })?;
    let email: EmailAddress = email.parse()?;
    let engine = store.open(None).await?;
    let (_, scope) = as_operator(&engine, tenant).await?;
    complain!("Password (at least 12 characters):");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("the password cannot be read")?;
    let password = Password::choose(line.trim_end_matches(['\r', '\n']).to_owned())?;
    accounts::create_staff(&engine, &scope, &email, role, password).await?;
    say!("{email} can sign in to {tenant} as {}.", role.name());
    Ok(())
}
