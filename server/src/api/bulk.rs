//! Many things at once, a line each.

use std::io::BufReader;
use std::time::Duration;

use app::pages::errors::Trouble;
use app::portal::Portal;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::imports::{
    BATCH, BATCH_BYTES, ImportError, Outcome, RawLine, parse, read_line, take as take_lines,
};
use engine::keyring::Remembered;
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, mpsc};
use tokio_util::io::{StreamReader, SyncIoBridge};

use super::call::Call;
use super::problem::Problem;

/// How many are taken at the same time: each has a thread that reads it.
static AT_ONCE: Semaphore = Semaphore::const_new(4);
/// How long the next bytes may take.
const SILENCE: Duration = Duration::from_secs(30);
/// How many batches of answers wait for whoever sends everything before reading
/// anything: with a thousand lines each, a quarter of a million.
const UNREAD: usize = 256;

/// Takes what an import takes: people, organisations, records and events, one JSON
/// object per line.
/// Each line is answered by a line, as soon as it is done, and a last line counts. A
/// bad line does not stop the rest. Lines are taken a thousand at a time; cut off
/// half-way, send all of it again: what was taken changes nothing. Read the answer
/// while you send if you send more than 200,000 lines.
#[utoipa::path(post, path = "/api/v1/bulk", tag = "Bulk",
    request_body(content = String, content_type = "application/x-ndjson",
        description = "`{\"type\":\"subject\",\"id\":…}` and so on, a line each."),
    responses((status = 200, content_type = "application/x-ndjson", body = String, description =
        "`{\"line\":1,\"result\":\"created\"}` for each line, then `{\"done\":true,…}`."), super::openapi::Problems),
    security(("token" = ["write"])))]
pub async fn take(
    State(portal): State<Portal>,
    call: Call,
    request: Request,
) -> Result<Response, Problem> {
    let Ok(turn) = AT_ONCE.try_acquire() else {
        return Err(Problem::from(&Trouble::TooMany { seconds: 5 }));
    };
    let content_type = request.headers().get(header::CONTENT_TYPE);
    if content_type.is_none_or(|value| !value.as_bytes().starts_with(b"application/x-ndjson")) {
        let detail = "send a JSON object per line, as “Content-Type: application/x-ndjson”";
        return Err(Problem::new("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let (batches, mut read) = mpsc::channel(1);
    let (answers, unread) = mpsc::channel::<Bytes>(UNREAD);
    let body = request.into_body();
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || {
        let bytes = stream::unfold(body.into_data_stream(), |mut body| async move {
            let next = tokio::time::timeout(SILENCE, body.next()).await;
            next.ok().flatten().map(|chunk| (chunk, body))
        });
        let bytes = StreamReader::new(Box::pin(bytes.map_err(std::io::Error::other)));
        send_batches(BufReader::new(SyncIoBridge::new_with_handle(bytes, runtime)), &batches);
    });
    let (parsed, mut to_take) = mpsc::channel(1);
    let (engine, scope) = (portal.engine.clone(), call.scope.clone());
    tokio::spawn(async move {
        while let Some(batch) = read.recv().await {
            let batch = match batch {
                Ok(lines) => parse(&engine, &scope, lines).await,
                Err(error) => Err(ImportError::Read(error)),
            };
            if parsed.send(batch).await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(async move {
        let _turn = turn;
        let mut counts = Counts::default();
        let remembered = Remembered::default();
        while let Some(batch) = to_take.recv().await {
            let answered = match batch {
                Ok(batch) => take_lines(&portal.engine, &call.scope, batch, &remembered).await,
                Err(error) => Err(error),
            };
            let (text, go_on) = match answered {
                Ok(outcomes) => (counts.told(outcomes), true),
                Err(error) => (counts.broken(error), false),
            };
            if answers.send(text.into()).await.is_err() || !go_on {
                return;
            }
        }
        let _ = answers.send(counts.done().into()).await;
    });
    let unread = stream::unfold(unread, |mut unread| async move {
        unread.recv().await.map(|text| (Ok::<_, std::convert::Infallible>(text), unread))
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::from_stream(unread)).into_response())
}

type Batch = std::io::Result<Vec<(u64, RawLine)>>;

/// Reads lines and hands them on, as many at a time as go into one transaction.
fn send_batches(mut input: impl std::io::BufRead, batches: &mpsc::Sender<Batch>) {
    let mut number = 0;
    loop {
        let mut lines = Vec::new();
        let mut bytes = 0;
        let ended = loop {
            match read_line(&mut input) {
                Ok(Some((line, length))) => {
                    number += 1;
                    bytes += length;
                    lines.push((number, line));
                }
                Ok(None) => break true,
                Err(error) => {
                    let _ = batches.blocking_send(Ok(lines));
                    let _ = batches.blocking_send(Err(error));
                    return;
                }
            }
            if lines.len() >= BATCH || bytes >= BATCH_BYTES {
                break false;
            }
        };
        if (!lines.is_empty() && batches.blocking_send(Ok(lines)).is_err()) || ended {
            return;
        }
    }
}

#[derive(Default)]
struct Counts {
    created: u64,
    updated: u64,
    unchanged: u64,
    refused: u64,
}

impl Counts {
    fn told(&mut self, outcomes: Vec<(u64, Outcome)>) -> String {
        let mut text = String::new();
        for (line, outcome) in outcomes {
            let told = match outcome {
                Outcome::Created => {
                    self.created += 1;
                    json!({ "line": line, "result": "created" })
                }
                Outcome::Updated => {
                    self.updated += 1;
                    json!({ "line": line, "result": "updated" })
                }
                Outcome::Unchanged => {
                    self.unchanged += 1;
                    json!({ "line": line, "result": "unchanged" })
                }
                Outcome::Superseded => json!({ "line": line, "result": "superseded" }),
                Outcome::Refused(reason) => {
                    self.refused += 1;
                    let problem = Problem::from(&reason);
                    json!({ "line": line, "result": "refused", "problem": problem })
                }
            };
            push(&mut text, &told);
        }
        text
    }

    fn done(&self) -> String {
        self.last(true, None)
    }

    fn broken(&self, error: ImportError) -> String {
        let problem = match error {
            ImportError::Read(_) => Problem::malformed("the request was cut off: send it again"),
            other => Problem::from(engine::ingest::IngestError::from(other)),
        };
        self.last(false, Some(problem))
    }

    fn last(&self, done: bool, problem: Option<Problem>) -> String {
        let mut text = String::new();
        let mut last = json!({
            "done": done,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
        });
        if let (Some(problem), Some(last)) = (problem, last.as_object_mut()) {
            last.insert("problem".to_owned(), json!(problem));
        }
        push(&mut text, &last);
        text
    }
}

fn push(text: &mut String, line: &Value) {
    text.push_str(&line.to_string());
    text.push('\n');
}
