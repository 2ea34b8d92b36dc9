-- From agreed labels to released, frozen data sets.

create table dataset (
    project_id uuid primary key references project,
    salt       bytea not null default uuid_send(gen_random_uuid()),
    created_at timestamptz not null default clock_now()
);
comment on table dataset is 'The data set that a project makes: one working version, and any number of released ones.';
comment on column dataset.project_id is 'The project; also the Kafka key of its releases.';
comment on column dataset.salt is 'Random; with it the split cannot be guessed, and stays the same each time it is built.';
comment on column dataset.created_at is 'When the first item was taken in.';
grant select, insert, update on dataset to kreislauf_app;

create table item_split (
    item_id    uuid primary key references item,
    project_id uuid not null references project,
    root       uuid not null,
    split      text not null check (split in ('train', 'test'))
);
create index item_split_of_project on item_split (project_id);
comment on table item_split is 'On which side of the split an item stands. All items that share a declared group or their content stand on one side.';
comment on column item_split.item_id is 'The item.';
comment on column item_split.project_id is 'Its project.';
comment on column item_split.root is 'The first item of all that are connected by group or content; the side is drawn by SHA-256(salt || root).';
comment on column item_split.split is 'train, or test; connected to a gold item: always train.';
grant select, insert, update, delete on item_split to kreislauf_app;

create table working_row (
    item_id      uuid primary key references item,
    project_id   uuid not null references project,
    answer       jsonb not null,
    agreement    numeric,
    labels       int not null,
    item_version int not null,
    updated_at   timestamptz not null default clock_now()
);
create index working_row_of_project on working_row (project_id, item_id);
comment on table working_row is 'The working version: one structured row for each item that is agreed now.';
comment on column working_row.item_id is 'The item; its split is in item_split.';
comment on column working_row.project_id is 'Its project.';
comment on column working_row.answer is 'The agreed answer, by question.';
comment on column working_row.agreement is 'Share of the labels that agree with it.';
comment on column working_row.labels is 'How many labels it rests on.';
comment on column working_row.item_version is 'Which state of the agreement it shows; an older one never replaces it.';
comment on column working_row.updated_at is 'When it was last taken in.';
grant select, insert, update, delete on working_row to kreislauf_app;

create table means_use (
    use_id       uuid primary key default uuidv7(),
    project_id   uuid not null references project,
    kind         text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency     text not null,
    used_at      timestamptz not null
);
create index means_use_of_project on means_use (project_id);
comment on table means_use is 'Means of production used up in a project: what makes its c.';
comment on column means_use.use_id is 'Named by the ledger entry.';
comment on column means_use.project_id is 'Where they went.';
comment on column means_use.kind is 'What was used: tooling, source, compute.';
comment on column means_use.amount_minor is 'At what was paid for them.';
comment on column means_use.currency is 'ISO 4217.';
comment on column means_use.used_at is 'When they were used (effective time).';
grant select, insert on means_use to kreislauf_app;

