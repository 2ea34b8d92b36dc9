package io.kreislauf.ledger;

import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.QualificationTaken;
import io.kreislauf.ledger.LabourEvent.TimeSearching;
import io.kreislauf.ledger.LabourEvent.WorkRejected;
import io.kreislauf.ledger.LabourEvent.WorkReturned;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.MarketEvent.LicenceSold;
import io.kreislauf.ledger.MeansEvent.MeansBought;
import io.kreislauf.ledger.MeansEvent.MeansUsed;
import io.kreislauf.ledger.ModelEvent.LabourDeclared;
import io.kreislauf.ledger.ModelEvent.LicenceUse;
import io.kreislauf.ledger.ModelEvent.MeansUse;
import io.kreislauf.ledger.ModelEvent.ModelReleased;
import io.kreislauf.ledger.ModelEvent.ModelServiceSold;
import io.kreislauf.ledger.ModelEvent.SaleRefunded;
import io.kreislauf.ledger.ModelEvent.TrainingRun;
import io.kreislauf.ledger.ProductEvent.DatasetReleased;
import io.kreislauf.ledger.ProductEvent.InProduction;
import io.kreislauf.ledger.ProductEvent.ProjectClosed;
import io.kreislauf.ledger.ProductEvent.TasksPublished;
import io.kreislauf.ledger.WageEvent.RejectionFinal;
import io.kreislauf.ledger.WageEvent.WageToppedUp;
import io.kreislauf.ledger.WageEvent.WagesPaid;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The worked example of the ledger as events, and its legs as the CSV gives them. D makes data, A makes models, W works. */
public final class WorkedExample {

    /** One leg of the example, in the names of the CSV. */
    public record NamedLeg(String step, String event, String effectiveAt, String book, String commodity, String account, long amount)
            implements Comparable<NamedLeg> {
        @Override
        public int compareTo(NamedLeg other) {
            return toString().compareTo(other.toString());
        }
    }

    /** An event with its step and day. */
    public record Step(String step, Instant effectiveAt, EconomicEvent event) {}

    private static final long HOUR = 3_600_000L;
    private static final String USD = "USD";
    private static final Supply PRODUCED = new Supply(Supply.Nature.PRODUCED, "J", "US");

    private final Map<String, String> nameOfId = new TreeMap<>();
    public final Book d = book("D");
    public final Book a = book("A");
    public final Book w = book("W");
    private final UUID project = named("project");
    private final UUID version = named("dataset");
    private final UUID licence = named("licence");
    private final UUID model = named("model");

    private UUID named(String name) {
        var id = UUID.randomUUID();
        nameOfId.put(id.toString(), name);
        return id;
    }

    private Book book(String name) {
        return new Book(named(name));
    }

