//! `candor serve`

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result};
use app::limits::Limits;
use app::portal::{Parts, Portal};
use app::presenter::PageOfExport;
use app::site::Site;
use engine::demo::{self, Logins};
use engine::{Engine, jobs, tokens};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::cli::{Serve, Store};
use crate::clock::now;
use crate::http;
use crate::metrics;
use crate::say::say;

/// How often a node looks whether another has published something.
const LOOK: Duration = Duration::from_millis(250);

/// Serves until it is asked to stop; then finishes what has begun.
pub async fn run(store: &Store, options: &Serve) -> Result<()> {
    // Before anything is made: a port in use is the likeliest mistake.
    let listener = TcpListener::bind(options.listen).await.with_context(|| {
        format!(
            "{} cannot be listened on. Is another program, or another Candor, using the port? \
             Choose one with --listen or PORT",
            options.listen
        )
    })?;
    let address = listener.local_addr()?;
    // Whoever asks for either may have no data yet; all others have mistyped its place.
    if options.demo || options.migrate {
        store.make_data_dir()?;
    }
    if options.migrate || (options.demo && store.is_sqlite()) {
        store.migrate().await?;
    }
    let engine = store.open((!store.https).then_some(address.port())).await?;
    tokens::give_notice(&engine, now()).await?;
    let demo = if options.demo { Some(seed(store, &engine).await?) } else { None };
    let portal = Portal::from(Parts {
        engine: engine.clone(),
        site: Site::load(&options.site_dir),
        demo,
        clock: Box::new(now),
        limits: Limits::new(options.rates()),
        proxies: options.trusted_proxies.clone(),
        secure: store.https,
    });
    welcome(&portal, address);

    let (stop, stopped) = watch::channel(false);
    let stopping = || {
        let mut stopped = stopped.clone();
        async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        }
    };
    let worker = tokio::spawn({
        let (engine, stopping, works) = (engine.clone(), stopping(), !options.no_worker);
        async move {
            if works {
                jobs::work(&engine, &PageOfExport, &now, stopping).await;
            }
        }
    });
    let watcher = tokio::spawn(watch_for_news(engine.clone(), stopping()));
    let service = http::service(portal, &options.capacity);
    metrics::serve(options.metrics.read_at, &engine, Some(&service.seen)).await?;
    let (capacity, stop_serving) = (options.capacity.clone(), stopping());
    let server = tokio::spawn(async move {
        http::serve(listener, service, &capacity, stop_serving).await;
    });

    asked_to_stop().await;
    tracing::info!("stopping: what has begun is finished first");
    let _ = stop.send(true);
    // A browser that keeps a connection open must not keep the server.
    let _ = tokio::time::timeout(Duration::from_secs(10), server).await;
    let _ = tokio::time::timeout(Duration::from_secs(30), worker).await;
    watcher.abort();
    tracing::info!("stopped");
    Ok(())
}

/// Ready when the process is asked to end.
pub async fn asked_to_stop() {
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

async fn seed(store: &Store, engine: &Engine) -> Result<Logins> {
    let logins = store.logins();
    Ok(demo::seed(engine, &logins, now(), &|what| say!("      {what}")).await?)
}

async fn watch_for_news(engine: Engine, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        if let Err(error) = engine.refresh().await {
            tracing::warn!(%error, "cannot see whether something was published");
        }
    }
}

/// Tells where to go and, in a demo, who can sign in.
fn welcome(portal: &Portal, address: SocketAddr) {
    let settings = &portal.engine.settings;
    let port = settings.port.map(|port| format!(":{port}")).unwrap_or_default();
    say!("\nCandor serves on {address}");
    for tenant in portal.engine.directory.tenants() {
        say!("  {}  {}://{}{port}", tenant.name, settings.scheme, tenant.canonical_host);
        let logins = portal.demo.iter().flat_map(|demo| &demo.accounts);
        for login in logins.filter(|login| login.tenant == tenant.slug) {
            say!("      {:9} {}", login.role, login.email);
        }
    }
    if let Some(demo) = &portal.demo {
        say!("  All of them: http://localhost{port}");
        say!("  Password of every demo login: {}", demo.password);
    }
    say!("  Stop with Ctrl-C.\n");
}
