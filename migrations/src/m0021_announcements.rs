//! Whose publication it was, so that nodes look at that tenant alone.

crate::written!(
    "Announcements by tenant.",
    "m0021_announcements",
    [
        // How many announcements said whose they were. A node of an earlier version only
        // counts the number up, and then everything may have changed.
        "alter table generation add column named bigint not null default 0",
        // The number of the tenant's last announcement.
        "alter table tenants add column announced bigint not null default 0",
    ]
);
