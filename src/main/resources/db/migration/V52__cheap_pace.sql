-- Which projects have to be measured again is seen in a few index entries of each, however much was done in it.

alter table pace
    add column since_id uuid not null default '00000000-0000-0000-0000-000000000000',
    add column reserve_minor bigint,
    add column took_millis bigint not null default 0 check (took_millis >= 0);
comment on column pace.since_id is 'Time-ordered: whatever has a higher id may not be in it. Half a minute before it was measured, so that what was being written then is seen later.';
comment on column pace.reserve_minor is 'The declared reserve when it was measured; null: not known.';
comment on column pace.took_millis is 'How long measuring took: a project is measured again only after a multiple of it.';

drop index wage_due_of_project;
create index wage_due_of_project on wage_due (project_id, due_id);
comment on index wage_due_of_project is 'What a project owes, and whether something came since it was measured.';

drop index payout_line_of_project;
create index payout_line_of_project on payout_line (project_id, line_id);
comment on index payout_line_of_project is 'What was paid for a project, and whether something was since it was measured.';

create index submission_rejected on submission (project_id, decided_at) where state in ('rejected', 'rejection_final');
comment on index submission_rejected is 'Whether something of a project was rejected since it was measured.';
