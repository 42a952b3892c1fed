//! A Stripe of our own on a loopback port, for its failures: what it answers
//! when all is well is tested at `localstripe` (`end2end/stripe.ts`).

use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const KEY: &str = "rk_test_good";

/// What it holds, and how it behaves.
pub struct Holds {
    /// Customers, whole.
    pub customers: Vec<Value>,
    /// Payment intents, subscriptions and invoices, whole.
    pub payments: Vec<Value>,
    pub subscriptions: Vec<Value>,
    pub invoices: Vec<Value>,
    /// Answered in place of everything.
    pub fault: Fault,
    /// What the key may not read.
    pub forbidden: &'static str,
    /// The paths that were asked, with their queries.
    pub asked: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    Status(u16),
    /// It takes the request and never answers.
    Silence,
    /// It sends whoever asks elsewhere.
    Redirect,
    Garbage,
}

pub struct Peer {
    pub url: String,
    holds: Arc<Mutex<Holds>>,
}

impl Peer {
    /// With Ada as a customer, who has paid once and has subscribed once.
    pub async fn start() -> Peer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let card = json!({ "card": { "brand": "visa", "last4": "4242", "number": "4242424242424242",
            "cvc": "737", "exp_month": 12, "exp_year": 2031 } });
        let holds = Arc::new(Mutex::new(Holds {
            customers: vec![
                json!({ "id": "cus_ada", "object": "customer", "email": "ada@example.org",
                "name": "Ada 4242424242424242", "default_source": card }),
            ],
            payments: vec![
                json!({ "id": "pi_1", "object": "payment_intent", "customer": "cus_ada",
                "amount": 4900, "currency": "eur", "created": 1_795_000_000, "status": "succeeded",
                "payment_method": card, "last_payment_error": null }),
            ],
            subscriptions: vec![json!({ "id": "sub_1", "customer": "cus_ada", "status": "active",
                "created": 1_794_000_000, "default_payment_method": card,
                "items": { "data": [{ "quantity": 1,
                    "price": { "unit_amount": 900, "currency": "eur" } }] } })],
            invoices: vec![json!({ "id": "in_1", "customer": "cus_ada", "status": "paid",
                "created": 1_794_000_000, "total": 900, "currency": "eur", "payment_settings": card })],
            fault: Fault::None,
            forbidden: "",
            asked: Vec::new(),
        }));
        let shared = Arc::clone(&holds);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Peer { url, holds }
    }

    pub fn holds(&self) -> MutexGuard<'_, Holds> {
        self.holds.lock().unwrap()
    }
}

async fn serve(mut stream: TcpStream, holds: Arc<Mutex<Holds>>) -> Option<()> {
    let mut bytes = Vec::new();
    let head = loop {
        let mut some = [0; 4096];
        let read = stream.read(&mut some).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&some[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            break head.to_owned();
        }
    };
    let fault = holds.lock().unwrap().fault;
    let (status, more, body) = match fault {
        Fault::Silence => std::future::pending().await,
        Fault::Status(status) => (status, String::new(), json!({ "error": {} }).to_string()),
        Fault::Redirect => (302, "location: /v1/elsewhere\r\n".to_owned(), String::new()),
        Fault::Garbage => (200, String::new(), "<html>".to_owned()),
        Fault::None => {
            let (status, body) = answer(&mut holds.lock().unwrap(), &head);
            (status, String::new(), body.to_string())
        }
    };
    let whole = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(whole.as_bytes()).await.ok()
}

fn answer(holds: &mut Holds, head: &str) -> (u16, Value) {
    assert!(head.starts_with("GET "), "the portal only reads: {head}");
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let head = head.to_lowercase();
    assert!(head.contains("\r\nstripe-version: 20"), "{head}");
    if !head.contains(&format!("\r\nauthorization: bearer {KEY}")) {
        return (401, json!({}));
    }
    holds.asked.push(path.clone());
    if !holds.forbidden.is_empty() && path.contains(holds.forbidden) {
        return (403, json!({}));
    }
    let url = reqwest::Url::parse(&format!("http://x{path}")).unwrap();
    let sent = |name: &str| {
        url.query_pairs().find(|(field, _)| field == name).map(|(_, value)| value.into_owned())
    };
    let list = |all: &[Value], field: &str| {
        let wanted = sent(if field == "email" { "email" } else { "customer" });
        let fits = |each: &&Value| {
            let own = each[field].as_str().unwrap_or_default();
            wanted.as_ref().is_none_or(|wanted| own == wanted)
        };
        let data: Vec<&Value> = all.iter().filter(fits).collect();
        (200, json!({ "object": "list", "data": data, "has_more": false }))
    };
    match url.path() {
        "/v1/customers" => list(&holds.customers, "email"),
        "/v1/payment_intents" => list(&holds.payments, "customer"),
        "/v1/subscriptions" => list(&holds.subscriptions, "customer"),
        "/v1/invoices" => list(&holds.invoices, "customer"),
        path => {
            let id = path.trim_start_matches("/v1/customers/");
            match holds.customers.iter().find(|customer| customer["id"] == id) {
                Some(customer) => (200, customer.clone()),
                None => (404, json!({})),
            }
        }
    }
}
