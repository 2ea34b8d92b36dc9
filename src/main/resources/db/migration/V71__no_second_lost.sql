-- Time on a task whose claim has ended is booked too, and a late label takes its time and pay into the period in which it is submitted.

alter table sitting add column ended_since timestamptz;
comment on column sitting.ended_since is 'Since when a page was open with a task that had ended without a label, whose time may not be booked; null: all is.';

alter table wage_due add column claim_id uuid;
comment on column wage_due.claim_id is 'For the time of which claim, as long as it had no label; null: of none in particular.';

grant update (period) on worked_interval to kreislauf_app;
comment on table worked_interval is 'Time that has been booked: the intervals behind the ledger''s labour entries. Cut at midnight UTC. Only the class may change, and with it, when a late label counts, the period.';
comment on column worked_interval.period is 'First day of the pay period: of the submission where there is one, else of the interval''s last moment.';
comment on column claim.state is 'claimed -> shown -> submitted, returned, skipped or expired (deadline over); lapsed: lease over before it was shown. Expired and lapsed can still become submitted, returned or skipped.';
