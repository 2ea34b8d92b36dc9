-- How much distressing content a day is enough, in the annotator's own judgement.

alter table person add column exposure_minutes_max int check (exposure_minutes_max between 0 and 1440);
comment on column person.exposure_minutes_max is 'Minutes a UTC day with tasks of projects that warn of their content, as the person limits themselves; it only lowers what projects allow. null: no limit of their own.';
