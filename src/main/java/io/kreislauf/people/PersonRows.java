package io.kreislauf.people;

import io.quarkus.cache.CacheInvalidateAll;
import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Rows of people and of what they agreed to. */
@ApplicationScoped
class PersonRows {

    static final String PERSON_BY_SUBJECT = "person-by-subject";

    record Acting(UUID personId, UUID organisationId) {}

    record Profile(UUID personId, String loginName, String displayName, String region, UUID organisationId,
                   String organisationName, Instant createdAt, Integer exposureMinutesMax) {}

    private static final String PROFILE = """
            select p.person_id, p.login_name, p.display_name, p.region, p.organisation_id, o.name, p.created_at, p.exposure_minutes_max
              from person p left join organisation o using (organisation_id)
            """;

    private final StatelessSession session;

    PersonRows(StatelessSession session) {
        this.session = session;
    }

    @CacheResult(cacheName = PERSON_BY_SUBJECT)
    Optional<Acting> bySubject(String subject) {
        return session.createNativeQuery("select person_id, organisation_id from person where subject = :subject", Acting.class)
                .setParameter("subject", subject)
                .uniqueResultOptional();
    }

    Optional<Profile> profile(UUID personId) {
        return session.createNativeQuery(PROFILE + " where p.person_id = :id", Profile.class)
                .setParameter("id", personId)
                .uniqueResultOptional();
    }

    void limitExposure(UUID personId, Integer minutes) {
        session.createNativeMutationQuery("update person set exposure_minutes_max = :minutes where person_id = :id")
                .setParameter("minutes", minutes, Integer.class).setParameter("id", personId)
                .executeUpdate();
    }

    Optional<UUID> byLogin(String loginName) {
        return session.createNativeQuery("select person_id from person where login_name = :login", UUID.class)
                .setParameter("login", loginName)
                .uniqueResultOptional();
    }

    /** Pages by login name; {@code provisionedBy} null: everybody. */
    List<Profile> page(UUID provisionedBy, String afterLogin, int rows) {
        return session.createNativeQuery(PROFILE + """
                         where (cast(:by as uuid) is null or p.provisioned_by = :by or p.organisation_id = :by)
                           and p.login_name > :after
                         order by p.login_name limit :rows
                        """, Profile.class)
                .setParameter("by", provisionedBy, UUID.class)
                .setParameter("after", afterLogin == null ? "" : afterLogin)
                .setParameter("rows", rows)
                .getResultList();
    }

    UUID insert(Provisioning.Account account, String subject, UUID provisionedBy) {
        return session.createNativeQuery("""
                        insert into person (subject, organisation_id, provisioned_by, login_name, display_name, roles, region,
                                            languages, origin, log_name)
                        values (:subject, :organisation, :by, :login, :name, cast(:roles as text[]), :region,
                                cast(:languages as text[]), :origin, :log)
                        returning person_id
                        """, UUID.class)
                .setParameter("subject", subject)
                .setParameter("organisation", account.organisationId(), UUID.class)
                .setParameter("by", provisionedBy, UUID.class)
                .setParameter("login", account.login())
                .setParameter("name", account.displayName())
                .setParameter("roles", account.roles().toArray(String[]::new))
                .setParameter("region", account.region(), String.class)
                .setParameter("languages", account.languages().toArray(String[]::new))
                .setParameter("origin", account.origin())
                .setParameter("log", account.logName(), String.class)
                .getSingleResult();
    }

    /** The subject of the deleted row, if the caller's organisation provisioned it ({@code provisionedBy} null: any). */
    @CacheInvalidateAll(cacheName = PERSON_BY_SUBJECT)
    Optional<String> delete(UUID personId, UUID provisionedBy) {
        return session.createNativeQuery("""
                        delete from person where person_id = :id and (cast(:by as uuid) is null or provisioned_by = :by)
                        returning subject
                        """, String.class)
                .setParameter("id", personId)
                .setParameter("by", provisionedBy, UUID.class)
                .uniqueResultOptional();
    }

    void decide(UUID personId, int version, String decision) {
        session.createNativeMutationQuery("insert into consent (person_id, version, decision) values (:id, :version, :decision)")
                .setParameter("id", personId).setParameter("version", version).setParameter("decision", decision)
                .executeUpdate();
    }

    Optional<String> decision(UUID personId, int version) {
        return session.createNativeQuery("""
                        select decision from consent where person_id = :id and version = :version
                         order by consent_id desc limit 1
                        """, String.class)
                .setParameter("id", personId).setParameter("version", version)
                .uniqueResultOptional();
    }
}
