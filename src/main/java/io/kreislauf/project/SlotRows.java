package io.kreislauf.project;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Rows of slots: made when a label is funded, closed when its reward goes back. */
@ApplicationScoped
class SlotRows {

    /** Of an item nobody has labelled, in millionths of confidence that is missing. */
    private static final int URGENCY_UNLABELLED = 1_000_000;

    /** How many gold slots a project has: a share of the labels wanted of its other items, rounded up; 0: it has none. */
    static final String GOLD_WANTED = """
            select cast(coalesce(ceil(sum(coalesce(i.labels_wanted, p.labels_wanted)) * p.gold_percent / 100.0), 0) as bigint) as gold
              from item i join project p using (project_id)
             where i.project_id = :project and i.gold is null and p.gold_percent is not null group by p.gold_percent
            """;

    private final StatelessSession session;

    SlotRows(StatelessSession session) {
        this.session = session;
    }

    /**
     * Makes every slot that the items may need and that is not there yet, and the gold slots among them; gives how many there were to
     * fund. They are stored in the order of their random rank, in which they are claimed.
     */
    long makeMissing(UUID projectId) {
        return makeOrdinary(projectId) + makeGold(projectId);
    }

    private long makeOrdinary(UUID projectId) {
        return session.createNativeMutationQuery("""
                        insert into slot (project_id, item_id, ordinal, state, urgency, rank)
                        select i.project_id, i.item_id, n,
                               case when n <= coalesce(i.labels_wanted, p.labels_wanted) then 'open' else 'unopened' end,
                               case p.claim_order when 'priority' then i.priority
                                                  when 'least_confident' then coalesce(there.urgency, :most) end,
                               random(-9223372036854775808, 9223372036854775807) as rank
                          from item i
                          join project p using (project_id)
                         cross join lateral (select count(*) as funded, max(s.urgency) as urgency from slot s where s.item_id = i.item_id) as there
                         cross join lateral generate_series(there.funded + 1, greatest(coalesce(i.labels_wanted, p.labels_wanted), p.labels_max)) as n
                         where i.project_id = :project and (p.gold_percent is null or i.gold is null)
                         order by rank
                        """)
                .setParameter("project", projectId).setParameter("most", URGENCY_UNLABELLED)
                .executeUpdate();
    }

    /** They have no item yet. */
    private long makeGold(UUID projectId) {
        return session.createNativeMutationQuery("""
                        insert into slot (project_id, ordinal, state, gold, rank)
                        select :project, n, 'open', true, random(-9223372036854775808, 9223372036854775807) as rank
                          from generate_series((select count(*) + 1 from slot where project_id = :project and gold),
                                               (select gold from (%s) as wanted)) as n
                         order by rank
                        """.formatted(GOLD_WANTED))
                .setParameter("project", projectId)
                .executeUpdate();
    }

    /** Opens funded slots that the items now want from the start. */
    void openWanted(UUID projectId) {
        session.createNativeMutationQuery("""
                        update slot s set state = 'open'
                          from item i join project p using (project_id)
                         where s.project_id = :project and s.state = 'unopened' and i.item_id = s.item_id
                           and s.ordinal <= coalesce(i.labels_wanted, p.labels_wanted)
                        """)
                .setParameter("project", projectId)
                .executeUpdate();
    }

    /** Closes what nobody has claimed; gives how many. */
    long closeUnclaimed(UUID projectId) {
        return session.createNativeMutationQuery("update slot set state = 'closed' where project_id = :project and state in ('open', 'unopened')")
                .setParameter("project", projectId)
                .executeUpdate();
    }

    /** Closes those of the slots that are open; gives how many. */
    long closeOpen(UUID projectId, Collection<UUID> slotIds) {
        return session.createNativeMutationQuery("""
                        update slot set state = 'closed'
                         where project_id = :project and slot_id = any (cast(:slots as uuid[])) and state = 'open'
                        """)
                .setParameter("project", projectId).setParameter("slots", slotIds.toArray(UUID[]::new))
                .executeUpdate();
    }

    boolean anyClaimed(UUID projectId) {
        return session.createNativeQuery("select exists (select from slot where project_id = :project and state = 'claimed')", Boolean.class)
                .setParameter("project", projectId)
                .getSingleResult();
    }
}
