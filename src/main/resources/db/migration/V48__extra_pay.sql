-- Pay beyond the reward that is told before the claim.

alter table project add column extra_pay jsonb not null default '{}' check (jsonb_typeof(extra_pay) = 'object');
alter table project add column hazard_minor bigint not null
    generated always as (coalesce(cast(extra_pay ->> 'hazard_minor' as bigint), 0)) stored check (hazard_minor >= 0);
comment on column project.extra_pay is 'Declared before the claim: {hazard_minor, returned_minor_per_hour, qualification_minor_per_hour, bonus_terms}.';
comment on column project.hazard_minor is 'Supplement for each approved label, held in escrow beside the reward.';

alter table wage_due drop constraint wage_due_kind_check;
alter table wage_due add constraint wage_due_kind_check
    check (kind in ('reward', 'supplement', 'time_wage', 'top_up', 'bonus', 'adjustment', 'returned', 'qualification'));
