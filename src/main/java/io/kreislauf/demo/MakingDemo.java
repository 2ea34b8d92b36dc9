package io.kreislauf.demo;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Makes the demo after the start, in the background; the installation is ready when it is finished. */
@Readiness
@ApplicationScoped
class MakingDemo implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(MakingDemo.class);

    private enum State { NOT_WANTED, MAKING, COMPLETE, FAILED }

    private final DemoSettings settings;
    private final DemoStory story;
    private volatile State state = State.NOT_WANTED;
    private volatile String failure = "";
    private Thread thread;

    MakingDemo(DemoSettings settings, DemoStory story) {
        this.settings = settings;
        this.story = story;
    }

    void start(@Observes @Priority(10_000) StartupEvent starting) {
        if (settings.wanted()) {
            state = State.MAKING;
            thread = Thread.ofPlatform().name("demo").daemon().start(this::make);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void make() {
        try {
            story.tell();
            state = State.COMPLETE;
            LOG.info("The demo is complete.");
        } catch (RuntimeException broken) {
            state = State.FAILED;
            failure = String.valueOf(broken.getMessage());
            LOG.error("The demo could not be made; the next start goes on where this one stopped.", broken);
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("demo")
                .status(state == State.NOT_WANTED || state == State.COMPLETE)
                .withData("state", state.name()).withData("failure", failure)
                .build();
    }
}
