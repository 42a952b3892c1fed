//! A way to a person's consents that does not lead past all that is held of them.

crate::written!(
    "An index of consents.",
    "m0022_consents",
    ["create index records_of_consent on records (tenant_id, subject_id, occurred_on)
            where kind = 'consent'",]
);
