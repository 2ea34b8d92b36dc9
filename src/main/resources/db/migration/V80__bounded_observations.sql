-- One person's pages tell so much and no more: states are kept for good, and nobody works by the hundred a second.

alter table sitting
    add column states_left    double precision not null default 20000,
    add column states_left_at timestamptz not null default '-infinity';
comment on column sitting.states_left is 'How many more states of pages were taken at states_left_at; it grows with time, up to a bound.';
comment on column sitting.states_left_at is 'When states_left was so.';
