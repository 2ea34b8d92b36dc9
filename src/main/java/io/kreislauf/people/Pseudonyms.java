package io.kreislauf.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** How organisations see people: under random ids, other ones for each organisation. */
@ApplicationScoped
public class Pseudonyms {

    private record Known(UUID personId, UUID pseudonym) {}

    private final StatelessSession session;

    Pseudonyms(StatelessSession session) {
        this.session = session;
    }

    /** The organisation's pseudonyms of these people, made where there is none yet; keyed by person. */
    @Transactional
    public Map<UUID, UUID> of(UUID organisationId, Collection<UUID> personIds) {
        UUID[] people = personIds.stream().distinct().sorted().toArray(UUID[]::new);
        session.createNativeMutationQuery("""
                        insert into pseudonym (organisation_id, person_id)
                        select :organisation, id from unnest(cast(:people as uuid[])) as id
                        on conflict do nothing
                        """)
                .setParameter("organisation", organisationId).setParameter("people", people)
                .executeUpdate();
        List<Known> known = session.createNativeQuery("""
                        select person_id, pseudonym from pseudonym
                         where organisation_id = :organisation and person_id = any (cast(:people as uuid[]))
                        """, Known.class)
                .setParameter("organisation", organisationId).setParameter("people", people)
                .getResultList();
        return known.stream().collect(Collectors.toMap(Known::personId, Known::pseudonym));
    }

    /** Whom a pseudonym of this organisation stands for. */
    public Optional<UUID> person(UUID organisationId, UUID pseudonym) {
        return session.createNativeQuery("select person_id from pseudonym where organisation_id = :organisation and pseudonym = :pseudonym", UUID.class)
                .setParameter("organisation", organisationId).setParameter("pseudonym", pseudonym)
                .uniqueResultOptional();
    }

    /** The person behind a pseudonym of the organisation, or one that it provisioned. */
    public Optional<UUID> known(UUID organisationId, UUID annotator) {
        return session.createNativeQuery("""
                        select p.person_id from person p
                         where p.person_id = (select ps.person_id from pseudonym ps where ps.organisation_id = :organisation and ps.pseudonym = :annotator)
                            or p.person_id = :annotator and p.provisioned_by = :organisation
                        """, UUID.class)
                .setParameter("organisation", organisationId).setParameter("annotator", annotator)
                .uniqueResultOptional();
    }
}
