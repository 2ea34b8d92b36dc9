package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.TimeDeclared;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.project.Project;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Books declared time once it is approved: its intervals, its ledger entries, and what a submission has of it. */
@ApplicationScoped
class BookingDeclared {

    /**
     * @param spans what is to be booked, disjoint from all that is booked of the annotator, cut at midnight
     * @param at       when it was worked (effective)
     * @param labelled whether it belongs to the period of {@code at}, as the time of a submission; else to that in which it ended
     */
    record Approved(UUID declarationId, UUID annotatorId, UUID claimId, TimeClass timeClass, String source, List<Span> spans, Instant at, boolean labelled) {

        long millis() {
            return Intervals.millis(spans);
        }

        Map<LocalDate, List<Span>> byPeriod() {
            return labelled ? Map.of(BookingTime.periodOf(at), spans) : BookingTime.byPeriod(spans);
        }

        LocalDate periodOf(Span span) {
            return labelled ? BookingTime.periodOf(at) : BookingTime.periodOf(span);
        }

        Approved named(UUID id) {
            return new Approved(id, annotatorId, claimId, timeClass, source, spans, at, labelled);
        }
    }

    private final DataSource dataSource;
    private final Ledger ledger;
    private final TimeWages wages;

    BookingDeclared(DataSource dataSource, Ledger ledger, TimeWages wages) {
        this.dataSource = dataSource;
        this.ledger = ledger;
        this.wages = wages;
    }

    /** Three statements, however many there are. */
    void book(Project project, List<Approved> declarations) {
        List<Approved> booked = declarations.stream().filter(d -> !d.spans.isEmpty()).toList();
        if (booked.isEmpty()) {
            return;
        }
        insertIntervals(project, booked);
        Sql.run(dataSource, """
                update submission s set declared_millis = s.declared_millis + d.millis
                  from (select claim_id, sum(millis) as millis
                          from unnest(cast(? as uuid[]), cast(? as bigint[])) as d(claim_id, millis) group by claim_id) d
                 where s.claim_id = d.claim_id
                """, booked.stream().map(Approved::claimId).toArray(UUID[]::new), booked.stream().map(Approved::millis).toArray(Long[]::new));
        Book organisation = new Book(project.organisationId());
        List<Posting> postings = new ArrayList<>();
        for (Approved d : booked) {
            Wage wage = new Wage(project.currency(), d.byPeriod().entrySet().stream().mapToLong(month -> wages.accrue(project, d.annotatorId,
                    d.claimId, d.timeClass, LabourMillis.declared(Intervals.millis(month.getValue())), month.getKey(), d.at).minor()).sum());
            postings.add(Posting.of(new TimeDeclared(d.declarationId, project.projectId(), organisation, new Book(d.annotatorId), d.timeClass,
                    d.millis(), d.source, wage), d.at));
        }
        ledger.postAll(postings);
    }

    private void insertIntervals(Project project, List<Approved> booked) {
        List<Approved> owners = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        List<String> periods = new ArrayList<>();
        booked.forEach(d -> d.spans.forEach(span -> {
            owners.add(d);
            spans.add(span);
            periods.add(d.periodOf(span).toString());
        }));
        Sql.run(dataSource, """
                insert into worked_interval (annotator_id, project_id, claim_id, time_class, source, span, period)
                select s.annotator_id, ?, s.claim_id, s.time_class, s.source, tstzrange(cast(s.since as timestamptz), cast(s.until as timestamptz)),
                       cast(s.period as date)
                  from unnest(cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]),
                              cast(? as text[])) as s(annotator_id, claim_id, time_class, source, since, until, period)
                """, project.projectId(), owners.stream().map(Approved::annotatorId).toArray(UUID[]::new),
                owners.stream().map(Approved::claimId).toArray(UUID[]::new), owners.stream().map(d -> d.timeClass.part()).toArray(String[]::new),
                owners.stream().map(Approved::source).toArray(String[]::new), TimeRows.froms(spans), TimeRows.tos(spans),
                periods.toArray(String[]::new));
    }
}
