-- How annotators come to items: known answers spread among the others, and items that are chosen or assigned.

-- Gold slots: labels of items with a known answer, spread at random among the others. Which item it is, is decided at the claim.

alter table project add column gold_percent int check (gold_percent between 1 and 50);
comment on column project.gold_percent is 'Gold slots for each hundred ordinary ones; items with a known answer then have no ordinary slots. null: none, and items with a known answer are labelled like all others.';
create index item_gold on item (project_id, rank) where gold is not null;
comment on index item_gold is 'Items with a known answer, in the order in which gold slots go through them.';

alter table slot
    alter column item_id drop not null,
    add column gold boolean not null default false,
    add constraint slot_has_item check (gold or item_id is not null);
comment on column slot.item_id is 'The item to be labelled; of a gold slot that nobody holds or has filled: null.';
comment on column slot.ordinal is 'Counts the labels of an item from 1; gold slots are counted by project.';
comment on column slot.gold is 'It gets an item with a known answer when it is claimed, and loses it when it is open again.';

-- Who may say which item is claimed: nobody, the annotators, or the requester by assigning.

alter table project add column items_named_by text not null default 'annotators' check (items_named_by in ('nobody', 'annotators', 'requester'));
alter table project alter column items_named_by set default 'nobody';
comment on column project.items_named_by is 'nobody: claims take what comes next; annotators: claims may name items; requester: each annotator gets the items assigned to them, and no others. Projects from before there was a choice: annotators.';
alter table project alter column selective
    set expression as (claim_order <> 'random' or share_percent_max is not null or exposure_minutes_max is not null or skills is not null
                       or gold_percent is not null or items_named_by = 'requester');

create table item_assignment (
    project_id   uuid not null references project,
    annotator_id uuid not null,
    item_id      uuid not null references item,
    assigned_at  timestamptz not null default clock_now(),
    primary key (project_id, annotator_id, item_id)
);
comment on table item_assignment is 'Which annotator is to label which item, where the requester says so. An item may be assigned to several.';
comment on column item_assignment.project_id is 'Of which project.';
comment on column item_assignment.annotator_id is 'Who is to label it: a person_id.';
comment on column item_assignment.item_id is 'Which item.';
comment on column item_assignment.assigned_at is 'Since when.';
grant select, insert, delete on item_assignment to kreislauf_app;
