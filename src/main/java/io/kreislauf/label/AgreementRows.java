package io.kreislauf.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What is agreed about items, by majority, for any number of items in one statement. */
@ApplicationScoped
class AgreementRows {

    /** Whoever computes an item's agreement holds the item, so that nobody overwrites it with older labels. */
    private static final String HOLD = "select from item where item_id = any (?) order by item_id for no key update";

    private static final String AGREE = """
            with affected as (
                select i.item_id, i.project_id, coalesce(i.labels_wanted, p.labels_wanted) as wanted,
                       exists (select from slot s where s.item_id = i.item_id and s.state in ('unopened', 'open', 'claimed')) as more
                  from item i join project p using (project_id)
                 where i.item_id = any (?)
            ), chosen as (
                select l.item_id, q.key as question, q.value, count(*) as times
                  from label l cross join lateral jsonb_each(l.answer) q
                 where l.item_id = any (?) and l.counts and not l.rejected and q.value <> 'null'
                   and (l.accepted is null or q.key = any (l.accepted))
                 group by l.item_id, q.key, q.value
            ), most as (
                select item_id, question, max(times) as times, sum(times) as total from chosen group by item_id, question
            ), question as (
                select c.item_id, c.question, jsonb_object_agg(c.value #>> '{}', c.times) as counts,
                       jsonb_agg(c.value order by c.value) filter (where c.times = m.times) as winners,
                       max(m.times) / max(m.total) as share
                  from chosen c join most m using (item_id, question)
                 group by c.item_id, c.question
            ), agreed as (
                select item_id, jsonb_object_agg(question, counts) as counts, min(share) as agreement,
                       jsonb_object_agg(question, winners -> 0) filter (where jsonb_array_length(winners) = 1) as answer,
                       jsonb_object_agg(question, winners) filter (where jsonb_array_length(winners) > 1) as tied
                  from question group by item_id
            ), given as (
                select item_id, count(*) as labels from label where item_id = any (?) and counts and not rejected group by item_id
            )
            insert into item_label as il (item_id, project_id, answer, tied, counts, agreement, labels, resolved)
            select a.item_id, a.project_id, g.answer, g.tied, coalesce(g.counts, '{}'), round(g.agreement, 5), coalesce(n.labels, 0),
                   coalesce(n.labels, 0) > 0 and (not a.more or n.labels >= a.wanted and g.tied is null)
              from affected a left join agreed g using (item_id) left join given n using (item_id)
            on conflict (item_id) do update
               set answer = excluded.answer, tied = excluded.tied, counts = excluded.counts, agreement = excluded.agreement,
                   labels = excluded.labels, resolved = excluded.resolved, version = il.version + 1, updated_at = clock_now()
             where (il.answer, il.tied, il.counts, il.labels, il.resolved)
                   is distinct from (excluded.answer, excluded.tied, excluded.counts, excluded.labels, excluded.resolved)
            returning new.project_id, new.item_id, new.answer, new.tied, new.agreement, new.labels, new.resolved, new.version,
                      coalesce(old.resolved, false)
            """;

    /** Opens the next funded slot of each item that has the labels wanted, none on the way, and a tie. */
    private static final String ASK_ONE_MORE = """
            update slot set state = 'open'
             where slot_id in (
                   select next.slot_id
                     from item_label il
                    cross join lateral (select slot_id from slot s where s.item_id = il.item_id and s.state = 'unopened'
                                         order by ordinal limit 1) as next
                    where il.item_id = any (?) and il.tied is not null
                      and not exists (select from slot s where s.item_id = il.item_id and s.state in ('open', 'claimed')))
               and state = 'unopened'
            """;

    /** Where a project orders by confidence: the less is agreed about an item, the sooner its open slots are claimed. */
    private static final String LEAST_CONFIDENT_FIRST = """
            update slot s set urgency = cast(round((1 - il.agreement) * 1000000) as int)
              from item_label il join project p on p.project_id = il.project_id
             where il.item_id = any (?) and p.claim_order = 'least_confident' and il.agreement is not null
               and s.item_id = il.item_id and s.state in ('open', 'unopened')
               and s.urgency is distinct from cast(round((1 - il.agreement) * 1000000) as int)
            """;

    private static final String UNRESOLVED = """
            select distinct l.item_id from label l left join item_label il using (item_id)
             where l.project_id = ? and il.resolved is not true
            """;

    private final DataSource dataSource;
    private final ObjectMapper json;

    AgreementRows(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /** Computes the items anew; gives those that are resolved and changed, or are resolved no more. */
    List<ItemResolved> agree(Collection<UUID> itemIds) {
        try (Connection connection = dataSource.getConnection()) {
            Object[] ids = itemIds.stream().distinct().toArray();
            run(connection, HOLD, ids);
            List<ItemResolved> told = new ArrayList<>();
            try (var agree = connection.prepareStatement(AGREE)) {
                for (int i = 1; i <= 3; i++) {
                    agree.setArray(i, connection.createArrayOf("uuid", ids));
                }
                try (ResultSet rows = agree.executeQuery()) {
                    while (rows.next()) {
                        if (rows.getBoolean(7) || rows.getBoolean(9)) {
                            told.add(read(rows));
                        }
                    }
                }
            }
            run(connection, ASK_ONE_MORE, ids);
            run(connection, LEAST_CONFIDENT_FIRST, ids);
            return told;
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("Agreement could not be computed.", failure);
        }
    }

    /** Items with labels that are not in the data set. */
    List<UUID> unresolved(UUID projectId) {
        try (Connection connection = dataSource.getConnection(); var select = connection.prepareStatement(UNRESOLVED)) {
            select.setObject(1, projectId);
            List<UUID> items = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(rows.getObject(1, UUID.class));
                }
            }
            return items;
        } catch (SQLException failure) {
            throw new IllegalStateException("Unresolved items could not be read.", failure);
        }
    }

    private static void run(Connection connection, String statement, Object[] ids) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setArray(1, connection.createArrayOf("uuid", ids));
            prepared.execute();
        }
    }

    private ItemResolved read(ResultSet row) throws SQLException, JsonProcessingException {
        return new ItemResolved(row.getObject(1, UUID.class), row.getObject(2, UUID.class), json(row.getString(3)), json(row.getString(4)),
                row.getBigDecimal(5) == null ? null : row.getBigDecimal(5).doubleValue(), row.getInt(6), row.getBoolean(7), row.getInt(8));
    }

    private JsonNode json(String text) throws JsonProcessingException {
        return text == null ? null : json.readTree(text);
    }
}
