package io.kreislauf.people;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** The organisations of this installation. */
@ApplicationScoped
public class Organisations {

    public record Organisation(UUID organisationId, String name, String kind) {}

    private final StatelessSession session;

    Organisations(StatelessSession session) {
        this.session = session;
    }

    /** @throws Refusal NAME_TAKEN if there is one of this name */
    @Transactional
    public Organisation add(Caller operator, String name, String kind) {
        if (name == null || name.isBlank() || name.length() > 200) {
            throw Refusal.invalid("name", "A name has 1 to 200 characters.", "Give the organisation's name.");
        }
        if (kind == null || !List.of("manufacturer", "model-maker", "operator").contains(kind)) {
            throw Refusal.invalid("kind", "A kind is manufacturer, model-maker or operator.", "Name one of the three.");
        }
        return session.createNativeQuery("""
                        insert into organisation (name, kind) values (:name, :kind)
                        on conflict (name) do nothing returning organisation_id, name, kind
                        """, Organisation.class)
                .setParameter("name", name.strip()).setParameter("kind", kind)
                .uniqueResultOptional()
                .orElseThrow(() -> Refusal.conflict("NAME_TAKEN", "There is an organisation of this name.", "Choose another name."));
    }

    /** By name, from the one after {@code afterName} (null: from the first). */
    public List<Organisation> page(String afterName, int rows) {
        return session.createNativeQuery("""
                        select organisation_id, name, kind from organisation where name > :after order by name limit :rows
                        """, Organisation.class)
                .setParameter("after", afterName == null ? "" : afterName).setParameter("rows", rows)
                .getResultList();
    }

    public Optional<Organisation> find(UUID organisationId) {
        return session.createNativeQuery("select organisation_id, name, kind from organisation where organisation_id = :id", Organisation.class)
                .setParameter("id", organisationId)
                .uniqueResultOptional();
    }
}
