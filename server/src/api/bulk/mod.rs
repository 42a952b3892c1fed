//! Many things at once, a line each.

mod counts;

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use app::portal::Portal;
use app::trouble::Trouble;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::identifiers::TenantId;
use engine::imports::{ImportError, Lines, Parsed, RawBatch, parse, take as take_lines};
use engine::keyring::Remembered;
use futures_util::{StreamExt, stream};
use tokio::io::AsyncBufRead;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{Instant, timeout_at};
use tokio_util::io::StreamReader;

use self::counts::Counts;
use super::call::Call;
use super::problem::Problem;
use crate::capacity::Capacity;
use crate::turns::{Turn, Turns};

/// How many batches are worked on at the same time, whoever's: what is read of one
/// takes many times its bytes. One that its client is still sending is not among them.
const WORKED_ON: usize = 4;
/// How many of one bulk: while one is written, the next is read.
const AT_ONCE: usize = 2;
/// How many bytes of answers wait for whoever sends everything before reading
/// anything.
const UNREAD: usize = 8_000_000;

/// What bulks may take up.
pub struct Bulks {
    turns: Arc<Turns<TenantId>>,
    working: Arc<Semaphore>,
    silence: Duration,
    in_all: Duration,
}

impl Bulks {
    /// As the operator allows.
    pub fn new(capacity: &Capacity) -> Arc<Bulks> {
        Arc::new(Bulks {
            turns: Turns::new(capacity.bulks_per_tenant.get(), 0),
            working: Arc::new(Semaphore::new(WORKED_ON)),
            silence: capacity.bulk_silence_seconds,
            in_all: capacity.bulk_seconds,
        })
    }
}

/// Takes what an import takes: people, organisations, records and events, one JSON
/// object per line.
/// Each line is answered by a line, as soon as it is done, and a last line counts. A
/// bad line does not stop the rest. Lines are taken a thousand at a time; cut off
/// half-way, send all of it again: what was taken changes nothing. Read the answer
/// while you send if you send more than 200,000 lines. A line that needs a grant that the
/// token lacks fails alone: accounts need “access”, and see what people and events need.
#[utoipa::path(post, path = "/api/v1/bulk", tag = "Bulk",
    request_body(content = String, content_type = "application/x-ndjson",
        description = "`{\"type\":\"subject\",\"id\":…}` and so on, a line each."),
    responses((status = 200, content_type = "application/x-ndjson", body = String, description =
        "`{\"line\":1,\"result\":\"created\"}` for each line, then `{\"done\":true,…}`."), super::openapi::Problems),
    security(("token" = ["write"]), ("token" = ["end"]), ("token" = ["access"])))]
