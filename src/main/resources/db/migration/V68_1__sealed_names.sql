-- Leaves of form 2: the ids of other books in accounts are hashed by themselves, so that a proof opens an organisation's legs without the people in them.
-- The salt says the form, since it goes wherever the entry goes: exports, imports, dumps.

alter table ledger_entry alter column salt set default '\x02'::bytea || uuid_send(gen_random_uuid());
comment on column ledger_entry.salt is 'Random; hides the parts of other books in proofs. 16 bytes: leaf of form 1; the byte 2 and 16 bytes: form 2, which closes the ids in accounts.';
