package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import io.kreislauf.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** How each annotator answers the items of a project whose answer is known. */
@ApplicationScoped
public class MeasuringGold {

    /** Quantile of the normal distribution for an interval of 95 %. */
    private static final double Z = 1.959963984540054;

    /**
     * @param annotator the organisation's pseudonym
     * @param answered  labels of items with a known answer
     * @param right     of them, those that answer every known question as known
     * @param accuracy  right / answered
     * @param low       and {@code high}: Wilson's score interval of the accuracy, at 95 % (Wilson 1927)
     */
    public record Accuracy(UUID annotator, long answered, long right, double accuracy, double low, double high) {

        static Accuracy of(UUID annotator, long answered, long right) {
            double share = (double) right / answered;
            double middle = (share + Z * Z / (2 * answered)) / (1 + Z * Z / answered);
            double half = Z / (1 + Z * Z / answered) * Math.sqrt(share * (1 - share) / answered + Z * Z / (4.0 * answered * answered));
            return new Accuracy(annotator, answered, right, share, Math.max(0, middle - half), Math.min(1, middle + half));
        }
    }

    private record Counted(UUID annotatorId, long answered, long right) {}

    /** Reads the labels of items with a known answer only: {@code offset 0} keeps PostgreSQL from reading all claims to join them. */
    static final String COUNTED = """
            select s.annotator_id, count(*),
                   count(*) filter (where not exists (select from jsonb_each(i.gold) known where s.answer -> known.key is distinct from known.value))
              from item i
             cross join lateral (select c.claim_id from claim c where c.item_id = i.item_id and c.state = 'submitted' offset 0) c
             cross join lateral (select s.annotator_id, s.answer from submission s where s.claim_id = c.claim_id offset 0) s
             where i.project_id = ? and i.gold is not null
             group by s.annotator_id
            """;

    private final DataSource dataSource;
    private final Projects projects;
    private final Pseudonyms pseudonyms;

    MeasuringGold(DataSource dataSource, Projects projects, Pseudonyms pseudonyms) {
        this.dataSource = dataSource;
        this.projects = projects;
        this.pseudonyms = pseudonyms;
    }

    /**
     * In the order of the pseudonyms. Every label counts, whatever became of it in review; whoever had no such item is not listed.
     *
     * @param after the last pseudonym of the page before it; null: from the first
     * @throws io.kreislauf.Refusal NOT_FOUND for another organisation's project
     */
    @Transactional
    public Page<Accuracy> accuracies(Caller caller, UUID projectId, UUID after, Integer limit) {
        projects.own(caller, projectId);
        int count = Page.limit(limit);
        List<Counted> counted = Sql.list(dataSource, Counted.class, COUNTED, projectId);
        Map<UUID, UUID> names = pseudonyms.of(caller.organisation(), counted.stream().map(Counted::annotatorId).toList());
        List<Accuracy> page = counted.stream().map(c -> Accuracy.of(names.get(c.annotatorId), c.answered, c.right))
                .sorted(Comparator.comparing(accuracy -> accuracy.annotator().toString()))
                .filter(accuracy -> after == null || accuracy.annotator().toString().compareTo(after.toString()) > 0).limit(count + 1L).toList();
        return Page.of(page, count, Accuracy::annotator);
    }
}
