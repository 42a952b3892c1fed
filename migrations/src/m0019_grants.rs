//! What gives access or ends something takes a grant of its own, and another address
//! of a person waits before it counts.

use crate::written;

written!(
    "How old a token's wording is, and what a person's address is to be.",
    "m0019_grants",
    [
        // 1: `write` allows also what `end` and `access` allow now. So do tokens that a
        // node of the earlier version makes meanwhile.
        "alter table api_tokens add column wording bigint not null default 1",
        // When that ends. Set at the first start, which also writes to the company.
        "alter table api_tokens add column old_until bigint",
        // Another address, sealed; its keyed hash (empty: none any more); when it was
        // told; and when it counts, set once the earlier one was written to.
        "alter table subjects add column next_address {bytes}",
        "alter table subjects add column next_email_hash {bytes}",
        "alter table subjects add column next_counts_at bigint",
        // The hash of one that the person has said is not theirs.
        "alter table subjects add column stopped_email_hash {bytes}",
        "create index subjects_by_next_email on subjects (tenant_id, next_email_hash)",
    ]
);
