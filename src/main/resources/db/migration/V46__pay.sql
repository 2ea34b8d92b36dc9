-- Pay beyond the reward: bonuses, adjustments, parts of a form, payouts that did not arrive.

alter table payslip add column failed_at timestamptz;
comment on column payslip.failed_at is 'When it was heard that it did not arrive: all of it is due again; null: it did.';
grant update (failed_at) on payslip to kreislauf_app;

alter table payout_line add column failed_at timestamptz;
comment on column payout_line.failed_at is 'When it was heard that it did not arrive; null: it did.';
grant update (failed_at) on payout_line to kreislauf_app;

create table payout_failure (
    line_id   uuid not null references payout_line,
    due_id    uuid not null references wage_due,
    primary key (line_id, due_id)
);
comment on table payout_failure is 'What a payout that did not arrive was to have paid; the due itself waits for the next run.';
comment on column payout_failure.line_id is 'The payout that failed.';
comment on column payout_failure.due_id is 'What is due again.';
grant select, insert on payout_failure to kreislauf_app;

create table bonus (
    bonus_id      uuid primary key,
    project_id    uuid not null,
    annotator_id  uuid not null,
    submission_id uuid,
    currency      text not null,
    amount_minor  bigint not null check (amount_minor > 0),
    reason        text check (length(reason) > 0),
    granted_by    uuid not null,
    granted_at    timestamptz not null
);
create index bonus_of_annotator on bonus (annotator_id, bonus_id);
comment on table bonus is 'Pay that a requester gives beyond what was promised.';
comment on column bonus.bonus_id is 'The origin of the ledger entries.';
comment on column bonus.project_id is 'For work in which project.';
comment on column bonus.annotator_id is 'To whom: a person_id.';
comment on column bonus.submission_id is 'For which submission; null: for none in particular.';
comment on column bonus.currency is 'ISO 4217.';
comment on column bonus.amount_minor is 'How much.';
comment on column bonus.reason is 'Told to the annotator; erasable.';
comment on column bonus.granted_by is 'By whom: a person_id.';
comment on column bonus.granted_at is 'When (effective).';
grant select, insert on bonus to kreislauf_app;

alter table appeal add column adjustment_minor bigint not null default 0 check (adjustment_minor >= 0);
comment on column appeal.adjustment_minor is 'Pay beyond the reward that the decision granted.';

alter table submission
    add column accepted text[] check (cardinality(accepted) > 0),
    add column withheld_minor bigint not null default 0 check (withheld_minor >= 0);
create index submission_withheld on submission (appeal_until) where withheld_minor > 0;
comment on column submission.accepted is 'Of a form with several questions, those whose answers were accepted: only they are paid and may be used; null: all.';
comment on column submission.withheld_minor is 'Reward of the parts that were not accepted, in escrow until they can no longer be contested.';
comment on index submission_withheld is 'Which refusal of parts becomes final next.';

alter table label add column accepted text[];
comment on column label.accepted is 'The questions whose answers may be used; null: all.';
