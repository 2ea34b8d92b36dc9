-- A rejection is noticed by when it was written, like everything else that is measured, and not by the time it is said to be of.

alter table submission add column judged_as uuid;
comment on column submission.judged_as is 'Time-ordered, of the latest rejection or of an appeal that was won; null: neither.';
drop index submission_rejected;
create index submission_judged on submission (project_id, judged_as) where judged_as is not null;
comment on index submission_judged is 'Whether something of a project was rejected, or a rejection undone, since it was measured.';

alter table pace drop column since_at;
-- What was rejected and not measured yet is measured with all others, once.
update pace set reserve_minor = null;
