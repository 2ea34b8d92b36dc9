-- The list of tasks: ranked by what an hour brings, read from an index.

alter table project add column listed_minor_per_hour bigint not null default 0;
update project p
   set listed_minor_per_hour = coalesce(
           (select pace.median_minor_per_hour from pace where pace.project_id = p.project_id),
           case p.pay_rule when 'piece' then p.reward_minor * 3600000
                                             / greatest(p.estimate_millis, (select pace.median_millis from pace where pace.project_id = p.project_id))
                           when 'hour' then p.reward_minor else 0 end);
create index project_listed on project (currency, listed_minor_per_hour, project_id) where state = 'published';
drop index project_published;
comment on column project.listed_minor_per_hour is 'By what annotators without a wage of their own here find it: the median effective wage, else what is advertised at the real pace.';
comment on index project_listed is 'The list of tasks, one currency after the other, the best paid first.';

create table own_pace (
    annotator_id   uuid not null,
    project_id     uuid not null,
    minor_per_hour bigint not null,
    primary key (annotator_id, project_id)
) with (fillfactor = 70);
comment on table own_pace is 'What one annotator really gets per hour in one project, once something of it is decided. Recomputed with pace.';
comment on column own_pace.annotator_id is 'Whose wage: a person_id.';
comment on column own_pace.project_id is 'In which project.';
comment on column own_pace.minor_per_hour is 'All pay by all booked time but that of work not decided on yet, in minor units.';
grant select, insert, update on own_pace to kreislauf_app;
