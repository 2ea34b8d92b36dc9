-- What is asked for: projects, their forms, their items, and the slots that publishing funds.

create table project (
    project_id           uuid primary key default uuidv7(),
    organisation_id      uuid not null references organisation,
    title                text not null check (length(title) between 1 and 200),
    purpose              text not null default '',
    content_warning      text,
    guidelines           text not null default '',
    examples             jsonb not null default '[]' check (jsonb_typeof(examples) = 'array'),
    form                 jsonb not null,
    form_version         int not null default 1 check (form_version >= 1),
    state                text not null default 'draft' check (state in ('draft', 'published', 'paused', 'closed', 'cancelled')),
    currency             text not null check (currency ~ '^[A-Z]{3}$'),
    pay_rule             text not null check (pay_rule in ('piece', 'hour', 'none')),
    reward_minor         bigint not null check (reward_minor >= 0),
    estimate_millis      bigint not null check (estimate_millis > 0),
    labels_wanted        int not null check (labels_wanted between 1 and 1000),
    labels_max           int check (labels_max between labels_wanted and 1000),
    floor_minor_per_hour bigint not null default 0 check (floor_minor_per_hour >= 0),
    reserve_minor        bigint not null default 0 check (reserve_minor >= 0),
    idle_millis          bigint not null default 60000 check (idle_millis > 0),
    deadline_millis      bigint not null default 3600000 check (deadline_millis > 0),
    lease_millis         bigint not null default 600000 check (lease_millis > 0),
    prefetch_limit       int not null default 5 check (prefetch_limit between 1 and 200),
    review_days          int not null default 7 check (review_days between 1 and 60),
    appeal_days          int not null default 14 check (appeal_days between 1 and 60),
    regions              text[],
    languages            text[],
    train_share_percent  int not null default 70 check (train_share_percent between 0 and 100),
    origin               text not null default 'normal' check (origin in ('normal', 'demo', 'log')),
    log_name             text check ((log_name is not null) = (origin = 'log')),
    created_at           timestamptz not null default clock_now(),
    published_at         timestamptz,
    closed_at            timestamptz
);
create index project_of_organisation on project (organisation_id, project_id);
create index project_published on project (project_id) where state = 'published';
comment on table project is 'One kind of task, asked of annotators about many items, with its pay and its rules.';
comment on column project.project_id is 'Time-ordered id; also the subject of the escrow and production accounts.';
comment on column project.organisation_id is 'Who asks, and pays.';
comment on column project.title is 'As annotators see it.';
comment on column project.purpose is 'What the data is for, told to annotators.';
comment on column project.content_warning is 'What harmful content an annotator may meet; null: none expected.';
comment on column project.guidelines is 'How to label.';
comment on column project.examples is 'Array of {content, answer, why}.';
comment on column project.form is 'The current form: {questions: [{name, title, type, required, choices: [{value, title, key}]}]}.';
comment on column project.form_version is 'Version of the current form; all versions are in project_form.';
comment on column project.state is 'draft -> published <-> paused -> closed or cancelled.';
comment on column project.currency is 'ISO 4217 code of all amounts.';
comment on column project.pay_rule is 'piece: per accepted label; hour: per booked hour; none: paid elsewhere.';
comment on column project.reward_minor is 'Per label (piece) or per hour (hour), in minor units.';
comment on column project.estimate_millis is 'What one label is estimated to take.';
comment on column project.labels_wanted is 'Labels per item unless the item says otherwise.';
comment on column project.labels_max is 'Up to how many labels an undecided item may get; null: as many as wanted and no more.';
comment on column project.floor_minor_per_hour is 'Pay per hour of all booked time is topped up to this.';
comment on column project.reserve_minor is 'Declared sum for top-ups and paid returns.';
comment on column project.idle_millis is 'Time without input that still counts as work.';
comment on column project.deadline_millis is 'From the claim: how long a claimed task may be submitted.';
comment on column project.lease_millis is 'How long a task that was fetched ahead and not shown is kept without a heartbeat.';
comment on column project.prefetch_limit is 'Claims one annotator may hold at a time.';
comment on column project.review_days is 'Work not reviewed within these days is approved.';
comment on column project.appeal_days is 'A rejection can be appealed within these days.';
comment on column project.regions is 'Countries whose annotators may work on it; null: all.';
comment on column project.languages is 'BCP 47 tags of which an annotator must have one; null: any.';
comment on column project.train_share_percent is 'Share of the items that goes to the training split.';
comment on column project.origin is 'demo and log mark work that was not done here.';
comment on column project.log_name is 'Which log is replayed; only its own workers may work here.';
comment on column project.created_at is 'When it was drafted.';
comment on column project.published_at is 'When it was first published (effective time).';
comment on column project.closed_at is 'When it was closed or cancelled (effective time).';
grant select, insert, update on project to kreislauf_app;

