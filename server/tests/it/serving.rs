//! What a server takes on at a time, and for how long: with sockets that are held open.

use std::net::SocketAddr;
use std::time::Duration;

use ::app::limits::Rates;
use domain::grants::Grant;
use server::capacity::Capacity;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::api::token;
use crate::app::{TestApp, UNLIMITED};

/// Far longer than any limit of these tests: who runs into it was not closed.
const FOR_EVER: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(100);

async fn within(capacity: Capacity) -> TestApp {
    TestApp::start_within(&capacity, false, UNLIMITED).await
}

/// From the proxy that the portal trusts.
async fn socket(app: &TestApp, text: &str) -> TcpStream {
    socket_from("127.0.0.1", app, text).await
}

async fn socket_from(address: &str, app: &TestApp, text: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(address.parse().unwrap(), 0)).unwrap();
    let portal = SocketAddr::new("127.0.0.1".parse().unwrap(), app.port());
    let mut socket = socket.connect(portal).await.unwrap();
    socket.write_all(text.as_bytes()).await.unwrap();
    socket
}

/// All that comes until the other side closes.
async fn rest(socket: &mut TcpStream) -> String {
    let mut rest = Vec::new();
    // Whether it says goodbye or just goes makes no difference.
    let _ = timeout(FOR_EVER, socket.read_to_end(&mut rest)).await.expect("it is closed");
    String::from_utf8_lossy(&rest).into_owned()
}

/// What comes until this has come.
async fn until(socket: &mut TcpStream, end: &str) -> String {
    let mut all = Vec::new();
    while !String::from_utf8_lossy(&all).contains(end) {
        let mut byte = [0; 1];
        let read = timeout(FOR_EVER, socket.read(&mut byte)).await.expect("it answers").unwrap();
        assert_eq!(read, 1, "closed after {:?}", String::from_utf8_lossy(&all));
        all.extend(byte);
    }
    String::from_utf8_lossy(&all).into_owned()
}

fn bulk(tenant: &str, token: &str) -> String {
    format!(
        "POST /api/v1/bulk HTTP/1.1\r\nHost: {tenant}.localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
}

const LINE: &str = r#"{"type":"subject","id":"u-slow"}"#;

fn chunk(text: &str) -> String {
    format!("{:x}\r\n{text}\r\n", text.len())
}

#[tokio::test]
async fn four_slow_clients_of_one_tenant_close_nothing_for_another() {
    let app = within(Capacity::default()).await;
    let own = token(&app, "lumaire", &[Grant::Write]).await;
    let other = token(&app, "lumina-erp", &[Grant::Write]).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        let half = format!("{}{}", bulk("lumaire", &own), chunk(&LINE[..10]));
        let mut socket = socket(&app, &half).await;
        // It is answered from now on: its turn is taken.
        assert!(until(&mut socket, "\r\n\r\n").await.starts_with("HTTP/1.1 200"));
        slow.push(socket);
    }
    let mut fifth = socket(&app, &bulk("lumaire", &own)).await;
    assert!(until(&mut fifth, "\r\n\r\n").await.starts_with("HTTP/1.1 429"));
    let whole = format!("{}{}0\r\n\r\n", bulk("lumina-erp", &other), chunk(LINE));
    let mut theirs = socket(&app, &whole).await;
    let answer = until(&mut theirs, "0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"done\":true"), "{answer}");
    // The slow ones lose nothing by it.
    for mut socket in slow {
        let rest = format!("{}0\r\n\r\n", chunk(&LINE[10..]));
        socket.write_all(rest.as_bytes()).await.unwrap();
        assert!(until(&mut socket, "0\r\n\r\n").await.contains("\"done\":true"));
    }
}

#[tokio::test]
async fn a_bulk_that_falls_silent_or_never_ends_is_told_and_ended() {
    let silent = Capacity { bulk_silence_seconds: SHORT, ..Capacity::default() };
    let endless = Capacity { bulk_seconds: SHORT, ..Capacity::default() };
    for capacity in [silent, endless] {
        let app = within(capacity).await;
        let token = token(&app, "lumaire", &[Grant::Write]).await;
        let half = format!("{}{}", bulk("lumaire", &token), chunk(&format!("{LINE}\n{{")));
        let mut socket = socket(&app, &half).await;
        let answer = until(&mut socket, "0\r\n\r\n").await;
        assert!(answer.contains("\"result\":\"created\""), "what was whole is taken: {answer}");
        assert!(answer.contains("\"done\":false") && answer.contains("cut off"), "{answer}");
    }
}

