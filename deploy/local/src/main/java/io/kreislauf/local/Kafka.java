package io.kreislauf.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One Kafka node, broker and controller in one process, on loopback. Topics are never made by accident, and never expire. */
final class Kafka {

    private final Home home;
    private final Distribution distribution;
    private int port;
    private Child child;

    Kafka(Home home, Distribution distribution) {
        this.home = home;
        this.distribution = distribution;
    }

    /** Begins the start; {@link #await} waits for its end. */
    void start(Consumer<Child> started) {
        port = home.port("kafka");
        var controllerPort = home.port("kafka-controller");
        var data = home.directory("kafka");
        home.write("kafka.properties", """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                log.retention.ms=-1
                log.retention.bytes=-1
                log.segment.bytes=134217728
                log.index.size.max.bytes=1048576
                log.cleaner.dedupe.buffer.size=16777216
                num.partitions=1
                default.replication.factor=1
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=2
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                controlled.shutdown.enable=false
                """.formatted(port, controllerPort, data));
        var config = home.path("kafka.properties").toString();
        if (!Files.exists(data.resolve("meta.properties"))) {
            Progress.say("formatting Kafka's directory");
            Command.run(home.path(""), Map.of(), List.of(Child.javaCommand(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                    "-cp", distribution.target().resolve("kafka") + "/*", "kafka.tools.StorageTool",
                    "format", "--ignore-formatted", "--cluster-id", "a3JlaXNsYXVmLWxvY2FsMQ", "--config", config));
        }
        child = Child.java(home, "kafka", List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError",
                "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + home.path("kafka.jsa"), "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:aot=off",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
                distribution.kafkaClassPath(), List.of("kafka.Kafka", config), Map.of());
        started.accept(child);
    }

    void await() {
        child.await(Duration.ofSeconds(60), () -> {
            // The broker opens this port only once it has caught up with its own metadata.
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    String bootstrap() {
        return "127.0.0.1:" + port;
    }
}
