package io.kreislauf.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;

/** Rows of items. */
@ApplicationScoped
class ItemRows {

    /** An item as its owner sees it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(UUID itemId, String externalKey, @JsonRawValue String content, Integer labelsWanted, @JsonRawValue String gold,
                  String source, String licence, String lawfulBasis, String group, int priority) {}

    /**
     * What there is to be labelled, and how many labels would be funded that are not yet.
     *
     * @param labels those of gold slots too
     * @param gold   items with a known answer, in a project with gold slots; else 0
     */
    record Count(long items, long labels, long unfunded, long gold) {}

    private static final String INSERT = """
            insert into item (project_id, external_key, content, labels_wanted, gold, source, licence, lawful_basis, group_key, priority)
            select ?, external_key, cast(content as jsonb), labels_wanted, cast(gold as jsonb), source, licence, lawful_basis, group_key, priority
              from unnest(cast(? as text[]), cast(? as text[]), cast(? as int[]), cast(? as text[]), cast(? as text[]), cast(? as text[]),
                          cast(? as text[]), cast(? as text[]), cast(? as int[]))
                   with ordinality as i(external_key, content, labels_wanted, gold, source, licence, lawful_basis, group_key, priority, position)
             order by position
            on conflict (project_id, external_key) do nothing
            returning external_key
            """;

    private final DataSource dataSource;
    private final StatelessSession session;

    ItemRows(DataSource dataSource, StatelessSession session) {
        this.dataSource = dataSource;
        this.session = session;
    }

    /** Inserts the items whose keys are free, and gives back the keys that it inserted. */
    Set<String> insert(UUID projectId, List<NewItem> items) {
        try (Connection connection = dataSource.getConnection(); var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, projectId);
            insert.setArray(2, array(connection, "text", items, NewItem::key));
            insert.setArray(3, array(connection, "text", items, NewItem::content));
            insert.setArray(4, array(connection, "int4", items, NewItem::labelsWanted));
            insert.setArray(5, array(connection, "text", items, NewItem::gold));
            insert.setArray(6, array(connection, "text", items, NewItem::source));
            insert.setArray(7, array(connection, "text", items, NewItem::licence));
            insert.setArray(8, array(connection, "text", items, NewItem::lawfulBasis));
            insert.setArray(9, array(connection, "text", items, NewItem::group));
            insert.setArray(10, array(connection, "int4", items, NewItem::priority));
            Set<String> inserted = new HashSet<>();
            try (var keys = insert.executeQuery()) {
                while (keys.next()) {
                    inserted.add(keys.getString(1));
                }
            }
            return inserted;
        } catch (SQLException failure) {
            throw new IllegalStateException("Items could not be stored.", failure);
        }
    }

    private static Array array(Connection connection, String type, List<NewItem> items, Function<NewItem, Object> field) throws SQLException {
        return connection.createArrayOf(type, items.stream().map(field).toArray());
    }

    /** In the order of import; {@code after} null: from the first. */
    List<Listed> page(UUID projectId, UUID after, int rows) {
        return session.createNativeQuery("""
                        select item_id, external_key, cast(content as text), labels_wanted, cast(gold as text), source, licence,
                               lawful_basis, group_key, priority
                          from item
                         where project_id = :project and (cast(:after as uuid) is null or item_id > :after)
                         order by item_id limit :rows
                        """, Listed.class)
                .setParameter("project", projectId).setParameter("after", after, UUID.class).setParameter("rows", rows)
                .getResultList();
    }

    Count count(UUID projectId) {
        return session.createNativeQuery("""
                        with each_item as (
                            select p.gold_percent is not null and i.gold is not null as known,
                                   greatest(coalesce(i.labels_wanted, p.labels_wanted), p.labels_max) as labels
                              from item i join project p using (project_id)
                             where i.project_id = :project
                        ), counted as (
                            select count(*) as items, count(*) filter (where known) as gold,
                                   cast(coalesce(sum(labels) filter (where not known), 0) + coalesce((%s), 0) as bigint) as labels from each_item
                        )
                        select items, labels, labels - (select count(*) from slot where project_id = :project), gold from counted
                        """.formatted(SlotRows.GOLD_WANTED), Count.class)
                .setParameter("project", projectId)
                .getSingleResult();
    }
}
