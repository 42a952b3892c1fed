//! Connections: how many, and for how long.
//!
//! A loop of our own instead of axum's, because that one has neither a limit of
//! connections nor of the time that the head of a request may take.

use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{interval, sleep};
use tower::Service;

use super::FromMemory;
use super::seen::Connected;
use super::watched::Watched;
use crate::capacity::Capacity;
use crate::turns::{Turn, Turns};

/// The longest head of a request, in bytes: hyper reads no more.
const LONGEST_HEAD: usize = 64 * 1024;
/// How many bytes move on a connection, at the least, in the time after which it
/// counts as idle: whoever sends or reads drop by drop does not hold it.
const LEAST: u64 = 512;
/// How long to wait when the system has no connection to give.
const BREATH: Duration = Duration::from_millis(500);

/// Serves until `stop` is ready; then takes no more connections, and returns when
/// those that are open have finished what they are at.
pub async fn serve(
    listener: TcpListener,
    service: FromMemory,
    capacity: &Capacity,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(capacity.connections.get()));
    let peers = Turns::new(capacity.connections_per_address.get(), 0);
    let (stopping, _) = watch::channel(false);
    let mut open = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            // A place first: who finds none waits in the system's own queue.
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            Some((place, listener.accept().await))
        };
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = next => accepted,
        };
        let (place, stream, peer) = match accepted {
            Some((place, Ok((stream, peer)))) => (place, stream, peer),
            Some((_, Err(error))) => {
                // Whose connection has gone again keeps nobody else waiting.
                if !has_gone(&error) {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(BREATH).await;
                }
                continue;
            }
            None => break,
        };
        while open.try_join_next().is_some() {}
        let from = neighbourhood(peer.ip());
        let turn = if service.portal.proxies.contains(&peer.ip().to_canonical()) {
            None
        } else {
            match peers.try_take(from) {
                // Told by nothing but the end: whoever has so many knows.
                None => {
                    service.seen.turned_away();
                    continue;
                }
                turn => turn,
            }
        };
        let connection = Connection {
            peer,
            service: service.clone(),
            head: capacity.head_seconds,
            idle: capacity.idle_seconds,
            life: capacity.connection_seconds,
            _open: service.seen.connected(),
            _place: place,
            _turn: turn,
        };
        open.spawn(connection.answer(stream, stopping.subscribe()));
    }
    drop(listener);
    let _ = stopping.send(true);
    while open.join_next().await.is_some() {}
}

fn has_gone(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// Whom the addresses beside one belong to as well: a /48 of IPv6.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let wide = u128::from(address) >> 80 << 80;
            IpAddr::V6(Ipv6Addr::from(wide))
        }
        address => address,
    }
}

/// A connection and what it takes up.
struct Connection {
    peer: SocketAddr,
    service: FromMemory,
    head: Duration,
    idle: Duration,
    life: Duration,
    _open: Connected,
    _place: OwnedSemaphorePermit,
    _turn: Option<Turn<IpAddr>>,
}

impl Connection {
    /// Answers requests until one side ends it, nothing moves, or its time is up.
    async fn answer(self, stream: TcpStream, mut stopping: watch::Receiver<bool>) {
        let _ = stream.set_nodelay(true);
        let (stream, moved) = Watched::new(stream);
        let service = service_fn(|request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(self.peer));
            // It is always ready.
            self.service.clone().call(request)
        });
        let mut connection = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(self.head)
                .max_buf_size(LONGEST_HEAD)
                .serve_connection(TokioIo::new(stream), service)
        );
        let mut idle = interval(self.idle);
        idle.tick().await;
        let mut life = interval(self.life);
        life.tick().await;
        let mut ending = false;
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection broke off");
                    }
                    return;
                }
                _ = stopping.wait_for(|stopping| *stopping), if !ending => {
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                }
                _ = life.tick() => {
                    if ending {
                        return;
                    }
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                }
                _ = idle.tick() => {
                    if moved.since_last_look() < LEAST {
                        return;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_what_one_has() {
        let of = |text: &str| neighbourhood(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2::3"), "2001:db8:1::");
        assert_eq!(of("2001:db8:1:ff00::1"), of("2001:db8:1:2::3"));
        assert_ne!(of("2001:db8:2::3"), of("2001:db8:1::3"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
