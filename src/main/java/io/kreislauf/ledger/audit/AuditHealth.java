package io.kreislauf.ledger.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The last audit as a detail of health and as a metric: a broken ledger does not stop the service, it is told. */
@Wellness
@ApplicationScoped
class AuditHealth implements HealthCheck {

    private final Auditing auditing;

    AuditHealth(Auditing auditing) {
        this.auditing = auditing;
    }

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        metrics.gauge("kreislauf.ledger.audit.broken.invariants", this, health -> health.auditing.latest()
                .map(result -> (double) result.invariants().stream().filter(finding -> !finding.holds()).count()).orElse(Double.NaN));
    }

    @Override
    public HealthCheckResponse call() {
        var latest = auditing.latest();
        var answer = HealthCheckResponse.named("ledger audit").status(latest.map(AuditResult::holds).orElse(true));
        latest.ifPresent(result -> answer.withData("auditedAt", result.auditedAt().toString()).withData("toTx", result.toTx())
                .withData("broken", result.invariants().stream().filter(finding -> !finding.holds())
                        .map(finding -> String.valueOf(finding.invariant())).distinct().reduce((a, b) -> a + "," + b).orElse("none")));
        return answer.build();
    }
}
