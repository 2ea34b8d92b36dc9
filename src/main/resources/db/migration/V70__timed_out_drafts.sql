-- What was typed for a task whose time was over is there again, and can still be handed in.

create index claim_timed_out on claim (annotator_id, ended_at) where state in ('expired', 'lapsed');
comment on index claim_timed_out is 'Whose time was over lately: what was typed for it is offered again. Work that is handed in never enters it.';
