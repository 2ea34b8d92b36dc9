-- Who may claim what, and in which order: skills, shares, exposure, priorities; and tasks put aside.

create table skill (
    skill_id        uuid primary key default uuidv7(),
    organisation_id uuid not null references organisation,
    name            text not null check (length(name) between 1 and 100),
    levels          text[] not null check (cardinality(levels) between 1 and 20),
    created_at      timestamptz not null default clock_now(),
    unique (organisation_id, name)
);
comment on table skill is 'Something an annotator may be able to do, as one organisation understands it. Never changed.';
comment on column skill.skill_id is 'Time-ordered id.';
comment on column skill.organisation_id is 'Who grants it and may ask for it.';
comment on column skill.name is 'As annotators read it: German.';
comment on column skill.levels is 'Names of its levels, the lowest first: A1 .. C2. One level only: one has it or not.';
comment on column skill.created_at is 'When it was defined.';
grant select, insert on skill to kreislauf_app;

create table skill_held (
    person_id  uuid not null references person on delete cascade,
    skill_id   uuid not null references skill,
    level      int not null check (level >= 1),
    source     text not null check (source in ('granted', 'qualification')),
    held_since timestamptz not null default clock_now(),
    primary key (person_id, skill_id)
);
create index skill_held_by_skill on skill_held (skill_id, person_id);
comment on table skill_held is 'The level of a skill that a person holds.';
comment on column skill_held.person_id is 'Who holds it.';
comment on column skill_held.skill_id is 'Which skill.';
comment on column skill_held.level is 'Position in skill.levels, from 1; it holds the lower ones too.';
comment on column skill_held.source is 'granted by hand, or earned in a qualification.';
comment on column skill_held.held_since is 'Since when at this level.';
comment on index skill_held_by_skill is 'Who holds a skill.';
grant select, insert, update, delete on skill_held to kreislauf_app;

create table project_skill (
    project_id uuid not null references project,
    skill_id   uuid not null references skill,
    level      int not null check (level >= 1),
    primary key (project_id, skill_id)
);
comment on table project_skill is 'What an annotator has to hold to claim from a project.';
comment on column project_skill.project_id is 'Whose tasks.';
comment on column project_skill.skill_id is 'Which skill.';
comment on column project_skill.level is 'At least this level.';
grant select, insert, update, delete on project_skill to kreislauf_app;

alter table project
    add column claim_order text not null default 'random' check (claim_order in ('random', 'priority', 'least_confident')),
    add column share_percent_max int check (share_percent_max between 1 and 100),
    add column exposure_minutes_max int check (exposure_minutes_max between 1 and 1440),
    add column skills jsonb check (jsonb_typeof(skills) = 'array'),
    add column slot_count bigint not null default 0 check (slot_count >= 0),
    add column selective boolean not null
        generated always as (claim_order <> 'random' or share_percent_max is not null or exposure_minutes_max is not null or skills is not null) stored;
update project set slot_count = (select count(*) from slot s where s.project_id = project.project_id);
comment on column project.claim_order is 'Which open slots are claimed first: random; priority of the item; least_confident: items nobody labelled, then those with the least agreement.';
comment on column project.share_percent_max is 'Largest share of the slots that one annotator may take; null: no limit.';
comment on column project.exposure_minutes_max is 'Minutes a UTC day that an annotator of this project may spend on projects with a content warning, all together; null: no limit.';
comment on column project.skills is 'Array of {skill, level} that an annotator needs, as written; resolved in project_skill. null: none.';
comment on column project.slot_count is 'How many slots were ever made.';
comment on column project.selective is 'Claims need more than region and language, or come in another order than a random one.';

alter table item add column priority int not null default 0;
comment on column item.priority is 'Higher ones are claimed first where the project orders by priority.';

alter table slot add column urgency int;
create index slot_urgent on slot (project_id, urgency desc, rank) where state = 'open' and urgency is not null;
comment on column slot.urgency is 'Highest first where the project has an order; null: random order. Set when the slot is made, and by agreement where least_confident.';
comment on index slot_urgent is 'Claims of a project with an order take the first open slots of it. Slots of other projects are not in it.';

