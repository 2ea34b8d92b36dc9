-- What a transaction wrote that was open while a project was measured is seen later, however long it stays open.

alter table pace add column since_at timestamptz not null default '-infinity';
update pace set since_at = computed_at - interval '30 seconds';
comment on column pace.since_at is 'Whatever was decided after it may not be in the measurement: when the oldest transaction began that was writing then, by clock_now().';
comment on column pace.since_id is 'Time-ordered: whatever has a higher id may not be in it. From before the oldest transaction began that was writing when it was measured.';
