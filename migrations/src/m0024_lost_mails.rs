//! A way to the mails that were given up, that does not lead past all else that was done.

crate::written!(
    "An index of mails that were given up.",
    "m0024_lost_mails",
    ["create index audit_entries_of_lost_mails on audit_entries (tenant_id, at)
            where action = 'mail.given-up'",]
);
