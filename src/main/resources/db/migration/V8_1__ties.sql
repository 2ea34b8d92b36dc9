-- An item that no further label can decide is in the data set as a tie, and says so.

alter table working_row add column tied jsonb;
alter table working_row add check (jsonb_typeof(answer) = 'object');
comment on column working_row.answer is 'The agreed answer, by question; without the questions that are tied.';
comment on column working_row.tied is 'The most frequent values of each tied question; null where there is none.';

alter table version_row add column tied jsonb;
comment on column version_row.answer is 'The agreed answer, by question; without the questions that are tied.';
comment on column version_row.tied is 'The most frequent values of each tied question; null where there is none.';
