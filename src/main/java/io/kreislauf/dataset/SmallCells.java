package io.kreislauf.dataset;

import static java.util.stream.Collectors.groupingBy;

import io.kreislauf.dataset.Hours.Labour;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Which hours by time class a researcher is not shown: those of fewer than k annotators, and as many more that these cannot be got by
 * subtraction ({@link Suppression}); observed and declared hours each by themselves.
 */
@ApplicationScoped
public class SmallCells {

    /** A cell over fewer annotators than this is not shown to a researcher. */
    public static final int FEWEST_ANNOTATORS = 10;

    private record Hour(String commodity, String part, UUID annotatorId, UUID versionId) {}

    /**
     * Whose hours stand in a project's production, by class and by the release that took them out: those booked after the release before it.
     * What is not folded yet comes out of the entries.
     */
    private static final String GIVEN = """
            with production as materialized (
                select l.tx, l.seq, split_part(l.account, ':', 3) as part, l.commodity, l.amount, e.event, e.source_id, e.books
                  from ledger_leg l join ledger_entry e on e.entry_id = l.entry_id
                 where l.book_id = :organisation and l.account >= 'PRODUCTION:' || :project || ':' and l.account < 'PRODUCTION:' || :project || ';'
                   and l.commodity in ('LABOUR', 'LABOUR_DECLARED')
                union all
                select e.tx, e.seq, split_part(leg.account, ':', 3), leg.commodity, leg.amount, e.event, e.source_id, e.books
                  from ledger_entry e
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                 where e.tx >= (select ledger_folded_tx()) and e.tx < 9223372036854775807 and cast(:organisation as uuid) = any (e.books)
                   and leg.book = :organisation and leg.account >= 'PRODUCTION:' || :project || ':' collate "C"
                   and leg.account < 'PRODUCTION:' || :project || ';' collate "C" and leg.commodity in ('LABOUR', 'LABOUR_DECLARED')
            ), releases as materialized (
                select distinct tx, seq, source_id from production where event = 'DatasetReleased'
            ), windowed as (
                select p.commodity, p.part, k.book_id, p.amount,
                       (select r.source_id from releases r where (r.tx, r.seq) > (p.tx, p.seq) order by r.tx, r.seq limit 1) as version_id
                  from production p join ledger_book k on k.kind = 'person' and k.book_id = any (p.books)
                 where p.part <> ''
            )
            select commodity, part, book_id, version_id from windowed group by commodity, part, book_id, version_id having sum(amount) <> 0
            """;

    private final StatelessSession session;

    SmallCells(StatelessSession session) {
        this.session = session;
    }

    /**
     * Of all hours ever given to a project: names like {@code hours.direct}, {@code declared.rejected}, {@code hours.total}. What is hidden of a
     * version, or of what no version has taken yet, is hidden here too, where it could be got by subtraction.
     */
    public Set<String> ofProject(UUID organisationId, UUID projectId) {
        List<Hour> hours = hours(organisationId, projectId);
        Set<String> hidden = hidden(hours);
        hours.stream().collect(groupingBy(hour -> Optional.ofNullable(hour.versionId()))).values().forEach(window -> hidden.addAll(hidden(window)));
        return hidden;
    }

    /** Of the hours that a released version took out of production, and of those that it took over from the versions before. */
    public Set<String> ofVersion(DatasetVersion version) {
        List<Hour> hours = hours(version.organisationId(), version.projectId());
        Set<String> hidden = hidden(hours.stream().filter(hour -> version.versionId().equals(hour.versionId())).toList());
        Labour takenOver = version.hours().takenOver();
        if (takenOver.observedMillis() != 0 || takenOver.declaredMillis() != 0) {
            hours.stream().filter(hour -> hour.versionId() != null && hour.versionId().compareTo(version.versionId()) < 0)
                    .collect(groupingBy(Hour::versionId)).values().forEach(before -> hidden(before).stream().filter(key -> key.endsWith("total")).forEach(hidden::add));
        }
        return hidden;
    }

    private static Set<String> hidden(List<Hour> hours) {
        Set<String> hidden = new HashSet<>();
        for (String commodity : List.of("LABOUR", "LABOUR_DECLARED")) {
            Map<String, Set<UUID>> byClass = new TreeMap<>();
            hours.stream().filter(hour -> hour.commodity().equals(commodity))
                    .forEach(hour -> byClass.computeIfAbsent(hour.part(), k -> new HashSet<>()).add(hour.annotatorId()));
            hide(commodity.equals("LABOUR") ? "hours." : "declared.", byClass, hidden);
        }
        return hidden;
    }

    private static void hide(String kind, Map<String, Set<UUID>> byClass, Set<String> hidden) {
        if (byClass.isEmpty()) {
            return;
        }
        Suppression suppression = Suppression.ofPeople(byClass, FEWEST_ANNOTATORS);
        suppression.hidden().forEach(part -> hidden.add(kind + part));
        if (suppression.totalHidden()) {
            hidden.add(kind + "total");
        }
    }

    private List<Hour> hours(UUID organisationId, UUID projectId) {
        return session.createNativeQuery(GIVEN, Hour.class).setParameter("organisation", organisationId)
                .setParameter("project", projectId.toString()).getResultList();
    }
}