    /** The events in the order of the steps. */
    public List<Step> steps() {
        var inProduction = new InProduction(List.of(new Cost(USD, 90_000, 126_000, 90_000)), Map.of(
                TimeClass.DIRECT, LabourMillis.observed(200 * HOUR), TimeClass.REJECTED, LabourMillis.observed(10 * HOUR),
                TimeClass.RETURNED, LabourMillis.observed(20 * HOUR), TimeClass.QUALIFICATION, LabourMillis.observed(15 * HOUR),
                TimeClass.SEARCH, LabourMillis.observed(55 * HOUR)), LabourMillis.NONE);
        var whole = inProduction.stock();
        var bought = Stock.of(new Cost(USD, 420_000, 0, 45_000), LabourMillis.observed(150 * HOUR));
        var modelWhole = Stock.of(new Cost(USD, 840_000, 240_000, 652_500), new LabourMillis(75 * HOUR, 120 * HOUR));
        return List.of(
                step("1", "2026-01-05", new CapitalAdvanced(id(), d, USD, 1_000_000, "example")),
                step("2", "2026-01-12", new MeansBought(id(), d, "tooling", USD, 240_000, PRODUCED)),
                step("2", "2026-01-12", new MeansBought(id(), d, "source", USD, 50_000, PRODUCED)),
                step("2", "2026-01-12", new MeansBought(id(), d, "compute", USD, 30_000, PRODUCED)),
                step("3", "2026-02-02", new TasksPublished(id(), project, d, USD, 5_040 * 25, 10_000)),
                step("4", "2026-02-16", new WorkSubmitted(id(), project, d, w, LabourMillis.observed(5_040 * 150_000L), Wage.none(USD))),
                step("5", "2026-02-23", new WorkApproved(id(), project, d, w, USD, 4_800 * 25, 0)),
                step("6", "2026-02-23", new WorkRejected(id(), project, d, w, LabourMillis.observed(240 * 150_000L), false)),
                step("6", "2026-03-09", new RejectionFinal(id(), project, d, USD, 240 * 25)),
                step("7", "2026-02-16", new WorkReturned(id(), project, d, w, LabourMillis.observed(20 * HOUR), Wage.none(USD))),
                step("7", "2026-02-16", new QualificationTaken(id(), project, d, w, LabourMillis.observed(15 * HOUR), Wage.none(USD))),
                step("7", "2026-02-16", new TimeSearching(id(), project, d, w, LabourMillis.observed(55 * HOUR), Wage.none(USD))),
                step("8", "2026-03-10", new WageToppedUp(id(), project, d, w, USD, 6_000)),
                step("9", "2026-03-13", new WagesPaid(id(), project, d, w, USD, 120_000, 6_000, 0)),
                step("10", "2026-03-16", new MeansUsed(id(), d, project, "tooling", USD, Shares.part(240_000, 1, 24), PRODUCED, 0)),
                step("10", "2026-03-16", new MeansUsed(id(), d, project, "source", USD, 50_000, PRODUCED, 0)),
                step("10", "2026-03-16", new MeansUsed(id(), d, project, "compute", USD, 30_000, PRODUCED, 0)),
                step("11", "2026-03-16", new DatasetReleased(version, project, d, inProduction, null, Stock.EMPTY)),
                step("11", "2026-03-16", new ProjectClosed(id(), project, d, USD, 0, 4_000)),
                step("12", "2026-03-02", new CapitalAdvanced(id(), a, USD, 2_000_000, "example")),
                step("13", "2026-04-01", new LicenceSold(licence, version, d, a, USD, 420_000, 1, 2, whole)),
                step("14", "2026-04-06", new MeansBought(id(), a, "compute", USD, 630_000, PRODUCED)),
                step("14", "2026-04-20", new LabourDeclared(id(), model, a, 120 * HOUR, new Wage(USD, 240_000))),
                step("15", "2026-04-27", new TrainingRun(id(), model, a, List.of(new LicenceUse(licence, 1, 2, bought)),
                        List.of(new MeansUse("compute", USD, 630_000, PRODUCED)))),
                step("16", "2026-05-01", new ModelReleased(model, a, modelWhole)),
                step("17", "2026-05-31", new ModelServiceSold(id(), model, a, USD, 100_000, Settlement.CASH, 1, 24, modelWhole, 15_000, PRODUCED)),
                step("18", "2026-06-05", new SaleRefunded(id(), model, a, USD, 10_000)));
    }

    private static UUID id() {
        return UUID.randomUUID();
    }

    private static Step step(String step, String day, EconomicEvent event) {
        return new Step(step, LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant(), event);
    }

    /** A leg in the names of the CSV instead of ids. */
    public NamedLeg named(Step step, Leg leg) {
        return new NamedLeg(step.step(), step.event().type(), step.effectiveAt().toString().substring(0, 10), withNames(leg.book().toString()),
                leg.commodity().text(), withNames(leg.account().text()), leg.amount());
    }

    /** Replaces each id by its name in the example. */
    public String withNames(String text) {
        for (var entry : nameOfId.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    /** The 131 legs of the CSV, sorted. */
    public static List<NamedLeg> expected() {
        var legs = new ArrayList<NamedLeg>();
        try (var lines = new BufferedReader(new InputStreamReader(
                WorkedExample.class.getResourceAsStream("/ledger/example.csv"), StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",")).forEach(column -> legs.add(
                    new NamedLeg(column[0], column[1], column[2], column[3], column[4], column[5], Long.parseLong(column[6]))));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        legs.sort(null);
        return legs;
    }
}
