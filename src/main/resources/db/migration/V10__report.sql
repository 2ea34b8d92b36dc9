-- Who looked at what is not theirs.

create table look (
    look_id    bigint generated always as identity primary key,
    person_id  uuid not null,
    subject    text not null,
    subject_id uuid not null,
    looked_at  timestamptz not null default clock_now()
);
comment on table look is 'The operator sees all books; each look is kept.';
comment on column look.look_id is 'Order.';
comment on column look.person_id is 'Who looked.';
comment on column look.subject is 'At what: circuit of a model, data set or project, legs of a book.';
comment on column look.subject_id is 'Which one.';
comment on column look.looked_at is 'When.';
grant select, insert on look to kreislauf_app;

create table report_run (
    run_id     uuid primary key default uuidv7(),
    person_id  uuid not null,
    report     text not null,
    parameters jsonb not null,
    watermark  jsonb not null,
    sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    run_at     timestamptz not null default clock_now()
);
comment on table report_run is 'Every run of a report, so that what was run and never shown can be counted.';
comment on column report_run.run_id is 'Time-ordered id.';
comment on column report_run.person_id is 'Who ran it.';
comment on column report_run.report is 'Which report, with the version of its measures.';
comment on column report_run.parameters is 'With which parameters.';
comment on column report_run.watermark is 'The state of the ledger that it was computed from.';
comment on column report_run.sha256 is 'SHA-256 of its canonical JSON.';
comment on column report_run.run_at is 'When.';
grant select, insert on report_run to kreislauf_app;