#[tokio::test]
async fn half_a_head_and_an_idle_connection_are_closed() {
    let app = within(Capacity { head_seconds: SHORT, ..Capacity::default() }).await;
    for begun in ["", "GET /pol", "GET /policy HTTP/1.1\r\nHost: lumaire.localhost\r\nX: "] {
        let mut socket = socket(&app, begun).await;
        assert!(!rest(&mut socket).await.contains("200 OK"), "{begun:?}");
    }
    let whole = "GET /policy HTTP/1.1\r\nHost: lumaire.localhost\r\n\r\n";
    let mut answered = socket(&app, whole).await;
    assert!(rest(&mut answered).await.starts_with("HTTP/1.1 200"), "and then it is closed");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let app = within(Capacity { idle_seconds: SHORT, ..Capacity::default() }).await;
    let half = "POST /sign-in HTTP/1.1\r\nHost: lumaire.localhost\r\nSec-Fetch-Site: same-origin\r\n\
        Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9999\r\n\r\nemail=";
    let mut socket = socket(&app, half).await;
    assert_eq!(rest(&mut socket).await, "");
}

#[tokio::test]
async fn a_connection_whose_time_is_up_is_closed_between_requests() {
    let app = within(Capacity { connection_seconds: SHORT * 20, ..Capacity::default() }).await;
    let ask = "GET /nothing HTTP/1.1\r\nHost: lumaire.localhost\r\n\r\n";
    let mut socket = socket(&app, ask).await;
    assert!(rest(&mut socket).await.starts_with("HTTP/1.1 404"), "it has had its answer");
}

#[tokio::test]
async fn one_address_has_only_so_many_connections() {
    let capacity =
        Capacity { connections_per_address: 2.try_into().unwrap(), ..Capacity::default() };
    let app = within(capacity).await;
    let ask = "GET /favicon.ico HTTP/1.1\r\nHost: lumaire.localhost\r\n\r\n";
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut socket = socket_from("127.0.0.2", &app, ask).await;
        until(&mut socket, "\r\n\r\n").await;
        open.push(socket);
    }
    let mut third = socket_from("127.0.0.2", &app, "").await;
    assert_eq!(rest(&mut third).await, "");
    // Those that are open are not concerned, nor is a trusted proxy or anybody else.
    open[0].write_all(ask.as_bytes()).await.unwrap();
    until(&mut open[0], "HTTP/1.1 ").await;
    for address in ["127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.3"] {
        let mut socket = socket_from(address, &app, ask).await;
        until(&mut socket, "HTTP/1.1 ").await;
        open.push(socket);
    }
}

#[tokio::test]
async fn when_all_places_are_taken_the_next_waits_for_one() {
    let capacity = Capacity { connections: 1.try_into().unwrap(), ..Capacity::default() };
    let app = within(capacity).await;
    let ask = "GET /policy.txt HTTP/1.1\r\nHost: lumaire.localhost\r\n\r\n";
    let mut first = socket(&app, ask).await;
    until(&mut first, "HTTP/1.1 200").await;
    let mut second = socket(&app, ask).await;
    let nothing = timeout(SHORT, second.read_u8()).await;
    assert!(nothing.is_err(), "it has no place yet");
    drop(first);
    until(&mut second, "TTP/1.1 200").await;
}

#[tokio::test]
async fn trying_is_still_limited_by_address() {
    let rates = Rates { per_address: 1.try_into().unwrap(), ..UNLIMITED };
    let app = TestApp::start_within(&Capacity::default(), false, rates).await;
    let form = "email=a%40b.example&password=wrong+wrong";
    let mut statuses = Vec::new();
    for told in ["9.9.9.9", "8.8.8.8"] {
        let post = format!(
            "POST /sign-in HTTP/1.1\r\nHost: lumaire.localhost\r\nSec-Fetch-Site: same-origin\r\n\
             X-Forwarded-For: {told}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{form}",
            form.len()
        );
        let mut socket = socket_from("127.0.0.2", &app, &post).await;
        statuses.push(rest(&mut socket).await.get(9..12).unwrap_or_default().to_owned());
    }
    assert_eq!(statuses, ["422", "429"], "nobody's word is taken for where it comes from");
}
