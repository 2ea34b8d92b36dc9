-- What is written over and over is cleaned up before it is in anybody's way.

-- Two versions of a slot die with each label, and none of them is a HOT update: the state is in the condition of slot_open. The default
-- lets a fifth of the table die first, two hundred thousand of a million; and it pauses so often that on a busy table it falls behind.
alter table slot set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- An answer that is kept while it is written is gone with the label: as many die as are made, of a table that stays as small as
-- the work in flight.
alter table draft set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Their updates change no indexed column: with room on its page the next version stays off the indexes.
alter table working_row set (fillfactor = 80);
alter table item_split set (fillfactor = 80);
