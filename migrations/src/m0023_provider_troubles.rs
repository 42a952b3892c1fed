//! What was wrong with what a provider has said, so that the studio can tell.

crate::written!(
    "The last trouble with a provider.",
    "m0023_provider_troubles",
    [
        // A name of what was wrong, never what was said; and when.
        "alter table providers add column trouble text",
        "alter table providers add column trouble_at bigint",
    ]
);
