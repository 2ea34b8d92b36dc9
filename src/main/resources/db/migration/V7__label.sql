-- From many submissions to one label: what arrived on the topic of labels, and what is agreed about each item.

create table label (
    submission_id uuid primary key,
    project_id    uuid not null,
    item_id       uuid not null references item,
    annotator_id  uuid not null,
    answer        jsonb not null,
    counts        boolean not null,
    rejected      boolean not null default false
) with (fillfactor = 90);
create index label_of_item on label (item_id);
comment on table label is 'One submitted answer, as the topic of labels told it.';
comment on column label.submission_id is 'The submission; never arrives twice.';
comment on column label.project_id is 'The project asked.';
comment on column label.item_id is 'The item labelled.';
comment on column label.annotator_id is 'Who labelled it, by random id.';
comment on column label.answer is 'The value chosen for each question.';
comment on column label.counts is 'False for one kept after its slot was given to somebody else.';
comment on column label.rejected is 'True while a rejection stands: the label is used nowhere.';
grant select, insert, update on label to kreislauf_app;

create table item_label (
    item_id    uuid primary key references item,
    project_id uuid not null,
    answer     jsonb,
    tied       jsonb,
    counts     jsonb not null,
    agreement  numeric(6, 5) check (agreement between 0 and 1),
    labels     int not null check (labels >= 0),
    resolved   boolean not null,
    version    int not null default 1,
    updated_at timestamptz not null default clock_now()
) with (fillfactor = 60);
create index item_label_of_project on item_label (project_id, item_id);
comment on table item_label is 'What is agreed about an item: computed anew from its labels whenever one comes, goes or returns.';
comment on column item_label.item_id is 'The item.';
comment on column item_label.project_id is 'Its project.';
comment on column item_label.answer is 'The most frequent value of each question, without those that are tied; null if none is left.';
comment on column item_label.tied is 'The most frequent values of each question that has several of them; null if no question is tied.';
comment on column item_label.counts is 'For each question, how often each value was chosen.';
comment on column item_label.agreement is 'Share of the labels that chose the most frequent value, of the question where it is least; null without labels.';
comment on column item_label.labels is 'Labels that count and are not rejected.';
comment on column item_label.resolved is 'Whether it goes into the data set: it has the labels wanted and no tie, or no more labels can come.';
comment on column item_label.version is 'Rises with each change.';
comment on column item_label.updated_at is 'When it last changed.';
grant select, insert, update on item_label to kreislauf_app;
