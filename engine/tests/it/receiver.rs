//! A system of the tenant's own on a loopback port, which keeps what it is told
//! and answers what a test wants.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A message that arrived.
#[derive(Debug, Clone)]
pub struct Message {
    pub path: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

impl Message {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

pub struct Receiver {
    pub url: String,
    inner: Arc<Mutex<Inner>>,
}

pub struct Inner {
    /// The status of the next answers.
    pub status: u16,
    /// Whether it takes what arrives and never answers.
    pub hangs: bool,
    pub messages: Vec<Message>,
}

impl Receiver {
    pub async fn start() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let inner = Arc::new(Mutex::new(Inner { status: 204, hangs: false, messages: Vec::new() }));
        let shared = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Receiver { url, inner }
    }

    pub fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    /// What has arrived since this was asked last.
    pub fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.inner().messages)
    }

    /// The types of what has arrived since this was asked last.
    pub fn types(&self) -> Vec<String> {
        self.take().iter().map(|it| it.json()["type"].as_str().unwrap().to_owned()).collect()
    }
}

async fn serve(mut stream: TcpStream, inner: Arc<Mutex<Inner>>) -> Option<()> {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        let mut some = [0; 4096];
        let read = stream.read(&mut some).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&some[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, _)) = text.split_once("\r\n\r\n") else { continue };
        let length = headers(head).get("content-length").map_or(0, |it| it.parse().unwrap());
        if bytes.len() >= head.len() + 4 + length {
            break (head.to_owned(), length);
        }
    };
    let body = String::from_utf8(bytes[bytes.len() - length..].to_vec()).unwrap();
    let path = head.split(' ').nth(1)?.to_owned();
    let (status, hangs) = {
        let mut inner = inner.lock().unwrap();
        inner.messages.push(Message { path, headers: headers(&head), body });
        (inner.status, inner.hangs)
    };
    if hangs {
        std::future::pending::<()>().await;
    }
    let answer = format!(
        "HTTP/1.1 {status} X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(answer.as_bytes()).await.ok()
}

fn headers(head: &str) -> HashMap<String, String> {
    head.lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}