pub async fn take(
    State(portal): State<Portal>,
    Extension(bulks): Extension<Arc<Bulks>>,
    call: Call,
    request: Request,
) -> Result<Response, Problem> {
    let Some(turn) = bulks.turns.try_take(call.scope.tenant) else {
        return Err(Problem::from(&Trouble::TooMany { seconds: 5 }));
    };
    let content_type = request.headers().get(header::CONTENT_TYPE);
    if content_type.is_none_or(|value| !value.as_bytes().starts_with(b"application/x-ndjson")) {
        let detail = "send a JSON object per line, as “Content-Type: application/x-ndjson”";
        return Err(Problem::new("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let (parsed, to_take) = mpsc::channel(1);
    let (answers, unread) = answers();
    let reading = Reading {
        portal: portal.clone(),
        call: call.clone(),
        bulks: Arc::clone(&bulks),
        own: Arc::new(Semaphore::new(AT_ONCE)),
        answers: answers.clone(),
    };
    tokio::spawn(reading.read(request.into_body(), parsed));
    let taking = Taking { portal, call, counts: Counts::default(), answers };
    tokio::spawn(taking.take(to_take, turn));
    let unread = stream::unfold(unread, |mut unread| async move {
        Some((Ok::<_, Infallible>(unread.next().await?), unread))
    });
    let kind = [(header::CONTENT_TYPE, "application/x-ndjson")];
    Ok((kind, Body::from_stream(unread)).into_response())
}

/// Lines that were read, until they are taken: only so many are worked on at a time,
/// and from here on nothing waits for a client.
struct Read {
    parsed: Parsed,
    _worked_on: [OwnedSemaphorePermit; 2],
}

/// The half of a bulk that waits for its client. While one batch is taken, the next
/// is read.
struct Reading {
    portal: Portal,
    call: Call,
    bulks: Arc<Bulks>,
    own: Arc<Semaphore>,
    answers: Answers,
}

impl Reading {
    async fn read(self, body: Body, batches: mpsc::Sender<Result<Read, ImportError>>) {
        let Bulks { silence, in_all, .. } = *self.bulks;
        let end = Instant::now() + in_all;
        let bytes = stream::unfold(body.into_data_stream(), move |mut body| async move {
            let until = end.min(Instant::now() + silence);
            let next = match timeout_at(until, body.next()).await {
                Ok(next) => next?.map_err(io::Error::other),
                Err(_) => Err(io::ErrorKind::TimedOut.into()),
            };
            Some((next, body))
        });
        let mut input = StreamReader::new(Box::pin(bytes));
        let mut lines = Lines::default();
        while self.answers.have_room(end).await && self.some(&mut lines, &mut input, &batches).await
        {
        }
    }

    /// Reads and hands on some lines, and says whether to go on.
    async fn some(
        &self,
        lines: &mut Lines,
        input: &mut (impl AsyncBufRead + Unpin),
        batches: &mpsc::Sender<Result<Read, ImportError>>,
    ) -> bool {
        let (raw, more) = lines.batch_async(input).await;
        let read = self.parsed(raw).await;
        if batches.send(read).await.is_err() {
            return false;
        }
        match more {
            Ok(more) => more,
            Err(error) => {
                let _ = batches.send(Err(ImportError::Read(error))).await;
                false
            }
        }
    }

    async fn parsed(&self, raw: RawBatch) -> Result<Read, ImportError> {
        let closed = |closed| ImportError::Read(io::Error::other(closed));
        let own = Arc::clone(&self.own).acquire_owned().await.map_err(closed)?;
        let all = Arc::clone(&self.bulks.working).acquire_owned().await.map_err(closed)?;
        let _worked_on = [own, all];
        let parsed = parse(&self.portal.engine, &self.call.scope, raw).await?;
        Ok(Read { parsed, _worked_on })
    }
}

/// The half of a bulk that writes to the database.
struct Taking {
    portal: Portal,
    call: Call,
    counts: Counts,
    answers: Answers,
}

impl Taking {
    async fn take(
        mut self,
        mut batches: mpsc::Receiver<Result<Read, ImportError>>,
        _turn: Turn<TenantId>,
    ) {
        let remembered = Remembered::default();
        while let Some(batch) = batches.recv().await {
            let (text, go_on) = match self.taken(batch, &remembered).await {
                Ok(text) => (text, true),
                Err(error) => (self.counts.broken(error), false),
            };
            if !self.answers.send(text) || !go_on {
                return self.tell(false);
            }
        }
        self.answers.send(self.counts.done());
        self.tell(true);
    }

    /// One line in the log for each bulk.
    fn tell(&self, whole: bool) {
        let tenant = self.portal.engine.directory.tenant(self.call.scope.tenant);
        let tenant = tenant.as_ref().map_or("", |tenant| tenant.slug.as_str());
        let Counts { created, updated, unchanged, refused } = self.counts;
        tracing::info!(tenant, whole, created, updated, unchanged, refused, "a bulk was taken");
    }

    async fn taken(
        &mut self,
        batch: Result<Read, ImportError>,
        remembered: &Remembered,
    ) -> Result<String, ImportError> {
        let Read { parsed, _worked_on } = batch?;
        let outcomes =
            take_lines(&self.portal.engine, &self.call.scope, parsed, remembered).await?;
        Ok(self.counts.told(outcomes))
    }
}

/// Where answers go, and how many bytes of them wait to be read.
#[derive(Clone)]
struct Answers {
    send: mpsc::UnboundedSender<Bytes>,
    waiting: watch::Sender<usize>,
}

/// Where they come out.
struct Unread {
    receive: mpsc::UnboundedReceiver<Bytes>,
    waiting: watch::Sender<usize>,
}

fn answers() -> (Answers, Unread) {
    let (send, receive) = mpsc::unbounded_channel();
    let waiting = watch::Sender::new(0);
    (Answers { send, waiting: waiting.clone() }, Unread { receive, waiting })
}

impl Answers {
    /// Whether another batch may be read: waits while very many answers are unread. To
    /// send one waits for nobody, so that what is worked on never does.
    async fn have_room(&self, end: Instant) -> bool {
        let mut waiting = self.waiting.subscribe();
        let room = waiting.wait_for(|waiting| *waiting < UNREAD);
        tokio::select! {
            room = timeout_at(end, room) => matches!(room, Ok(Ok(_))),
            () = self.send.closed() => false,
        }
    }

    /// Says whether anybody still reads them.
    fn send(&self, text: String) -> bool {
        self.waiting.send_modify(|waiting| *waiting += text.len());
        self.send.send(text.into()).is_ok()
    }
}

impl Unread {
    async fn next(&mut self) -> Option<Bytes> {
        let next = self.receive.recv().await?;
        self.waiting.send_modify(|waiting| *waiting = waiting.saturating_sub(next.len()));
        Some(next)
    }
}
