-- Which hours a release has taken in: by time of booking, for a release takes all that a project has until then.

alter table submission drop column released_version;

create table hours_taken (
    project_id uuid not null,
    version_id uuid primary key,
    taken_at   timestamptz not null default clock_now()
);
create index hours_taken_of_project on hours_taken (project_id, taken_at);
comment on table hours_taken is 'A data set version that has taken in all hours its project had. A later change of their class is booked in the annotator''s book only.';
comment on column hours_taken.project_id is 'Whose hours.';
comment on column hours_taken.version_id is 'Which version took them.';
comment on column hours_taken.taken_at is 'Hours booked until then are in it.';
grant select, insert on hours_taken to kreislauf_app;

alter table declaration add column spans tstzmultirange not null default '{}';
comment on column declaration.spans is 'When it was, as far as it is not booked yet; empty: only a sum was said.';

-- The recorded time of a group is spread over its tasks: several declarations of one group have a part of it.
drop index declaration_of_group;
create index declaration_of_group on declaration (project_id, annotator_id, group_key) where group_key is not null;
