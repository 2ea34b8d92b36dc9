-- What a page outside tasks kept while the connection was lost is declared like that of tasks.

alter table declaration add column time_class text check (time_class in ('search', 'watching', 'review', 'qualification', 'administration', 'break'));
comment on column declaration.time_class is 'Of time outside tasks: what for. Null: the class of the claim''s time.';
comment on column declaration.claim_id is 'With which claim; null: outside tasks.';
create index declaration_outside on declaration (annotator_id, declared_at) where time_class is not null;
comment on index declaration_outside is 'What of a person''s time outside tasks was declared before.';
