//! The portal without its memory.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use app::limits::{Limits, Rates};
use app::portal::Portal;
use app::site::Site;
use axum::ServiceExt;
use engine::storage::Timestamp;
use server::http::service_afresh;
use tokio::net::TcpListener;

use crate::place;

#[expect(clippy::disallowed_methods, reason = "everybody else is passed the time")]
fn now() -> Timestamp {
    jiff::Timestamp::now().into()
}

pub async fn serve(data_dir: PathBuf, site_dir: &Path, listen: SocketAddr) -> Result<()> {
    let portal = Portal {
        engine: place::sqlite(data_dir).open(Some(listen.port())).await?,
        site: Site::load(site_dir).map(Arc::new),
        demo: None,
        clock: Arc::new(now),
        limits: Arc::new(Limits::new(Rates::default())),
        proxies: Arc::default(),
        secure: false,
    };
    axum::serve(TcpListener::bind(listen).await?, service_afresh(portal).into_make_service())
        .await?;
    Ok(())
}