alter table claim add column counts_to_share boolean, add column aside_at timestamptz;
create index claim_of_share on claim (project_id, annotator_id) where counts_to_share and state in ('claimed', 'shown', 'submitted');
comment on column claim.counts_to_share is 'True where the project caps the share of one annotator; else null.';
comment on column claim.aside_at is 'When the annotator put it aside for later; null: not put aside.';
comment on index claim_of_share is 'What one annotator has of a project that caps shares. Claims of other projects are not in it.';

create table qualification (
    qualification_id  uuid primary key default uuidv7(),
    organisation_id   uuid not null references organisation,
    skill_id          uuid not null references skill,
    level             int not null check (level >= 1),
    title             text not null check (length(title) between 1 and 200),
    guidelines        text not null default '',
    form              jsonb not null,
    threshold_percent int not null check (threshold_percent between 1 and 100),
    tries_max         int not null check (tries_max between 1 and 100),
    open              boolean not null default true,
    created_at        timestamptz not null default clock_now()
);
create index qualification_by_skill on qualification (skill_id, level) where open;
create index qualification_of_organisation on qualification (organisation_id, qualification_id);
comment on table qualification is 'A test: tasks with known answers. Who answers enough of them as known earns a level of a skill.';
comment on column qualification.qualification_id is 'Time-ordered id.';
comment on column qualification.organisation_id is 'Who sets it.';
comment on column qualification.skill_id is 'What it gives.';
comment on column qualification.level is 'Which level.';
comment on column qualification.title is 'As annotators see it.';
comment on column qualification.guidelines is 'How to answer.';
comment on column qualification.form is 'As project.form.';
comment on column qualification.threshold_percent is 'Share of the tasks to be answered as known.';
comment on column qualification.tries_max is 'How often one person may hand it in.';
comment on column qualification.open is 'Whether it can be begun.';
comment on column qualification.created_at is 'When it was set.';
grant select, insert, update on qualification to kreislauf_app;

create table qualification_task (
    qualification_id uuid not null references qualification,
    ordinal          int not null check (ordinal >= 1),
    content          jsonb not null,
    answer           jsonb not null,
    primary key (qualification_id, ordinal)
);
comment on table qualification_task is 'One task of a test.';
comment on column qualification_task.qualification_id is 'Of which test.';
comment on column qualification_task.ordinal is 'Its place, from 1.';
comment on column qualification_task.content is 'What is shown.';
comment on column qualification_task.answer is 'The known answer, by question; never shown.';
grant select, insert on qualification_task to kreislauf_app;

create table qualification_attempt (
    attempt_id       uuid primary key default uuidv7(),
    qualification_id uuid not null references qualification,
    project_id       uuid not null references project,
    person_id        uuid not null,
    begun_at         timestamptz not null default clock_now(),
    ended_at         timestamptz,
    answers          jsonb,
    right_count      int,
    passed           boolean,
    check ((ended_at is null) = (answers is null) and (ended_at is null) = (passed is null) and (ended_at is null) = (right_count is null))
);
create index qualification_attempt_of_person on qualification_attempt (person_id, qualification_id);
create unique index qualification_attempt_open on qualification_attempt (person_id, qualification_id) where ended_at is null;
comment on table qualification_attempt is 'One person''s try at a test.';
comment on column qualification_attempt.attempt_id is 'Time-ordered id; the source of the ledger entry about its time.';
comment on column qualification_attempt.qualification_id is 'Which test.';
comment on column qualification_attempt.project_id is 'For whose tasks it is taken: its time is booked there.';
comment on column qualification_attempt.person_id is 'Who.';
comment on column qualification_attempt.begun_at is 'When it was first shown.';
comment on column qualification_attempt.ended_at is 'When it was handed in; null: not yet.';
comment on column qualification_attempt.answers is 'Array, in the order of the tasks.';
comment on column qualification_attempt.right_count is 'How many of them are as known.';
comment on column qualification_attempt.passed is 'Whether that was enough.';
comment on index qualification_attempt_open is 'One at a time.';
grant select, insert, update on qualification_attempt to kreislauf_app;
