-- Licences change hands; models are made of them and sold as a service.

create table licence_offer (
    offer_id               uuid primary key default uuidv7(),
    version_id             uuid not null references dataset_version,
    seller_organisation_id uuid not null references organisation,
    buyer_organisation_id  uuid not null references organisation,
    price_minor            bigint not null check (price_minor >= 0),
    currency               text not null,
    runs_total             int not null check (runs_total between 1 and 100000),
    beyond_declared        boolean not null default false,
    state                  text not null default 'open' check (state in ('open', 'accepted', 'withdrawn')),
    offered_at             timestamptz not null default clock_now(),
    check (seller_organisation_id <> buyer_organisation_id)
);
create index licence_offer_of_version on licence_offer (version_id) where state = 'open';
create index licence_offer_to_buyer on licence_offer (buyer_organisation_id, offer_id);
create index licence_offer_of_seller on licence_offer (seller_organisation_id, offer_id);
comment on table licence_offer is 'A licence that a maker offers to one buyer.';
comment on column licence_offer.offer_id is 'Time-ordered id.';
comment on column licence_offer.version_id is 'What is licensed.';
comment on column licence_offer.seller_organisation_id is 'The maker.';
comment on column licence_offer.buyer_organisation_id is 'Who may accept.';
comment on column licence_offer.price_minor is 'The price.';
comment on column licence_offer.currency is 'ISO 4217.';
comment on column licence_offer.runs_total is 'How many training runs the licence is good for.';
comment on column licence_offer.beyond_declared is 'The maker confirms that it may go beyond the declared number of licences; it carries no cost and no hours then.';
comment on column licence_offer.state is 'open, accepted by the buyer, or withdrawn by the maker.';
comment on column licence_offer.offered_at is 'When.';
grant select, insert, update on licence_offer to kreislauf_app;

create table licence (
    licence_id             uuid primary key,
    version_id             uuid not null references dataset_version,
    ordinal                int check (ordinal >= 1),
    seller_organisation_id uuid not null references organisation,
    buyer_organisation_id  uuid not null references organisation,
    price_minor            bigint not null check (price_minor >= 0),
    currency               text not null,
    runs_total             int not null check (runs_total >= 1),
    sold_at                timestamptz not null,
    beyond_declared        boolean not null check (beyond_declared = (ordinal is null)),
    stock                  jsonb not null,
    unique (version_id, ordinal)
);
create index licence_of_buyer on licence (buyer_organisation_id, licence_id);
create index licence_of_seller on licence (seller_organisation_id, licence_id);
comment on table licence is 'A sold licence: the right to download a version and to train with it a number of times.';
comment on column licence.licence_id is 'The id of the accepted offer; also the subject of the buyer''s account for it.';
comment on column licence.version_id is 'What is licensed.';
comment on column licence.ordinal is 'Which of the declared licences it is; null beyond them.';
comment on column licence.seller_organisation_id is 'The maker.';
comment on column licence.buyer_organisation_id is 'The licensee.';
comment on column licence.price_minor is 'What was paid.';
comment on column licence.currency is 'ISO 4217.';
comment on column licence.runs_total is 'How many training runs it is good for; each carries one part in this many.';
comment on column licence.sold_at is 'When it was sold (effective time).';
comment on column licence.beyond_declared is 'Sold beyond the declared number: carries no cost and no hours.';
comment on column licence.stock is 'What the licence carried when it was bought, its price as c, in the form of dataset_version.stock; each run takes its part.';
grant select, insert on licence to kreislauf_app;

create table model (
    model_id        uuid primary key default uuidv7(),
    organisation_id uuid not null references organisation,
    name            text not null check (length(name) between 1 and 200),
    months          int check (months between 1 and 600),
    state           text not null default 'making' check (state in ('making', 'released')),
    currency        text not null,
    stock           jsonb,
    released_at     timestamptz,
    created_at      timestamptz not null default clock_now(),
    check ((state = 'released') = (released_at is not null and stock is not null and months is not null))
);
create index model_of_organisation on model (organisation_id, model_id);
comment on table model is 'A machine-learning model: trained under licences, then sold as a service by the month.';
comment on column model.model_id is 'Time-ordered id; also the subject of its ledger accounts.';
comment on column model.organisation_id is 'Its maker.';
comment on column model.name is 'As its maker calls it.';
comment on column model.months is 'Over how many months its cost and hours are passed on.';
comment on column model.state is 'making: runs and labour go into it; released: it is sold by the month.';
comment on column model.currency is 'ISO 4217 code of its revenue.';
comment on column model.stock is 'What it carried when released, in the form of dataset_version.stock.';
comment on column model.released_at is 'When it was released (effective time).';
comment on column model.created_at is 'When it was begun.';
grant select, insert, update on model to kreislauf_app;

