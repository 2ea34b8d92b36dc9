-- A heartbeat answers how much of a task is observed so far. It adds the latest minute or two to what it found before.

alter table claim add column seen_until timestamptz, add column seen_millis bigint not null default 0 check (seen_millis >= 0);
comment on column claim.seen_until is 'Up to when seen_millis is told; null: nothing is, count from the claim on.';
comment on column claim.seen_millis is 'Observed and unbooked milliseconds up to seen_until, for the answers of heartbeats only: what is booked is found anew from the observations.';

create index observation_of_page on observation (tab, at);
comment on index observation_of_page is 'The latest that is known of a page, without reading all others of its person.';
