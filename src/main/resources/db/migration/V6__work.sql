-- What is done: claims, observed time, submissions, reviews, pay.
--
-- No table of the two hot statements (claim, submit) has a foreign key to project: each check would lock the one project
-- row for all annotators at once. The ids come from the locked slot, whose own keys are checked.

-- Spans of time of one person exclude each other: an index over (uuid, range) needs it. Trusted: the owner may add it.
create extension if not exists btree_gist;

create sequence fencing as bigint;
comment on sequence fencing is 'Fencing versions: each claim has its own, and keeps it when its slot is claimed again.';
grant usage on sequence fencing to kreislauf_app;

create table claim (
    claim_id        uuid primary key default uuidv7(),
    slot_id         uuid not null references slot,
    project_id      uuid not null,
    item_id         uuid not null,
    annotator_id    uuid not null,
    fencing_version bigint not null default nextval('fencing'),
    state           text not null default 'claimed'
                    check (state in ('claimed', 'shown', 'submitted', 'returned', 'skipped', 'expired', 'lapsed')),
    claimed_at      timestamptz not null default clock_now(),
    lease_until     timestamptz not null,
    deadline_at     timestamptz not null,
    due_at          timestamptz not null,
    shown_at        timestamptz,
    ended_at        timestamptz,
    reason          text,
    reward_minor    bigint not null check (reward_minor >= 0),
    estimate_millis bigint not null check (estimate_millis > 0),
    form_version    int not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- Never an item twice by one person; a claim whose task was never shown does not count.
create unique index claim_once on claim (item_id, annotator_id) where state <> 'lapsed';
-- Both stay as small as the work in flight. Changing state can be no HOT update because of them, hence only two.
create index claim_open on claim (annotator_id, project_id) where state in ('claimed', 'shown');
create index claim_due on claim (due_at) where state in ('claimed', 'shown');
comment on table claim is 'One annotator''s right to one slot for a while.';
comment on column claim.claim_id is 'Time-ordered id.';
comment on column claim.slot_id is 'The slot taken.';
comment on column claim.project_id is 'The slot''s project.';
comment on column claim.item_id is 'The slot''s item.';
comment on column claim.annotator_id is 'Who took it: a person_id.';
comment on column claim.fencing_version is 'Needed to submit; no other claim has it.';
comment on column claim.state is 'claimed -> shown -> submitted, returned, skipped or expired (deadline over); lapsed: lease over before it was shown.';
comment on column claim.claimed_at is 'When it was taken.';
comment on column claim.lease_until is 'Until when a task not yet shown is kept; heartbeats renew it.';
comment on column claim.deadline_at is 'Until when nobody else gets the slot, once the task was shown.';
comment on column claim.due_at is 'When the claim ends unless something happens: the lease of a claimed, the deadline of a shown one.';
comment on column claim.shown_at is 'When the task was first shown; its time begins.';
comment on column claim.ended_at is 'When it left the states claimed and shown.';
comment on column claim.reason is 'Why it was returned or skipped, in the annotator''s words; erasable.';
comment on column claim.reward_minor is 'As promised at the claim.';
comment on column claim.estimate_millis is 'As told at the claim.';
comment on column claim.form_version is 'The form that the annotator sees.';
comment on index claim_once is 'Never an item twice by one person.';
comment on index claim_open is 'What an annotator holds.';
comment on index claim_due is 'What has to be ended next.';
grant select, insert, update on claim to kreislauf_app;

create table draft (
    claim_id uuid primary key references claim,
    answer   jsonb not null,
    saved_at timestamptz not null default clock_now()
) with (fillfactor = 50);
comment on table draft is 'An answer not yet submitted, restored on any device.';
comment on column draft.claim_id is 'Whose answer.';
comment on column draft.answer is 'As far as it goes; not checked against the form.';
comment on column draft.saved_at is 'When.';
grant select, insert, update, delete on draft to kreislauf_app;

create table submission (
    submission_id    uuid primary key default uuidv7(),
    claim_id         uuid not null unique references claim,
    slot_id          uuid not null,
    project_id       uuid not null,
    item_id          uuid not null,
    annotator_id     uuid not null,
    answer           jsonb not null,
    form_version     int not null,
    submitted_at     timestamptz not null,
    effective_at     timestamptz not null,
    late_kept        boolean not null default false,
    observed_millis  bigint not null default 0 check (observed_millis >= 0),
    declared_millis  bigint not null default 0 check (declared_millis >= 0),
    state            text not null default 'submitted' check (state in ('submitted', 'approved', 'rejected', 'rejection_final')),
    reward_minor     bigint not null check (reward_minor >= 0),
    review_until     timestamptz not null,
    decided_at       timestamptz,
    appeal_until     timestamptz,
    released_version uuid
) with (fillfactor = 85);
create index submission_of_project on submission (project_id, state, submission_id);
create index submission_of_annotator on submission (annotator_id, submission_id);
create index submission_undecided on submission (review_until) where state = 'submitted';
create index submission_contestable on submission (appeal_until) where state = 'rejected';
comment on table submission is 'A label somebody made. It is never deleted.';
comment on column submission.submission_id is 'Time-ordered id.';
comment on column submission.claim_id is 'One submission for each claim.';
comment on column submission.slot_id is 'The slot it fills; of a late one kept, the slot it was meant for.';
comment on column submission.project_id is 'Of which project.';
comment on column submission.item_id is 'About which item.';
comment on column submission.annotator_id is 'By whom: a person_id.';
comment on column submission.answer is 'By question, as the form of form_version wants it.';
comment on column submission.form_version is 'Which form was answered.';
comment on column submission.submitted_at is 'When the server received it.';
comment on column submission.effective_at is 'When the work was done: submitted_at, or the time a log tells.';
comment on column submission.late_kept is 'After the deadline, when somebody else had the slot: kept and its time booked as returned, but no overlap and no release has it.';
comment on column submission.observed_millis is 'Observed time booked with it.';
comment on column submission.declared_millis is 'Declared time booked with it.';
comment on column submission.state is 'submitted -> approved, or rejected -> rejection_final; a won appeal approves.';
comment on column submission.reward_minor is 'The piece wage due at approval; 0 where paid by the hour.';
comment on column submission.review_until is 'Approved by silence after this.';
comment on column submission.decided_at is 'When it was last decided.';
comment on column submission.appeal_until is 'Until when a rejection can be appealed.';
comment on column submission.released_version is 'The first data set version that has taken its hours in.';
comment on index submission_of_project is 'The queue of a reviewer, and the labels of a project.';
comment on index submission_of_annotator is 'One''s own work.';
comment on index submission_undecided is 'What silence will approve next.';
comment on index submission_contestable is 'Which rejection becomes final next.';
grant select, insert, update on submission to kreislauf_app;

create table review (
    review_id     uuid primary key default uuidv7(),
    submission_id uuid not null references submission,
    reviewer_id   uuid,
    decision      text not null check (decision in ('approved', 'rejected')),
    reason        text check (decision = 'approved' or length(reason) > 0),
    decided_at    timestamptz not null
);
create index review_of_submission on review (submission_id);
comment on table review is 'A decision on a submission.';
comment on column review.review_id is 'Time-ordered id.';
comment on column review.submission_id is 'On what.';
comment on column review.reviewer_id is 'By whom; null: silence until the review deadline.';
comment on column review.decision is 'approved or rejected.';
comment on column review.reason is 'Told to the annotator; a rejection needs one. Erasable.';
comment on column review.decided_at is 'When.';
grant select, insert on review to kreislauf_app;

create table appeal (
    appeal_id     uuid primary key default uuidv7(),
    submission_id uuid not null unique references submission,
    reason        text not null check (length(reason) > 0),
    made_at       timestamptz not null,
    decide_until  timestamptz not null,
    state         text not null default 'open' check (state in ('open', 'won', 'lost')),
    decided_by    uuid,
    decided_at    timestamptz,
    decision      text
);
create index appeal_open on appeal (decide_until) where state = 'open';
comment on table appeal is 'An annotator contests a rejection; once for each submission.';
comment on column appeal.appeal_id is 'Time-ordered id.';
comment on column appeal.submission_id is 'Which rejection.';
comment on column appeal.reason is 'In the annotator''s words; erasable.';
comment on column appeal.made_at is 'When.';
comment on column appeal.decide_until is 'Not decided by then, it is won.';
comment on column appeal.state is 'open -> won or lost.';
comment on column appeal.decided_by is 'Never the first reviewer; null: time decided.';
comment on column appeal.decided_at is 'When.';
comment on column appeal.decision is 'Why, told to the annotator; erasable.';
comment on index appeal_open is 'Which appeal is won by silence next.';
grant select, insert, update on appeal to kreislauf_app;

create table observation (
    observation_id bigint generated always as identity primary key,
    annotator_id   uuid not null,
    tab            uuid not null,
    claim_id       uuid,
    project_id     uuid,
    kind           text not null check (kind in ('shown', 'active', 'hidden', 'idle', 'search', 'watching')),
    at             timestamptz not null,
    received_at    timestamptz not null,
    check (at <= received_at)
) with (fillfactor = 100);
create index observation_of_annotator on observation (annotator_id, at);
comment on table observation is 'What a page said about the work before it, with the server''s time. Append-only.';
comment on column observation.observation_id is 'Order of writing.';
comment on column observation.annotator_id is 'Whose page: a person_id.';
comment on column observation.tab is 'Which page load: a random id of the browser.';
comment on column observation.claim_id is 'Which task was before the annotator; null: none.';
comment on column observation.project_id is 'Of a page outside a task: whose, if any project''s.';
comment on column observation.kind is 'shown: visible; active: an input at that moment; idle, hidden: no longer; search, watching: visible outside a task.';
comment on column observation.at is 'When: the time of receipt less the age the page gave, never before what the server had heard of that page already.';
comment on column observation.received_at is 'When the server heard it. Time between two receipts that are far apart was not observed.';
comment on index observation_of_annotator is 'What happened around a claim, over all tabs.';
grant select, insert on observation to kreislauf_app;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
comment on function refuse_change() is 'Keeps a table append-only, also against its owner''s plain statements.';
create trigger append_only before update or delete or truncate on observation
    for each statement execute function refuse_change();

create table worked_interval (
    interval_id  uuid primary key default uuidv7(),
    annotator_id uuid not null,
    project_id   uuid,
    claim_id     uuid,
    time_class   text not null check (time_class in ('direct', 'rejected', 'returned', 'qualification', 'search', 'watching',
                                                     'administration', 'break', 'review')),
    source       text not null check (source in ('observed', 'offline', 'log', 'demo', 'correction')),
    span         tstzrange not null check (not isempty(span) and lower_inc(span) and not upper_inc(span)),
    period       date not null,
    booked_at    timestamptz not null default clock_now(),
    constraint one_day check ((lower(span) at time zone 'UTC')::date = ((upper(span) - interval '1 microsecond') at time zone 'UTC')::date),
    constraint one_task_a_second exclude using gist (annotator_id with =, span with &&)
) with (fillfactor = 90);
create index worked_interval_of_claim on worked_interval (claim_id);
create index worked_interval_of_project on worked_interval (project_id, annotator_id, period);
comment on table worked_interval is 'Time that has been booked: the intervals behind the ledger''s labour entries. Cut at midnight UTC. Only the class may change.';
comment on column worked_interval.interval_id is 'Time-ordered id.';
comment on column worked_interval.annotator_id is 'Whose time: a person_id.';
comment on column worked_interval.project_id is 'To which project it was given; null: lost.';
comment on column worked_interval.claim_id is 'With which claim; null: outside a task.';
comment on column worked_interval.time_class is 'What it was given for, as the ledger''s classes.';
comment on column worked_interval.source is 'observed, or how the declared time came in.';
comment on column worked_interval.span is 'From (inclusive) to (exclusive).';
comment on column worked_interval.period is 'First day of the pay period: of the submission where there is one, else of the end.';
comment on column worked_interval.booked_at is 'When it was booked.';
comment on constraint one_task_a_second on worked_interval is 'A second belongs to one task, observed and declared together: so nobody has more than 24 h a day.';
grant select, insert on worked_interval to kreislauf_app;
grant update (time_class) on worked_interval to kreislauf_app;

create table sitting (
    annotator_id  uuid primary key,
    outside_since timestamptz,
    last_seen_at  timestamptz not null
) with (fillfactor = 50);
comment on table sitting is 'Who is here, and whether there is time outside tasks that is not booked yet. No index but the key, so that each update is HOT.';
comment on column sitting.annotator_id is 'Who.';
comment on column sitting.outside_since is 'Since when search or watching is not booked; null: all is.';
comment on column sitting.last_seen_at is 'The last activity; a sitting ends 30 minutes after it.';
grant select, insert, update on sitting to kreislauf_app;

create table declaration (
    declaration_id  uuid primary key default uuidv7(),
    annotator_id    uuid not null,
    project_id      uuid not null,
    claim_id        uuid,
    source          text not null check (source in ('offline', 'log', 'demo', 'correction')),
    group_key       text,
    asked_millis    bigint not null,
    booked_millis   bigint not null default 0 check (booked_millis >= 0),
    reason          text,
    state           text not null check (state in ('pending', 'approved', 'refused', 'noted')),
    declared_at     timestamptz not null,
    decide_until    timestamptz,
    decided_by      uuid,
    decided_at      timestamptz
);
create unique index declaration_of_log on declaration (claim_id) where source in ('log', 'demo');
create unique index declaration_of_group on declaration (project_id, annotator_id, group_key) where group_key is not null and booked_millis > 0;
create index declaration_of_claim on declaration (claim_id);
create index declaration_pending on declaration (decide_until) where state = 'pending';
comment on table declaration is 'Time that somebody says was worked, beyond what the platform observed, or was not worked although observed.';
comment on column declaration.declaration_id is 'Time-ordered id; the origin of the ledger entry.';
comment on column declaration.annotator_id is 'Whose time.';
comment on column declaration.project_id is 'For which project.';
comment on column declaration.claim_id is 'With which claim.';
comment on column declaration.source is 'offline: kept by the browser while the connection was lost; log: an imported log; demo; correction: the annotator says so.';
comment on column declaration.group_key is 'Of a log: tasks that share one recorded time, which is booked once.';
comment on column declaration.asked_millis is 'What was said; negative: "I was away", noted beside what was observed.';
comment on column declaration.booked_millis is 'What of it was booked; the rest was cut by what the day had left.';
comment on column declaration.reason is 'In the annotator''s words; erasable.';
comment on column declaration.state is 'pending -> approved or refused; noted: nothing to approve.';
comment on column declaration.declared_at is 'When.';
comment on column declaration.decide_until is 'Silence approves after this.';
comment on column declaration.decided_by is 'The reviewer; null: silence, a log or the demo.';
comment on column declaration.decided_at is 'When.';
grant select, insert, update on declaration to kreislauf_app;

create table payout (
    payout_id       uuid primary key default uuidv7(),
    organisation_id uuid not null,
    project_id      uuid,
    currency        text not null,
    run_at          timestamptz not null,
    people          int not null,
    total_minor     bigint not null check (total_minor > 0)
);
create index payout_of_organisation on payout (organisation_id, payout_id);
comment on table payout is 'One run that pays what is due.';
comment on column payout.payout_id is 'Time-ordered id.';
comment on column payout.organisation_id is 'Who pays.';
comment on column payout.project_id is 'For one project only; null: for all.';
comment on column payout.currency is 'ISO 4217.';
comment on column payout.run_at is 'When (effective).';
comment on column payout.people is 'How many are paid.';
comment on column payout.total_minor is 'The sum of its lines.';
grant select, insert, update on payout to kreislauf_app;

create table payslip (
    payslip_id      uuid primary key default uuidv7(),
    payout_id       uuid not null references payout,
    organisation_id uuid not null,
    annotator_id    uuid not null,
    currency        text not null,
    total_minor     bigint not null check (total_minor > 0),
    paid_at         timestamptz not null,
    unique (payout_id, annotator_id)
);
create index payslip_of_annotator on payslip (annotator_id, payslip_id);
comment on table payslip is 'What one annotator got in one payout.';
comment on column payslip.payslip_id is 'Time-ordered id.';
comment on column payslip.payout_id is 'In which run.';
comment on column payslip.organisation_id is 'Who paid.';
comment on column payslip.annotator_id is 'Who was paid: a person_id.';
comment on column payslip.currency is 'ISO 4217.';
comment on column payslip.total_minor is 'The sum of its lines.';
comment on column payslip.paid_at is 'When (effective).';
grant select, insert on payslip to kreislauf_app;

create table payout_line (
    line_id            uuid primary key default uuidv7(),
    payout_id          uuid not null references payout,
    payslip_id         uuid not null references payslip,
    project_id         uuid not null,
    annotator_id       uuid not null,
    from_escrow_minor  bigint not null check (from_escrow_minor >= 0),
    from_reserve_minor bigint not null check (from_reserve_minor >= 0),
    from_cash_minor    bigint not null check (from_cash_minor >= 0),
    unique (payout_id, project_id, annotator_id)
);
create index payout_line_of_payslip on payout_line (payslip_id);
create index payout_line_of_project on payout_line (project_id);
comment on table payout_line is 'What one annotator got for one project in one payout: one ledger entry.';
comment on column payout_line.line_id is 'The origin of the ledger entry.';
comment on column payout_line.payout_id is 'In which run.';
comment on column payout_line.payslip_id is 'On which payslip.';
comment on column payout_line.project_id is 'For which project.';
comment on column payout_line.annotator_id is 'Who was paid: a person_id.';
comment on column payout_line.from_escrow_minor is 'Paid from what was held for rewards.';
comment on column payout_line.from_reserve_minor is 'Paid from the declared reserve.';
comment on column payout_line.from_cash_minor is 'Paid from cash, because the reserve did not suffice.';
grant select, insert on payout_line to kreislauf_app;

create table wage_due (
    due_id          uuid primary key default uuidv7(),
    organisation_id uuid not null,
    project_id      uuid not null,
    annotator_id    uuid not null,
    submission_id   uuid,
    kind            text not null check (kind in ('reward', 'supplement', 'time_wage', 'top_up', 'bonus', 'adjustment')),
    fund            text not null check (fund in ('escrow', 'reserve')),
    currency        text not null,
    amount_minor    bigint not null check (amount_minor > 0),
    period          date not null,
    accrued_at      timestamptz not null,
    line_id         uuid references payout_line
) with (fillfactor = 80);
create unique index wage_due_once on wage_due (submission_id, kind, fund) where submission_id is not null;
create index wage_due_unpaid on wage_due (organisation_id, project_id) where line_id is null;
create index wage_due_of_annotator on wage_due (annotator_id, project_id, period);
create index wage_due_of_project on wage_due (project_id);
create index wage_due_of_line on wage_due (line_id) where line_id is not null;
comment on table wage_due is 'What an organisation owes an annotator. Each is paid once.';
comment on column wage_due.due_id is 'Time-ordered id.';
comment on column wage_due.organisation_id is 'Who owes.';
comment on column wage_due.project_id is 'For which project.';
comment on column wage_due.annotator_id is 'To whom: a person_id.';
comment on column wage_due.submission_id is 'For which submission; null: for none in particular.';
comment on column wage_due.kind is 'What for.';
comment on column wage_due.fund is 'What was set aside for it: the escrow of the label, or the declared reserve.';
comment on column wage_due.currency is 'ISO 4217.';
comment on column wage_due.amount_minor is 'How much.';
comment on column wage_due.period is 'First day of the pay period it belongs to.';
comment on column wage_due.accrued_at is 'Since when (effective).';
comment on column wage_due.line_id is 'The payout that paid it; null: due.';
comment on index wage_due_once is 'Nothing is owed twice for one submission.';
grant select, insert, update on wage_due to kreislauf_app;

create table top_up (
    top_up_id     uuid primary key default uuidv7(),
    project_id    uuid not null,
    annotator_id  uuid not null,
    period        date not null,
    booked_millis bigint not null,
    pay_minor     bigint not null,
    amount_minor  bigint not null check (amount_minor > 0),
    computed_at   timestamptz not null
);
create index top_up_of_annotator on top_up (project_id, annotator_id, period);
comment on table top_up is 'The wage floor at work: max(0, floor x all time booked - all pay) of one annotator, project and period. Only upward differences.';
comment on column top_up.top_up_id is 'The origin of the ledger entry.';
comment on column top_up.project_id is 'For which project.';
comment on column top_up.annotator_id is 'For whom.';
comment on column top_up.period is 'First day of the UTC month.';
comment on column top_up.booked_millis is 'All time booked for the period, every class.';
comment on column top_up.pay_minor is 'All pay of the period before it, earlier top-ups included.';
comment on column top_up.amount_minor is 'The difference, in minor units.';
comment on column top_up.computed_at is 'When (effective).';
grant select, insert on top_up to kreislauf_app;

create table pace (
    project_id             uuid primary key,
    submissions            bigint not null,
    timed                  bigint not null,
    q1_millis              bigint,
    median_millis          bigint,
    q3_millis              bigint,
    median_minor_per_hour  bigint,
    rejected_permille      int,
    pay_days_median        numeric(8, 2),
    reserve_left_minor     bigint not null,
    reserve_exhausted      boolean not null,
    computed_at            timestamptz not null
) with (fillfactor = 50);
comment on table pace is 'How a project really goes: recomputed every few seconds while work goes on, read by the list of tasks and by each claim.';
comment on column pace.project_id is 'Which project.';
comment on column pace.submissions is 'How many it has.';
comment on column pace.timed is 'How many of them have booked time.';
comment on column pace.q1_millis is 'First quartile of the time per submission; null: none is timed.';
comment on column pace.median_millis is 'Its median.';
comment on column pace.q3_millis is 'Its third quartile.';
comment on column pace.median_minor_per_hour is 'Median over annotators of all their pay by all their time; null: none.';
comment on column pace.rejected_permille is 'Share of decided submissions that were rejected.';
comment on column pace.pay_days_median is 'Median days from submission to payout; null: nothing was paid yet.';
comment on column pace.reserve_left_minor is 'The declared reserve less what was paid and what has accrued from it; negative: owed from cash.';
comment on column pace.reserve_exhausted is 'New claims stop while the reserve cannot cover what has accrued.';
comment on column pace.computed_at is 'When.';
grant select, insert, update on pace to kreislauf_app;
