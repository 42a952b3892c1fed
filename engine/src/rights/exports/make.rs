//! Making an export.

use std::time::Duration;

use domain::holds::Act;
use domain::identifiers::{Language, Slug};
use domain::requests::State;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::archive::Archive;
use super::read::chunk_place;
use super::table::Table;
use crate::data::holds;
use crate::data::records::{Cursor, Holding, Opened, Overview, open_page, overview_in_full};
use crate::data::stripe::{self, Entry, Seen};
use crate::engine::Engine;
use crate::platform::audit;
use crate::platform::failure::Failure;
use crate::platform::jobs::{Job, Lane, With};
use crate::platform::keyring::{DataKey, EXPORT};
use crate::platform::scope::Scope;
use crate::platform::storage::{export_chunks, exports, records, requests as requests_table};
use crate::presenter::Presenter;
use crate::rights::requests;

/// How many records are in memory at a time, at most.
const PAGE: u64 = 500;
/// How many bytes of the ZIP go into one sealed chunk, at least.
const CHUNK: usize = 256 * 1024;

/// Makes an export.
#[derive(Serialize, Deserialize)]
pub(crate) struct MakeExport(pub Uuid);

impl Job for MakeExport {
    const NAME: &'static str = "make-export";
    const LANE: Lane = Lane::Exports;
    const LIMIT: Duration = Duration::from_secs(3600);

    async fn run(self, with: With<'_>) -> Result<(), Failure> {
        make(with.engine, with.scope, with.presenter, self.0).await
    }
}

/// Makes an export and closes its request. Killed anywhere, it begins again with
/// the first chunk; made already, or gone, there is nothing to do.
async fn make(
    engine: &Engine,
    scope: &Scope,
    presenter: &dyn Presenter,
    export: Uuid,
) -> Result<(), Failure> {
    let tx = engine.tenant(scope.portal()?).read().await?;
    let row = tx
        .one(exports::Entity::find().filter(exports::Column::Id.eq(export)))
        .await?
        .filter(|row| row.state == "making");
    let Some(row) = row else { return Ok(()) };
    let Some(key) = engine.keyring.one(&tx, export, EXPORT).await? else { return Ok(()) };
    if holds::blocks(&tx, scope.now, row.subject_id, None, Act::Disclosure).await?.is_some() {
        // Their erasure is under way, and takes it along.
        return Ok(());
    }
    drop(tx);
    let Some(overview) = overview_in_full(engine, scope, row.subject_id).await? else {
        return Ok(());
    };
    let seen = stripe::last_seen(engine, scope, row.subject_id).await?;
    let language: Language = row.language.parse().map_err(Failure::corrupt)?;

    let maker = Maker { engine, scope, presenter, key, export, overview, seen, language };
    maker.begin().await?;
    let size = maker.write().await?;
    maker.finish(row.request_id, size).await
}

struct Maker<'a> {
    engine: &'a Engine,
    scope: &'a Scope,
    presenter: &'a dyn Presenter,
    key: DataKey,
    export: Uuid,
    overview: Overview,
    seen: Option<Seen>,
    language: Language,
}

/// Where the writing stands.
struct Progress {
    archive: Archive,
    chunks: i64,
    size: i64,
    done: i64,
}

