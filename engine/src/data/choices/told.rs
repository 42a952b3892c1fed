//! Consents that the company's systems have told of, as records.

use std::collections::HashMap;

use domain::consents::Consent;
use jiff::civil::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::data::records::open_all;
use crate::engine::Engine;
use crate::platform::failure::Failure;
use crate::platform::scope::Scope;
use crate::platform::storage::records;
use crate::platform::tenancy::ReadTx;

/// How many consents of a person are looked at, the newest.
const MOST: u64 = 200;

/// A consent, and the record that proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldConsent {
    /// What it says.
    pub consent: Consent,
    /// Where the record came from.
    pub source: String,
    /// The source's own id of it.
    pub record: String,
}

/// The consent that counts for each purpose, of those that the company itself holds of a
/// person alone.
pub(super) async fn told(
    engine: &Engine,
    scope: &Scope,
    tx: &ReadTx,
    subject: Uuid,
) -> Result<HashMap<String, ToldConsent>, Failure> {
    let query = records::Entity::find()
        .filter(records::Column::SubjectId.eq(subject))
        .filter(records::Column::OrganisationId.is_null())
        // Written out, so that both databases use the index of these alone.
        .filter(Expr::cust("kind = 'consent'"))
        .order_by_desc(records::Column::OccurredOn)
        .limit(MOST);
    let mut told: HashMap<String, ToldConsent> = HashMap::new();
    for (row, payload) in open_all(engine, tx, subject, tx.all(query).await?).await? {
        let read = Consent::read(&payload.data, Date::from(row.occurred_on));
        let Some(mut consent) = read else { continue };
        // Of a clock that goes before ours; what the person says here today still counts.
        consent.on = consent.on.min(scope.today());
        let known = told.get(&consent.purpose);
        if known.is_none_or(|known| consent.is_before(&known.consent)) {
            let purpose = consent.purpose.clone();
            told.insert(purpose, ToldConsent { consent, source: row.source, record: payload.id });
        }
    }
    Ok(told)
}
