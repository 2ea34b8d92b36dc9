-- The effective wage is all pay by all time of work that is decided on: approving what nothing is due for makes it another one, too.

comment on column submission.judged_as is 'Time-ordered, of the latest rejection, of an appeal that was won, of an approval in parts, or of one for which no reward is due; null: none of them.';
comment on index submission_judged is 'Whether something of a project was decided since it was measured, for which nothing is due.';
comment on column wage_due.claim_id is 'For the time of which claim, as long as it had no label, or for what was declared of it; null: of none in particular.';

-- What was measured otherwise is measured once more.
update pace set reserve_minor = null;
