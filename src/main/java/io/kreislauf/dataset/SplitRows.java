package io.kreislauf.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** On which side of the split each item of a project stands; drawn for all its items at once. */
@ApplicationScoped
class SplitRows {

    private record Basis(byte[] salt, int trainSharePercent) {}

    private final StatelessSession session;

    SplitRows(StatelessSession session) {
        this.session = session;
    }

    /** Draws the sides of the projects of these items unless every one of the items has its side. */
    void drawWhereMissing(Collection<UUID> itemIds) {
        session.createNativeQuery("""
                        select distinct i.project_id from item i left join item_split s using (item_id)
                         where i.item_id = any (cast(:items as uuid[])) and s.item_id is null
                         order by i.project_id
                        """, UUID.class)
                .setParameter("items", itemIds.toArray(UUID[]::new))
                .getResultList().forEach(this::draw);
    }

    /** Draws again from all items: the same items always give the same sides, whenever it is done. */
    void draw(UUID projectId) {
        Basis basis = basis(projectId);
        change("""
                insert into item_split (item_id, project_id, root, split)
                select i.item_id, i.project_id,
                       first_value(i.item_id) over (partition by sha256(convert_to(cast(i.content as text), 'UTF8')) order by i.item_id), 'train'
                  from item i where i.project_id = :project
                    on conflict (item_id) do update set root = excluded.root
                """, projectId);
        int moved = 1;
        while (moved > 0) {
            moved = joined("i.group_key", "and i.group_key is not null", projectId);
            if (moved > 0) {
                moved += joined("sha256(convert_to(cast(i.content as text), 'UTF8'))", "", projectId);
            }
        }
        byte[] threshold = Split.threshold(basis.trainSharePercent());
        session.createNativeMutationQuery("""
                        with drawn as materialized (
                            select d.item_id, case when bool_or(i.gold is not null) over (partition by d.root) or cast(:all as boolean)
                                or substring(sha256(cast(:salt as bytea) || uuid_send(d.root)) from 1 for 8) < cast(:threshold as bytea)
                                then 'train' else 'test' end as split
                              from item_split d join item i using (item_id)
                             where d.project_id = :project)
                        update item_split s set split = drawn.split
                          from drawn where drawn.item_id = s.item_id and s.split <> drawn.split
                        """)
                .setParameter("all", threshold == null)
                .setParameter("salt", basis.salt())
                .setParameter("threshold", threshold == null ? new byte[8] : threshold)
                .setParameter("project", projectId)
                .executeUpdate();
    }

    /** Makes the data set of the project where there is none, and holds it until the end of the transaction. */
    private Basis basis(UUID projectId) {
        change("insert into dataset (project_id) values (:project) on conflict do nothing", projectId);
        return session.createNativeQuery("""
                        select d.salt, p.train_share_percent from dataset d join project p using (project_id)
                         where d.project_id = :project for update of d
                        """, Basis.class)
                .setParameter("project", projectId)
                .getSingleResult();
    }

    /** Gives all items that share {@code key} the smallest root among them; the number of items that got another root. */
    private int joined(String key, String condition, UUID projectId) {
        return change("""
                update item_split s set root = n.root
                  from (select s.item_id, first_value(s.root) over (partition by %s order by s.root) as root
                          from item i join item_split s using (item_id) where i.project_id = :project %s) n
                 where n.item_id = s.item_id and n.root < s.root
                """.formatted(key, condition), projectId);
    }

    private int change(String sql, UUID projectId) {
        return session.createNativeMutationQuery(sql).setParameter("project", projectId).executeUpdate();
    }

}
