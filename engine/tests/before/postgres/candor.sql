--
-- PostgreSQL database dump
--

\restrict GadwOXXU4Sww13r6zUgjzcKGatldMgPjzhb24dcV9sH1U3jELfBEfrnFo8xhq7w

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: candor_test_owner
--

-- *not* creating schema, since initdb creates it


ALTER SCHEMA public OWNER TO candor_test_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accounts; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.accounts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    role text NOT NULL,
    subject_id uuid,
    email_hash bytea NOT NULL,
    sealed_email bytea NOT NULL,
    created_at bigint NOT NULL,
    password_hash text,
    language text DEFAULT 'en'::text NOT NULL,
    sealed_totp bytea,
    totp_step bigint,
    recovery text
);

ALTER TABLE ONLY public.accounts FORCE ROW LEVEL SECURITY;


ALTER TABLE public.accounts OWNER TO candor_test_owner;

--
-- Name: anonymous_counts; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.anonymous_counts (
    tenant_id bigint NOT NULL,
    category text NOT NULL,
    kind text NOT NULL,
    month text NOT NULL,
    amount bigint NOT NULL
);

ALTER TABLE ONLY public.anonymous_counts FORCE ROW LEVEL SECURITY;


ALTER TABLE public.anonymous_counts OWNER TO candor_test_owner;

--
-- Name: api_answers; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.api_answers (
    tenant_id bigint NOT NULL,
    token_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    request_hash bytea NOT NULL,
    answer text,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.api_answers FORCE ROW LEVEL SECURITY;


ALTER TABLE public.api_answers OWNER TO candor_test_owner;

--
-- Name: api_tokens; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.api_tokens (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    name text NOT NULL,
    grants text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint
);

ALTER TABLE ONLY public.api_tokens FORCE ROW LEVEL SECURITY;


ALTER TABLE public.api_tokens OWNER TO candor_test_owner;

--
-- Name: audit_entries; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.audit_entries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    at bigint NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    target text NOT NULL,
    details text NOT NULL,
    request_id uuid NOT NULL
);

ALTER TABLE ONLY public.audit_entries FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_entries OWNER TO candor_test_owner;

--
-- Name: ceremonies; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.ceremonies (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    kind text NOT NULL,
    account_id uuid,
    sealed bytea NOT NULL,
    attempts bigint NOT NULL,
    expires_at bigint NOT NULL
);

ALTER TABLE ONLY public.ceremonies FORCE ROW LEVEL SECURITY;


ALTER TABLE public.ceremonies OWNER TO candor_test_owner;

--
-- Name: choices; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.choices (
    tenant_id bigint NOT NULL,
    subject_id uuid NOT NULL,
    purpose text NOT NULL,
    refused boolean NOT NULL,
    by_signal boolean NOT NULL,
    chosen_at bigint NOT NULL
);

ALTER TABLE ONLY public.choices FORCE ROW LEVEL SECURITY;


ALTER TABLE public.choices OWNER TO candor_test_owner;

--
-- Name: data_keys; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.data_keys (
    tenant_id bigint NOT NULL,
    owner_id uuid NOT NULL,
    label text NOT NULL,
    key_id uuid NOT NULL
);

ALTER TABLE ONLY public.data_keys FORCE ROW LEVEL SECURITY;


ALTER TABLE public.data_keys OWNER TO candor_test_owner;

--
-- Name: disclosures; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.disclosures (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    source_hash bytea NOT NULL,
    subject_id uuid NOT NULL,
    category text NOT NULL,
    recipient text NOT NULL,
    disclosed_on bigint NOT NULL,
    recorded_at bigint NOT NULL
);

ALTER TABLE ONLY public.disclosures FORCE ROW LEVEL SECURITY;


ALTER TABLE public.disclosures OWNER TO candor_test_owner;

--
-- Name: events; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.events (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    source_hash bytea NOT NULL,
    subject_id uuid,
    organisation_id uuid,
    name text NOT NULL,
    occurred_on bigint NOT NULL
);

ALTER TABLE ONLY public.events FORCE ROW LEVEL SECURITY;


ALTER TABLE public.events OWNER TO candor_test_owner;

--
-- Name: export_chunks; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.export_chunks (
    tenant_id bigint NOT NULL,
    export_id uuid NOT NULL,
    number bigint NOT NULL,
    sealed bytea NOT NULL
);

ALTER TABLE ONLY public.export_chunks FORCE ROW LEVEL SECURITY;


ALTER TABLE public.export_chunks OWNER TO candor_test_owner;

--
-- Name: exports; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.exports (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    subject_id uuid NOT NULL,
    request_id uuid NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    done bigint NOT NULL,
    total bigint NOT NULL,
    size bigint NOT NULL,
    asked_at bigint NOT NULL,
    expires_at bigint NOT NULL
);

ALTER TABLE ONLY public.exports FORCE ROW LEVEL SECURITY;


ALTER TABLE public.exports OWNER TO candor_test_owner;

--
-- Name: generation; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.generation (
    id bigint NOT NULL,
    number bigint NOT NULL,
    CONSTRAINT generation_id_check CHECK ((id = 1))
);


ALTER TABLE public.generation OWNER TO candor_test_owner;

--
-- Name: hosts; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.hosts (
    host text NOT NULL,
    tenant_id bigint NOT NULL,
    "position" bigint NOT NULL
);

ALTER TABLE ONLY public.hosts FORCE ROW LEVEL SECURITY;


ALTER TABLE public.hosts OWNER TO candor_test_owner;

