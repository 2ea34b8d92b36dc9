-- A draft that comes late takes nothing away that another page wrote meanwhile: it is kept beside it, and its author decides.

alter table draft
    add column page  uuid not null default gen_random_uuid(),
    add column step  bigint not null default 0 check (step >= 0),
    add column holds jsonb not null default '{}' check (jsonb_typeof(holds) = 'object');
comment on table draft is 'An answer not yet submitted, restored on any device: the latest, or what its author decided for.';
comment on column draft.page is 'By which page load it was typed.';
comment on column draft.step is 'How far that page had come; it only rises within one page.';
comment on column draft.holds is 'What this was made from or decided against: by page, up to which step. Whatever of it comes late is known already.';

create table draft_aside (
    claim_id uuid not null references claim,
    page     uuid not null,
    step     bigint not null check (step >= 0),
    answer   jsonb not null,
    saved_at timestamptz not null default clock_now(),
    primary key (claim_id, page)
) with (fillfactor = 50);
comment on table draft_aside is 'What was typed by a page that did not know the draft that is there, until its author has decided between them. The ten latest of a claim.';
comment on column draft_aside.claim_id is 'Whose answer.';
comment on column draft_aside.page is 'By which page load it was typed.';
comment on column draft_aside.step is 'How far that page had come.';
comment on column draft_aside.answer is 'As far as it goes; not checked against the form.';
comment on column draft_aside.saved_at is 'When.';
grant select, insert, update, delete on draft_aside to kreislauf_app;
