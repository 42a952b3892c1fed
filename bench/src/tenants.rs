//! Reading the policies of very many tenants at random.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use engine::Engine;
use engine::tenants::{TenantFile, apply};
use server::http::FromMemory;
use tower::Service;

use crate::{memory, place, portal, tell};

/// How often a page is read.
const READ: usize = 200_000;

/// Makes so many tenants with the demo's policy, then reads it as theirs: each once, of
/// one tenant alone, and of all at random. While that goes on one of them publishes, which
/// the others must not notice.
pub async fn measure(folder: PathBuf, tenants: usize) -> Result<()> {
    std::fs::create_dir_all(&folder)?;
    let engine = place::sqlite(folder).open(None).await?;
    for number in 0..tenants {
        apply(&engine, &named(number)?, place::NOW).await?;
    }
    let mut service = portal::service_here(engine.clone());
    memory::forget_most()?;
    let before = memory::now()?;
    tell("tenants.first", read(&mut service, 0..tenants).await?.as_micros() / tenants as u128);
    tell("tenants.one", read(&mut service, (0..READ).map(|_| 0)).await?.as_micros());
    let mut publications = 0;
    let mut took = Duration::ZERO;
    for round in 0..10 {
        took += read(&mut service, random(round, tenants).take(READ / 10)).await?;
        publish(&engine).await?;
        publications += 1;
    }
    tell("tenants.random", took.as_micros());
    tell("tenants.publications", publications);
    tell("tenants.memory", memory::most()?.saturating_sub(before));
    place::close(engine).await;
    Ok(())
}

fn named(number: usize) -> Result<TenantFile> {
    let text = place::LUMAIRE
        .replace("slug = \"lumaire\"", &format!("slug = \"tenant-{number}\""))
        .replace("lumaire.localhost", &format!("tenant-{number}.localhost"));
    Ok(TenantFile::parse(&text)?)
}

/// The last tenant's look changes.
async fn publish(engine: &Engine) -> Result<()> {
    let file = named(engine.directory.tenants().len() - 1)?;
    apply(engine, &file, place::NOW).await?;
    Ok(())
}

/// The same numbers in every run.
fn random(seed: u64, below: usize) -> impl Iterator<Item = usize> {
    let mut state = seed + 1;
    std::iter::from_fn(move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some((state >> 33) as usize % below)
    })
}

async fn read(service: &mut FromMemory, which: impl Iterator<Item = usize>) -> Result<Duration> {
    let begun = Instant::now();
    for number in which {
        let request = Request::get("/policy")
            .header(header::HOST, format!("tenant-{number}.localhost"))
            .header(header::ACCEPT_ENCODING, "br")
            .body(Body::empty())?;
        let answer = service.call(request).await?;
        ensure!(answer.status() == StatusCode::OK, "tenant {number}: {}", answer.status());
        ensure!(!to_bytes(answer.into_body(), usize::MAX).await?.is_empty());
    }
    Ok(begun.elapsed())
}
