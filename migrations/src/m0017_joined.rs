//! Two people who turned out to be one.

use crate::written;

written!(
    "Whose data somebody's was joined with.",
    "m0017_joined",
    [
        // The row of whoever was joined stays, without anything that says who it was but
        // the hash of the tenant's own id: by that their systems go on speaking of the
        // person. Nodes of the version before take it for erased.
        "alter table subjects add column joined_into {uuid}",
        "create index subjects_joined on subjects (tenant_id, joined_into)
            where joined_into is not null",
    ]
);
