-- Time outside tasks is of more kinds than search: review, qualification, administration, rest.

alter table observation drop constraint observation_kind_check;
alter table observation add constraint observation_kind_check
    check (kind in ('shown', 'active', 'hidden', 'idle', 'search', 'watching', 'review', 'qualification', 'administration', 'break'));
comment on column observation.kind is 'shown: visible; active: an input at that moment; idle, hidden: no longer; the others: visible outside a task, and what for.';
comment on column sitting.outside_since is 'Since when time outside tasks is not booked; null: all is.';
