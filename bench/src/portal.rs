//! The portal in this process, on a port of its own.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use anyhow::Result;
use app::limits::{Limits, Rates};
use app::portal::{Parts, Portal};
use app::site::Site;
use engine::Engine;
use engine::storage::Timestamp;
use server::capacity::Capacity;
use server::http::{self, FromMemory, service, service_afresh};
use tokio::net::TcpListener;

use crate::place;

/// Serves, until the process ends; the answer is where.
pub async fn serve(engine: Engine) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(answer(listener, service_here(engine)));
    Ok(address)
}

/// What serves, without a connection.
pub fn service_here(engine: Engine) -> FromMemory {
    service(portal(engine, None, || place::NOW), &Capacity::default())
}

/// Serves without memory: each page is rendered for every request.
pub async fn serve_afresh(data_dir: PathBuf, site_dir: &Path, listen: SocketAddr) -> Result<()> {
    let engine = place::sqlite(data_dir).open(Some(listen.port())).await?;
    let site = Site::load(site_dir);
    let service = service_afresh(portal(engine, site, now));
    answer(TcpListener::bind(listen).await?, service).await;
    Ok(())
}

async fn answer(listener: TcpListener, service: FromMemory) {
    http::serve(listener, service, &Capacity::default(), std::future::pending()).await;
}

fn portal(engine: Engine, site: Option<Site>, now: fn() -> Timestamp) -> Portal {
    let rates = Rates { calls: NonZeroU32::MAX, ..Rates::default() };
    Portal::from(Parts {
        engine,
        site,
        demo: None,
        clock: Box::new(now),
        limits: Limits::new(rates),
        proxies: Vec::new(),
        secure: false,
    })
}

#[expect(clippy::disallowed_methods, reason = "everybody else is passed the time")]
fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}