create table dataset_version (
    version_id        uuid primary key default uuidv7(),
    project_id        uuid not null references project,
    organisation_id   uuid not null references organisation,
    number            int not null check (number >= 1),
    name              text not null check (length(name) between 1 and 200),
    description       text not null default '',
    licence_text      text not null default '',
    state             text not null default 'releasing' check (state in ('releasing', 'released')),
    licences_declared int not null check (licences_declared between 1 and 100000),
    replaced_by       uuid references dataset_version,
    released_at       timestamptz not null,
    currency          text not null,
    stock             jsonb not null,
    hours             jsonb not null,
    annotators        int not null,
    train_rows        bigint not null,
    test_rows         bigint not null,
    watermark         jsonb not null,
    manifest          jsonb,
    created_at        timestamptz not null default clock_now(),
    unique (project_id, number)
);
create index dataset_version_of_organisation on dataset_version (organisation_id, version_id);
comment on table dataset_version is 'A frozen data set: its rows, what it cost and the hours in it never change.';
comment on column dataset_version.version_id is 'Time-ordered id; also the subject of its ledger accounts.';
comment on column dataset_version.project_id is 'The project that made it.';
comment on column dataset_version.organisation_id is 'Its maker.';
comment on column dataset_version.number is 'Counts from 1 within the project.';
comment on column dataset_version.name is 'As buyers see it.';
comment on column dataset_version.description is 'What it is, in its maker''s words.';
comment on column dataset_version.licence_text is 'The terms under which it is licensed.';
comment on column dataset_version.state is 'releasing: rows are frozen and booked, files are being written (finished on the next start if interrupted); released: it can be sold and downloaded.';
comment on column dataset_version.licences_declared is 'Each licence carries one part in this many of cost, hours and outside means.';
comment on column dataset_version.replaced_by is 'The later version that took over what the unsold licences carried.';
comment on column dataset_version.released_at is 'When it was released (effective time).';
comment on column dataset_version.currency is 'ISO 4217 code of the project''s amounts.';
comment on column dataset_version.stock is 'What it carried when released: {costs: [{currency, cMinor, vMinor, outsideMinor}], labour: {observedMillis, declaredMillis}}.';
comment on column dataset_version.hours is 'Its hours by time class, in ms: {observed: {direct: ...}, declared: {...}, takenOver: {...}, wages: ...}: what the release publishes of its circuit.';
comment on column dataset_version.annotators is 'How many people''s labels are in it.';
comment on column dataset_version.train_rows is 'Rows of the training split.';
comment on column dataset_version.test_rows is 'Rows of the test split.';
comment on column dataset_version.watermark is 'The state of the ledger that the release took in.';
comment on column dataset_version.manifest is 'The manifest as written, with the SHA-256 of each file.';
comment on column dataset_version.created_at is 'When it was frozen.';
grant select, insert, update on dataset_version to kreislauf_app;

create table version_row (
    version_id uuid not null references dataset_version,
    item_id    uuid not null references item,
    split      text not null check (split in ('train', 'test')),
    answer     jsonb not null,
    agreement  numeric,
    labels     int not null,
    primary key (version_id, item_id)
);
comment on table version_row is 'The rows of a released version, as they were agreed when it was frozen.';
comment on column version_row.version_id is 'The version.';
comment on column version_row.item_id is 'The item.';
comment on column version_row.split is 'Its side of the split in this version.';
comment on column version_row.answer is 'The agreed answer.';
comment on column version_row.agreement is 'Share of the labels that agreed.';
comment on column version_row.labels is 'How many labels it rests on.';
grant select, insert on version_row to kreislauf_app;

create table version_submission (
    version_id    uuid not null references dataset_version,
    submission_id uuid not null,
    item_id       uuid not null references item,
    pseudonym     uuid not null,
    primary key (version_id, submission_id)
);
create index version_submission_of_submission on version_submission (submission_id);
comment on table version_submission is 'Whose labels are in a version. No rejected work is ever here.';
comment on column version_submission.version_id is 'The version.';
comment on column version_submission.submission_id is 'The submission whose label is in it.';
comment on column version_submission.item_id is 'The item it labels.';
comment on column version_submission.pseudonym is 'The annotator in this release: random, the same for all its licensees, another one in each release.';
grant select, insert on version_submission to kreislauf_app;

create table version_file (
    version_id uuid not null references dataset_version,
    path       text not null,
    media_type text not null,
    bytes      bigint not null,
    rows       bigint,
    sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    primary key (version_id, path)
);
comment on table version_file is 'The files of a released version.';
comment on column version_file.version_id is 'The version.';
comment on column version_file.path is 'Within the version.';
comment on column version_file.media_type is 'For the download.';
comment on column version_file.bytes is 'Its length.';
comment on column version_file.rows is 'Rows of a table; null for the manifest and the card.';
comment on column version_file.sha256 is 'Of its bytes, in hex.';
grant select, insert on version_file to kreislauf_app;
