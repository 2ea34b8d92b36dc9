package io.kreislauf.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this installation uses Kafka. */
@ConfigMapping(prefix = "kreislauf.stream")
interface StreamSettings {

    /** Stands before each topic and consumer group, so that installations can share a cluster. */
    @WithDefault("kreislauf.")
    String prefix();

    @WithDefault("4")
    int partitions();

    @WithDefault("1")
    short replicationFactor();

    /** Events carried in one transaction of the relay. */
    @WithDefault("1000")
    int relayBatch();

    /** How long the relay rests when the outbox is empty. */
    @WithDefault("50ms")
    Duration relayRest();

    /** How often a consumer tries a batch, and then each message, before the message goes to the dead letters. */
    @WithDefault("3")
    int attempts();
}
