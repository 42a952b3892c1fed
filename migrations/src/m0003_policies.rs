//! Policy versions.

crate::written!(
    "Policy versions: draft, published, superseded.",
    "m0003_policies",
    [
        "create table policy_versions (
            tenant_id bigint not null references tenants (tenant_id),
            number bigint not null,
            state text not null,
            document text not null,
            content_hash {bytes} not null,
            revision bigint not null,
            saved_at bigint not null,
            published_at bigint,
            primary key (tenant_id, number)
        )",
        // One draft and one version in force at a time.
        "create unique index policy_versions_alone on policy_versions (tenant_id, state)
            where state in ('draft', 'published')",
    ]
);
