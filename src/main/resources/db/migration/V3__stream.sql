-- What leaves for Kafka, what came from it, and which requests have been answered before.

create table outbox (
    outbox_id   bigint generated always as identity primary key,
    event_id    uuid not null default gen_random_uuid(),
    topic       text not null,
    message_key uuid not null,
    type        text not null,
    data        jsonb not null,
    occurred_at timestamptz not null default clock_now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
comment on table outbox is 'Events written in the transaction of their use case; the relay sends them to Kafka in order and deletes them.';
comment on column outbox.outbox_id is 'The order of sending.';
comment on column outbox.event_id is 'The CloudEvents id: a consumer takes in each id once.';
comment on column outbox.topic is 'The topic without the installation''s prefix.';
comment on column outbox.message_key is 'The Kafka key: events of one key stay in order.';
comment on column outbox.type is 'The CloudEvents type, with its version.';
comment on column outbox.data is 'The event itself; its JSON Schema is in src/main/resources/schemas.';
comment on column outbox.occurred_at is 'The CloudEvents time.';
grant select, insert, delete on outbox to kreislauf_app;

create table consumed_event (
    consumer    text not null,
    event_id    uuid not null,
    consumed_at timestamptz not null default clock_now(),
    primary key (consumer, event_id)
);
comment on table consumed_event is 'Which consumer has taken in which event; written in the transaction of the effect, so that a redelivery does nothing.';
comment on column consumed_event.consumer is 'The name of the consumer.';
comment on column consumed_event.event_id is 'The CloudEvents id.';
comment on column consumed_event.consumed_at is 'When.';
grant select, insert on consumed_event to kreislauf_app;

create table dead_letter (
    dead_letter_id bigint generated always as identity primary key,
    consumer       text not null,
    topic          text not null,
    partition_no   int not null,
    offset_no      bigint not null,
    reason         text not null,
    buried_at      timestamptz not null default clock_now(),
    unique (consumer, topic, partition_no, offset_no)
);
comment on table dead_letter is 'Messages that a consumer could not take in after its bounded retries; the message itself is in the dead-letter topic.';
comment on column dead_letter.dead_letter_id is 'Order of arrival.';
comment on column dead_letter.consumer is 'Who could not take it in.';
comment on column dead_letter.topic is 'Where it was read.';
comment on column dead_letter.partition_no is 'The partition it was read from.';
comment on column dead_letter.offset_no is 'Its offset there.';
comment on column dead_letter.reason is 'The last error.';
comment on column dead_letter.buried_at is 'When the consumer gave up.';
grant select, insert on dead_letter to kreislauf_app;

create table answered_request (
    owner_id    uuid not null,
    key         text not null,
    body_hash   bytea not null,
    answer      jsonb not null,
    answered_at timestamptz not null default clock_now(),
    primary key (owner_id, key)
);
comment on table answered_request is 'Answers to requests with an Idempotency-Key: the same request again gets the same answer and does nothing.';
comment on column answered_request.owner_id is 'The organisation or person whose key it is.';
comment on column answered_request.key is 'The Idempotency-Key that the client chose.';
comment on column answered_request.body_hash is 'SHA-256 of the request: another request under the same key is refused.';
comment on column answered_request.answer is 'What was answered.';
comment on column answered_request.answered_at is 'When.';
grant select, insert on answered_request to kreislauf_app;
