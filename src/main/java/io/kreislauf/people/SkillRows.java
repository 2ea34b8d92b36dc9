package io.kreislauf.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;

/** Rows of skills and of who holds them. */
@ApplicationScoped
class SkillRows {

    private record Row(UUID skillId, String name, String[] levels) {

        Skills.Skill skill() {
            return new Skills.Skill(skillId, name, List.of(levels));
        }
    }

    private static final String SKILL = "select skill_id, name, levels from skill where organisation_id = :organisation ";

    private final StatelessSession session;

    SkillRows(StatelessSession session) {
        this.session = session;
    }

    /** Empty if there is one of this name. */
    Optional<UUID> insert(UUID organisationId, String name, List<String> levels) {
        return session.createNativeQuery("""
                        insert into skill (organisation_id, name, levels) values (:organisation, :name, cast(:levels as text[]))
                        on conflict (organisation_id, name) do nothing returning skill_id
                        """, UUID.class)
                .setParameter("organisation", organisationId).setParameter("name", name).setParameter("levels", levels.toArray(String[]::new))
                .uniqueResultOptional();
    }

    List<Skills.Skill> page(UUID organisationId, String after, int rows) {
        return session.createNativeQuery(SKILL + "and name > :after order by name limit :rows", Row.class)
                .setParameter("organisation", organisationId).setParameter("after", after == null ? "" : after).setParameter("rows", rows)
                .getResultList().stream().map(Row::skill).toList();
    }

    Optional<Skills.Skill> byName(UUID organisationId, String name) {
        return one(session.createNativeQuery(SKILL + "and name = :name", Row.class).setParameter("organisation", organisationId).setParameter("name", name));
    }

    Optional<Skills.Skill> byId(UUID organisationId, UUID skillId) {
        return one(session.createNativeQuery(SKILL + "and skill_id = :id", Row.class).setParameter("organisation", organisationId).setParameter("id", skillId));
    }

    private static Optional<Skills.Skill> one(NativeQuery<Row> query) {
        return query.uniqueResultOptional().map(Row::skill);
    }

    Instant hold(UUID personId, Skills.Level level, String source) {
        return session.createNativeQuery("""
                        insert into skill_held (person_id, skill_id, level, source) values (:person, :skill, :level, :source)
                        on conflict (person_id, skill_id) do update
                       set level = excluded.level, source = excluded.source, held_since = clock_now()
                        returning held_since
                        """, Instant.class)
                .setParameter("person", personId).setParameter("skill", level.skillId()).setParameter("level", level.level()).setParameter("source", source)
                .getSingleResult();
    }

    void earn(UUID personId, Skills.Level level) {
        session.createNativeMutationQuery("""
                        insert into skill_held (person_id, skill_id, level, source) values (:person, :skill, :level, 'qualification')
                        on conflict (person_id, skill_id) do update
                       set level = excluded.level, source = excluded.source, held_since = clock_now()
                     where skill_held.level < excluded.level
                        """)
                .setParameter("person", personId).setParameter("skill", level.skillId()).setParameter("level", level.level())
                .executeUpdate();
    }

    void revoke(UUID personId, UUID skillId) {
        session.createNativeMutationQuery("delete from skill_held where person_id = :person and skill_id = :skill")
                .setParameter("person", personId).setParameter("skill", skillId)
                .executeUpdate();
    }

    /** Holders the organisation may have no pseudonym of yet. */
    List<UUID> people(UUID skillId) {
        return session.createNativeQuery("""
                        select h.person_id from skill_held h join skill s using (skill_id)
                         where h.skill_id = :skill
                           and not exists (select from pseudonym p where p.organisation_id = s.organisation_id and p.person_id = h.person_id)
                        """, UUID.class)
                .setParameter("skill", skillId)
                .getResultList();
    }

    List<Skills.Holder> holders(UUID organisationId, UUID skillId, UUID after, int rows) {
        return session.createNativeQuery("""
                        select p.pseudonym, s.levels[h.level], h.source, h.held_since
                          from skill_held h join skill s using (skill_id)
                          join pseudonym p on p.organisation_id = :organisation and p.person_id = h.person_id
                         where h.skill_id = :skill and (cast(:after as uuid) is null or p.pseudonym > :after)
                         order by p.pseudonym limit :rows
                        """, Skills.Holder.class)
                .setParameter("organisation", organisationId).setParameter("skill", skillId).setParameter("after", after, UUID.class)
                .setParameter("rows", rows)
                .getResultList();
    }

    List<Skills.Held> held(UUID personId) {
        return session.createNativeQuery("""
                        select s.skill_id, s.name, case when cardinality(s.levels) > 1 then s.levels[h.level] end, o.name, h.source, h.held_since
                          from skill_held h join skill s using (skill_id) join organisation o using (organisation_id)
                         where h.person_id = :person order by s.name, s.skill_id limit 1000
                        """, Skills.Held.class)
                .setParameter("person", personId)
                .getResultList();
    }
}
