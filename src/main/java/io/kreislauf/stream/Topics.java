package io.kreislauf.stream;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Creates the topics before any consumer starts: a consumer of a missing topic would wait for seconds. */
@ApplicationScoped
class Topics {

    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final Map<String, String> KEEP_FOR_GOOD = Map.of("retention.ms", "-1", "retention.bytes", "-1");

    private final StreamSettings settings;
    private final Map<String, Object> kafka;

    Topics(StreamSettings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.settings = settings;
        this.kafka = kafka;
    }

    /** The name on the cluster. */
    String named(Topic topic) {
        return settings.prefix() + topic.plainName();
    }

    static String deadLettersOf(String topicOnCluster) {
        return topicOnCluster + ".dead";
    }

    void create(@Observes @Priority(1) StartupEvent starting) throws InterruptedException {
        List<NewTopic> wanted = Stream.of(Topic.values())
                .map(this::named)
                .flatMap(name -> Stream.of(name, deadLettersOf(name)))
                .map(name -> new NewTopic(name, settings.partitions(), settings.replicationFactor()).configs(KEEP_FOR_GOOD))
                .toList();
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            for (var created : admin.createTopics(wanted).values().entrySet()) {
                try {
                    created.getValue().get(60, TimeUnit.SECONDS);
                    LOG.infof("Created topic %s", created.getKey());
                } catch (ExecutionException failure) {
                    if (!(failure.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException("Topic " + created.getKey() + " cannot be created.", failure.getCause());
                    }
                } catch (java.util.concurrent.TimeoutException late) {
                    throw new IllegalStateException("Kafka did not answer within 60 s when asked for topic " + created.getKey(), late);
                }
            }
        }
    }
}
