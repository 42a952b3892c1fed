//! `candor import`

use std::fs::File;
use std::io::{BufReader, IsTerminal, Read, Seek};

use anyhow::{Context, Result, bail};
use engine::imports::{ImportError, Imported, import};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{Import, Store};
use crate::open::as_operator;
use crate::say::{complain, say};

/// Imports a file and tells what became of its lines.
pub async fn run(store: &Store, options: &Import) -> Result<()> {
    let engine = store.open(None).await?;
    let (_, scope) = as_operator(&engine, &options.tenant).await?;
    let name = options.file.display().to_string();
    let (source, size): (Box<dyn Read + Send>, u64) = if name == "-" && options.atomic {
        // All lines are taken in one transaction, which must not wait for a slow pipe.
        let mut spooled = tempfile::tempfile().context("standard input cannot be kept")?;
        let size = std::io::copy(&mut std::io::stdin().lock(), &mut spooled)?;
        spooled.rewind()?;
        (Box::new(spooled), size)
    } else if name == "-" {
        (Box::new(std::io::stdin()), 0)
    } else {
        let file = File::open(&options.file).with_context(|| format!("{name} cannot be read"))?;
        let size = file.metadata().map_or(0, |about| about.len());
        (Box::new(file), size)
    };
    let bar = bar(size)?;
    let mut input = BufReader::new(source);
    let shown = bar.clone();
    let done = import(&engine, &scope, &mut input, options.atomic, &move |bytes| {
        shown.set_position(bytes);
    })
    .await;
    bar.finish_and_clear();
    match done {
        Ok(imported) => {
            tell(&imported);
            say!(
                "{} new, {} changed, {} unchanged, {} refused.",
                imported.created,
                imported.updated,
                imported.unchanged,
                imported.refused
            );
            if imported.refused > 0 {
                bail!("{} lines were refused; the others were taken", imported.refused);
            }
            Ok(())
        }
        Err(ImportError::NotAtomic(imported)) => {
            tell(&imported);
            bail!("{} lines were refused, so nothing was taken", imported.refused)
        }
        Err(error) => Err(error.into()),
    }
}

fn bar(size: u64) -> Result<ProgressBar> {
    if !std::io::stderr().is_terminal() {
        return Ok(ProgressBar::hidden());
    }
    let bar = if size == 0 { ProgressBar::new_spinner() } else { ProgressBar::new(size) };
    let style =
        if size == 0 { "{spinner} {bytes} read" } else { "{bar:40} {bytes}/{total_bytes} {eta}" };
    Ok(bar.with_style(ProgressStyle::with_template(style)?))
}

fn tell(imported: &Imported) {
    for bad in &imported.bad_lines {
        complain!("line {}: {}", bad.number, bad.reason);
    }
    let untold = imported.refused.saturating_sub(imported.bad_lines.len() as u64);
    if untold > 0 {
        complain!("and {untold} more");
    }
}