--
-- Name: identities; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.identities (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    provider text NOT NULL,
    name_hash bytea NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.identities FORCE ROW LEVEL SECURITY;


ALTER TABLE public.identities OWNER TO candor_test_owner;

--
-- Name: instance; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.instance (
    id bigint NOT NULL,
    identity uuid NOT NULL,
    CONSTRAINT instance_id_check CHECK ((id = 1))
);


ALTER TABLE public.instance OWNER TO candor_test_owner;

--
-- Name: jobs; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.jobs (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    run_at bigint NOT NULL,
    claimed_until bigint NOT NULL,
    attempts bigint NOT NULL
);

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;


ALTER TABLE public.jobs OWNER TO candor_test_owner;

--
-- Name: messages; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.messages (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    reason text NOT NULL,
    record_id uuid NOT NULL,
    received_at bigint NOT NULL,
    verified_at bigint,
    request_id uuid,
    paused_subject uuid
);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;


ALTER TABLE public.messages OWNER TO candor_test_owner;

--
-- Name: organisations; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.organisations (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    source_hash bytea NOT NULL,
    sealed bytea NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.organisations FORCE ROW LEVEL SECURITY;


ALTER TABLE public.organisations OWNER TO candor_test_owner;

--
-- Name: outbox; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.outbox (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    sealed bytea NOT NULL,
    queued_at bigint NOT NULL
);

ALTER TABLE ONLY public.outbox FORCE ROW LEVEL SECURITY;


ALTER TABLE public.outbox OWNER TO candor_test_owner;

--
-- Name: passkeys; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.passkeys (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    credential_hash bytea NOT NULL,
    sealed bytea NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    used_at bigint
);

ALTER TABLE ONLY public.passkeys FORCE ROW LEVEL SECURITY;


ALTER TABLE public.passkeys OWNER TO candor_test_owner;

--
-- Name: policy_versions; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.policy_versions (
    tenant_id bigint NOT NULL,
    number bigint NOT NULL,
    state text NOT NULL,
    document text NOT NULL,
    content_hash bytea NOT NULL,
    revision bigint NOT NULL,
    saved_at bigint NOT NULL,
    published_at bigint
);

ALTER TABLE ONLY public.policy_versions FORCE ROW LEVEL SECURITY;


ALTER TABLE public.policy_versions OWNER TO candor_test_owner;

--
-- Name: proofs; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.proofs (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    purpose text NOT NULL,
    account_id uuid,
    sealed bytea NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);

ALTER TABLE ONLY public.proofs FORCE ROW LEVEL SECURITY;


ALTER TABLE public.proofs OWNER TO candor_test_owner;

--
-- Name: providers; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.providers (
    tenant_id bigint NOT NULL,
    slug text NOT NULL,
    "position" bigint NOT NULL,
    settings text NOT NULL,
    sealed_secret bytea
);

ALTER TABLE ONLY public.providers FORCE ROW LEVEL SECURITY;


ALTER TABLE public.providers OWNER TO candor_test_owner;

--
-- Name: receipt_lines; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.receipt_lines (
    tenant_id bigint NOT NULL,
    receipt_id uuid NOT NULL,
    number bigint NOT NULL,
    body text NOT NULL,
    signature bytea NOT NULL
);

ALTER TABLE ONLY public.receipt_lines FORCE ROW LEVEL SECURITY;


ALTER TABLE public.receipt_lines OWNER TO candor_test_owner;

--
-- Name: receipts; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.receipts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE ONLY public.receipts FORCE ROW LEVEL SECURITY;


ALTER TABLE public.receipts OWNER TO candor_test_owner;

--
-- Name: record_parties; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.record_parties (
    tenant_id bigint NOT NULL,
    record_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    wrapped_key bytea NOT NULL
);

ALTER TABLE ONLY public.record_parties FORCE ROW LEVEL SECURITY;


ALTER TABLE public.record_parties OWNER TO candor_test_owner;

--
-- Name: records; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.records (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    subject_id uuid,
    organisation_id uuid,
    category text NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    source_hash bytea NOT NULL,
    occurred_on bigint NOT NULL,
    recorded_at bigint NOT NULL,
    sealed bytea NOT NULL,
    digest bytea NOT NULL,
    source_digest bytea
);

ALTER TABLE ONLY public.records FORCE ROW LEVEL SECURITY;


ALTER TABLE public.records OWNER TO candor_test_owner;

--
-- Name: request_steps; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.request_steps (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    state text NOT NULL,
    at bigint NOT NULL
);

ALTER TABLE ONLY public.request_steps FORCE ROW LEVEL SECURITY;


ALTER TABLE public.request_steps OWNER TO candor_test_owner;

--
-- Name: requests; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.requests (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    reference text NOT NULL,
    subject_id uuid,
    exercised_right text NOT NULL,
    regime text NOT NULL,
    state text NOT NULL,
    policy_number bigint NOT NULL,
    received_at bigint NOT NULL,
    verified_at bigint,
    due_on bigint NOT NULL,
    closed_at bigint,
    envelope bytea
);

ALTER TABLE ONLY public.requests FORCE ROW LEVEL SECURITY;


ALTER TABLE public.requests OWNER TO candor_test_owner;

--
-- Name: seaql_migrations; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.seaql_migrations (
    version character varying NOT NULL,
    applied_at bigint NOT NULL
);


ALTER TABLE public.seaql_migrations OWNER TO candor_test_owner;

--
-- Name: sessions; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.sessions (
    tenant_id bigint NOT NULL,
    token_hash bytea NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    method text NOT NULL,
    strong boolean NOT NULL,
    browser text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    confirmed_for text,
    confirmed_at bigint,
    signal boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;


ALTER TABLE public.sessions OWNER TO candor_test_owner;

--
-- Name: stripe_connections; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.stripe_connections (
    tenant_id bigint NOT NULL,
    settings text NOT NULL,
    sealed_key bytea NOT NULL,
    sealed_secret bytea,
    sealed_previous bytea,
    connected_at bigint NOT NULL
);

ALTER TABLE ONLY public.stripe_connections FORCE ROW LEVEL SECURITY;


ALTER TABLE public.stripe_connections OWNER TO candor_test_owner;

--
-- Name: stripe_events; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.stripe_events (
    tenant_id bigint NOT NULL,
    id_hash bytea NOT NULL,
    kind text NOT NULL,
    created_at bigint NOT NULL,
    received_at bigint NOT NULL
);

ALTER TABLE ONLY public.stripe_events FORCE ROW LEVEL SECURITY;


ALTER TABLE public.stripe_events OWNER TO candor_test_owner;

--
-- Name: stripe_views; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.stripe_views (
    tenant_id bigint NOT NULL,
    subject_id uuid NOT NULL,
    category text NOT NULL,
    customer_hash bytea NOT NULL,
    sealed bytea NOT NULL,
    as_of bigint NOT NULL,
    changes bigint NOT NULL,
    seen bigint NOT NULL
);

ALTER TABLE ONLY public.stripe_views FORCE ROW LEVEL SECURITY;


ALTER TABLE public.stripe_views OWNER TO candor_test_owner;

--
-- Name: subjects; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.subjects (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    source_hash bytea NOT NULL,
    email_hash bytea,
    organisation_id uuid,
    sealed bytea,
    created_at bigint NOT NULL,
    frozen_at bigint,
    erased_at bigint,
    organisation_admin boolean DEFAULT false NOT NULL,
    paused_at bigint
);

ALTER TABLE ONLY public.subjects FORCE ROW LEVEL SECURITY;


ALTER TABLE public.subjects OWNER TO candor_test_owner;

--
-- Name: tenants; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.tenants (
    tenant_id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    tagline text NOT NULL,
    accent text NOT NULL,
    time_zone text NOT NULL,
    created_at bigint NOT NULL,
    sign_up text DEFAULT 'closed'::text NOT NULL,
    staff_factor text DEFAULT 'required'::text NOT NULL,
    suspended_at bigint
);

ALTER TABLE ONLY public.tenants FORCE ROW LEVEL SECURITY;


ALTER TABLE public.tenants OWNER TO candor_test_owner;

--
-- Name: tombstones; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.tombstones (
    tenant_id bigint NOT NULL,
    source_hash bytea NOT NULL,
    erased_at bigint NOT NULL
);

ALTER TABLE ONLY public.tombstones FORCE ROW LEVEL SECURITY;


ALTER TABLE public.tombstones OWNER TO candor_test_owner;

--
-- Name: webhook_deliveries; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.webhook_deliveries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event text NOT NULL,
    sealed bytea,
    state text NOT NULL,
    attempts bigint NOT NULL,
    created_at bigint NOT NULL,
    tried_at bigint,
    next_at bigint,
    status bigint,
    trouble text
);

ALTER TABLE ONLY public.webhook_deliveries FORCE ROW LEVEL SECURITY;


ALTER TABLE public.webhook_deliveries OWNER TO candor_test_owner;

--
-- Name: webhook_endpoints; Type: TABLE; Schema: public; Owner: candor_test_owner
--

CREATE TABLE public.webhook_endpoints (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    description text NOT NULL,
    events text NOT NULL,
    sealed bytea NOT NULL,
    created_at bigint NOT NULL,
    disabled_at bigint
);

ALTER TABLE ONLY public.webhook_endpoints FORCE ROW LEVEL SECURITY;


ALTER TABLE public.webhook_endpoints OWNER TO candor_test_owner;

--
-- Data for Name: accounts; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.accounts VALUES
	(1, '01a212ba-a570-7405-a2ad-b6937f4d5cdd', 'customer', '01a212ba-a558-7756-909b-a91fb1a5c5be', '\x247b7de8d3b4aa8517ba0abcda051a47b32d87c488cd2a1c3d559ee52c469763', '\x134cca3bee1048ec860d22f19004a8e6d888c441440a2e4306af3a25acc848346ba3ba9a8e5e6a535664d60b207e788ca6496665616793', 1795610551614, '$2b$04$G/7tOKTiDKWJF4zn5hCUY.92CqTOOhmtkb0E.w4Nf3mBI.snpsph6', 'en', NULL, NULL, NULL),
	(1, '01a212ba-a57a-706c-9b44-43a2782c13b3', 'customer', '01a212ba-a558-7756-909b-a921925e2519', '\x50f238161b3a14df398eac6f5400ed352c0c0cfb70186e912a2fbd344fcf749d', '\x105614e436eef01b031f5514839dfbfa2222c0b6fbfc6c1995e1a4d996c0c77aaf0cdf5d9aac31baeb04f5a1de3b9418d5b81b6e23561cb922', 1795610551614, '$2b$04$G/7tOKTiDKWJF4zn5hCUY.92CqTOOhmtkb0E.w4Nf3mBI.snpsph6', 'en', NULL, NULL, NULL),
	(1, '01a212ba-a57d-7379-883b-0ff3456fb3ec', 'customer', '01a212ba-a558-7756-909b-a92278181ad1', '\xaebdcdb2ad70932f5c9e112e843ff854a72d0c29244e032d96c858ddb4e58973', '\xb233efbe5416fe5494933280356328e25a2653de040ff06978fc503c6cf9b82305998b8e8e5c40548e6bef192263a6d79803c0c68b15a3b3e9dc', 1795610551614, '$2b$04$G/7tOKTiDKWJF4zn5hCUY.92CqTOOhmtkb0E.w4Nf3mBI.snpsph6', 'en', NULL, NULL, NULL),
	(1, '01a212ba-a57f-7703-97ac-fc63874fb994', 'customer', '01a212ba-a558-7756-909b-a9236885161f', '\x9cf0c3aa6106fc6875e4d462a9ae84167312e416679c3f3329da6b1c6645c9cf', '\x88fd41cfb53160f263ee63f18eea20f20244eddaf447f92d259c3e7f5c3e1b9df0ec1fbdb106a589d87d7890b5d2212f683fbb743c4f5155', 1795610551614, '$2b$04$G/7tOKTiDKWJF4zn5hCUY.92CqTOOhmtkb0E.w4Nf3mBI.snpsph6', 'en', NULL, NULL, NULL);


--
-- Data for Name: anonymous_counts; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.anonymous_counts VALUES
	(1, 'course-progress', 'course-progress', '2026-09', 1);


--
-- Data for Name: api_answers; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: api_tokens; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.api_tokens VALUES
	(1, '01a212ba-a716-71e0-973b-264db43c3493', '\xdd34672c9e6386c9d7cf87b3547d860a24c0d2a79a0825e1afcd11ec8f07932a', 'before', 'write read erase permissions', 1795610552086, 1803386552086, NULL);


--
-- Data for Name: audit_entries; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.audit_entries VALUES
	(1, '01a212ba-a395-725d-bdfd-9c8de9507406', 1795610551141, 'operator', 'tenant.applied', '1', '{}', '01a212ba-a37d-72f7-bc6e-b83d4588ec10'),
	(1, '01a212ba-a3a3-758e-9f16-417387380f02', 1795610551141, 'operator', 'policy.saved', '1', '{"revision":1}', '01a212ba-a37d-72f7-bc6e-b83d4588ec10'),
	(1, '01a212ba-a3ae-7665-9d17-4bfa3346c0a1', 1795610551141, 'operator', 'policy.published', '1', '{"revision":1}', '01a212ba-a37d-72f7-bc6e-b83d4588ec10'),
	(1, '01a212ba-a571-7407-af02-fd214d739f72', 1795610551614, 'operator', 'account.created', '01a212ba-a570-7405-a2ad-b6937f4d5cdd', '{"role":"customer"}', '01a212ba-a53e-7235-b21f-26babf8f2c57'),
	(1, '01a212ba-a578-7414-87ff-09f32bae4527', 1795610551614, 'operator', 'account.created', '01a212ba-a577-73ce-aef1-a38a37b1747b', '{"role":"customer"}', '01a212ba-a53e-7235-b21f-26babf8f2c57'),
	(1, '01a212ba-a57b-7218-848a-b2529ed98f38', 1795610551614, 'operator', 'account.created', '01a212ba-a57a-706c-9b44-43a2782c13b3', '{"role":"customer"}', '01a212ba-a53e-7235-b21f-26babf8f2c57'),
	(1, '01a212ba-a57e-769b-9a32-e5fb43d7a5f7', 1795610551614, 'operator', 'account.created', '01a212ba-a57d-7379-883b-0ff3456fb3ec', '{"role":"customer"}', '01a212ba-a53e-7235-b21f-26babf8f2c57'),
	(1, '01a212ba-a580-74b2-b98a-c28e815aace1', 1795610551614, 'operator', 'account.created', '01a212ba-a57f-7703-97ac-fc63874fb994', '{"role":"customer"}', '01a212ba-a53e-7235-b21f-26babf8f2c57'),
	(1, '01a212ba-a5a3-74b5-b8f9-5ef78f9c9925', 1795610551614, 'operator', 'data.imported', '1', '{"created":27,"refused":0,"unchanged":0,"updated":0}', '01a212ba-a53e-7235-b21f-26babf8f2c57'),
	(1, '01a212ba-a718-73e1-970c-c4583a249eb3', 1795610552086, 'operator', 'token.made', '01a212ba-a716-71e0-973b-264db43c3493', '{"days":90,"grants":"write read erase permissions"}', '01a212ba-a716-71e0-973b-264c426b4025'),
	(1, '01a212ba-a785-76f0-a580-a81df3268c4e', 1795610552175, 'visitor', 'session.begun', '01a212ba-a577-73ce-aef1-a38a37b1747b', '{"by":"password","strong":false}', '01a212ba-a76f-7234-988c-4be48804ec49'),
	(1, '01a212ba-a79a-7253-98a8-25e7623eefb4', 1795610552206, 'account:01a212ba-a577-73ce-aef1-a38a37b1747b', 'session.confirmed', 'account:01a212ba-a577-73ce-aef1-a38a37b1747b', '{"task":"deletion"}', '01a212ba-a78e-7439-b0dd-2dbbfb6c8564'),
	(1, '01a212ba-a7b9-73b9-ba00-0aafcca2ff87', 1795610552220, 'account:01a212ba-a577-73ce-aef1-a38a37b1747b', 'request.opened', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', '{"due":"2026-12-25","right":"erasure"}', '01a212ba-a79c-74d2-9a52-5b12cfdebc0f'),
	(1, '01a212ba-a804-7009-a6bd-e1905ba697df', 1795610552275, 'portal', 'subject.erased', '01a212ba-a558-7756-909b-a92098bc86b2', '{"request":"01a212ba-a7a4-71fc-9d89-64958f8e81f9"}', '01a212ba-a7d5-7689-8ae6-4b38cc6cd7fb'),
	(1, '01a212ba-a847-7242-98a2-830817184de6', 1795610552359, 'portal', 'request.stepped', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', '{"to":"partly-fulfilled"}', '01a212ba-a828-7672-8e52-5cd1fb670f58'),
	(1, '01a212ba-b475-71b2-a74a-4b1b3cfa0dd1', 1795610555488, 'visitor', 'request.reported', '01a212ba-b474-757d-8c44-f160de7bdb12', '{"due":"2026-11-25","reason":"child"}', '01a212ba-b460-70eb-939a-066ed9646dc1'),
	(1, '01a212ba-b47c-7488-a394-9b833eb50980', 1795610555488, 'visitor', 'subject.paused', '01a212ba-a558-7756-909b-a91fb1a5c5be', '{}', '01a212ba-b460-70eb-939a-066ed9646dc1'),
	(1, '01a212ba-b4be-7302-88a6-598b3a8209ac', 1795610555488, 'visitor', 'message.received', '01a212ba-b463-7719-8c93-8481f9a9491e', '{"reason":"child"}', '01a212ba-b460-70eb-939a-066ed9646dc1'),
	(1, '01a212ba-c154-73d3-bae2-316db674492c', 1795610558789, 'visitor', 'request.reported', '01a212ba-c153-7790-97ba-d01bce2458f7', '{"due":"2026-11-25","reason":"child"}', '01a212ba-c145-7142-ae56-aa4cada3dad6'),
	(1, '01a212ba-c158-718c-a309-8109a442987d', 1795610558789, 'visitor', 'subject.paused', '01a212ba-a558-7756-909b-a91fb1a5c5be', '{}', '01a212ba-c145-7142-ae56-aa4cada3dad6'),
	(1, '01a212ba-c189-731d-98b2-49307d830e03', 1795610558789, 'visitor', 'message.received', '01a212ba-c148-711e-aa43-692e5d719430', '{"reason":"child"}', '01a212ba-c145-7142-ae56-aa4cada3dad6'),
	(1, '01a212ba-ce4e-72dc-b4ac-229777b2b9b1', 1795610562065, 'visitor', 'message.received', '01a212ba-ce13-718b-b227-d9ebfdfac2c9', '{"reason":"question"}', '01a212ba-ce11-764b-9474-4c0cfe9da765'),
	(1, '01a212ba-cebd-7277-961b-2877d49fac68', 1795610562229, 'visitor', 'session.begun', '01a212ba-a57f-7703-97ac-fc63874fb994', '{"by":"password","strong":false}', '01a212ba-ceb5-7313-bd3d-56f0d2c840d4'),
	(1, '01a212ba-cec9-71d6-882d-8a4eccd1d227', 1795610562240, 'account:01a212ba-a57f-7703-97ac-fc63874fb994', 'session.confirmed', 'account:01a212ba-a57f-7703-97ac-fc63874fb994', '{"task":"export"}', '01a212ba-cec0-715b-ad74-38aa68970251'),
	(1, '01a212ba-ced1-717a-b499-eb97617d61cd', 1795610562251, 'account:01a212ba-a57f-7703-97ac-fc63874fb994', 'request.opened', '01a212ba-cecf-7106-8d7d-78cfd96983d7', '{"due":"2026-12-25","right":"access"}', '01a212ba-cecb-7556-beae-ca7e79aef5d1'),
	(1, '01a212ba-cf1f-741b-9bcb-e0e3f93a0e30', 1795610562282, 'portal', 'request.stepped', '01a212ba-cecf-7106-8d7d-78cfd96983d7', '{"to":"fulfilled"}', '01a212ba-ceeb-7639-9152-5fc9c945f481'),
	(1, '01a212ba-cf1f-741b-9bcb-e0e433433235', 1795610562282, 'portal', 'data.disclosed', '01a212ba-a558-7756-909b-a9236885161f', '{"policy":1,"request":"01a212ba-cecf-7106-8d7d-78cfd96983d7"}', '01a212ba-ceeb-7639-9152-5fc9c945f481'),
	(1, '01a212ba-d73b-77ee-a6ef-73db05c0241e', 1795610564398, 'visitor', 'session.begun', '01a212ba-a57d-7379-883b-0ff3456fb3ec', '{"by":"password","strong":false}', '01a212ba-d72e-75d6-8565-e0ff40642baf'),
	(1, '01a212ba-d749-7706-83c9-610df76bfc7c', 1795610564419, 'account:01a212ba-a57d-7379-883b-0ff3456fb3ec', 'session.confirmed', 'account:01a212ba-a57d-7379-883b-0ff3456fb3ec', '{"task":"deletion"}', '01a212ba-d743-7509-be93-78a5417b4a4b'),
	(1, '01a212ba-d76d-71c0-8708-b2e44daab6ac', 1795610564427, 'account:01a212ba-a57d-7379-883b-0ff3456fb3ec', 'request.opened', '01a212ba-d753-7740-9f55-8901e7a0b0b7', '{"due":"2026-12-25","right":"erasure"}', '01a212ba-d74b-709f-b933-41d3bce0d1e1');


--
-- Data for Name: ceremonies; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: choices; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: data_keys; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.data_keys VALUES
	(1, '00000000-0000-0000-0000-000000000000', 'lookup', 'c84f13f0-49d8-4fa8-a450-fbd2f7c24aac'),
	(1, '00000000-0000-0000-0000-000000000000', 'office', '1f602e98-42c1-49bc-abb9-c6986108f473'),
	(1, '00000000-0000-0000-0000-000000000000', 'signing', '45839f34-5780-4124-99d2-738a05967b4b'),
	(1, '01a212ba-a558-7756-909b-a91fb1a5c5be', 'identity', 'eafd42c5-ccdc-4a1f-8554-28594ef901aa'),
	(1, '01a212ba-a558-7756-909b-a921925e2519', 'identity', 'bc668912-6a74-41e5-ad7c-4ab898b8bec0'),
	(1, '01a212ba-a558-7756-909b-a92278181ad1', 'identity', '3aab6533-d3ac-4584-9a6e-05af077e4498'),
	(1, '01a212ba-a558-7756-909b-a9236885161f', 'identity', '23bee416-b720-49fc-a45e-e8b5f2412569'),
	(1, '01a212ba-a558-7756-909b-a91fb1a5c5be', 'account', '01ff073f-7bda-4e9f-8da6-7600875169c0'),
	(1, '01a212ba-a558-7756-909b-a91fb1a5c5be', 'communication', 'e3ab9e8b-d938-43c0-bb60-dfb7737c6974'),
	(1, '01a212ba-a558-7756-909b-a91fb1a5c5be', 'course-progress', '01eaeec1-53b0-41a8-9bb9-80caa11de1a3'),
	(1, '01a212ba-a558-7756-909b-a91fb1a5c5be', 'payment', 'dabdd081-9a5b-439c-b44d-0b996240394d'),
	(1, '01a212ba-a558-7756-909b-a92098bc86b2', 'payment', 'cd38f6e3-7bcd-4dec-87d9-a9b9ca92e98e'),
	(1, '01a212ba-a558-7756-909b-a921925e2519', 'account', '6dc3e987-dfdb-43aa-b5f8-8a0dd0238d51'),
	(1, '01a212ba-a558-7756-909b-a921925e2519', 'course-progress', 'c7f99376-04ee-4c56-88a5-7ed1f79fc0c1'),
	(1, '01a212ba-a558-7756-909b-a921925e2519', 'payment', '0007afb4-e6f1-4cf0-869c-6d5eb917989c'),
	(1, '01a212ba-a558-7756-909b-a92278181ad1', 'account', '18213967-38f7-4a6e-8b4d-3370cd8d0b22'),
	(1, '01a212ba-a558-7756-909b-a92278181ad1', 'course-progress', 'de42a585-dc56-43a0-b442-e626fc95ae3d'),
	(1, '01a212ba-a558-7756-909b-a92278181ad1', 'payment', '29938843-e498-493e-b5dd-68013cadbd77'),
	(1, '01a212ba-a558-7756-909b-a9236885161f', 'account', '70992339-e636-413a-a22a-a979f35686a9'),
	(1, '01a212ba-a558-7756-909b-a9236885161f', 'course-progress', '6c1569ad-82fc-4327-8193-b75323030b99'),
	(1, '01a212ba-a558-7756-909b-a9236885161f', 'payment', '966f38bf-ca01-452c-a581-64f30c2f2e2e'),
	(1, '01a212ba-b464-72d0-b481-8c70b83fc7c3', 'communication', 'd2304e84-49c5-4541-b599-aa1eb3489d83'),
	(1, '01a212ba-b47e-70bd-b9ff-cc276b90997d', 'proof', '99ba53e8-e8dc-466f-b63f-7739a38c8916'),
	(1, '01a212ba-c148-711e-aa43-69302d2ee392', 'communication', '304bf4c4-8a8e-405e-8a6e-179d3f9f8a20'),
	(1, '01a212ba-c15e-71a6-9ae2-b411e6c2eb2e', 'proof', '3fb70fbd-b9da-44af-ac57-7664b4214ac6'),
	(1, '01a212ba-ce14-738a-a36d-c7b1bfbf7c7a', 'communication', '7d2f0b1c-0f63-4834-a570-357d0817ae7c'),
	(1, '01a212ba-ce1f-7508-9c5f-67de3b57a784', 'proof', 'c3af58e9-5e49-4319-a65f-e0b1305f2278'),
	(1, '01a212ba-cecf-7106-8d7d-78ce4c222416', 'export', '1d5ce12d-0aa9-4f2c-ac23-1ac67b02e71d'),
	(1, '01a212ba-d753-7740-9f55-8901e7a0b0b7', 'envelope', 'c808da00-a8e8-42ad-8c78-bafae3a95c9a'),
	(1, '01a212ba-d77a-76fb-87ee-6dd6ceb46819', 'mail', '9bfe2658-9750-4765-bb5b-8188d1958914');


--
-- Data for Name: disclosures; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.events VALUES
	(1, '01a212ba-a5a2-7324-995f-b6dc79414b74', '\xff849107200d7c1947a1acb7796348f69febd54a054e2de33845ef1d4a192cb1', '01a212ba-a558-7756-909b-a921925e2519', NULL, 'account-closed', 20580);


--
-- Data for Name: export_chunks; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.export_chunks VALUES
	(1, '01a212ba-cecf-7106-8d7d-78ce4c222416', 0, '\xfaa827f1eb15bbc2c6ea39e1ffba8ec1973ad69c850f9fe183093b767761c612a65cc4051dc8e9a6ff42b9e6906806e0eea6d45e072660521571bb326cd2a19e29b6b9dbb487905de8d1fcd9f2a4ab295e35f50234ef163012ed284374eecfdbee81fdaff9b84e10dece6d9b8f947252133362a9d5d095fcc6427047ea3ebf49d8462cb278fd62285579b07b60d006f096e63e73fb3e95cd15e65130cd45df67fd89f5b73f106ac5e87bf1ecb91a5746e4d38204d3605077896401792beefba192efee5e1d374313e1cb60dfa8965e735dfe0559c54ef79e044f63d4721d1d973d6f8689f6ba4a52c2b5c7b484460d788dd3d430cffce6a1d1f1885d4969a9e095d1f6a3c39ce48dce8a961c0ba1942617349a4c211692bf2bca2ab68e5efb0b24b00cf8d3c1c6a6fdacc6e436668416c1b1a24e2643d47910527f5ef4eb706ba6a7ea92d2ea17b36055fd726398dd7902dabc5681055f5624bc4403a83fb10cf1301da618db5a748661ed302775937ba8e2bec0694de1084fb1f9c57ddc0d36833899bfa71073b83eb40b4b14e844d9cbf6b89152db97109edc397ab60f24c017f49ff0083b46bf7b66bbebb4073b18f0eb22ab75910baf345958096906883d16bda54404da7af7421c0381915709da9797553340e45f8c8ebef80c7bfc5fa6eb73151a58bdc7701cac0b32ecdd04088c69d7bd6c1675680ee2c7322eea2b788396385975a9a9fc366b95c78bc78d0dcb79420da55a1ac9b42c93a8eaa21dc7fa9b23652c8935e024e69a25d03aea438c88dfcd91f328abbf313c04b9f4d4624177282935320b6f14ab327e1904465211e3965b9da1b4fe8c81bedb6b2b1edafb3a480ffd6584d0e9463c07f8f22f3682dec4502764d20d4811b6cd3ecf70fdb968e878a40f4245d246f57af6447e70ab0ae6fcb718d1040c8c9ca35abe94f321702aead01cc2080a4acf16e346c14bf50bb27a73e4c1e1f8adb98fd4f0a003a75387035b24e30ba1294fd28a0609118f2d6d4e125d2a4dfc2a3ee9e992634300b3598384a7a9f7c805eda3f661880d8b0fd5dc3249b541e59b4a9877a242159d9745fb395f3c5765ec85d9554ceb53282189a559ce394cab2644463aa41acf0c0970e0568a21b7c86e9e49475d5ed6716767f36800e8d52c895459c1db166e198cb1c7945ee32b41bede8b36576659f07b31734a7c6a72a18501bfd79d38927f476607626bc6da2938da2fdb616ebe13854db3405cbbf7004af21617af1d253c108fd7243e123d3ff033bf960b8f26c3fc581a165a790195cc04e754ede83514b100ec519d954cce25e6cb81982d8c1244f0f3906eb22639ae10c285a8282584083bfe8a90e9f3b43b2cd42553d8c03e2a2f62c7d367c61b2ac0366c813d7a5a9f72b1905f4ad86310e5649f98b13f3a91f9d8284d5b378dd9c1f92bb29c600fc9a304d9875a744c3a1760e9751ee41009c304275aa167f71119077022a65a5f4877afe4452e7bca5268a55c97cdd618750475ede73003a697b8374613585a2ed3ed360384be1b36353afbdd4a5dd577091f701597e15126d182745323009df25085e637880de93f7bc0c848b41247652c8fb1fc22ef0cd7f071c942161e3f034249259b2897168c54090f2defdf047e9b03e8970000e601257f42c92e7ac4978e967759d24ce37d0496b83576595d5f991a644b332808249bcb4d6b9ffa1b71ffb29761a344ee6db8af514b6f2646acc95988fbf138ba4efdae1dbbb706380cc4a1acf92bc318eef858e543564af78444e145c6cfacb7e0f74066d9d301950d80ad882906bf04b0ca492bbdff31565cf12d9ce615908a50fa59b117b203a6e897febdfe9821aad5142e35e5fad09de8eed3e0e8014c16d16624de7a1fb8aa2c2580aab6076406ad31a32517cc0ce5dcb155eaecffc2d132d8712cea11ecae404d7322ac95a7f4b0eaf05ab826c676ab57bcb41991a974547edde723bca48d58e24ceadf9efbfd68f89ac6cc18a0eb889feaf38b175b53c975959817c92ce1cd832aa921c497f0c049e3c62722ee48683edf02e39ae69bfd37dc5cd3cecdda4e0239f59726f2f5ff365ab2cadd1f7c5776d4bae81b27506ff10014eaf6eed07d62a856621181a434c08d720d68ba7ad9eaa3fd0997f7699a06b923e1287c3a559be18b1c0de645c95eda3faa41a5d1c40439553b0d6ad2ea61c70a220da052b30acb60380ee85b00934fca0a115e1fde33d481ffe7d29e2ccd3e643d11c2545ac3ec1c2aaede02478156fdff7ec6e37709462e0fa0795338f551f50224a59ff678efcb753dabb1d2b852aa675cacba533a2c4048f2152d05cfa7fdd43df34b5ddad41104f17b1cb1c2e3549c0314e2a0a2e1cb63cd951b14c4ed8e20dd0753848468bdbc1050735f993978500e2e243518fac167035266541b40b8801ceced0ab34d1b05844cbe1f4df023ddb1ccd621cf5a5b23327fd6f7ae4443109e54fbe2a1e6457265064fa95903c5dfe62b1a2b47cfa42df9b2f79bae560b5bcce9c2c15a3af8a636d0918acb8a232f52b86e6ea846acb7688555b98a332bf56f602067612753ab96d2b09282f0835ed3bc4fe50b719cd0fce99d300d177cea4e2ae5b0a3678e6d34e7fb92487147d13f745828a410a95c0ee3eab9a384bed9936ae53f7b681346e362071c20d2017a98a78fd431ff2cfa9dd9c6bb04b1bdf793c65316a1df88d6ea86838ba033f3a6703c16c1605d917884d6198736b6621e1c5776dba11329d9d127852e392e472caa438a7e41bceb6c30e8814e35019b6e864fe548180c1112106b0643db53982d3d35461878b643eb402c0b0c6745d7bb2f19c56f006d9d0b507948c16eb2f8cfac5294c7d84957c253ae37978e76f9aa58e6eb44e310d859d52ffee19b2e2ec4917487880327875cc2402e6dac05b427f34ac9fcba416f5fd13524f05b5cfb3ef6689a4e202e82e8d9c0f803b4e32cf1b0aa86aefe31bb5dcc267eb0c2b8f536c0b6bf9783e367c5e913ebb87ec5ca59229de194089d3f93f844107736f83415c92686d2c26f3b12a5142d7906f775f629ff6844cb6a0198f4b3b19c212eb1f82978c1dd21c4dd7585e4e2094c9ffad61acabf86256fba43a57eaa3a1e4b41570102b639dff6168f7eb08130164f7db49b2b8e70574e179e384aff1da33e2fc9f6f3d2264fbae7f59ddc079fa4bd42ac032e941210d450247b386b37be639315d4a61b6abdcbc3de7fe7aaebe618818bf7ff006c2a713fe080d67b65548864a7ef02ea1239e24530c6531c5769dab95dc81100d9663bebf47b91075be38a12fa9d6cfe71cd142cdcbed881bd7174177146ccdd1ce2e78f18b3a492800d8b0776b9f573ff6bc35c58837b4dbd23da7adf3982b1b082c0b663595ba8638b2bd4b06c7c88c2e8dbc140090360e512374c74fa16f410a0b2d5de624e983b9c0b11cb0cefe6f39c0d6b1f1317752465091c3a56ca693e981bbaea07bb47d38ea999eca850ef352e81c8dad83e1a726415774d8be6eb8fcea17f68c4351772166afd751337748cf8d1bcd5a092af07493377ea25700156f20432e06a845843afde9759ccdce12b97595aebd2c78b474df2b156f25af8371d9429b6009cbbc8923a66497877cc7155e92a3f259c2db2a01c0979758a95dc397659eb347e6e60061fe5026db26d9f860adf62f65c6e31528fb74e35910dd4acc459dadb15f816916f7477ad5344519ef22a8d3b3629045b74c251e92a0a874ad26deb9d9588d2b7676ad22789a90a9fca85873e0ba1041a73b94179358ce52f174bddab770a841ebf89551d1228e954a7317f4bd341d929b626f89fd2c8025f1f0a45868afb76b1e5875ed64d21977569e991d8de0aa3890bb062797140ad04f0ea7bfe0bf1bf61ab3e1dcb521c276ccf5803c02ba150764190b8919d47aed28908ac37b7a12f8b92238c64153f71465cad5a3f4257913c208be1a37f6aaf47b4d0ec0e4df4c5323cacc83c1aea47475b03b1d9d647688eb9c09815ac295006808df3562d9a5464aa90f393c09c3be2fc603eceb6112f12dca20b5c59108abb5e9406cfeb64bfdb1d1aff5b519b974267b0bcd9d6df2d1467a1cf8f9619663ca1ee836b3d9583ce3562f98c74c19826a84558c12c6e7ae79e78e4659d5d33961b9f1479a1e70885c9d97f4832591a1c601a40e4ed560d7bf660e77f31a78eb1a7397a401a1fde683fc2a54bd80d9276a7dcd881844d650a1acbe280a5cdb4a7c678dcbbf229da3aff10312403397a89a4f1fbcd0d891a6873bd6551ee2620312d2ef6bf3aee4deed49ce9364bf2175a35b4386f1bf6a22b5478eaaa474e4477614400c99980e37b0f4d10ac462d73a6c9848edaeb8c44047e1422dcf9497272c7e819c53bc328943870c83804d48a5dce2dcb9e5025d2d31d4c6d08d2c2aca5af228176a30b0aac2ddc5e5aadb49709437e6484bdb1c66e3ef2ea450b35be26e5c288d793efeb5ea16c52d9125d151967f24a13c05074cd1704befde78ea5a29cadd263aac208e2f5ce85fdd6669de2218cae7f4b6c2f69c2299e498cb6054e88cb46edd326160d071ccc25b4713a6af00167ae7c5dce18005ca177c50a4c81c94a76b9cfa1be114b854bdeecdb72027c03fe31f3c7f7d9f58fba528a8ae21a431291921a628ab1c0549ee7aaadb16ece034d5a77bdd62d7fe8640a8684187e0f1b082f6723434fb48fd198864af8fe28f5f29347533d30985968be9d7739377a231a058357556a0a27ef69309fc11a930d325583da37cc4421622502fa6f3f71b06ed5786163efae559ec531ed5df6555fd7a2374d59c300325fc4fcf409ce87b3acf53917039cbf01929bf55622775d55e61655c5d544575760ac28e07ca4ae0d523e328c1af3018f8191846ddbf81305935920073393e16a8929f04d6cd87b53ab1b300fef076fc1f7828685e5466ed270976c1798cc632059e064d9c86ce2eadcfff6583eaafdd809ef3ad619dbced1430ab701d41ebfde298fb3e70fd0284fe9f4ca24edcb859066455524cc0b4de26b16aa43dad3b54d761360e55ed35346381ac7d7d46f1160648c39e74e4f57c62945f417d00fdb7b6f7bc62727a9f65ce0c5d33939bf0dfe9fe07c756e0aa4c51666ec49bb7b5dea5c6514ed7b183812b902546819407de80a508486055b72c126cfba238ec4645913c39509214fe7d44d2e38bbc3bdf1034330ef327ee14f23cba58c336e621c32837b7d9ef914689a219567c4296c3e20bd4e135c4bd0c730fbe278c32b29a4454b9224999d3ab9a7817d80f7375d405a4b33685fb21eaf6ff46a6547f2af4d624c655861b93cbcdb3b775c463e20e13ef46af16dcc28f15c8bbe9f05fe94b49845fbaddcb35eb15da3efc9d6fccce73a26925b9f400950160d141ea1ebfffbd6f46ca19ccc2e80eae1df87afeb1a52b0efdcd9fda0a0492ef21a04ef1a279c9ee51ecc1139611d0303572da6db42862c04aa2c1da81ef71f40f47897d9a4ee24ab8469d5ffccd513f28145a0252a335bf4607181f4ead2c160e3ed3cced41111160f0292eddbc7d9a64eb5235a182bc2d8d31acf499d10cf2678065e201d4017bd5e29b9cf790795eb6f5a1dd987c5e4e4e57a06977e480cc65b333ee630159eb5f0519487aa613a35418adf64c640496c37c5e27c9a2f03d1cd907595569f6c17ece0713e03c7f5c2a80cd725f70a1a31fed8777da22b6492ee26bb6c5ee3a5c7057fa37ee1fec9b14d4eda508d419669fc9837b2e268e41827248910f7627822b4743630cd1e347acf7fd301ed999ca19847c3a765eb6101c5b13909cf9866152edb7fb5851eb7e64c0114f6f0c9c8d1338ccf1e1fe9edc8a512258853331fa4c6c46b07b3238871057bc458cf84cc203e38fc1628e6571b030698855ff2c7c384bf5b367c0545400edb4f17edc80f08731d97767096e343cc7fe820b12a0474de937935d42470fe34d6b8212d5936042836f92a093c668b86d30ca164fa0c85dd1feb3cd81efc3a113f8a2212cf984f88b01515a5651eb1ebbf0ad0a034a68445ac5917b5882a460062759a7865d4f7e0b6ff87553c1f85937b493ef6263afa71cc200a50b4f2108037f0cd73b8f7bdc6c7e003423435486ef3b5b5014fe2ba06cedfd28fd514e9a1e4a057b9cd8e9a14f5716518db870aa3beb3adfb4dc1ed41eccc2ca9205152e2ac963ebc288995d66f296a9026508097fb7f75f9c59e949ce720f8ad6f71617cc9e9d5b31c96ed4e300074c80ffca1ba3312cf88b3847d06e78c8f7f6da7dda4b71ea1b48d47ef5c665afa9fb7f1bc2965dda35d0899c99a051b9fbd359b325acbe7df697a18582a287f541ccf5630003116d99c3a762742ac9804642151418adaaba37e7781238c42bbc692191c1c6a1716e4169037e919db36c003f1d5615f8300652015209c163183d45cbcb6b79575493d228587aa879d10243e027c1b859e3b937e7a9df387906aee5852aa43826304291da4d7e0bfbd80342720addfb6dd1cbde8f181ee90b87d5ae89665e92cc895242589fbc60154bb9b0c4e92b7eda27a029a7a00dd1790dc88c3eec949c1b1d945d0edf92c59f0e525f877a8c5f9b6c6932ba9ef4445b262fc668fdcd5e2a455f7bd33fbd1ec95c13106b478a84a791e7db72a137f01eb679651a58a44da2732df0628a2f2a3e07381b9888a0e4cfedd7a9d8a69275c81d52fdb819c29c70585597af4be7a0e8dfa474c9da0f6e7107d060189607f10307423aa30dd50e46d1dcb042cdc915bd60ddc23a3d59491cc73e284acebcc9adb04a81b528a086c939ea121191b99483cebe0798830c3ad2a4633d9a0d8b8af8bc6c33ecf81c56d42b3ecff4d36cd59531e3be8cae3ed34f18c1570d0f769d1910e5719594ecb8e976ab4b0105080b8d3af7bbfc6942f8dcf0aeb49cb5f48197a970fee9f1db8215c09ef57f1ca985f7d387e938ce62b334dbf7e0e97f0d14d849f4ec78b59fa0f57f82a9ff4007793d02c62b6ecdee96ee52510cb6e2c3e1db26cbc1ad2b3cd26e28d0eb17fa93fbf418a96836ea64628422e8c4816b29c0fae261aeca63ab986087981682d45b0ba3dae984b4a1f070115150efa2f6fe11c8f2473176a18b3d02dc40cec0ca36e96798132994cb4dfcbd487c3aeb6191f90c0c5f683e357a9a5267c168b8b982d43731adef1dda116c26c26e30cbc38a815ac94669a6b7ed417a73a56303bca0ef0e62a6aa0ea25a5f5d31b3805e7e732530616a56826625c3e8c5aa755d000c407be7e82a1f3e772b6de056b60a3145be12003e59172fe3957323cb6da9e3ef05262cf6b7cc4feb701dd8102b7f69e765a00b1e5568e28dc95c602cc89ea81a4aadfae93539b77c48f3fbb8ca60dbb2e8a9ceb2dd8cb5a64a9658565380e120133ae273579d253b68616259c2e153454a20c410dea9f27eb6452cc236d6fcd322994afe222c13a1f830b925eb83e4d8ed146a2fdb64dea97ddec4d163f3d5876f3c646c78b368eb5e0b8ff44095fe7956787b33fc410b094d7c622e5ebb4fa2870f6fe57f7f21e3b67979b82a3fc36509ee6f641c9579850d5b7a9df35a389cb0f3afa2b464149d04ce686f5b98b7aa6c6f995bdcbace0819a1865e9e99f67aa5effab70c4465e9c3b129ce1f0b7aae7b43f30dd5ec85886e287aebd1e288f4375f33ffff618f607002a5ac3fbeca888d32b32b69aa3e65cb601449f39a560277df767a34bf84cf3e678ba33c612157eb3223016db6f95dbc03d804b509ea58e4b2147cc440fbd81e6a7e5cbe7637767f8398566bd99debb67117ee07ee384a05a55d44415ee3bcc44165101039186c64f9cf3e7bdb24ff19bb752461785046ff2d656d1b95b0300fb48ec4bcb4a6155a4cc0a0cabce4159e56bb94c76f02e6821746ab49be7b6759cdd9eaf1921f7f3a09b9f3a0430715bba408b248899b1ec3d87d7cde20dcee593592b2b3ec7e212590707fa83fc7b7988370dd4cb9f822d2e831cf37f2489d66ea607f17f93e091226b579b6b5d0d04c96423fbc3cdb0a1a05cd7ef95fd6dc2bdbce5a3cb5e8ba770ea3e114b509721a4b64ad978a306ba239198de262734411e32733348454cffb27f14f58a95beef688613cf3cb21f2125195d4908ab1f5ca87682ad675a5ddd470b9b8d57b0a874d6d08194182f53d2a2007e198ab9df24d41e3bb502e9c0538d65c388f65c393204065a89a5746248cf55e2dc1a4fdedb2038f756487fbff94364fbbc22f63ca9d5e595e969ef376149d905ea7c3c9ce047d7a75ca1cbd410027fe0f9e2531f70477afe03e107d1a6a4f10b77b65a7cf8e6728102f97837bc092e655c1e0bed571b6427d5900f7f03a6bdfb7d06a25a8295c873034d9f111f784f2b6107f5679b2694d80ca952774af8b8231b78428d65a979c192a3922df4da86008b91aa4338a05687f6b28b2af7607ccffd8cc5233f857d8cec6f30432b3d0ec4d7b290dabaf7cffd655e8e471906424001b16cda3524266a5c10008eb79e5a1f43544fd8dda81f401def560e2d37dcc0140e07d4f3f00b5c9961234cc19501648f169abc7c292c0fe39ab669fa15fa7267752e23e04849b812b9d3921f85fd91d590e9ffebe68d74e44c146bcce217985ea4a2cf2d04caadb48a8d450ce1585e95be123ce6ad34f29dd0476eb4d3d2f4a68774cb7d97afdbba6b21ace592c68bd8c7f84d730542e53445863bed9a80371a9ff1f69e8acc5309890378e77f297ad9d47134ba60fb340ecc7b0940f29de51b292ce73bfb266e3ff44ea3460447648745fcc8308dc4d4707ba3f2e72ce569ee951ecae390ffbcd5aa650dac845cbfadbe55c557af4c82c2e91238d8ef724cfcee7487d0f14f3be6d17a62385560ffd22a7a5fcd3678abad27830d870b526758e8325f8c816bded0d9163eb9124ba1946c56779605dcc77b449c9eda1529d5db5ea6b61f2698a7ff9d86c5f22427e32c504ba9e3a3a3718623bc5544b887cc2c6f7b6b2821ed4341e97676320902b32252eff7bf7751a19cfd29469d3c2e1f2ad882da28836a9593b2883214ec099e6044a870ad50bad31ee595b29cd11d4d86d6b6cb2daeff8dd0aef8961d5f576d9fd0c05587858f4f315708c6ab82e6f42c167b00c663ef9d1bd4856e6edd55009748d90212cede02a9f286cc709bb25d9435a5177be1524ed04f8b834e417e44819382b19ece2723e89cc38431719cdb333192d2439371ecd8f7660024b2c712352b593e2b42b16a42d8e5ca58f69279bc84ce646b4f1d2828bf86abdd3b09ed7fed8bfa25a93439e827a9ed841c0f050800b48969fe2306e459d9b2c49e9da3b41a648e46453cd13d45da0851614fb70c9176ab92a85653ab8411f56c4b3b4b38d006a9bebec1b7779fd855be53496701e6ddcb00d4f84f8292a40ea9ee6be40cb70be1087a285a38efc5aa55586c96e92fc7f9b10f0b59fdbfa29ba25b1a4dafacd895cb09670a7bbae615891ddf3893c896fb47a8ae2cd25207e192f0e260249da587affc7567bafd477cf691e90f3185c85a019f8b92f03306f9af839ea4931841336b86f76ca429492f76f5eab0023cd3a7a00cf11de8fd15b0dc6fd7c09279b28fb57fde99a397fad04a2d7ae9e1de61aa7a2f3d1608e170b77cf152685a87df26010b12ef8856be8e0cf47490cb57aa3cea94b2c98288dbddfb9acf29313f5af22a2919eb4ebebbd1438dc05fd0e9473884aa376aef859e3de1f07fcad81c875b260a1a2a04993847800654e17d23a18e189784f1dab604a57403d7091e5855e6f778514298173694ea61f7a23a577d39b6faeef8d4e8d12e4af091a2e55c3d31fccff86ee927ac2a781c49ef20e155f9e7bf1d6786d346fca09224fe5f128221e8043cf7c25868798906da1dafe3f83c98659b38c3ebc3f73656dc1c222b2dc17461b4917f2afafa110d1ead9738111e7092a91f2a294b6561735c897327293264c5a0f6f4fb5962b0b127e5a9b14fe1057c274de2a465ab7ecaa75d3f0066ebba190b43973afdbfd96aca');


--
-- Data for Name: exports; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.exports VALUES
	(1, '01a212ba-cecf-7106-8d7d-78ce4c222416', '01a212ba-a558-7756-909b-a9236885161f', '01a212ba-cecf-7106-8d7d-78cfd96983d7', 'en', 'ready', 9, 9, 7063, 1795610562251, 1796215362251);


--
-- Data for Name: generation; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.generation VALUES
	(1, 3);


--
-- Data for Name: hosts; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.hosts VALUES
	('lumaire.localhost', 1, 0);


--
-- Data for Name: identities; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: instance; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.instance VALUES
	(1, '4c886216-6b9d-43b5-b547-1dc681f7ec4f');


--
-- Data for Name: jobs; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.jobs VALUES
	(1, '01a212ba-b490-706e-ae6d-659f4a38d671', 'forget-proof', '{"kind":"forget-proof","of":"01a212ba-b47e-70bd-b9ff-cc276b90997d"}', 1796215355488, 0, 0),
	(1, '01a212ba-c169-7370-a4f4-c0723f6ad78a', 'forget-proof', '{"kind":"forget-proof","of":"01a212ba-c15e-71a6-9ae2-b411e6c2eb2e"}', 1796215358789, 0, 0),
	(1, '01a212ba-ce2e-709c-b00e-8fd72c757370', 'forget-proof', '{"kind":"forget-proof","of":"01a212ba-ce1f-7508-9c5f-67de3b57a784"}', 1796215362065, 0, 0),
	(1, '01a212ba-cee8-768f-b639-c6efbc9f34c5', 'expire-export', '{"kind":"expire-export","of":"01a212ba-cecf-7106-8d7d-78ce4c222416"}', 1796215362251, 0, 0),
	(1, '01a212ba-d76e-744e-8080-875ffcf39d7f', 'erase', '{"kind":"erase","of":"01a212ba-d753-7740-9f55-8901e7a0b0b7"}', 1795610564427, 0, 0),
	(1, '01a212ba-d78a-705b-9d2c-7cce9135cf45', 'deliver-mail', '{"kind":"deliver-mail","of":"01a212ba-d77a-76fb-87ee-6dd6ceb46819"}', 1795610564427, 0, 0);


--
-- Data for Name: messages; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.messages VALUES
	(1, '01a212ba-b463-7719-8c93-8481f9a9491e', '74NX-DH7H-VN', 'child', '01a212ba-b463-7719-8c93-848220096400', 1795610555488, NULL, '01a212ba-b474-757d-8c44-f160de7bdb12', '01a212ba-a558-7756-909b-a91fb1a5c5be'),
	(1, '01a212ba-c148-711e-aa43-692e5d719430', 'W0PN-T1XB-QF', 'child', '01a212ba-c148-711e-aa43-692f5da25453', 1795610558789, NULL, '01a212ba-c153-7790-97ba-d01bce2458f7', '01a212ba-a558-7756-909b-a91fb1a5c5be'),
	(1, '01a212ba-ce13-718b-b227-d9ebfdfac2c9', 'C3JX-521R-2Y', 'question', '01a212ba-ce13-718b-b227-d9ecc4d213d1', 1795610562065, NULL, NULL, NULL);


--
-- Data for Name: organisations; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.outbox VALUES
	(1, '01a212ba-d77a-76fb-87ee-6dd6ceb46819', '\xd05351babb9f222d634a8be372a32c7fbd17fc6a81f90a0a6d0f364987f5ed57cfab34514cf8207b70a73436f1d3fce32b3cfbdd0723b6b16e8f7db60c6be6d6c939c46626b5ddbbe4326e2046ffc11f0b0556a1eaf036da8e9963c51a934b4b34d5ce9dbadeeca27a42a37711c3acc48966a302aded2d214bce8ff597df8af116ced33257c71c315547bbc2940c3c8996ce989a5fb97dd4e029daaaf600cf83dea178439222462a1d61621e3f7514e74205259dff37a41f4fbe7a66c074ac1e8acebd04d77da663e325413778ab729f61987a73055aebda5a6189e57ef3b8523d4da9ee74191d46520b8756ab1b57e9cb92c4d7f021284de60f664c5451a10ef0110f4cb3fb1cfefe10942d6a90f54d4d5010340d44c468f1d44794ccd55eb3308b14584adaa649af036d046a8bb5e1c8c34810e902451fb383a95cb1f36f224066b76b3e06acd4a721c3ecf0b7f866b47542b8327da080ed7afcbd5694b85bf379f3048571166660dd42fafe44be7759b8f32ec8905da95fc3d74e971e2fb9b570cea113f64a5579b0c697a71844327de94da4a4002a86d43604ba9d890182507d2f3a24308e5c4d7f7203be995c2209b12b03de45d131663307cc0e8ba7dec7a223fd4e6a98b550dfdf670de9f88b7a8b50840c054a0135b4e7852cc6b2eda8d9032f2a3613df76052e51956c26bff347', 1795610564427);


--
-- Data for Name: passkeys; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: policy_versions; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.policy_versions VALUES
	(1, 1, 'published', '{"title":"Privacy policy","language":"en","controller":{"name":"Lumaire","site":"lumaire.ai","contacts":[{"id":"privacy","label":"Privacy, support and everything else","email":"hello@lumaire.ai"}]},"facts":{"purposes":[{"id":"run-account","label":"to run your account","legal-basis":"contract","assumed":["legal-basis"]},{"id":"deliver-courses","label":"to deliver your courses and keep your place in them","legal-basis":"contract","assumed":["legal-basis"]},{"id":"process-purchases","label":"to process your purchases and confirm them","legal-basis":"contract","assumed":["legal-basis"]},{"id":"answer-messages","label":"to answer your messages","legal-basis":"legitimate-interests","interest":"Whoever writes to us expects an answer, and we want to give one.","assumed":["interest","legal-basis"]},{"id":"service-mail","label":"to send mail that the service needs: to verify your address and to reset your password","legal-basis":"contract","assumed":["legal-basis"]},{"id":"analytics","label":"to see in totals how the site is used","legal-basis":"legitimate-interests","interest":"Totals show us which pages help and which need work.","assumed":["interest","legal-basis"]},{"id":"legal-duties","label":"to meet our legal duties","legal-basis":"legal-obligation","assumed":["legal-basis"]}],"sources":[{"id":"you","label":"you"},{"id":"platform","label":"our course platform"},{"id":"stripe","label":"Stripe"},{"id":"contact-form","label":"our contact form"},{"id":"email","label":"your email"},{"id":"umami","label":"Umami, as totals"}],"categories":[{"id":"account","label":"Account data","description":"What you give us to sign in. Your password is stored only as a bcrypt hash, so nobody can read it, and we cannot either.","items":["name","email address","password, as a bcrypt hash"],"role":"controller","linked":true,"sensitive":false,"portable":true,"purposes":["run-account","service-mail","legal-duties"],"sources":["you"],"erasure":"erase","editable":["name"],"assumed":["editable","portable"]},{"id":"payment","label":"Payment data","description":"The references that tie a purchase at Stripe to your account. Card details are typed into Stripe''s own page and are never stored by us.","items":["Stripe customer reference","Stripe payment-intent identifiers"],"role":"controller","linked":true,"sensitive":false,"portable":true,"purposes":["process-purchases","legal-duties"],"sources":["stripe"],"erasure":"erase","assumed":["portable"]},{"id":"course-progress","label":"Course progress","description":"Which modules of a course you have completed. It is tied to your account, so that you can go on where you stopped.","items":["module completion"],"role":"controller","linked":true,"sensitive":false,"portable":true,"purposes":["deliver-courses"],"sources":["platform"],"erasure":"count","assumed":["erasure","portable"]},{"id":"communication","label":"Messages","description":"What you write to us, through the contact form or by email, and what we answer.","items":["messages from the contact form","emails"],"role":"controller","linked":true,"sensitive":false,"portable":true,"purposes":["answer-messages"],"sources":["contact-form","email"],"erasure":"erase","assumed":["portable"]},{"id":"usage","label":"Usage statistics","description":"Anonymised totals. They cannot be linked to a person, so there is nothing to list for you.","items":["pages visited","general type of browser","location by country"],"role":"controller","linked":false,"sensitive":false,"portable":false,"purposes":["analytics"],"sources":["umami"],"erasure":"erase"}],"processors":[{"id":"stripe","name":"Stripe","does":"payments","categories":["account","payment"],"country":"United States","safeguard":"standard-clauses","policy-url":"https://stripe.com/privacy","assumed":["categories","country","safeguard"]},{"id":"umami","name":"Umami","does":"usage statistics; it can also run on our own servers","categories":["usage"],"country":"United States","safeguard":"standard-clauses","policy-url":"https://umami.is/privacy","assumed":["country","safeguard"]},{"id":"vercel","name":"Vercel","does":"hosting, currently here or at Oracle Cloud","categories":["account","payment","course-progress","communication"],"country":"United States","safeguard":"standard-clauses","policy-url":"https://vercel.com/legal/privacy-policy","assumed":["categories","country","safeguard"]},{"id":"oracle-cloud","name":"Oracle Cloud","does":"hosting, currently here or at Vercel","categories":["account","payment","course-progress","communication"],"country":"Germany","safeguard":"no-transfer","policy-url":"https://www.oracle.com/legal/privacy/","assumed":["categories","country","safeguard"]}],"cookies":[{"id":"session","name":"session","purpose":"necessary","description":"Keeps you signed in while your browser is open.","assumed":["name"]},{"id":"umami","name":"umami*","processor":"umami","purpose":"analytics","description":"May be set to count visits. It does not follow you to other sites.","lifetime":"12 months","assumed":["lifetime","name"]}],"retention":[{"id":"account","categories":["account","payment","course-progress"],"starts":"account-closed","wording":"while your account is active","action":"erase","kept-by":"executed"}],"holds":[{"id":"tax","categories":["payment"],"ground":"tax and accounting law","period":"10 years","assumed":["period"]},{"id":"fraud-prevention","categories":["payment"],"ground":"fraud-prevention law","period":"18 months","assumed":["period"]}],"rights":[{"id":"access","right":"access","regime":"gdpr","description":"Ask what we hold about you and get a copy.","days":30,"counts-from":"receipt"},{"id":"correction","right":"correction","regime":"gdpr","description":"Have wrong data put right.","days":30,"counts-from":"receipt"},{"id":"erasure","right":"erasure","regime":"gdpr","description":"Have your account and the data that belongs to it deleted or anonymised.","days":30,"counts-from":"verification"},{"id":"portability","right":"portability","regime":"gdpr","description":"Take your data with you in a form that other services can read.","days":30,"counts-from":"receipt"},{"id":"objection","right":"objection","regime":"gdpr","description":"Object to a use of your data.","days":30,"counts-from":"receipt"},{"id":"restriction","right":"restriction","regime":"gdpr","description":"Have your data kept but not used.","days":30,"counts-from":"receipt"}],"commitments":[{"id":"password-hash","text":"Your password is stored only as a bcrypt hash. Neither the password nor its hash is ever part of an export.","kept-by":"executed"},{"id":"no-card-data","text":"We never store a card number, a security code or an expiry date.","kept-by":"executed"},{"id":"aggregate-only","text":"Usage statistics are anonymised and exist only as totals.","kept-by":"shown"},{"id":"quiet-portal","text":"This privacy portal sends nothing about your visit to any third party.","kept-by":"executed"},{"id":"no-sale","text":"Your personal data is never sold.","kept-by":"shown"},{"id":"global-privacy-control","text":"If your browser sends a Global Privacy Control signal, we honour it and confirm that we do.","kept-by":"executed"},{"id":"session-only","text":"The cookie that keeps you signed in is deleted when you close your browser.","kept-by":"executed"},{"id":"no-tracking-elsewhere","text":"Analytics cookies are not used to follow you across other sites.","kept-by":"shown"},{"id":"deletion-on-request","text":"You may ask for deletion at any time. Only what the law makes us keep stays, and you are told what and until when.","kept-by":"executed"},{"id":"complaint","text":"If you live in the European Economic Area, you may complain to your data protection authority. Each refusal says how.","kept-by":"executed"},{"id":"https","text":"Every page is served over HTTPS.","kept-by":"executed"},{"id":"server-access","text":"Access to our servers is limited to the people who need it.","kept-by":"attested"},{"id":"minors","text":"A reported child''s data is frozen at once and looked at by a person, who deletes it promptly when the report is right.","kept-by":"tasked"},{"id":"last-updated","text":"When we change this policy materially, the new version is posted here with a new date.","kept-by":"executed"}],"automated-decisions":[],"sale":{"sold":false,"shared":false,"assumed":["shared"]},"children":{"minimum-age":18,"on-report":"The data is frozen at once, a person looks at the report, and a minor''s data is deleted promptly. A report alone deletes nothing."},"changes":{"by-mail":false,"acceptance":false}},"sections":[{"id":"about","title":"Who we are","body":"{{controller.name}} offers online courses at {{controller.site}}. We decide why and how the data on this page is used, and we answer for it.\n\nThis policy is meant for everybody who visits our site, takes a course or writes to us. Which rights you have depends on where you live. You can use all of them here, and we do not ask you to look up the law first.\n"},{"id":"what-we-hold","title":"What we hold","body":"We ask for little, because a course needs little: someone to teach, a way to pay and a place to go on from.\n\n{{categories}}\n\nMost of this comes from you. The rest comes into being while you learn or pay.\n\n{{sources}}\n"},{"id":"payments","title":"Payments","body":"You pay on a page of {{processor.stripe.name}}, not on ours. Your card details are typed there and stay there. What comes back to us is a customer reference and an identifier for each payment, so that we know which course is yours.\n\nWe never store your card number, its security code or its expiry date. Our systems refuse data that looks like a card number, even if someone sends it to us by mistake. Stripe, Inc. processes your payment under its own terms and its own privacy policy.\n"},{"id":"why","title":"Why we use it","body":"Each kind of data has a purpose, and we use it for nothing else.\n\n{{purposes}}\n\nThe mail we send is mail that the service needs. We do not use your address for anything that you did not ask for.\n"},{"id":"usage","title":"How we count visits","body":"We would like to know which pages help and which do not. {{processor.umami.name}} counts visits for us: the pages, the general type of browser and the country. The figures are anonymised and exist only as totals.\n\nSince no figure belongs to a person, we cannot show you yours. That is why this part is empty when you look at your data.\n"},{"id":"third-parties","title":"Who else receives data","body":"A few companies work for us. Each has its own privacy policy, which the list links to.\n\n{{processors}}\n\nBeyond these, and beyond what a law orders, nobody receives your data. We do not sell it.\n\n{{sale}}\n"},{"id":"cookies","title":"Cookies","body":"We need a cookie to keep you signed in, and it is gone when you close your browser. {{processor.umami.name}} may set cookies to count visits. They are not used to follow you across other sites.\n\n{{cookies}}\n\nIf you do not want the cookies for statistics, a blocker in your browser keeps them out. Everything else goes on working.\n"},{"id":"retention","title":"How long we keep it","body":"We keep what belongs to your account while the account is active, so that a course is still yours when you come back to it after a long break.\n\n{{retention}}\n\nYou can ask us to delete your account and its data at any time. Once we know that the request comes from you, everything is deleted or anonymised within {{right.erasure.days}}. Only what {{hold.tax.ground}} or {{hold.fraud-prevention.ground}} makes us keep stays longer, and we tell you what that is and when it ends.\n\n{{holds}}\n"},{"id":"rights","title":"Your rights","body":"The data is about you, so you have a say in it. Depending on where you live, the law gives you these rights.\n\n{{rights}}\n\nThe quickest way is to sign in: most things are done at once. You can also ask without an account, or write to {{contact.privacy}}. We answer within {{right.access.days}}, and a mail counts from the day on which it arrives.\n\nIf you live in the European Economic Area and are not content with our answer, you may complain to [your data protection authority](https://www.edpb.europa.eu/about-edpb/about-edpb/members_en).\n"},{"id":"security","title":"How we protect it","body":"Data that we do not have cannot be lost, which is why we hold so little. What we do hold is sent only over encrypted connections, and only the people who run the service can reach our servers.\n\nWe have made these promises, and we keep track of each of them:\n\n{{commitments}}\n"},{"id":"children","title":"Children","body":"Our courses are made for adults. They are not directed at anyone under {{children.minimum-age}}.\n\n{{children}}\n\nIf you think that a child has given us data, write to {{contact.privacy}} or use the contact form with the reason \"About a child\".\n"},{"id":"changes","title":"Changes to this policy","body":"When what we do changes, this page changes with it. Earlier versions stay readable, and you can see word by word what is different.\n\n{{changes}}\n"},{"id":"contact","title":"How to reach us","body":"A person reads what you write. For questions about your data, and for everything else, this is the address:\n\n{{contacts}}\n"}],"translations":{"de":{"title":"Datenschutzerklärung","sections":[{"id":"about","title":"Wer wir sind","body":"{{controller.name}} bietet unter {{controller.site}} Online-Kurse an. Wir entscheiden, wofür und wie die hier beschriebenen Daten verwendet werden, und stehen dafür ein.\n\nDiese Erklärung richtet sich an alle, die unsere Website besuchen, einen Kurs belegen oder uns schreiben. Welche Rechte Sie haben, hängt davon ab, wo Sie leben. Hier können Sie alle ausüben, ohne vorher im Gesetz nachzuschlagen.\n"},{"id":"what-we-hold","title":"Welche Daten wir haben","body":"Wir fragen wenig ab, denn ein Kurs braucht wenig: jemanden, der lernen möchte, einen Weg zu bezahlen und eine Stelle, an der es weitergeht.\n\n{{categories}}\n\nDas meiste davon kommt von Ihnen. Der Rest entsteht, während Sie lernen oder bezahlen.\n\n{{sources}}\n"},{"id":"payments","title":"Zahlungen","body":"Sie bezahlen auf einer Seite von {{processor.stripe.name}}, nicht auf unserer. Dort geben Sie Ihre Kartendaten ein, und dort bleiben sie. Zu uns zurück kommen eine Kundenkennung und eine Kennung für jede Zahlung, damit wir wissen, welcher Kurs Ihnen gehört.\n\nKartennummer, Prüfziffer und Ablaufdatum speichern wir nie. Unsere Systeme weisen Daten zurück, die wie eine Kartennummer aussehen, auch wenn sie uns jemand versehentlich schickt. Für die Zahlung gelten die Bedingungen und die Datenschutzerklärung von Stripe, Inc.\n"},{"id":"why","title":"Wofür wir sie verwenden","body":"Jede Art von Daten hat ihren Zweck, und für etwas anderes verwenden wir sie nicht.\n\n{{purposes}}\n\nWir verschicken nur E-Mails, die der Dienst braucht. Für anderes, worum Sie nicht gebeten haben, verwenden wir Ihre Adresse nicht.\n"},{"id":"usage","title":"Wie wir Besuche zählen","body":"Wir möchten wissen, welche Seiten helfen und welche nicht. {{processor.umami.name}} zählt für uns die Besuche: die Seiten, die Art des Browsers im Allgemeinen und das Land. Die Zahlen sind anonymisiert und liegen nur als Summen vor.\n\nWeil keine Zahl zu einer Person gehört, können wir Ihnen Ihre nicht zeigen. Deshalb ist dieser Teil leer, wenn Sie Ihre Daten ansehen.\n"},{"id":"third-parties","title":"Wer sonst Daten erhält","body":"Einige Unternehmen arbeiten für uns. Jedes hat seine eigene Datenschutzerklärung, zu der die Liste führt.\n\n{{processors}}\n\nDarüber hinaus erhält niemand Ihre Daten, es sei denn, ein Gesetz ordnet es an. Wir verkaufen sie nicht.\n\n{{sale}}\n"},{"id":"cookies","title":"Cookies","body":"Wir brauchen ein Cookie, damit Sie angemeldet bleiben. Es verschwindet, sobald Sie Ihren Browser schließen. {{processor.umami.name}} setzt unter Umständen Cookies, um Besuche zu zählen. Sie dienen nicht dazu, Ihnen auf andere Websites zu folgen.\n\n{{cookies}}\n\nWenn Sie die Cookies für die Statistik nicht möchten, hält ein Blocker in Ihrem Browser sie fern. Alles andere funktioniert weiter.\n"},{"id":"retention","title":"Wie lange wir sie aufbewahren","body":"Was zu Ihrem Konto gehört, bewahren wir auf, solange das Konto besteht. So gehört Ihnen ein Kurs auch dann noch, wenn Sie nach einer langen Pause zurückkommen.\n\n{{retention}}\n\nSie können jederzeit verlangen, dass wir Ihr Konto und die zugehörigen Daten löschen. Sobald wir wissen, dass die Anfrage von Ihnen kommt, dauert es höchstens {{right.erasure.days}}, bis alles gelöscht oder anonymisiert ist. Länger bleibt nur, was wir aus diesem Grund aufbewahren müssen: {{hold.tax.ground}} oder {{hold.fraud-prevention.ground}}. Wir sagen Ihnen, was das ist und wann es endet.\n\n{{holds}}\n"},{"id":"rights","title":"Ihre Rechte","body":"Es sind Daten über Sie, also haben Sie mitzureden. Je nachdem, wo Sie leben, gibt Ihnen das Gesetz diese Rechte.\n\n{{rights}}\n\nAm schnellsten geht es, wenn Sie sich anmelden: Das meiste ist dann sofort erledigt. Sie können auch ohne Konto anfragen oder an {{contact.privacy}} schreiben. Auf unsere Antwort warten Sie höchstens {{right.access.days}}; bei einer E-Mail zählt der Tag, an dem sie eintrifft.\n\nWenn Sie im Europäischen Wirtschaftsraum leben und mit unserer Antwort nicht einverstanden sind, können Sie sich bei [Ihrer Datenschutzbehörde](https://www.edpb.europa.eu/about-edpb/about-edpb/members_de) beschweren.\n"},{"id":"security","title":"Wie wir sie schützen","body":"Daten, die wir nicht haben, können nicht verloren gehen. Deshalb haben wir so wenige. Was wir haben, wird nur verschlüsselt übertragen, und nur wer den Dienst betreibt, hat Zugang zu unseren Servern.\n\nDiese Zusagen haben wir gegeben, und wir verfolgen jede einzelne nach:\n\n{{commitments}}\n"},{"id":"children","title":"Kinder","body":"Unsere Kurse sind für Erwachsene gemacht. Sie richten sich nicht an Personen unter {{children.minimum-age}} Jahren.\n\n{{children}}\n\nWenn Sie glauben, dass ein Kind uns Daten gegeben hat, schreiben Sie an {{contact.privacy}} oder nutzen Sie das Kontaktformular mit dem Anlass „Über ein Kind“.\n"},{"id":"changes","title":"Änderungen dieser Erklärung","body":"Wenn sich ändert, was wir tun, ändert sich auch diese Seite. Frühere Fassungen bleiben lesbar, und Sie sehen Wort für Wort, was anders ist.\n\n{{changes}}\n"},{"id":"contact","title":"Wie Sie uns erreichen","body":"Was Sie schreiben, liest ein Mensch. Für Fragen zu Ihren Daten und für alles andere gilt diese Adresse:\n\n{{contacts}}\n"}],"labels":{"category.account.description":"Was Sie uns geben, um sich anzumelden. Ihr Passwort ist nur als bcrypt-Hash gespeichert. Niemand kann es lesen, auch wir nicht.","category.account.items.0":"Name","category.account.items.1":"E-Mail-Adresse","category.account.items.2":"Passwort, als bcrypt-Hash","category.account.label":"Kontodaten","category.communication.description":"Was Sie uns über das Kontaktformular oder per E-Mail schreiben und was wir antworten.","category.communication.items.0":"Nachrichten aus dem Kontaktformular","category.communication.items.1":"E-Mails","category.communication.label":"Nachrichten","category.course-progress.description":"Welche Module eines Kurses Sie abgeschlossen haben. Das gehört zu Ihrem Konto, damit Sie dort weitermachen können, wo Sie aufgehört haben.","category.course-progress.items.0":"abgeschlossene Module","category.course-progress.label":"Kursfortschritt","category.payment.description":"Die Kennungen, die einen Kauf bei Stripe mit Ihrem Konto verbinden. Kartendaten geben Sie auf der Seite von Stripe ein; wir speichern sie nie.","category.payment.items.0":"Kundenkennung bei Stripe","category.payment.items.1":"Zahlungskennungen bei Stripe","category.payment.label":"Zahlungsdaten","category.usage.description":"Anonymisierte Summen. Sie lassen sich keiner Person zuordnen, deshalb gibt es hier für Sie nichts aufzulisten.","category.usage.items.0":"besuchte Seiten","category.usage.items.1":"Art des Browsers im Allgemeinen","category.usage.items.2":"Standort nach Land","category.usage.label":"Nutzungsstatistik","children.on-report":"Die Daten werden sofort eingefroren, ein Mensch prüft die Meldung, und die Daten von Minderjährigen werden unverzüglich gelöscht. Eine Meldung allein löscht nichts.","commitment.aggregate-only.text":"Die Nutzungsstatistik ist anonymisiert und besteht nur aus Summen.","commitment.complaint.text":"Wenn Sie im Europäischen Wirtschaftsraum leben, können Sie sich bei Ihrer Datenschutzbehörde beschweren. Jede Ablehnung nennt den Weg.","commitment.deletion-on-request.text":"Sie können jederzeit die Löschung verlangen. Es bleibt nur, was das Gesetz uns aufzubewahren vorschreibt, und Sie erfahren, was und bis wann.","commitment.global-privacy-control.text":"Wenn Ihr Browser das Signal „Global Privacy Control“ sendet, beachten wir es und bestätigen Ihnen das.","commitment.https.text":"Jede Seite wird über HTTPS ausgeliefert.","commitment.last-updated.text":"Wenn wir diese Erklärung wesentlich ändern, steht die neue Fassung hier mit neuem Datum.","commitment.minors.text":"Wird uns ein Kind gemeldet, frieren wir die Daten sofort ein. Ein Mensch prüft die Meldung und löscht die Daten unverzüglich, wenn sie zutrifft.","commitment.no-card-data.text":"Kartennummer, Prüfziffer und Ablaufdatum speichern wir nie.","commitment.no-sale.text":"Ihre personenbezogenen Daten werden nie verkauft.","commitment.no-tracking-elsewhere.text":"Cookies für die Statistik dienen nicht dazu, Ihnen auf andere Websites zu folgen.","commitment.password-hash.text":"Ihr Passwort ist nur als bcrypt-Hash gespeichert. Weder das Passwort noch der Hash ist je Teil eines Exports.","commitment.quiet-portal.text":"Dieses Datenschutzportal sendet nichts über Ihren Besuch an Dritte.","commitment.server-access.text":"Zugang zu unseren Servern haben nur die Menschen, die ihn brauchen.","commitment.session-only.text":"Das Cookie, das Sie angemeldet hält, wird gelöscht, wenn Sie Ihren Browser schließen.","contact.privacy.label":"Datenschutz, Hilfe und alles andere","cookie.session.description":"Hält Sie angemeldet, solange Ihr Browser geöffnet ist.","cookie.umami.description":"Wird unter Umständen gesetzt, um Besuche zu zählen. Es folgt Ihnen nicht auf andere Websites.","hold.fraud-prevention.ground":"Recht zur Betrugsbekämpfung","hold.tax.ground":"Steuer- und Buchhaltungsrecht","processor.oracle-cloud.country":"Deutschland","processor.oracle-cloud.does":"Hosting, derzeit hier oder bei Vercel","processor.stripe.country":"USA","processor.stripe.does":"Zahlungen","processor.umami.country":"USA","processor.umami.does":"Nutzungsstatistik; kann auch auf unseren eigenen Servern laufen","processor.vercel.country":"USA","processor.vercel.does":"Hosting, derzeit hier oder bei Oracle Cloud","purpose.analytics.interest":"Summen zeigen uns, welche Seiten helfen und an welchen wir arbeiten müssen.","purpose.analytics.label":"um in Summen zu sehen, wie die Website genutzt wird","purpose.answer-messages.interest":"Wer uns schreibt, erwartet eine Antwort, und die möchten wir geben.","purpose.answer-messages.label":"um Ihre Nachrichten zu beantworten","purpose.deliver-courses.label":"um Ihre Kurse bereitzustellen und Ihren Stand darin zu behalten","purpose.legal-duties.label":"um unsere gesetzlichen Pflichten zu erfüllen","purpose.process-purchases.label":"um Ihre Käufe abzuwickeln und zu bestätigen","purpose.run-account.label":"um Ihr Konto zu führen","purpose.service-mail.label":"um E-Mails zu senden, die der Dienst braucht: zum Bestätigen Ihrer Adresse und zum Zurücksetzen Ihres Passworts","retention.account.wording":"solange Ihr Konto besteht","right.access.description":"Erfahren, was wir über Sie haben, und eine Kopie erhalten.","right.correction.description":"Falsche Daten berichtigen lassen.","right.erasure.description":"Ihr Konto und die zugehörigen Daten löschen oder anonymisieren lassen.","right.objection.description":"Einer Verwendung Ihrer Daten widersprechen.","right.portability.description":"Ihre Daten in einer Form mitnehmen, die andere Dienste lesen können.","right.restriction.description":"Ihre Daten aufbewahren, aber nicht verwenden lassen.","source.contact-form.label":"unser Kontaktformular","source.email.label":"Ihre E-Mails","source.platform.label":"unsere Kursplattform","source.stripe.label":"Stripe","source.umami.label":"Umami, in Summen","source.you.label":"Sie selbst"}}}}', '\x66bc3e5095d638d64d91bc7db1e6089c8b0b8f5e43a6dac65b1f8048417b4406', 1, 1795610551141, 1795610551141);


--
-- Data for Name: proofs; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.proofs VALUES
	(1, '01a212ba-b47e-70bd-b9ff-cc276b90997d', '\x25f8cbc27b760726a60a989fca2b6bc4b450c8eec5cbf75ac8fbda745a8d3e2e', 'message', NULL, '\x2ef05bbdbdc56364cccb0f5be544b3f3b2a2eba00bebc559f81223e38d0457a0f8b10f2484bcde3c921563c94b70bd8eab17fa51a561b280dbe8c346ab3531daac01a025a88b6295efedd56e45d08f8d75d5a86a95d88b846dba160a28d39907bbc7dd647f2422594cb07ba7a90083dda3dad4e08f591ab3ef9cb287e2f53c7f172811b1f9f42725b17e6c51787eaa156c545380e2cb5cb554309a02fbc74fe9', 1795610555488, 1796215355488),
	(1, '01a212ba-c15e-71a6-9ae2-b411e6c2eb2e', '\xb6614f6dc6e1b65f3a8d29f7645ee60cb90e73872f86f664d855428eaf36d948', 'message', NULL, '\xb003846988ebaaa4ccc56e1b4f1e26a63222e4537b1af54f8c2a212c676c0da820c9af3d563e61d6847fc999acf51f73d86fd2d8e8ded4171fe04437d5a930df9c990d4875ab9bb5c05a642e8da258f931a81950c11baf3031d75e5ded1896cf8902b64ac92abfb6e17f3475400e2e2b1014ace09a901177c17bcdd17aedca735498f59b57ba7fd851f74efa6be5a730a51571cdff06936f34d6c87f8fa93194', 1795610558789, 1796215358789),
	(1, '01a212ba-ce1f-7508-9c5f-67de3b57a784', '\x61228260ce58c289c32b79f2e44ceed37f5d15d8c697cd4681474d4ac0117747', 'message', NULL, '\x164a2a378864fa0de55983acd0449deead598d36931b4b13edcc4b5aa01277317e6d3b87de0251a370b9d5efe920adf66157f4dec21a71d663d0373cb8fd523ecdf89e82f83b4923e9c9fa7249ba832be771ba5de2296afdf2ed9b586fbcdffae090cbb16b706fafa32f990038c7c6e093abf552fd236ae2e05f73e4a1442689f4b535aff8de0fac472e8615d75ab833c86b22777d2f607272', 1795610562065, 1796215362065);


--
-- Data for Name: providers; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: receipt_lines; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.receipt_lines VALUES
	(1, '01a212ba-a7b9-73b9-ba00-0ab0f0dbd8be', 1, '{"line":"category","category":"account","count":1,"outcome":"erased"}', '\x202b1e060c45fbf50455acb8706e22e99733f981b690bc83f3a48d74479955a4de44c34c0c425bbdba89469d8cca20706079dac6d3ec89ff9ee9a0bd7555c40c'),
	(1, '01a212ba-a7b9-73b9-ba00-0ab0f0dbd8be', 2, '{"line":"category","category":"payment","count":1,"outcome":{"retained":{"hold":"tax","until":"2036-08-03"}}}', '\xcd1f4bd10506ae84e6076e823fe84b9c7494d7e4db9118078d20e4a79f9fc65b886dd557f82779ea1fec0a91004bf1bad30e41984a3c1455787c462c3fca6700'),
	(1, '01a212ba-a7b9-73b9-ba00-0ab0f0dbd8be', 3, '{"line":"category","category":"course-progress","count":1,"outcome":"counted"}', '\xdb0ec4111bae15b22311bba7f1e5d0751bf837a9bcb3adddf5cb4be6cd1add1b12f31f17471bca46bfc3284309de70ae73433969d534a70a33883e05e3f63d01'),
	(1, '01a212ba-a7b9-73b9-ba00-0ab0f0dbd8be', 4, '{"line":"category","category":"communication","count":1,"outcome":"erased"}', '\x364f6c7605c7b5ed8f8ff2b4345e01ee3192a868498a48eb8550071c8d1af9ee513562c5a5d6350724164e6922491a06a7669d590759a59b120adb7ad18de503'),
	(1, '01a212ba-a7b9-73b9-ba00-0ab0f0dbd8be', 5, '{"line":"keys-destroyed","keys":4}', '\xeefa7754b7bb214bc33e2a5bcb4c4a46e51881bc133b7b9d6218490e162e7672ce5635348ceec2606fe747bdd3e156171adbbc56f853245655a577144d2ce606');


--
-- Data for Name: receipts; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.receipts VALUES
	(1, '01a212ba-a7b9-73b9-ba00-0ab0f0dbd8be', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', '\x67ebea8ae80a1ac667e6daab9d90d66110ed84d9c2f4a9d8fd97923aa9323d69', 1795610552220),
	(1, '01a212ba-d76e-744e-8080-875ea78a2ca8', '01a212ba-d753-7740-9f55-8901e7a0b0b7', '\x2fc6edaaa2a478f7b60b843216e0cca5a98b580a961666d0023f8549070e41d9', 1795610564427);


--
-- Data for Name: record_parties; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.record_parties VALUES
	(1, '01a212ba-a599-715b-bb60-7064aad3aa9b', '01a212ba-a558-7756-909b-a91fb1a5c5be', '\xd2a3b5d7f95e824fa73070e6a543f429569961749f2957062188fb335b70284c792cff45ea4ea8fef0ff37eb51bfe5fe0d5812cbb7c7f835ea7f0f80639e887dad924a68283a93f3');


--
-- Data for Name: records; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.records VALUES
	(1, '01a212ba-a598-74a0-b99d-ac28c2c5e841', '01a212ba-a558-7756-909b-a91fb1a5c5be', NULL, 'account', 'profile', 'platform', '\x9ba9c508b3fa711b7fcacafd2aa8de44a4a9b2f6924dc5f06b376549c14916e2', 19754, 1795610551614, '\xa3a6a00b97b4fc8e8e251c2bb5e141c4ab7b44ce87df2f6630539ca034b62df94ad7e6c0b10db5f05c7064e5531a1de2f4ae3572321239bfa1a25544218de6e10b1a8db308aff70e4579601e8b424530750352af4452eeb443764d723e1b9dfc45a3f7c0c63a', '\x12dd7ec6efb398ea3d0654ea0600800337adc696dab3d19182cb06fe0ecd1765', NULL),
	(1, '01a212ba-a598-74a0-b99d-ac29a6b4841c', '01a212ba-a558-7756-909b-a91fb1a5c5be', NULL, 'payment', 'stripe-payment', 'platform', '\xb5f60486ffc336b772ac6f42bc7d501fa03c8a1b70cdd6d2dc29b646c0845ff5', 20668, 1795610551614, '\x932c24717f7a30a05517297c865ab3d40ef7c2cbdb2cc830cd5c8cc68f6a9df87bdc02f69e98b9a98e34c4014117bf880521af8e91bf08e96dfcfc615c86b8eb898e9d74ee27e4808be8af854e50d4ee9021f90602039fc385784910a387a79a378791a05c7ada04def492cf16698e96b75535d99ec284f321', '\x26fc6de1ac3a5ac0463921b654a120b36ece10c4b238e1bdcdda8bc67a4a3c86', NULL),
	(1, '01a212ba-a598-74a0-b99d-ac2ac5baef7c', '01a212ba-a558-7756-909b-a91fb1a5c5be', NULL, 'course-progress', 'course-progress', 'platform', '\x1f0a58d2ce7e0f21a1f284c204c088f03e53a83736d28e005914247b5276af55', 20697, 1795610551614, '\xff057405a2311da69d704c6e5953f8852186f88c5bfe078dcd93b0a58902090fd18954ef7c9792d8a1b11b3674f925542d913766eea89c7216dd4980415e8205bd8683e47c4f2cee7ca242ecef0b0fd75ef36cb7876f453a5641573e0b510b292d34d98c65f4ab88097f72759a7eb436b8ce8bc76c970969d64d7fc64efe0105462b79a411838bd33b17d7e26d5c460b3c5e4620', '\x65fdcf03449f29852bbc96124cb7743a8f131f08dcd00b454da6d9f2b3f9bcb9', NULL),
	(1, '01a212ba-a599-715b-bb60-7059f3e9042a', '01a212ba-a558-7756-909b-a92098bc86b2', NULL, 'payment', 'stripe-payment', 'platform', '\x8895cbae8de26197a3cd393fde2f307d5195b7561d11fa77925971d501fe9c3f', 20668, 1795610551614, '\x994339fbcdbf40fd7bd1bdb7f773367dd63d4a34d74e70443c846fcf095fceff8ed5718c3d1798e786de4e3e5a7b85c5c129cf1686685288c92f7782bbd16020171fa0f03a423af117d9d59c8a808685b8b1d49ac403115c20bf7786b121dc2e7cfaf9b86beed901cb76bb3bec03c44fd598a628b97f64b5b8', '\x6d5a91acb6b8833e709a407374b2399cad2f55eda0ad60981ce84a4b5a3d847f', NULL),
	(1, '01a212ba-a599-715b-bb60-705b0146015a', '01a212ba-a558-7756-909b-a921925e2519', NULL, 'account', 'profile', 'platform', '\x8a0a6e513dc7491d0c6e84f11d3ca44694460b627867cbe04f540333f91b7503', 19754, 1795610551614, '\x3ce78dd66883a52efb319d633ed2419944aba545b36984738dbd30f5f5c878d77638b88203f50463d448010aece48cd73922175a71ef5ebac469c68c68c62bdd531becf94514dd610d202ad7f957aa990f9d86c3f3f024943e1370ad9f839f7942e9786fc05d5f5f26f9966f', '\x44a05619123c521424596a3166cf83a28f8beb17ae34ce64aa86f86777e7bf7e', NULL),
	(1, '01a212ba-a599-715b-bb60-705c4ae6d260', '01a212ba-a558-7756-909b-a921925e2519', NULL, 'payment', 'stripe-payment', 'platform', '\xd390a2ed8c0981053e036d39cbdacfa8ab70336b2186dce2499d389f487b2c4d', 20668, 1795610551614, '\x79d498d74688e02a9c129a7b098dbecf8ed7fb52c12f99e5a08e9bebfad45fac52858fbe521b21efe39692090773b7a12546b4525dab0f846d9e9fa492b6fe9e3b5c2d798638d7969fe9e4514b8a02e6c45a88141e8cf1d63d3a18f0b5ad2956aebe1be1a5ac1e83ceb5486171009c33388b6babe65a694f2765ba4120', '\xacad73fc1ed3ab0a6548ddd14c38c86cd6321ca4a9547b87401257a5a17d02dc', NULL),
	(1, '01a212ba-a599-715b-bb60-705dff9f4846', '01a212ba-a558-7756-909b-a921925e2519', NULL, 'course-progress', 'course-progress', 'platform', '\x39d25212032e882e2fd3b01e804ad08a86380d5576b34a0e9b3047bc9794b81d', 20697, 1795610551614, '\xe5a1fea1b3348ccff9af829d0ab73557386b36c53cae331276c980e549dd6092a3069e0c79a88949caf17125affaac662e653e6d12ba0e2bd33ed5a711b8901d81658148a787df0928b8d68332b076ef71cd8f8a9b3666bfb7f1647f406dae14eaa9381900a97773f8e6165c9313eb816dd1f755d9ac3f59cd463d492aab14e400c2e5505a0d039e7767f5922a8f129991f95c2b986d', '\x9787ce6fab6cf7e3d5e7cf3032f26ed058133da9993ae9ef6a93f820cb7e14af', NULL),
	(1, '01a212ba-a599-715b-bb60-705ea676af96', '01a212ba-a558-7756-909b-a92278181ad1', NULL, 'account', 'profile', 'platform', '\x826291df5162242e2301ba7f62fcbabce3fa8532f5adf9cfd4e2909e21121675', 19754, 1795610551614, '\x21782ee192d2f1512d2b7e3d43da2b6af75a58d122461164c9fae18ee3cc5adb1e8700695a5ab0f6da968eb47ab7687878491a605a45a952888da7911968dd87d830e5ecef9038afe8623a80ddc14adf47166c58862d5e76eba04d7ff88c70ae2325c20b9a8a0af17ba96fc92b18c3', '\x9c99b4908118195d944b317198cfd1df7913f28e7b5de596afc0db2120a21a87', NULL),
	(1, '01a212ba-a599-715b-bb60-705f60c2dd5a', '01a212ba-a558-7756-909b-a92278181ad1', NULL, 'payment', 'stripe-payment', 'platform', '\xdbb913e6cd976dba5b0e5fe0e6575a6fab0428bc80fb963645272f698335fdc2', 20668, 1795610551614, '\x8242c7644bf51a88e973ad46f3ea3431116724a68b34e9a20af268f6cfa509eec203e533d503701c7a44de7be1974a5ff26e91bf869d1839a30989ec59519518c4cc2c2feccb25f99d7eee97df088d848c630063062539bca410ecead935e0445e99849a295a4452275c12dc9bf418cbe7722c09028e054c10010c600d5291', '\x6ba19e14c73c9df26157e9bf36c57d537c10c81dc059187a6b031629a5a33b3f', NULL),
	(1, '01a212ba-a599-715b-bb60-7060e207ce29', '01a212ba-a558-7756-909b-a92278181ad1', NULL, 'course-progress', 'course-progress', 'platform', '\xe4f39c9128a886ee21e3ecb73d08dafc3a3274bb941eba63fe5219f1d8c2497f', 20697, 1795610551614, '\xfebca1576e3fec68d72aa8c1da8dc56f6c81f31fac73a1162e2f34adbd81ce9b6a08b867c52309778e615503fce4baead9c7c3c72a3477555b8da444472f3e822ec67e62bff63065a0edd1dace7087a6b1cf5eb7b53d8a0c1f8bd3d55ea963df672215315fd6359ea0a92926cb2e0e2965f2d6388bcc18bd7120839608870d9698364aa39366688053b749587881b1c693e3f5d4f1bc87', '\x7898c17eee3d0841b1aee41226d2bdbf9484e97520bb29fa7be6e61ad78727e4', NULL),
	(1, '01a212ba-a599-715b-bb60-70615aa9a6c7', '01a212ba-a558-7756-909b-a9236885161f', NULL, 'account', 'profile', 'platform', '\x6f481fc06048a63c9775008223859af234b5746982108e66a0f99e7f97c78cee', 19754, 1795610551614, '\xd8f1ea57aa98dabcee8105303370423adedd2c96c315ac5ee45b7654dd91e18bb2865d23c41aa1efa54843641853bb0c71399f1878b4abfacb769225d58466ce9512e1516e370a8c4c22e8612508ae02f38dd9456137dc1df17ff03a175cdfb9fcd094558a8042bf64', '\xeded30de13cc91d37e1281cd3b7ddabd5042290c206d6fd8cbcc3f8ee27b4b46', NULL),
	(1, '01a212ba-a599-715b-bb60-70626d14f687', '01a212ba-a558-7756-909b-a9236885161f', NULL, 'payment', 'stripe-payment', 'platform', '\x8e93def43d8471d97a55de3e72645fced3f5c65fccb9c4ebf273384f44baee88', 20668, 1795610551614, '\x74f2c296a07280f7395dfe11e3b8bdb680567105965faced35410c1af3957ffdb2d64bd3cf32ca71ac203806de4043868ad107d8d7621b6c90b137efd36c48058757a5445c9213fa9d59cb105c6fd7cdd77c2542e1c15dad585df5fbad98c41686e7105f3e325d8da8b10cf7e60b8636509551d2958718fbb0e57a', '\xa1f6364eb9a172cd7b7b8de318a9caf0e55f525ca4ff7fbe417f2fb74303f02f', NULL),
	(1, '01a212ba-a599-715b-bb60-7063c5592782', '01a212ba-a558-7756-909b-a9236885161f', NULL, 'course-progress', 'course-progress', 'platform', '\x37b69ca6aa877f959bb3326fae008500b74eeb8d157158a581321bbdb25f9e0a', 20697, 1795610551614, '\x4905845370ee4fcbba60fbdae27559c23414d36b11344a2ad4188b06fb9506a14e1e5a59d8b7f5e62ada11fba82ac54e58f65a64905578794f6730e57f01e2db08daec219bd1915879bc1dffaf651d693bd47227e7c909833711f86441925016eb23a747673aaa6e6fad4e95487196edd0b1a80c5b7a256f4fbac8d4cc08a772eea9934d175ce63a5f44347b23bb762028a1dd00f1', '\x0be728468aa6ef64d81ec260666fe2df84c9633e860f091757bf4f23542c4e54', NULL),
	(1, '01a212ba-a599-715b-bb60-7064aad3aa9b', NULL, NULL, 'communication', 'message', 'platform', '\xe1d979f65ecb095090050a40eac249a1163cbc2ab7d3affae80076753bac4ddc', 20728, 1795610551614, '\xa1ac492397d879c260bd1fee01188653879b2157eb9dfebfe0561da23803948a3e0eda4b17ebb0ee506fa73b672b0d2a82c786cff8f304a8743d1cd032d3b73650138d01ad9c44e23e6f977878a00b1d1f3aad5b088bcb2c2ce3f12f7f5234faa15b', '\x362c98f2c50fa3722da306bdbf264b3e81361819b39ffa62b246fb74b6a12e00', NULL),
	(1, '01a212ba-b463-7719-8c93-848220096400', '01a212ba-b464-72d0-b481-8c70b83fc7c3', NULL, 'communication', 'message', 'contact-form', '\x6437adf3d82eb6dc954f665f6738fbf35d71c9579d02f6f7ab7d5f7975ff2a61', 20782, 1795610555488, '\xa7b3a81f0771b8455fdd5386b1a340e167afdc882bc4eda0acb0c9df62af917db6d707dfa5ddf2ab05ee562f15634f3b7769d4cab596a5e7cbbb0e3b8cb4648a45c3c8e57bae43abf684f7001e502c9ad2de5f7e37f1be210cd31193a8205b7b5f62afd2f7c6c1b6617e104ddaa765497809d587a5dbf1416608b4f3144eebb6a3c708ab111390823424091d6889a10c191661070ffaee4a3976b137b0ac2bc5d505ffe7254fcdb89e52d55db417493feda5adaa8eb30022fe1077e7a4e26ef04b5cd53417a95e117fe0ac2143b24251175bfcc09a33c1a62cd5545b09', '\xa5df1cfb31be256bb3a1fecfa7a43df413217fd311b8da1a6dab494409b5516b', NULL),
	(1, '01a212ba-c148-711e-aa43-692f5da25453', '01a212ba-c148-711e-aa43-69302d2ee392', NULL, 'communication', 'message', 'contact-form', '\xa03e1a82a8a98fd1192a928fc1c7827d3625cccfb4bf6b85f59d390f40043514', 20782, 1795610558789, '\xa0a9b692ef38adaf3bd3df258fc7ca98cfdbf94724be395c8f621cbcd085ccc34be036d42e49da7acbe25f072da4a0f751539aa928e07c7508ceba5e1e2466403facb75c0853b7a71a974762d948ec013aff8220078dd4f5e1e342aed238b9548979f489529171eb9b3eefe56f66bd97641d3de7c6b787ebe57139c08d24b57cea61a12db550c385ccdcd99bfe421af102a036f34622e59183b8b2c7fcf019474e5cf1dd2d250331a24c6dbcd1c11480ddfb61e931a7d69fa1b9a3e3b5c7e145d4a0f53d7953071b080269a39dcd17d0bf5cd488104cb6eac8a652d876', '\x490fe705dc1a24ceb164e4b83601ff316b388e0fc59e6da6f3d20daf283432ab', NULL),
	(1, '01a212ba-ce13-718b-b227-d9ecc4d213d1', '01a212ba-ce14-738a-a36d-c7b1bfbf7c7a', NULL, 'communication', 'message', 'contact-form', '\xbe4f2cb8fe969b92ab2a85bee2d03c097f157c65fe5512e156e61c1673784a51', 20782, 1795610562065, '\x9cb813636a36c70c8c65ee849914296cc3aa60dc41b304dd736b95296018a5e7339c22a73a98330822ab4de5da285e35ce5121c9038c0db1e3339805775919b4796e2b63a810db7e3e83deac04a6df345d992c39df7291e38961ff6409a8d49c8ea782edb4492bc4e0babd5725c1f86acb7340ae08936783e8b48febe40bbf51139e430d2b85ce0da20f6c2f52f4ed1da321cfc5d0dfca18940de8b36244c3e64e36fb67', '\xaa7b1875993352baf354e4232e2bc32681cc9f92db320a07c80402c833683408', NULL);


--
-- Data for Name: request_steps; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.request_steps VALUES
	(1, '01a212ba-a7b7-749d-b7d1-d8f94dd7b3f2', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', 'received', 1795610552220),
	(1, '01a212ba-a7b8-7193-8c45-00d70144592e', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', 'verifying', 1795610552220),
	(1, '01a212ba-a7b8-7193-8c45-00d89122ce70', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', 'in-progress', 1795610552220),
	(1, '01a212ba-a846-770c-b8dd-f45328cd7088', '01a212ba-a7a4-71fc-9d89-64958f8e81f9', 'partly-fulfilled', 1795610552359),
	(1, '01a212ba-b474-757d-8c44-f16102731083', '01a212ba-b474-757d-8c44-f160de7bdb12', 'received', 1795610555488),
	(1, '01a212ba-c153-7790-97ba-d01c621b27ca', '01a212ba-c153-7790-97ba-d01bce2458f7', 'received', 1795610558789),
	(1, '01a212ba-ced0-7466-ae03-3549c666f001', '01a212ba-cecf-7106-8d7d-78cfd96983d7', 'received', 1795610562251),
	(1, '01a212ba-ced0-7466-ae03-354a53618786', '01a212ba-cecf-7106-8d7d-78cfd96983d7', 'verifying', 1795610562251),
	(1, '01a212ba-ced0-7466-ae03-354b5fa232b5', '01a212ba-cecf-7106-8d7d-78cfd96983d7', 'in-progress', 1795610562251),
	(1, '01a212ba-cf1f-741b-9bcb-e0e210d6541e', '01a212ba-cecf-7106-8d7d-78cfd96983d7', 'fulfilled', 1795610562282),
	(1, '01a212ba-d769-71ca-8d2d-53867bcbe501', '01a212ba-d753-7740-9f55-8901e7a0b0b7', 'received', 1795610564427),
	(1, '01a212ba-d76a-718c-a5e0-9b876dc24f66', '01a212ba-d753-7740-9f55-8901e7a0b0b7', 'verifying', 1795610564427),
	(1, '01a212ba-d76b-7172-962c-c235c30d762b', '01a212ba-d753-7740-9f55-8901e7a0b0b7', 'in-progress', 1795610564427);


--
-- Data for Name: requests; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.requests VALUES
	(1, '01a212ba-a7a4-71fc-9d89-64958f8e81f9', 'ZDTQ-SB5D-2K', '01a212ba-a558-7756-909b-a92098bc86b2', 'erasure', 'gdpr', 'partly-fulfilled', 1, 1795610552220, 1795610552220, 20812, 1795610552359, NULL),
	(1, '01a212ba-b474-757d-8c44-f160de7bdb12', '74NX-DH7H-VN', NULL, 'erasure', 'promise', 'received', 1, 1795610555488, NULL, 20782, NULL, NULL),
	(1, '01a212ba-c153-7790-97ba-d01bce2458f7', 'W0PN-T1XB-QF', NULL, 'erasure', 'promise', 'received', 1, 1795610558789, NULL, 20782, NULL, NULL),
	(1, '01a212ba-cecf-7106-8d7d-78cfd96983d7', 'FN0F-VKEQ-JD', '01a212ba-a558-7756-909b-a9236885161f', 'access', 'gdpr', 'fulfilled', 1, 1795610562251, 1795610562251, 20812, 1795610562282, NULL),
	(1, '01a212ba-d753-7740-9f55-8901e7a0b0b7', 'NF98-672W-9X', '01a212ba-a558-7756-909b-a92278181ad1', 'erasure', 'gdpr', 'in-progress', 1, 1795610564427, 1795610564427, 20812, NULL, '\x2857fad8b8ee2e8da4cb2229dcd30ad2b8a0ff30f5b83c11052c5ac16662679d7cba194371fc7c1fac6baa5cb5e5c14a3129e57ec44d257ad75a1b9dcf1a51b574adf4e0244707ca94a5e7c9882efa6bb037e6c092f93fae77351347eb8f98872c395eb246106ca950f7d3bdd00cb8385191f4bf0ba042dc4787979531095faabe876b6511a6684078');


--
-- Data for Name: seaql_migrations; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.seaql_migrations VALUES
	('m0001_tenants', 1795610550),
	('m0002_accounts', 1795610550),
	('m0003_policies', 1795610550),
	('m0004_held_data', 1795610550),
	('m0005_requests', 1795610550),
	('m0006_exports', 1795610550),
	('m0007_work', 1795610550),
	('m0008_row_level_security', 1795610550),
	('m0009_sign_in', 1795610550),
	('m0010_api', 1795610550),
	('m0011_webhooks', 1795610550),
	('m0012_stripe', 1795610550),
	('m0013_messages', 1795610550);


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.sessions VALUES
	(1, '\x6ba2e937c3389431307da4fae24c1d3d424647aa9a1852824cad6ea018b24665', '01a212ba-cebc-75a0-a6ef-acbc6de112aa', '01a212ba-a57f-7703-97ac-fc63874fb994', 'password', false, '', 1795610562229, 1795610562229, 'export', 1795610562240, false);


--
-- Data for Name: stripe_connections; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: stripe_events; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: stripe_views; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: subjects; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.subjects VALUES
	(1, '01a212ba-a558-7756-909b-a921925e2519', '\x0bf3287bc4e96d67d7d0e8c02c09be9fd7e73a5239a7676e426e68530e103c6c', '\x50f238161b3a14df398eac6f5400ed352c0c0cfb70186e912a2fbd344fcf749d', NULL, '\x0804e32193427ee380b07b23287664b9f4f101297d0873b99581110408f18e0eec0aa227d63b70c29ee50419fdce0d7fc47e129ef2a02a7861e9d2af3942063b71bf1aa6cbf5cdd638e79be30b17d634f58594f6176bb7ee870e1761706e04eec1bacdeb3975eeff7082', 1795610551614, NULL, NULL, false, NULL),
	(1, '01a212ba-a558-7756-909b-a9236885161f', '\x8afab2259d23231ec0cb14a92f0ac44e4013a72367dd2c3ad33ae5e69de45e72', '\x9cf0c3aa6106fc6875e4d462a9ae84167312e416679c3f3329da6b1c6645c9cf', NULL, '\x91c9100df1f29e3805e55663bdd31e75e2d3606cc2b066bb59061c63d3869c472f37fb2b3d903feab153d83e2bc73db40d1214771d3d9d0e1195bb339e41bfa615981bc7a40c7fc24dd6c1ab10ffdfca9c76b01ccc6210e80226bafd9e141fb5b299feff141fc6', 1795610551614, NULL, NULL, false, NULL),
	(1, '01a212ba-a558-7756-909b-a92098bc86b2', '\xed9e1f53a7686cf212a176d1966052fefcfe4ba5abcc8c592b5b84d86bc27fea', NULL, NULL, NULL, 1795610551614, 1795610552220, 1795610552275, false, NULL),
	(1, '01a212ba-b464-72d0-b481-8c70b83fc7c3', '\xbf190fe8749a962fb9a543e39814ba1e09d59f839ede0d12de92707104ec4e3f', NULL, NULL, NULL, 1795610555488, NULL, NULL, false, NULL),
	(1, '01a212ba-a558-7756-909b-a91fb1a5c5be', '\xed2c21b1a9e841ccd40fef4993eaab93ebfd5d0cf190c6109b6d2dea990253f5', '\x247b7de8d3b4aa8517ba0abcda051a47b32d87c488cd2a1c3d559ee52c469763', NULL, '\x41b6153277cded2c0b7424609feff0c74c2bfb39d9dcf42e707f56364a6dea660bfa2b139c3e6968381f13f62cede04614692903f32282bd352a4b04443d8ab3765187584b8589d46191871d4329c0fe8bf23ade470f0be4c023531bbad2a026101fe028', 1795610551614, NULL, NULL, false, 1795610555488),
	(1, '01a212ba-c148-711e-aa43-69302d2ee392', '\x88e7b2d1f735fb1af2648553e17ca365cce9999682dc5080b97333ef73b4ec4b', NULL, NULL, NULL, 1795610558789, NULL, NULL, false, NULL),
	(1, '01a212ba-ce14-738a-a36d-c7b1bfbf7c7a', '\xed1e7a0a6ef609d72ce7c8ed8a3f59c1c59be3abd0a6b236a77daf8a4da93cda', NULL, NULL, NULL, 1795610562065, NULL, NULL, false, NULL),
	(1, '01a212ba-a558-7756-909b-a92278181ad1', '\xbdbd6f4ff712cc61f46012f2ca74e0eeb239235d1c5991d98a5013b86ba63134', '\xaebdcdb2ad70932f5c9e112e843ff854a72d0c29244e032d96c858ddb4e58973', NULL, '\xd5f445ff0b5db68108cfa7bcd298dff0b69f0dec36e40a9a3dc220bd42f1871605dfecf3fae71e97e04419da4e2b07fa4b3ab70da3a1733177d7da7ec32d58b032e14cd5e98a32feb564b70c3c4e55a8c1ebfd926a37520eba2220f7fdbbccf747397e24ec30b311a0ada4f4ec', 1795610551614, 1795610564427, NULL, false, NULL);


--
-- Data for Name: tenants; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.tenants VALUES
	(1, 'lumaire', 'Lumaire', 'Online courses to take at your own pace', '#8a4b2a', 'Europe/Berlin', 1795610551141, 'open', 'offered', NULL);


--
-- Data for Name: tombstones; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--

INSERT INTO public.tombstones VALUES
	(1, '\xed9e1f53a7686cf212a176d1966052fefcfe4ba5abcc8c592b5b84d86bc27fea', 1795610552275);


--
-- Data for Name: webhook_deliveries; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Data for Name: webhook_endpoints; Type: TABLE DATA; Schema: public; Owner: candor_test_owner
--



--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: anonymous_counts anonymous_counts_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.anonymous_counts
    ADD CONSTRAINT anonymous_counts_pkey PRIMARY KEY (tenant_id, category, kind, month);


--
-- Name: api_answers api_answers_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.api_answers
    ADD CONSTRAINT api_answers_pkey PRIMARY KEY (tenant_id, token_id, key_hash);


--
-- Name: api_tokens api_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: audit_entries audit_entries_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: ceremonies ceremonies_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.ceremonies
    ADD CONSTRAINT ceremonies_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: choices choices_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.choices
    ADD CONSTRAINT choices_pkey PRIMARY KEY (tenant_id, subject_id, purpose);


--
-- Name: data_keys data_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_pkey PRIMARY KEY (tenant_id, owner_id, label);


--
-- Name: disclosures disclosures_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.disclosures
    ADD CONSTRAINT disclosures_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: export_chunks export_chunks_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.export_chunks
    ADD CONSTRAINT export_chunks_pkey PRIMARY KEY (tenant_id, export_id, number);


--
-- Name: exports exports_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: generation generation_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.generation
    ADD CONSTRAINT generation_pkey PRIMARY KEY (id);


--
-- Name: hosts hosts_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_pkey PRIMARY KEY (host);


--
-- Name: identities identities_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: instance instance_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.instance
    ADD CONSTRAINT instance_pkey PRIMARY KEY (id);


--
-- Name: jobs jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: messages messages_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: organisations organisations_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: passkeys passkeys_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: policy_versions policy_versions_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.policy_versions
    ADD CONSTRAINT policy_versions_pkey PRIMARY KEY (tenant_id, number);


--
-- Name: proofs proofs_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.proofs
    ADD CONSTRAINT proofs_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: providers providers_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_pkey PRIMARY KEY (tenant_id, slug);


--
-- Name: receipt_lines receipt_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.receipt_lines
    ADD CONSTRAINT receipt_lines_pkey PRIMARY KEY (tenant_id, receipt_id, number);


--
-- Name: receipts receipts_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: record_parties record_parties_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.record_parties
    ADD CONSTRAINT record_parties_pkey PRIMARY KEY (tenant_id, record_id, subject_id);


--
-- Name: records records_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: request_steps request_steps_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.request_steps
    ADD CONSTRAINT request_steps_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: requests requests_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: seaql_migrations seaql_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.seaql_migrations
    ADD CONSTRAINT seaql_migrations_pkey PRIMARY KEY (version);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, token_hash);


--
-- Name: stripe_connections stripe_connections_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_connections
    ADD CONSTRAINT stripe_connections_pkey PRIMARY KEY (tenant_id);


--
-- Name: stripe_events stripe_events_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_events
    ADD CONSTRAINT stripe_events_pkey PRIMARY KEY (tenant_id, id_hash);


--
-- Name: stripe_views stripe_views_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_views
    ADD CONSTRAINT stripe_views_pkey PRIMARY KEY (tenant_id, subject_id);


--
-- Name: subjects subjects_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id);


--
-- Name: tenants tenants_slug_key; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_slug_key UNIQUE (slug);


--
-- Name: tombstones tombstones_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (tenant_id, source_hash);


--
-- Name: webhook_deliveries webhook_deliveries_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: webhook_endpoints webhook_endpoints_pkey; Type: CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (tenant_id, id);


--
-- Name: accounts_by_email; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX accounts_by_email ON public.accounts USING btree (tenant_id, email_hash);


--
-- Name: accounts_by_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX accounts_by_subject ON public.accounts USING btree (tenant_id, subject_id);


--
-- Name: api_answers_by_time; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX api_answers_by_time ON public.api_answers USING btree (tenant_id, created_at);


--
-- Name: api_tokens_by_hash; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX api_tokens_by_hash ON public.api_tokens USING btree (tenant_id, token_hash);


--
-- Name: ceremonies_by_time; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX ceremonies_by_time ON public.ceremonies USING btree (tenant_id, expires_at);


--
-- Name: ceremonies_by_token; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX ceremonies_by_token ON public.ceremonies USING btree (tenant_id, token_hash);


--
-- Name: disclosures_by_source; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX disclosures_by_source ON public.disclosures USING btree (tenant_id, source_hash);


--
-- Name: disclosures_of_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX disclosures_of_subject ON public.disclosures USING btree (tenant_id, subject_id, disclosed_on, id);


--
-- Name: events_by_source; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX events_by_source ON public.events USING btree (tenant_id, source_hash);


--
-- Name: events_of_organisation; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX events_of_organisation ON public.events USING btree (tenant_id, organisation_id);


--
-- Name: events_of_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX events_of_subject ON public.events USING btree (tenant_id, subject_id);


--
-- Name: exports_of_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX exports_of_subject ON public.exports USING btree (tenant_id, subject_id, asked_at);


--
-- Name: hosts_by_tenant; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX hosts_by_tenant ON public.hosts USING btree (tenant_id);


--
-- Name: identities_by_account; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX identities_by_account ON public.identities USING btree (tenant_id, account_id);


--
-- Name: identities_by_name; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX identities_by_name ON public.identities USING btree (tenant_id, provider, name_hash);


--
-- Name: jobs_by_time; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX jobs_by_time ON public.jobs USING btree (run_at);


--
-- Name: messages_of_record; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX messages_of_record ON public.messages USING btree (tenant_id, record_id);


--
-- Name: messages_of_request; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX messages_of_request ON public.messages USING btree (tenant_id, request_id);


--
-- Name: organisations_by_source; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX organisations_by_source ON public.organisations USING btree (tenant_id, source_hash);


--
-- Name: passkeys_by_account; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX passkeys_by_account ON public.passkeys USING btree (tenant_id, account_id);


--
-- Name: passkeys_by_credential; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX passkeys_by_credential ON public.passkeys USING btree (tenant_id, credential_hash);


--
-- Name: policy_versions_alone; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX policy_versions_alone ON public.policy_versions USING btree (tenant_id, state) WHERE (state = ANY (ARRAY['draft'::text, 'published'::text]));


--
-- Name: proofs_by_account; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX proofs_by_account ON public.proofs USING btree (tenant_id, account_id);


--
-- Name: proofs_by_secret; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX proofs_by_secret ON public.proofs USING btree (tenant_id, secret_hash);


--
-- Name: receipts_by_code; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX receipts_by_code ON public.receipts USING btree (tenant_id, code_hash);


--
-- Name: receipts_of_request; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX receipts_of_request ON public.receipts USING btree (tenant_id, request_id);


--
-- Name: record_parties_of_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX record_parties_of_subject ON public.record_parties USING btree (tenant_id, subject_id);


--
-- Name: records_by_source; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX records_by_source ON public.records USING btree (tenant_id, source_hash);


--
-- Name: records_by_subject_and_id; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX records_by_subject_and_id ON public.records USING btree (tenant_id, subject_id, id);


--
-- Name: records_of_organisation; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX records_of_organisation ON public.records USING btree (tenant_id, organisation_id, category, occurred_on, id);


--
-- Name: records_of_stripe_customer; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX records_of_stripe_customer ON public.records USING btree (tenant_id, subject_id) WHERE (kind = 'stripe-customer'::text);


--
-- Name: records_of_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX records_of_subject ON public.records USING btree (tenant_id, subject_id, category, occurred_on, id);


--
-- Name: request_steps_of_request; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX request_steps_of_request ON public.request_steps USING btree (tenant_id, request_id, id);


--
-- Name: requests_by_due; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX requests_by_due ON public.requests USING btree (tenant_id, due_on, id);


--
-- Name: requests_by_reference; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX requests_by_reference ON public.requests USING btree (tenant_id, reference);


--
-- Name: requests_of_subject; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX requests_of_subject ON public.requests USING btree (tenant_id, subject_id);


--
-- Name: sessions_by_account; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX sessions_by_account ON public.sessions USING btree (tenant_id, account_id);


--
-- Name: stripe_events_by_time; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX stripe_events_by_time ON public.stripe_events USING btree (tenant_id, received_at);


--
-- Name: stripe_views_by_customer; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX stripe_views_by_customer ON public.stripe_views USING btree (tenant_id, customer_hash);


--
-- Name: subjects_by_email; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX subjects_by_email ON public.subjects USING btree (tenant_id, email_hash);


--
-- Name: subjects_by_source; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE UNIQUE INDEX subjects_by_source ON public.subjects USING btree (tenant_id, source_hash);


--
-- Name: webhook_deliveries_by_endpoint; Type: INDEX; Schema: public; Owner: candor_test_owner
--

CREATE INDEX webhook_deliveries_by_endpoint ON public.webhook_deliveries USING btree (tenant_id, endpoint_id, id);


--
-- Name: accounts accounts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: accounts accounts_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: anonymous_counts anonymous_counts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.anonymous_counts
    ADD CONSTRAINT anonymous_counts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: api_answers api_answers_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.api_answers
    ADD CONSTRAINT api_answers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: api_answers api_answers_tenant_id_token_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.api_answers
    ADD CONSTRAINT api_answers_tenant_id_token_id_fkey FOREIGN KEY (tenant_id, token_id) REFERENCES public.api_tokens(tenant_id, id) ON DELETE CASCADE;


--
-- Name: api_tokens api_tokens_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: audit_entries audit_entries_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: ceremonies ceremonies_tenant_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.ceremonies
    ADD CONSTRAINT ceremonies_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.accounts(tenant_id, id) ON DELETE CASCADE;


--
-- Name: ceremonies ceremonies_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.ceremonies
    ADD CONSTRAINT ceremonies_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: choices choices_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.choices
    ADD CONSTRAINT choices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: choices choices_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.choices
    ADD CONSTRAINT choices_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: data_keys data_keys_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: disclosures disclosures_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.disclosures
    ADD CONSTRAINT disclosures_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: disclosures disclosures_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.disclosures
    ADD CONSTRAINT disclosures_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: events events_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: events events_tenant_id_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES public.organisations(tenant_id, id);


--
-- Name: events events_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: export_chunks export_chunks_tenant_id_export_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.export_chunks
    ADD CONSTRAINT export_chunks_tenant_id_export_id_fkey FOREIGN KEY (tenant_id, export_id) REFERENCES public.exports(tenant_id, id) ON DELETE CASCADE;


--
-- Name: export_chunks export_chunks_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.export_chunks
    ADD CONSTRAINT export_chunks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: exports exports_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: exports exports_tenant_id_request_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.exports
    ADD CONSTRAINT exports_tenant_id_request_id_fkey FOREIGN KEY (tenant_id, request_id) REFERENCES public.requests(tenant_id, id);


--
-- Name: hosts hosts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: identities identities_tenant_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.accounts(tenant_id, id) ON DELETE CASCADE;


--
-- Name: identities identities_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: jobs jobs_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: messages messages_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: messages messages_tenant_id_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_tenant_id_record_id_fkey FOREIGN KEY (tenant_id, record_id) REFERENCES public.records(tenant_id, id) ON DELETE CASCADE;


--
-- Name: messages messages_tenant_id_request_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_tenant_id_request_id_fkey FOREIGN KEY (tenant_id, request_id) REFERENCES public.requests(tenant_id, id);


--
-- Name: organisations organisations_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.organisations
    ADD CONSTRAINT organisations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: outbox outbox_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: passkeys passkeys_tenant_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.accounts(tenant_id, id) ON DELETE CASCADE;


--
-- Name: passkeys passkeys_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: policy_versions policy_versions_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.policy_versions
    ADD CONSTRAINT policy_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: proofs proofs_tenant_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.proofs
    ADD CONSTRAINT proofs_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.accounts(tenant_id, id) ON DELETE CASCADE;


--
-- Name: proofs proofs_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.proofs
    ADD CONSTRAINT proofs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: providers providers_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: receipt_lines receipt_lines_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.receipt_lines
    ADD CONSTRAINT receipt_lines_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: receipt_lines receipt_lines_tenant_id_receipt_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.receipt_lines
    ADD CONSTRAINT receipt_lines_tenant_id_receipt_id_fkey FOREIGN KEY (tenant_id, receipt_id) REFERENCES public.receipts(tenant_id, id);


--
-- Name: receipts receipts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: receipts receipts_tenant_id_request_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT receipts_tenant_id_request_id_fkey FOREIGN KEY (tenant_id, request_id) REFERENCES public.requests(tenant_id, id);


--
-- Name: record_parties record_parties_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.record_parties
    ADD CONSTRAINT record_parties_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: record_parties record_parties_tenant_id_record_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.record_parties
    ADD CONSTRAINT record_parties_tenant_id_record_id_fkey FOREIGN KEY (tenant_id, record_id) REFERENCES public.records(tenant_id, id) ON DELETE CASCADE;


--
-- Name: record_parties record_parties_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.record_parties
    ADD CONSTRAINT record_parties_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: records records_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: records records_tenant_id_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES public.organisations(tenant_id, id);


--
-- Name: records records_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: request_steps request_steps_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.request_steps
    ADD CONSTRAINT request_steps_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: request_steps request_steps_tenant_id_request_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.request_steps
    ADD CONSTRAINT request_steps_tenant_id_request_id_fkey FOREIGN KEY (tenant_id, request_id) REFERENCES public.requests(tenant_id, id);


--
-- Name: requests requests_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.requests
    ADD CONSTRAINT requests_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: sessions sessions_tenant_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.accounts(tenant_id, id) ON DELETE CASCADE;


--
-- Name: sessions sessions_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: stripe_connections stripe_connections_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_connections
    ADD CONSTRAINT stripe_connections_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: stripe_events stripe_events_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_events
    ADD CONSTRAINT stripe_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: stripe_views stripe_views_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_views
    ADD CONSTRAINT stripe_views_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: stripe_views stripe_views_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.stripe_views
    ADD CONSTRAINT stripe_views_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subjects(tenant_id, id);


--
-- Name: subjects subjects_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: subjects subjects_tenant_id_organisation_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_tenant_id_organisation_id_fkey FOREIGN KEY (tenant_id, organisation_id) REFERENCES public.organisations(tenant_id, id);


--
-- Name: tombstones tombstones_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: webhook_deliveries webhook_deliveries_tenant_id_endpoint_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_tenant_id_endpoint_id_fkey FOREIGN KEY (tenant_id, endpoint_id) REFERENCES public.webhook_endpoints(tenant_id, id) ON DELETE CASCADE;


--
-- Name: webhook_deliveries webhook_deliveries_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: webhook_endpoints webhook_endpoints_tenant_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: candor_test_owner
--

ALTER TABLE ONLY public.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(tenant_id);


--
-- Name: accounts; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: accounts accounts_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY accounts_across ON public.accounts TO candor_across USING (true);


--
-- Name: accounts accounts_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY accounts_of_tenant ON public.accounts TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: anonymous_counts; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.anonymous_counts ENABLE ROW LEVEL SECURITY;

--
-- Name: anonymous_counts anonymous_counts_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY anonymous_counts_across ON public.anonymous_counts TO candor_across USING (true);


--
-- Name: anonymous_counts anonymous_counts_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY anonymous_counts_of_tenant ON public.anonymous_counts TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: api_answers; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.api_answers ENABLE ROW LEVEL SECURITY;

--
-- Name: api_answers api_answers_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY api_answers_across ON public.api_answers TO candor_across USING (true);


--
-- Name: api_answers api_answers_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY api_answers_of_tenant ON public.api_answers TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: api_tokens; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.api_tokens ENABLE ROW LEVEL SECURITY;

--
-- Name: api_tokens api_tokens_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY api_tokens_across ON public.api_tokens TO candor_across USING (true);


--
-- Name: api_tokens api_tokens_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY api_tokens_of_tenant ON public.api_tokens TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: audit_entries; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.audit_entries ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_entries audit_entries_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY audit_entries_across ON public.audit_entries TO candor_across USING (true);


--
-- Name: audit_entries audit_entries_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY audit_entries_of_tenant ON public.audit_entries TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: ceremonies; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.ceremonies ENABLE ROW LEVEL SECURITY;

--
-- Name: ceremonies ceremonies_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY ceremonies_across ON public.ceremonies TO candor_across USING (true);


--
-- Name: ceremonies ceremonies_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY ceremonies_of_tenant ON public.ceremonies TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: choices; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.choices ENABLE ROW LEVEL SECURITY;

--
-- Name: choices choices_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY choices_across ON public.choices TO candor_across USING (true);


--
-- Name: choices choices_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY choices_of_tenant ON public.choices TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: data_keys; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.data_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: data_keys data_keys_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY data_keys_across ON public.data_keys TO candor_across USING (true);


--
-- Name: data_keys data_keys_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY data_keys_of_tenant ON public.data_keys TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: disclosures; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.disclosures ENABLE ROW LEVEL SECURITY;

--
-- Name: disclosures disclosures_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY disclosures_across ON public.disclosures TO candor_across USING (true);


--
-- Name: disclosures disclosures_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY disclosures_of_tenant ON public.disclosures TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: events; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;

--
-- Name: events events_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY events_across ON public.events TO candor_across USING (true);


--
-- Name: events events_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY events_of_tenant ON public.events TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: export_chunks; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.export_chunks ENABLE ROW LEVEL SECURITY;

--
-- Name: export_chunks export_chunks_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY export_chunks_across ON public.export_chunks TO candor_across USING (true);


--
-- Name: export_chunks export_chunks_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY export_chunks_of_tenant ON public.export_chunks TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: exports; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.exports ENABLE ROW LEVEL SECURITY;

--
-- Name: exports exports_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY exports_across ON public.exports TO candor_across USING (true);


--
-- Name: exports exports_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY exports_of_tenant ON public.exports TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: hosts; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.hosts ENABLE ROW LEVEL SECURITY;

--
-- Name: hosts hosts_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY hosts_across ON public.hosts TO candor_across USING (true);


--
-- Name: hosts hosts_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY hosts_of_tenant ON public.hosts TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: identities; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.identities ENABLE ROW LEVEL SECURITY;

--
-- Name: identities identities_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY identities_across ON public.identities TO candor_across USING (true);


--
-- Name: identities identities_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY identities_of_tenant ON public.identities TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: jobs; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs jobs_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY jobs_across ON public.jobs TO candor_across USING (true);


--
-- Name: jobs jobs_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY jobs_of_tenant ON public.jobs TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: messages; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

--
-- Name: messages messages_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY messages_across ON public.messages TO candor_across USING (true);


--
-- Name: messages messages_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY messages_of_tenant ON public.messages TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: organisations; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.organisations ENABLE ROW LEVEL SECURITY;

--
-- Name: organisations organisations_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY organisations_across ON public.organisations TO candor_across USING (true);


--
-- Name: organisations organisations_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY organisations_of_tenant ON public.organisations TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: outbox; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.outbox ENABLE ROW LEVEL SECURITY;

--
-- Name: outbox outbox_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY outbox_across ON public.outbox TO candor_across USING (true);


--
-- Name: outbox outbox_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY outbox_of_tenant ON public.outbox TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: passkeys; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.passkeys ENABLE ROW LEVEL SECURITY;

--
-- Name: passkeys passkeys_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY passkeys_across ON public.passkeys TO candor_across USING (true);


--
-- Name: passkeys passkeys_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY passkeys_of_tenant ON public.passkeys TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: policy_versions; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.policy_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: policy_versions policy_versions_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY policy_versions_across ON public.policy_versions TO candor_across USING (true);


--
-- Name: policy_versions policy_versions_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY policy_versions_of_tenant ON public.policy_versions TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: proofs; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.proofs ENABLE ROW LEVEL SECURITY;

--
-- Name: proofs proofs_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY proofs_across ON public.proofs TO candor_across USING (true);


--
-- Name: proofs proofs_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY proofs_of_tenant ON public.proofs TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: providers; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.providers ENABLE ROW LEVEL SECURITY;

--
-- Name: providers providers_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY providers_across ON public.providers TO candor_across USING (true);


--
-- Name: providers providers_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY providers_of_tenant ON public.providers TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: receipt_lines; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.receipt_lines ENABLE ROW LEVEL SECURITY;

--
-- Name: receipt_lines receipt_lines_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY receipt_lines_across ON public.receipt_lines TO candor_across USING (true);


--
-- Name: receipt_lines receipt_lines_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY receipt_lines_of_tenant ON public.receipt_lines TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: receipts; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.receipts ENABLE ROW LEVEL SECURITY;

--
-- Name: receipts receipts_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY receipts_across ON public.receipts TO candor_across USING (true);


--
-- Name: receipts receipts_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY receipts_of_tenant ON public.receipts TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: record_parties; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.record_parties ENABLE ROW LEVEL SECURITY;

--
-- Name: record_parties record_parties_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY record_parties_across ON public.record_parties TO candor_across USING (true);


--
-- Name: record_parties record_parties_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY record_parties_of_tenant ON public.record_parties TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: records; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.records ENABLE ROW LEVEL SECURITY;

--
-- Name: records records_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY records_across ON public.records TO candor_across USING (true);


--
-- Name: records records_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY records_of_tenant ON public.records TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: request_steps; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.request_steps ENABLE ROW LEVEL SECURITY;

--
-- Name: request_steps request_steps_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY request_steps_across ON public.request_steps TO candor_across USING (true);


--
-- Name: request_steps request_steps_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY request_steps_of_tenant ON public.request_steps TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: requests; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.requests ENABLE ROW LEVEL SECURITY;

--
-- Name: requests requests_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY requests_across ON public.requests TO candor_across USING (true);


--
-- Name: requests requests_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY requests_of_tenant ON public.requests TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: sessions; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions sessions_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY sessions_across ON public.sessions TO candor_across USING (true);


--
-- Name: sessions sessions_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY sessions_of_tenant ON public.sessions TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: stripe_connections; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.stripe_connections ENABLE ROW LEVEL SECURITY;

--
-- Name: stripe_connections stripe_connections_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY stripe_connections_across ON public.stripe_connections TO candor_across USING (true);


--
-- Name: stripe_connections stripe_connections_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY stripe_connections_of_tenant ON public.stripe_connections TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: stripe_events; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.stripe_events ENABLE ROW LEVEL SECURITY;

--
-- Name: stripe_events stripe_events_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY stripe_events_across ON public.stripe_events TO candor_across USING (true);


--
-- Name: stripe_events stripe_events_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY stripe_events_of_tenant ON public.stripe_events TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: stripe_views; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.stripe_views ENABLE ROW LEVEL SECURITY;

--
-- Name: stripe_views stripe_views_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY stripe_views_across ON public.stripe_views TO candor_across USING (true);


--
-- Name: stripe_views stripe_views_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY stripe_views_of_tenant ON public.stripe_views TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: subjects; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.subjects ENABLE ROW LEVEL SECURITY;

--
-- Name: subjects subjects_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY subjects_across ON public.subjects TO candor_across USING (true);


--
-- Name: subjects subjects_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY subjects_of_tenant ON public.subjects TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: tenants; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants tenants_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY tenants_across ON public.tenants TO candor_across USING (true);


--
-- Name: tenants tenants_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY tenants_of_tenant ON public.tenants TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: tombstones; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.tombstones ENABLE ROW LEVEL SECURITY;

--
-- Name: tombstones tombstones_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY tombstones_across ON public.tombstones TO candor_across USING (true);


--
-- Name: tombstones tombstones_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY tombstones_of_tenant ON public.tombstones TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: webhook_deliveries; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.webhook_deliveries ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_deliveries webhook_deliveries_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY webhook_deliveries_across ON public.webhook_deliveries TO candor_across USING (true);


--
-- Name: webhook_deliveries webhook_deliveries_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY webhook_deliveries_of_tenant ON public.webhook_deliveries TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: webhook_endpoints; Type: ROW SECURITY; Schema: public; Owner: candor_test_owner
--

ALTER TABLE public.webhook_endpoints ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_endpoints webhook_endpoints_across; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY webhook_endpoints_across ON public.webhook_endpoints TO candor_across USING (true);


--
-- Name: webhook_endpoints webhook_endpoints_of_tenant; Type: POLICY; Schema: public; Owner: candor_test_owner
--

CREATE POLICY webhook_endpoints_of_tenant ON public.webhook_endpoints TO candor_tenant USING ((tenant_id = (NULLIF(current_setting('candor.tenant'::text, true), ''::text))::bigint));


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: candor_test_owner
--

GRANT USAGE ON SCHEMA public TO candor_tenant;
GRANT USAGE ON SCHEMA public TO candor_across;


--
-- Name: TABLE accounts; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.accounts TO candor_tenant;


--
-- Name: TABLE anonymous_counts; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anonymous_counts TO candor_tenant;


--
-- Name: TABLE api_answers; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_answers TO candor_tenant;


--
-- Name: TABLE api_tokens; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_tokens TO candor_tenant;


--
-- Name: TABLE audit_entries; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_entries TO candor_tenant;


--
-- Name: TABLE ceremonies; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ceremonies TO candor_tenant;


--
-- Name: TABLE choices; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.choices TO candor_tenant;


--
-- Name: TABLE data_keys; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.data_keys TO candor_tenant;


--
-- Name: TABLE disclosures; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.disclosures TO candor_tenant;


--
-- Name: TABLE events; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.events TO candor_tenant;


--
-- Name: TABLE export_chunks; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.export_chunks TO candor_tenant;


--
-- Name: TABLE exports; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.exports TO candor_tenant;


--
-- Name: TABLE generation; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,UPDATE ON TABLE public.generation TO candor_tenant;
GRANT SELECT ON TABLE public.generation TO candor_across;


--
-- Name: TABLE hosts; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.hosts TO candor_tenant;
GRANT SELECT ON TABLE public.hosts TO candor_across;


--
-- Name: TABLE identities; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.identities TO candor_tenant;


--
-- Name: TABLE instance; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT ON TABLE public.instance TO candor_across;


--
-- Name: TABLE jobs; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO candor_tenant;
GRANT SELECT ON TABLE public.jobs TO candor_across;


--
-- Name: COLUMN jobs.claimed_until; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT UPDATE(claimed_until) ON TABLE public.jobs TO candor_across;


--
-- Name: COLUMN jobs.attempts; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT UPDATE(attempts) ON TABLE public.jobs TO candor_across;


--
-- Name: TABLE messages; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO candor_tenant;


--
-- Name: TABLE organisations; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organisations TO candor_tenant;


--
-- Name: TABLE outbox; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbox TO candor_tenant;


--
-- Name: TABLE passkeys; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passkeys TO candor_tenant;


--
-- Name: TABLE policy_versions; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.policy_versions TO candor_tenant;


--
-- Name: TABLE proofs; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.proofs TO candor_tenant;


--
-- Name: TABLE providers; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers TO candor_tenant;


--
-- Name: TABLE receipt_lines; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT ON TABLE public.receipt_lines TO candor_tenant;


--
-- Name: TABLE receipts; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.receipts TO candor_tenant;


--
-- Name: TABLE record_parties; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.record_parties TO candor_tenant;


--
-- Name: TABLE records; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.records TO candor_tenant;


--
-- Name: TABLE request_steps; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT ON TABLE public.request_steps TO candor_tenant;


--
-- Name: TABLE requests; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.requests TO candor_tenant;


--
-- Name: TABLE seaql_migrations; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT ON TABLE public.seaql_migrations TO candor_across;
GRANT SELECT ON TABLE public.seaql_migrations TO candor_tenant;


--
-- Name: TABLE sessions; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO candor_tenant;


--
-- Name: TABLE stripe_connections; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stripe_connections TO candor_tenant;


--
-- Name: TABLE stripe_events; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stripe_events TO candor_tenant;


--
-- Name: TABLE stripe_views; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stripe_views TO candor_tenant;


--
-- Name: TABLE subjects; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subjects TO candor_tenant;


--
-- Name: TABLE tenants; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,UPDATE ON TABLE public.tenants TO candor_tenant;
GRANT SELECT,INSERT ON TABLE public.tenants TO candor_across;


--
-- Name: TABLE tombstones; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.tombstones TO candor_tenant;


--
-- Name: TABLE webhook_deliveries; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_deliveries TO candor_tenant;


--
-- Name: TABLE webhook_endpoints; Type: ACL; Schema: public; Owner: candor_test_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_endpoints TO candor_tenant;


--
-- PostgreSQL database dump complete
--

\unrestrict GadwOXXU4Sww13r6zUgjzcKGatldMgPjzhb24dcV9sH1U3jELfBEfrnFo8xhq7w