create table project_form (
    project_id uuid not null references project,
    version    int not null,
    form       jsonb not null,
    since      timestamptz not null default clock_now(),
    primary key (project_id, version)
);
comment on table project_form is 'Every version of a project''s form: an answer is checked against the version that its claim showed.';
comment on column project_form.project_id is 'Whose form.';
comment on column project_form.version is 'Counts from 1.';
comment on column project_form.form is 'The form, as in project.form.';
comment on column project_form.since is 'When it was set.';
grant select, insert, update on project_form to kreislauf_app;

create table item (
    item_id       uuid primary key default uuidv7(),
    project_id    uuid not null references project,
    external_key  text not null check (length(external_key) between 1 and 300),
    content       jsonb not null,
    source        text,
    licence       text,
    lawful_basis  text,
    labels_wanted int check (labels_wanted between 1 and 1000),
    gold          jsonb,
    group_key     text,
    rank          bigint not null default (random(-9223372036854775808, 9223372036854775807)),
    created_at    timestamptz not null default clock_now(),
    unique (project_id, external_key)
);
comment on table item is 'One thing to be labelled.';
comment on column item.item_id is 'Time-ordered id; the Kafka key of all events about the item.';
comment on column item.project_id is 'The project that asks about it.';
comment on column item.external_key is 'The requester''s own key, or the SHA-256 of the content.';
comment on column item.content is 'What the annotator sees: the columns of the import that have no meaning of their own.';
comment on column item.source is 'Where it comes from.';
comment on column item.licence is 'Under what licence it may be used.';
comment on column item.lawful_basis is 'Why it may be used.';
comment on column item.labels_wanted is 'Overrides project.labels_wanted.';
comment on column item.gold is 'The known answer, by question; never shown to annotators.';
comment on column item.group_key is 'Items of one group stay on one side of the split.';
comment on column item.rank is 'Random order, fixed at import.';
comment on column item.created_at is 'When it was imported.';
grant select, insert, update on item to kreislauf_app;

create table slot (
    slot_id    uuid primary key default uuidv7(),
    project_id uuid not null references project,
    item_id    uuid not null references item,
    ordinal    int not null check (ordinal >= 1),
    state      text not null check (state in ('unopened', 'open', 'claimed', 'filled', 'closed')),
    claim_id   uuid,
    rank       bigint not null default (random(-9223372036854775808, 9223372036854775807)),
    unique (item_id, ordinal)
) with (fillfactor = 80);
create index slot_open on slot (project_id, rank) where state = 'open';
create index slot_of_project on slot (project_id);
comment on table slot is 'The funded right to one paid label of one item; made by publishing.';
comment on column slot.slot_id is 'Time-ordered id.';
comment on column slot.project_id is 'The project whose escrow holds its reward.';
comment on column slot.item_id is 'The item to be labelled.';
comment on column slot.ordinal is 'Counts the labels of an item from 1.';
comment on column slot.state is 'unopened (funded, opened when confidence is short) -> open -> claimed -> filled, or back to open; closed: its reward went back to the requester.';
comment on column slot.claim_id is 'Who holds or filled it.';
comment on column slot.rank is 'Random order of claiming: own per slot, so that one who has done many items finds the next one soon.';
comment on index slot_open is 'Claims take the first open slots in this order.';
grant select, insert, update on slot to kreislauf_app;
