package io.kreislauf.people;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the operator who provisions everybody else, on an installation that was told a login and has nobody of it yet. */
@ApplicationScoped
class FirstOperator {

    private static final Logger LOG = Logger.getLogger(FirstOperator.class);

    private final Provisioning provisioning;
    private final Optional<String> login;

    FirstOperator(Provisioning provisioning, @ConfigProperty(name = "kreislauf.first-operator") Optional<String> login) {
        this.provisioning = provisioning;
        this.login = login;
    }

    void provision(@Observes @Priority(100) StartupEvent starting) {
        login.filter(name -> !provisioning.exists(name)).ifPresent(name -> {
            Caller installer = new Caller(new java.util.UUID(0, 0), null, Set.of(Roles.OPERATOR));
            var made = provisioning.provision(installer, new Provisioning.Account(name, "Operator", Set.of(Roles.OPERATOR), null, null,
                    List.of(), null, null, null));
            LOG.warnf("Made the operator %s. One-time password, shown only here: %s", made.login(), made.oneTimePassword());
        });
    }
}
