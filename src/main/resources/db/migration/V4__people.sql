-- Organisations and people. A person is one deletable row; everything that stays holds person_id only.

create table organisation (
    organisation_id uuid primary key default gen_random_uuid(),
    name            text not null unique check (length(name) between 1 and 200),
    kind            text not null check (kind in ('manufacturer', 'model-maker', 'operator')),
    created_at      timestamptz not null default clock_now()
);
comment on table organisation is 'Who requests work, sells data or makes models; has a ledger book of the same id.';
comment on column organisation.organisation_id is 'Also the id of its ledger book.';
comment on column organisation.name is 'As shown to annotators and buyers.';
comment on column organisation.kind is 'What it mainly does; decides nothing, explains reports.';
comment on column organisation.created_at is 'When it was added.';
grant select, insert on organisation to kreislauf_app;

create table person (
    person_id       uuid primary key default gen_random_uuid(),
    subject         text unique,
    organisation_id uuid references organisation,
    provisioned_by  uuid references organisation,
    login_name      text not null unique,
    display_name    text not null,
    roles           text[] not null,
    region          text check (region ~ '^[A-Z]{2}$'),
    languages       text[] not null default '{}',
    origin          text not null default 'provisioned' check (origin in ('provisioned', 'demo', 'log')),
    log_name        text,
    created_at      timestamptz not null default clock_now()
);
comment on table person is 'The only link between a random person_id and a human being; deleting the row cuts it.';
comment on column person.person_id is 'Random; the id used everywhere else, and of the person''s ledger book.';
comment on column person.subject is 'The subject of the person''s tokens at the identity provider.';
comment on column person.organisation_id is 'Whom the person acts for; null for annotators and the platform''s own staff.';
comment on column person.provisioned_by is 'Which organisation asked for the account; null: the operator.';
comment on column person.login_name is 'The name typed at sign-in.';
comment on column person.display_name is 'As the person is greeted.';
comment on column person.roles is 'As given to the identity provider; tokens decide, this explains.';
comment on column person.region is 'ISO 3166-1 alpha-2 country where the person works; reports are by region.';
comment on column person.languages is 'BCP 47 language tags the person works in.';
comment on column person.origin is 'demo and log mark people who were made up or stand for a worker of an imported log.';
comment on column person.log_name is 'Which log; such a person works on that log''s projects only.';
comment on column person.created_at is 'When the account was made.';
create index person_of_provisioner on person (provisioned_by, person_id);
grant select, insert, update, delete on person to kreislauf_app;

create table consent (
    consent_id bigint generated always as identity primary key,
    person_id  uuid not null references person on delete cascade,
    version    int not null,
    decision   text not null check (decision in ('agreed', 'declined')),
    decided_at timestamptz not null default clock_now()
);
create index consent_of_person on consent (person_id, consent_id desc);
comment on table consent is 'What a person answered to being measured; the latest answer counts.';
comment on column consent.consent_id is 'Order of the answers.';
comment on column consent.person_id is 'Who.';
comment on column consent.version is 'Which text.';
comment on column consent.decision is 'agreed or declined; it can be changed.';
comment on column consent.decided_at is 'When.';
grant select, insert on consent to kreislauf_app;

create table pseudonym (
    organisation_id uuid not null references organisation,
    person_id       uuid not null,
    pseudonym       uuid not null unique default gen_random_uuid(),
    primary key (organisation_id, person_id)
);
comment on table pseudonym is 'How an organisation sees a person: random, another one for each organisation, so that two cannot join their lists.';
comment on column pseudonym.organisation_id is 'Who sees it.';
comment on column pseudonym.person_id is 'Whom it stands for.';
comment on column pseudonym.pseudonym is 'What is shown.';
grant select, insert on pseudonym to kreislauf_app;