create table model_labour (
    declaration_id  uuid primary key default uuidv7(),
    model_id        uuid not null references model,
    declared_millis bigint not null check (declared_millis >= 0),
    wages_minor     bigint not null check (wages_minor >= 0),
    currency        text not null,
    source          text not null check (source in ('organisation', 'demo', 'log')),
    declared_at     timestamptz not null
);
create index model_labour_of_model on model_labour (model_id);
comment on table model_labour is 'Labour of engineers and others without a book, as their organisation declares it.';
comment on column model_labour.declaration_id is 'Named by the ledger entry.';
comment on column model_labour.model_id is 'The model they worked on.';
comment on column model_labour.declared_millis is 'Their time.';
comment on column model_labour.wages_minor is 'Their wages.';
comment on column model_labour.currency is 'ISO 4217.';
comment on column model_labour.source is 'Who says so: the organisation, an imported log, or the demo, which makes it up.';
comment on column model_labour.declared_at is 'When the work was done (effective time).';
grant select, insert on model_labour to kreislauf_app;

create table training_run (
    run_id   uuid primary key default uuidv7(),
    model_id uuid not null references model,
    run_at   timestamptz not null
);
create index training_run_of_model on training_run (model_id);
comment on table training_run is 'One training of a model; uses up one run of each of its licences.';
comment on column training_run.run_id is 'Named by the ledger entry.';
comment on column training_run.model_id is 'What was trained.';
comment on column training_run.run_at is 'When (effective time).';
grant select, insert on training_run to kreislauf_app;

create table training_run_licence (
    run_id     uuid not null references training_run,
    licence_id uuid not null references licence,
    ordinal    int not null check (ordinal >= 1),
    primary key (run_id, licence_id),
    unique (licence_id, ordinal)
);
comment on table training_run_licence is 'Which use of a licence a run was.';
comment on column training_run_licence.run_id is 'The run.';
comment on column training_run_licence.licence_id is 'The licence.';
comment on column training_run_licence.ordinal is 'Use k of the licence''s runs_total.';
grant select, insert on training_run_licence to kreislauf_app;

create table training_run_means (
    run_id       uuid not null references training_run,
    kind         text not null,
    amount_minor bigint not null check (amount_minor > 0),
    currency     text not null,
    primary key (run_id, kind, currency)
);
comment on table training_run_means is 'Means of production used up in a run: compute and the like.';
comment on column training_run_means.run_id is 'The run.';
comment on column training_run_means.kind is 'What was used.';
comment on column training_run_means.amount_minor is 'At what was paid for it.';
comment on column training_run_means.currency is 'ISO 4217.';
grant select, insert on training_run_means to kreislauf_app;

create table model_month (
    sale_id            uuid primary key default uuidv7(),
    model_id           uuid not null references model,
    month              int not null check (month >= 1),
    revenue_minor      bigint not null check (revenue_minor >= 0),
    serving_cost_minor bigint not null check (serving_cost_minor >= 0),
    sold_at            timestamptz not null,
    unique (model_id, month)
);
comment on table model_month is 'A month of service sold: its revenue, and which part of the model''s cost and hours it passed on.';
comment on column model_month.sale_id is 'Named by the ledger entry.';
comment on column model_month.model_id is 'The model.';
comment on column model_month.month is 'Month k of model.months.';
comment on column model_month.revenue_minor is 'What customers paid.';
comment on column model_month.serving_cost_minor is 'Compute bought and used up to serve them.';
comment on column model_month.sold_at is 'When it was booked (effective time).';
grant select, insert on model_month to kreislauf_app;

create table model_refund (
    refund_id    uuid primary key default uuidv7(),
    model_id     uuid not null references model,
    amount_minor bigint not null check (amount_minor > 0),
    refunded_at  timestamptz not null
);
create index model_refund_of_model on model_refund (model_id);
comment on table model_refund is 'Revenue paid back for a service that was rendered: no time comes back.';
comment on column model_refund.refund_id is 'Named by the ledger entry.';
comment on column model_refund.model_id is 'Whose service.';
comment on column model_refund.amount_minor is 'How much.';
comment on column model_refund.refunded_at is 'When (effective time).';
grant select, insert on model_refund to kreislauf_app;
