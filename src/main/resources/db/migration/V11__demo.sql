-- How far the demo has been made.

create table demo_step (
    step    text primary key,
    data    jsonb not null default '{}',
    done_at timestamptz not null default clock_now()
);
comment on table demo_step is 'The finished steps of making the demo: an unfinished first start is finished by the next one.';
comment on column demo_step.step is 'Which step.';
comment on column demo_step.data is 'What later steps need of it: the ids of what it made.';
comment on column demo_step.done_at is 'When it was finished.';
grant select, insert on demo_step to kreislauf_app;
