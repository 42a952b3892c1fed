//! What is counted, for Prometheus, at an address of its own: it is the operator's, and
//! never reached by the hosts of the tenants.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use engine::Engine;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

use crate::http::Seen;

/// The registry's own type (OpenMetrics 1.0).
const TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers at the address, if there is one, for as long as the process lives.
pub async fn serve(
    address: Option<SocketAddr>,
    engine: &Engine,
    seen: Option<&Seen>,
) -> Result<()> {
    let Some(address) = address else { return Ok(()) };
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be listened on for --metrics"))?;
    let (engine, seen) = (engine.clone(), seen.cloned());
    let router = Router::new().route("/metrics", get(show)).with_state((engine, seen));
    let at = listener.local_addr()?;
    tracing::info!(%at, "what is counted can be read");
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}

async fn show(State((engine, seen)): State<(Engine, Option<Seen>)>) -> Response {
    if let Err(error) = engine.meters.look(&engine).await {
        // What was counted as it happened is told all the same.
        tracing::warn!(%error, "the queue could not be looked at");
    }
    let mut registry = Registry::with_prefix("candor");
    engine.meters.register(&mut registry);
    if let Some(seen) = seen {
        seen.register(&mut registry);
    }
    let mut text = String::new();
    match encode(&mut text, &registry) {
        Ok(()) => ([(header::CONTENT_TYPE, TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