impl Maker<'_> {
    /// Forgets what an earlier attempt has left.
    async fn begin(&self) -> Result<(), Failure> {
        let tx = self.engine.tenant(self.scope.portal()?).write().await?;
        tx.delete(
            export_chunks::Entity::delete_many()
                .filter(export_chunks::Column::ExportId.eq(self.export)),
        )
        .await?;
        let readable = self.readable().map(|holding| holding.own.amount).sum::<u64>();
        let readable = i64::try_from(readable).unwrap_or(i64::MAX);
        tx.update(
            exports::Entity::update_many()
                // Every record is written three times: page, JSON and CSV.
                .col_expr(exports::Column::Total, Expr::value(readable.saturating_mul(3)))
                .col_expr(exports::Column::Done, Expr::value(0))
                .filter(exports::Column::Id.eq(self.export)),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn write(&self) -> Result<i64, Failure> {
        let made = self.scope.civil(self.scope.now);
        let archive = Archive::new(made, self.may_be_huge().await?);
        let mut at = Progress { archive, chunks: 0, size: 0, done: 0 };
        self.write_page(&mut at).await?;
        for holding in self.readable().filter(|holding| holding.own.amount > 0) {
            let table = self.write_json(&mut at, holding).await?;
            self.write_csv(&mut at, holding, &table).await?;
        }
        self.write_stripe(&mut at)?;
        self.write_manifest(&mut at)?;
        let Progress { archive, chunks, size, done } = at;
        let last = archive.finish()?;
        let size = size + last.len() as i64;
        self.store(chunks, last, done).await?;
        Ok(size)
    }

    /// The readable answer, for people.
    async fn write_page(&self, at: &mut Progress) -> Result<(), Failure> {
        let made_on = self.scope.today();
        at.archive.begin("index.html")?;
        let head = self.presenter.head(&self.overview, self.language, made_on);
        at.archive.add(head.as_bytes())?;
        for holding in self.readable() {
            let open = self.presenter.open_category(&self.overview, holding, self.language);
            at.archive.add(open.as_bytes())?;
            let mut after = None;
            while let Some(page) = self.page(holding, &mut after).await? {
                let rows = self.presenter.records(&page, self.language);
                at.archive.add(rows.as_bytes())?;
                self.drain(at, page.len()).await?;
            }
            at.archive.add(self.presenter.close_category().as_bytes())?;
        }
        if let Some(seen) = &self.seen {
            let section = self.presenter.at_stripe(seen, self.language, &self.scope.zone);
            at.archive.add(section.as_bytes())?;
        }
        at.archive.add(self.presenter.tail(self.language).as_bytes())?;
        at.archive.end();
        Ok(())
    }

    /// Whether a file may become larger than 4 GiB: by what is sealed, of which a page
    /// makes up to a hundred times as much.
    async fn may_be_huge(&self) -> Result<bool, Failure> {
        #[derive(FromQueryResult)]
        struct Sum {
            bytes: i64,
        }
        let bytes = Expr::cust("cast(coalesce(sum(length(sealed)), 0) as bigint)");
        let query = records::Entity::find()
            .filter(records::Column::SubjectId.eq(self.overview.subject))
            .select_only()
            .expr_as(bytes, "bytes");
        let tx = self.engine.tenant(self.scope.portal()?).read().await?;
        let sum: i64 = tx.rows::<_, Sum>(query).await?.iter().map(|sum| sum.bytes).sum();
        Ok(sum.saturating_mul(100) > i64::from(u32::MAX))
    }

    /// For machines: one JSON array per category. The answer knows the columns of its
    /// table.
    async fn write_json(&self, at: &mut Progress, holding: &Holding) -> Result<Table, Failure> {
        let mut table = Table::new(self.language);
        at.archive.begin(&format!("json/{}.json", holding.category))?;
        let (mut before, mut after) = ("[\n", None);
        while let Some(page) = self.page(holding, &mut after).await? {
            for record in &page {
                at.archive.add(before.as_bytes())?;
                let line = serde_json::to_vec(&as_json(record)).map_err(Failure::corrupt)?;
                at.archive.add(&line)?;
                table.see(record);
                before = ",\n";
            }
            self.drain(at, page.len()).await?;
        }
        at.archive.add(if before == "[\n" { b"[]\n" } else { b"\n]\n" })?;
        at.archive.end();
        Ok(table)
    }

    /// For spreadsheets: one CSV per category.
    async fn write_csv(
        &self,
        at: &mut Progress,
        holding: &Holding,
        table: &Table,
    ) -> Result<(), Failure> {
        at.archive.begin(&format!("csv/{}.csv", holding.category))?;
        at.archive.add(&table.heading()?)?;
        let mut after = None;
        while let Some(page) = self.page(holding, &mut after).await? {
            for record in &page {
                at.archive.add(&table.row(record)?)?;
            }
            self.drain(at, page.len()).await?;
        }
        at.archive.end();
        Ok(())
    }

    /// What was last seen at Stripe, where anything was.
    fn write_stripe(&self, at: &mut Progress) -> Result<(), Failure> {
        let Some(Seen { picture, as_of }) = &self.seen else { return Ok(()) };
        let entries = |entries: &[Entry]| entries.iter().map(entry_as_json).collect::<Vec<_>>();
        let seen = json!({
            "as-of": jiff::Timestamp::from(*as_of).to_string(),
            "customer": picture.customer,
            "deleted": picture.deleted,
            "payments": entries(&picture.payments),
            "subscriptions": entries(&picture.subscriptions),
            "invoices": entries(&picture.invoices),
            "more": picture.more,
        });
        // Beside the folder of categories, one of which may have any name.
        at.archive.begin("stripe.json")?;
        at.archive.add(&serde_json::to_vec_pretty(&seen).map_err(Failure::corrupt)?)?;
        at.archive.end();
        Ok(())
    }

    /// Every file with its hash, and every category of the policy and of what is held:
    /// also those in which nothing is, and those that are not in the files and why.
    fn write_manifest(&self, at: &mut Progress) -> Result<(), Failure> {
        at.archive.begin("json/schema.json")?;
        let schema = serde_json::to_vec_pretty(&record_schema()).map_err(Failure::corrupt)?;
        at.archive.add(&schema)?;
        at.archive.end();
        let document = &self.overview.version.document;
        let declared = document.facts.categories.iter().map(|category| {
            let holding = self.overview.holding(&category.id).cloned().unwrap_or_default();
            stands(category.id.as_str(), category.linked, &holding)
        });
        let undeclared = self
            .overview
            .holdings
            .iter()
            .filter(|held| document.facts.categories.iter().all(|c| c.id.as_str() != held.category))
            .map(|held| stands(&held.category, true, held));
        let categories: Vec<_> = declared.chain(undeclared).collect();
        let manifest = json!({
            "format": "candor-export-1",
            "company": document.controller.name,
            "policy-version": self.overview.version.number,
            "made-on": self.scope.today().to_string(),
            "language": self.language.tag(),
            "tables": Table::new(self.language).about(),
            "categories": categories,
            "files": at.archive.entries(),
        });
        at.archive.begin("manifest.json")?;
        let manifest = serde_json::to_vec_pretty(&manifest).map_err(Failure::corrupt)?;
        at.archive.add(&manifest)?;
        at.archive.end();
        Ok(())
    }

    /// What is held by the company itself, and so has its place on the page. What is
    /// about others too waits for a look, and is in no file.
    fn readable(&self) -> impl Iterator<Item = &Holding> {
        self.overview.holdings.iter().filter(|holding| holding.of_company().amount > 0)
    }

    async fn page(
        &self,
        holding: &Holding,
        after: &mut Option<Cursor>,
    ) -> Result<Option<Vec<Opened>>, Failure> {
        let category: Slug = holding.category.parse().map_err(Failure::corrupt)?;
        let subject = self.overview.subject;
        let page = open_page(self.engine, self.scope, subject, &category, *after, PAGE).await?;
        *after = page.last().map(Cursor::after).or(*after);
        Ok((!page.is_empty()).then_some(page))
    }

    /// Seals and stores what the ZIP has given out, once it is enough.
    async fn drain(&self, at: &mut Progress, records: usize) -> Result<(), Failure> {
        at.done += records as i64;
        if let Some(bytes) = at.archive.take(CHUNK) {
            at.size += bytes.len() as i64;
            self.store(at.chunks, bytes, at.done).await?;
            at.chunks += 1;
        }
        Ok(())
    }

    async fn store(&self, number: i64, bytes: Vec<u8>, done: i64) -> Result<(), Failure> {
        let place = chunk_place(self.scope.tenant, self.export, number);
        let sealed = self.key.seal(place, &bytes).map_err(|e| Failure::Keyring(e.into()))?;
        let tx = self.engine.tenant(self.scope.portal()?).write().await?;
        tx.insert(export_chunks::ActiveModel {
            export_id: Set(self.export),
            number: Set(number),
            sealed: Set(sealed),
            ..Default::default()
        })
        .await?;
        tx.update(
            exports::Entity::update_many()
                .col_expr(exports::Column::Done, Expr::value(done))
                .filter(exports::Column::Id.eq(self.export)),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn finish(&self, request: Uuid, size: i64) -> Result<(), Failure> {
        let tx = self.engine.tenant(self.scope.portal()?).write().await?;
        tx.update(
            exports::Entity::update_many()
                .col_expr(exports::Column::State, Expr::value("ready"))
                .col_expr(exports::Column::Size, Expr::value(size))
                .col_expr(exports::Column::Done, Expr::col(exports::Column::Total))
                .filter(exports::Column::Id.eq(self.export)),
        )
        .await?;
        let open = tx
            .one(requests_table::Entity::find().filter(requests_table::Column::Id.eq(request)))
            .await?
            .is_some_and(|row| row.closed_at.is_none());
        if open {
            requests::step(&tx, self.scope, request, State::Fulfilled).await?;
        }
        let what = json!({ "request": request, "policy": self.overview.version.number });
        audit::enter(&tx, self.scope, "data.disclosed", self.overview.subject, what).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// How a category stands in the manifest: what its file holds, what waits for a look
/// and what an organisation answers for add up to all that is held.
fn stands(category: &str, linked: bool, holding: &Holding) -> serde_json::Value {
    let Holding { own, shared, on_behalf, .. } = holding;
    let state = match (own.amount, shared.amount, on_behalf.amount) {
        (0, 0, 0) if !linked => "not linked to a person",
        (0, 0, 0) => "nothing held",
        (0, 0, _) => "held on behalf of an organisation, which answers for it",
        (0, _, _) => "about others too: a person looks at it first",
        _ => "included",
    };
    json!({
        "category": category,
        "records": own.amount,
        "about-others-too": shared.amount,
        "on-behalf-of-an-organisation": on_behalf.amount,
        "state": state,
    })
}

fn as_json(record: &Opened) -> serde_json::Value {
    json!({
        "id": record.source_id,
        "kind": record.kind,
        "date": record.on.to_string(),
        "source": record.source,
        "recorded-at": jiff::Timestamp::from(record.recorded_at).to_string(),
        "data": record.data,
    })
}

fn entry_as_json(entry: &Entry) -> serde_json::Value {
    json!({
        "reference": entry.reference,
        "amount": entry.amount,
        "currency": entry.currency,
        "at": jiff::Timestamp::from(entry.at).to_string(),
        "state": entry.state,
    })
}

/// The JSON Schema of a category's file.
fn record_schema() -> serde_json::Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Records of one category",
        "type": "array",
        "items": {
            "type": "object",
            "required": ["id", "kind", "date", "source", "recorded-at", "data"],
            "properties": {
                "id": { "type": "string", "description": "The source's own id" },
                "kind": { "type": "string", "description": "What the data looks like" },
                "date": { "type": "string", "format": "date", "description": "The record's own date" },
                "source": { "type": "string", "description": "Where it came from" },
                "recorded-at": { "type": "string", "format": "date-time", "description": "When the portal was told of it" },
                "data": { "type": "object", "description": "The data, by field" },
            },
            "additionalProperties": false,
        },
    })
}
