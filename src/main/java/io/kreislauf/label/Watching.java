package io.kreislauf.label;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.work.Pacing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Watching a project's progress. */
@ApplicationScoped
public class Watching {

    private record Counts(long items, long slots, long open, long claimed, long submitted, long approved, long rejected, long labels,
                          long resolved, long spentMinor, long dueMinor) {}

    private record Booked(String timeClass, boolean observed, long millis) {}

    private static final String COUNTS = """
            select (select count(*) from item where project_id = :project),
                   s.slots, s.open, s.claimed, d.submitted, d.approved, d.rejected, l.labels, l.resolved, w.spent, w.due
              from (select count(*) as slots, count(*) filter (where state = 'open') as open,
                           count(*) filter (where state = 'claimed') as claimed from slot where project_id = :project) s,
                   (select count(*) filter (where state = 'submitted') as submitted, count(*) filter (where state = 'approved') as approved,
                           count(*) filter (where state in ('rejected', 'rejection_final')) as rejected
                      from submission where project_id = :project) d,
                   (select coalesce(sum(labels), 0) as labels, count(*) filter (where resolved) as resolved
                      from item_label where project_id = :project) l,
                   (select cast(coalesce(sum(amount_minor) filter (where line_id is not null), 0) as bigint) as spent,
                           cast(coalesce(sum(amount_minor) filter (where line_id is null), 0) as bigint) as due
                      from wage_due where project_id = :project) w
            """;
    private static final String BOOKED = """
            select time_class, source = 'observed', cast(sum(extract(epoch from upper(span) - lower(span)) * 1000) as bigint)
              from worked_interval where project_id = :project group by 1, 2
            """;

    private final Projects projects;
    private final Balances balances;
    private final StatelessSession session;
    private final Pacing pacing;

    Watching(Projects projects, Balances balances, StatelessSession session, Pacing pacing) {
        this.pacing = pacing;
        this.projects = projects;
        this.balances = balances;
        this.session = session;
    }

    /** @throws io.kreislauf.Refusal NOT_FOUND if there is no such project of the caller's organisation */
    public Progress of(Caller caller, UUID projectId) {
        Project project = projects.own(caller, projectId);
        Counts counts = session.createNativeQuery(COUNTS, Counts.class).setParameter("project", projectId).getSingleResult();
        List<Booked> booked = session.createNativeQuery(BOOKED, Booked.class).setParameter("project", projectId).getResultList();
        TreeMap<String, Long> byClass = new TreeMap<>();
        booked.forEach(b -> byClass.merge(b.timeClass, b.millis, Long::sum));
        long observed = booked.stream().filter(Booked::observed).mapToLong(Booked::millis).sum();
        long all = booked.stream().mapToLong(Booked::millis).sum();
        long wages = counts.spentMinor + counts.dueMinor;
        Book book = new Book(project.organisationId());
        Commodity money = Commodity.money(project.currency());
        Optional<Pacing.Pace> pace = pacing.latest(project);
        return new Progress(counts.items, counts.slots, counts.open, counts.claimed, counts.submitted, counts.approved, counts.rejected,
                counts.labels, counts.resolved, observed, all - observed, byClass, counts.spentMinor, counts.dueMinor,
                balances.of(book, money, Account.escrow(projectId)), balances.of(book, money, Account.reserve(projectId)),
                project.estimateMillis(), pace.map(Pacing.Pace::q1Millis).orElse(null), pace.map(Pacing.Pace::medianMillis).orElse(null),
                pace.map(Pacing.Pace::q3Millis).orElse(null), project.advertisedMinorPerHour(),
                pace.map(Pacing.Pace::advertisedNowMinorPerHour).orElse(null), pace.map(Pacing.Pace::medianEffectiveMinorPerHour).orElse(null),
                all == 0 ? null : Math.round(wages * 3_600_000.0 / all), project.currency(), pace.map(Pacing.Pace::noticeCode).orElse(null),
                pace.map(Pacing.Pace::notice).orElse(null));
    }
}
