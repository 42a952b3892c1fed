//! The queue of jobs of all tenants.
//!
//! Every question asks by kind first, since that is how the indexes begin: a kind
//! that a node does not know costs it nothing, however much of it waits.

use domain::identifiers::TenantId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, Statement, Value};

use super::Across;
use crate::platform::storage::{Timestamp, jobs};

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// A kind of job.
    pub kind: &'static str,
    /// The newest format of it that is understood.
    pub format: i64,
}

/// A job that somebody could begin.
#[derive(Debug, Clone)]
pub struct Due {
    /// Its kind.
    pub kind: String,
    /// Whose it is.
    pub tenant: TenantId,
    /// Since when it is due.
    pub run_at: Timestamp,
}

/// A job that this process has claimed, and whose it is.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The tenant.
    pub tenant: TenantId,
    /// The job.
    pub job: jobs::Model,
}

/// Jobs of a tenant that fail again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failing {
    /// Whose they are.
    pub tenant: TenantId,
    /// Their kind.
    pub kind: String,
    /// How many they are.
    pub jobs: i64,
    /// How often the worst of them has failed.
    pub failures: i64,
    /// The name of what was wrong with one of them.
    pub trouble: String,
}

#[derive(FromQueryResult)]
struct Row {
    kind: String,
    tenant_id: i64,
    run_at: Option<Timestamp>,
}

impl Across {
    /// The jobs of each kind that have been due longest, at most `most` of each.
    pub async fn due(
        &self,
        wanted: &[Wanted],
        now: Timestamp,
        most: u64,
    ) -> Result<Vec<Due>, DbErr> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let each = wanted.iter().enumerate().map(|(number, Wanted { format, .. })| {
            let kind = number + 2;
            format!(
                "select * from (select kind, tenant_id, run_at from jobs where kind = ?{kind} \
                 and run_at <= ?1 and claimed_until <= ?1 and format <= {format} \
                 order by run_at limit {most}) as kind_{number}"
            )
        });
        let sql = each.collect::<Vec<_>>().join(" union all ");
        let kinds = wanted.iter().map(|wanted| wanted.kind.into());
        self.look(&sql, std::iter::once(now.into()).chain(kinds)).await
    }

    /// The job of every tenant that has been due longest, of one kind. From one
    /// tenant to the next by the index, so that it does not matter how many jobs
    /// each of them has.
    pub async fn each_due(&self, wanted: Wanted, now: Timestamp) -> Result<Vec<Due>, DbErr> {
        let sql = "with recursive holders (tenant_id) as ( \
               select min(tenant_id) from jobs where kind = ?2 \
               union all \
               select (select min(jobs.tenant_id) from jobs \
                 where kind = ?2 and jobs.tenant_id > holders.tenant_id) \
               from holders where holders.tenant_id is not null) \
             select cast(?2 as text) as kind, tenant_id, (select run_at from jobs \
               where kind = ?2 and jobs.tenant_id = holders.tenant_id and run_at <= ?1 \
               and claimed_until <= ?1 and format <= ?3 order by run_at, id limit 1) as run_at \
             from holders where tenant_id is not null";
        self.look(sql, [now.into(), wanted.kind.into(), wanted.format.into()]).await
    }

    async fn look(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<Due>, DbErr> {
        let rows =
            Row::find_by_statement(self.numbered(sql, values)).all(self.connection()).await?;
        let due = |row: Row| {
            row.run_at.map(|run_at| Due { kind: row.kind, tenant: TenantId(row.tenant_id), run_at })
        };
        Ok(rows.into_iter().filter_map(due).collect())
    }

    /// Claims the job of that kind for which a tenant has waited longest, so that
    /// no other worker has it until `until`.
    pub async fn claim(
        &self,
        wanted: Wanted,
        tenant: TenantId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Claimed>, DbErr> {
        let backend = self.connection().get_database_backend();
        let (skip, _turn) = match backend {
            DbBackend::Sqlite => ("", Some(self.writers.lock().await)),
            _ => ("for update skip locked", None),
        };
        let sql = format!(
            "update jobs set claimed_until = ?1, attempts = attempts + 1 \
             where (tenant_id, id) = (select tenant_id, id from jobs \
               where kind = ?3 and tenant_id = ?4 and run_at <= ?2 \
               and claimed_until <= ?2 and format <= ?5 \
               order by run_at, id limit 1 {skip}) returning *"
        );
        let values =
            [until.into(), now.into(), wanted.kind.into(), tenant.0.into(), wanted.format.into()];
        let claimed = jobs::Entity::find()
            .from_raw_sql(self.numbered(&sql, values))
            .one(self.connection())
            .await?;
        Ok(claimed.map(|job| Claimed { tenant: TenantId(job.tenant_id), job }))
    }

    /// Every kind of which there are jobs, from one to the next by the index.
    pub async fn job_kinds(&self) -> Result<Vec<String>, DbErr> {
        let sql = "with recursive kinds (kind) as ( \
               select min(kind) from jobs \
               union all \
               select (select min(jobs.kind) from jobs where jobs.kind > kinds.kind) \
               from kinds where kinds.kind is not null) \
             select kind from kinds where kind is not null";
        let rows = self.connection().query_all_raw(self.numbered(sql, [])).await?;
        rows.iter().map(|row| row.try_get_by_index(0)).collect()
    }

    /// The newest format of each kind of which there are jobs. Reads all of them.
    pub async fn job_formats(&self) -> Result<Vec<(String, i64)>, DbErr> {
        let sql = "select kind, max(format) from jobs group by kind";
        let rows = self.connection().query_all_raw(self.numbered(sql, [])).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    /// How many jobs there are, by kind.
    pub async fn waiting_jobs(&self) -> Result<Vec<(String, i64)>, DbErr> {
        let connection = self.connection();
        let count = "select kind, count(*) from jobs group by kind";
        let count = Statement::from_string(connection.get_database_backend(), count);
        let rows = connection.query_all_raw(count).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    /// The jobs that have failed so often, by tenant and kind, but for those that wait
    /// for somebody. Reads all of them.
    pub async fn failing_jobs(&self, failures: i64) -> Result<Vec<Failing>, DbErr> {
        let sql = "select tenant_id, kind, count(*), max(failures), max(trouble) from jobs \
             where failures >= ?1 and trouble <> 'waits' group by tenant_id, kind order by tenant_id, kind";
        let rows = self.connection().query_all_raw(self.numbered(sql, [failures.into()])).await?;
        let read = |row: &sea_orm::QueryResult| {
            Ok(Failing {
                tenant: TenantId(row.try_get_by_index(0)?),
                kind: row.try_get_by_index(1)?,
                jobs: row.try_get_by_index(2)?,
                failures: row.try_get_by_index(3)?,
                trouble: row.try_get_by_index::<Option<String>>(4)?.unwrap_or_default(),
            })
        };
        rows.iter().map(read).collect()
    }

    /// A statement whose values are numbered `?1`, `?2`, as the database at hand
    /// writes that.
    fn numbered(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        match self.connection().get_database_backend() {
            DbBackend::Postgres => {
                let sql = sql.replace('?', "$");
                Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
            }
            backend => Statement::from_sql_and_values(backend, sql, values),
        }
    }
}
