/**
 * Topics, the outbox and its relay, consumed events, repeated requests, the clock. Depends on nothing of ours; nobody
 * else sends to Kafka.
 */
package io.kreislauf.stream;
