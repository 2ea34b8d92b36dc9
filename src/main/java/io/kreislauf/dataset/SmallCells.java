package io.kreislauf.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private record Cell(String commodity, String part, int annotators) {}

    /**
     * Whose hours stand in a project's production, by class: of all time, or those that one version took out, which are those booked after the
     * release before it.
     */
    private static final String ANNOTATORS = """
            with production as materialized (
                select l.tx, l.seq, split_part(l.account, ':', 3) as part, l.commodity, l.amount, e.event, e.source_id, e.books
                  from ledger_leg l join ledger_entry e on e.entry_id = l.entry_id
                 where l.book_id = :organisation and l.account >= 'PRODUCTION:' || :project || ':' and l.account < 'PRODUCTION:' || :project || ';'
                   and l.commodity in ('LABOUR', 'LABOUR_DECLARED')
            ), upto as (
                select tx, seq from production where event = 'DatasetReleased' and source_id = cast(:version as uuid) order by tx, seq limit 1
            ), since as (
                select p.tx, p.seq from production p cross join upto u where p.event = 'DatasetReleased' and (p.tx, p.seq) < (u.tx, u.seq)
                 order by p.tx desc, p.seq desc limit 1
            ), given as (
                select p.commodity, p.part, k.book_id
                  from production p join ledger_book k on k.kind = 'person' and k.book_id = any (p.books)
                 where p.part <> '' and not exists (select from upto u where (p.tx, p.seq) > (u.tx, u.seq))
                   and not exists (select from since s where (p.tx, p.seq) < (s.tx, s.seq))
                 group by p.commodity, p.part, k.book_id having sum(p.amount) <> 0
            )
            select commodity, part, cast(count(*) as int) from given group by commodity, part
            """;

    private final StatelessSession session;

    SmallCells(StatelessSession session) {
        this.session = session;
    }

    /** Of all hours ever given to a project: names like {@code hours.direct}, {@code declared.rejected}, {@code hours.total}. */
    public Set<String> ofProject(UUID organisationId, UUID projectId) {
        return hidden(organisationId, projectId, null);
    }

    /** Of the hours that a released version took out of production, named likewise. */
    public Set<String> ofVersion(DatasetVersion version) {
        return hidden(version.organisationId(), version.projectId(), version.versionId());
    }

    private Set<String> hidden(UUID organisationId, UUID projectId, UUID versionId) {
        Map<String, Map<String, Integer>> byKind = new HashMap<>();
        for (Cell cell : cells(organisationId, projectId, versionId)) {
            byKind.computeIfAbsent(cell.commodity().equals("LABOUR") ? "hours." : "declared.", k -> new HashMap<>()).put(cell.part(), cell.annotators());
        }
        Set<String> hidden = new HashSet<>();
        byKind.forEach((kind, annotators) -> {
            Suppression suppression = Suppression.of(annotators, FEWEST_ANNOTATORS);
            suppression.hidden().forEach(part -> hidden.add(kind + part));
            if (suppression.totalHidden()) {
                hidden.add(kind + "total");
            }
        });
        return hidden;
    }

    private List<Cell> cells(UUID organisationId, UUID projectId, UUID versionId) {
        return session.createNativeQuery(ANNOTATORS, Cell.class).setParameter("organisation", organisationId)
                .setParameter("project", projectId.toString()).setParameter("version", versionId == null ? null : versionId.toString()).getResultList();
    }
}
