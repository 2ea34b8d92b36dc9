-- Rest that a requester prescribes: after so long with tasks, so long without.

alter table project
    add column rest_after_minutes int check (rest_after_minutes between 10 and 480),
    add column rest_minutes int check (rest_minutes between 1 and 30),
    add constraint rest_is_whole check ((rest_after_minutes is null) = (rest_minutes is null));
comment on column project.rest_after_minutes is 'Booked minutes with tasks of this project after which an annotator rests before the next claim; null: no rest is prescribed.';
comment on column project.rest_minutes is 'How long they rest: minutes without a task of any project. At most what counts as break without a sign of life.';
comment on constraint rest_is_whole on project is 'Both or neither.';
alter table project alter column selective
    set expression as (claim_order <> 'random' or share_percent_max is not null or exposure_minutes_max is not null or skills is not null
                       or gold_percent is not null or items_named_by = 'requester' or rest_minutes is not null);
