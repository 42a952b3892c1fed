//! The sealed part of a record.

use domain::identifiers::TenantId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::platform::keyring::Place;
use crate::platform::storage::Format;

/// How a record is sealed. Its first format has no number, since the digests of what
/// sources say are made from the same bytes.
pub(crate) const PAYLOAD: Format = Format::first("a record");

/// What is sealed in a record: its data, and the source's own id for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    /// The source's own id.
    pub id: String,
    /// The data, by field.
    pub data: Value,
}

/// Where a record's payload belongs.
pub(crate) fn record_place(
    tenant: TenantId,
    owner: Uuid,
    category: &str,
    record: Uuid,
) -> Place<'_> {
    Place { tenant, owner, label: category, row: record, column: "records.sealed" }
}
