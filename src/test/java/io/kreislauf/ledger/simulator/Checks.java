package io.kreislauf.ledger.simulator;

import static io.kreislauf.ledger.simulator.Disagreement.unless;
import static io.kreislauf.ledger.simulator.Disagreement.unlessSame;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Reversal;
import io.kreislauf.ledger.Source;
import io.kreislauf.ledger.audit.Auditing;
import io.kreislauf.ledger.book.AsOf;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.EntryRef;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Statements;
import io.kreislauf.ledger.export.Exporting;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.ledger.simulator.Legs.Line;
import io.kreislauf.ledger.simulator.Model.Booked;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.awaitility.Awaitility;

/**
 * What must be true of a history: every balance as of both clocks and at every sealed watermark is the model's, each entry
 * has the model's legs, and every invariant of the ledger holds. What those of work and releases (5 by project, 11, 14) look at
 * is made by the {@link Workshop}, and 13 is asked in full by {@link Elsewhere}.
 */
@ApplicationScoped
class Checks {

    /** An answer as of a sealed watermark. */
    private record Sealed(Instant firmAt, Map<Line, Long> answer) {
    }

    private final Balances balances;
    private final Statements statements;
    private final Folding folding;
    private final Sealing sealing;
    private final Auditing auditing;
    private final Exporting exporting;
    private final DataSource dataSource;
    private final List<Sealed> sealed = new ArrayList<>();
    private Set<String> known;

    Checks(Balances balances, Statements statements, Folding folding, Sealing sealing, Auditing auditing, Exporting exporting, DataSource dataSource) {
        this.balances = balances;
        this.statements = statements;
        this.folding = folding;
        this.sealing = sealing;
        this.auditing = auditing;
        this.exporting = exporting;
        this.dataSource = dataSource;
    }

    /** Of the database. */
    Instant clock() {
        return instant("select clock_now()");
    }

    EconomicEvent reversal(UUID entryId, UUID source) {
        return new Reversal(entryId, new Source("correction", source), statements.entry(entryId).orElseThrow().legs());
    }

    /** Before the first history, and after one that failed: what is broken already is not the next one's doing. */
    void begin() {
        sealed.clear();
        known = breaches();
    }

    /** Folds and seals, and remembers what is answered as of the watermark. */
    void seal(Model model) {
        sealing.now();
        Instant firm = instant("select coalesce((select firm_at from ledger_head order by tree_size desc limit 1), 'epoch')");
        sealed.add(new Sealed(firm, answer(model, new AsOf(null, firm))));
    }

    void afterwards(Names names, Model model, Map<Booked, EntryRef> refs) {
        List<Sealed> promised = List.copyOf(sealed);
        sealed.clear();
        unlessSame(withoutZeros(model.balances()), answer(model, AsOf.NOW), "balances from the tail", names);
        for (Booked entry : model.entries()) {
            Legs legs = new Legs();
            statements.entry(refs.get(entry).entryId()).orElseThrow().legs()
                    .forEach(leg -> legs.add(leg.book().id(), leg.commodity().text(), leg.account().text(), leg.amount()));
            unlessSame(entry.legs(), legs.sums(), "the legs of " + entry.key(), names);
        }
        settled(model);
        unlessSame((long) model.entries().size(), entriesOf(model), "the number of entries", names);
        unlessSame(withoutZeros(model.balances()), answer(model, AsOf.NOW), "balances from the settled days", names);
        for (Sealed promise : promised) {
            unlessSame(promise.answer(), answer(model, new AsOf(null, promise.firmAt())), "an answer as of a sealed watermark changed", names);
            unlessSame(fold(model, refs, ref -> !ref.postedAt().isAfter(promise.firmAt())), promise.answer(), "the answer as of a sealed watermark", names);
        }
        asOfBothClocks(names, model, refs);
        betweenBooks(names, model);
        exported(names, model);
        nothingElseIsBroken(names);
    }

    /** Than what was before the first history. */
    void nothingElseIsBroken(Names names) {
        Set<String> broken = new HashSet<>(breaches());
        broken.removeAll(known);
        unless(broken.isEmpty(), "the audit says%n%s", names.readable(String.join("\n", broken)));
    }

    private void asOfBothClocks(Names names, Model model, Map<Booked, EntryRef> refs) {
        List<Booked> entries = model.entries();
        for (int i = 0; i < entries.size(); i += Math.max(1, entries.size() / 3)) {
            EntryRef some = refs.get(entries.get(i));
            EntryRef other = refs.get(entries.get(entries.size() - 1 - i));
            Instant effective = some.effectiveAt();
            Instant posted = other.postedAt();
            unlessSame(fold(model, refs, ref -> !ref.effectiveAt().isAfter(effective)), answer(model, new AsOf(effective, null)), "as of " + effective, names);
            unlessSame(fold(model, refs, ref -> !ref.postedAt().isAfter(posted)), answer(model, new AsOf(null, posted)), "as posted until " + posted, names);
            unlessSame(fold(model, refs, ref -> !ref.effectiveAt().isAfter(effective) && !ref.postedAt().isAfter(posted)),
                    answer(model, new AsOf(effective, posted)), "as of both clocks", names);
        }
    }

    /** Invariants 2 and 3 over the database's own balances of all books together. */
    private void betweenBooks(Names names, Model model) {
        Map<String, Long> passed = new TreeMap<>();
        Map<String, Long> substance = new TreeMap<>();
        answer(model, AsOf.NOW).forEach((line, amount) -> {
            boolean outward = Set.of("outside", "declared", "customers").contains(line.subject());
            if (line.kind().equals("GIVEN") && !outward) {
                passed.merge(line.book() + " to " + line.subject() + " " + line.commodity(), amount, Long::sum);
            } else if (line.kind().equals("RECEIVED") && !outward) {
                passed.merge(line.subject() + " to " + line.book() + " " + line.commodity(), amount, Long::sum);
            } else if (line.commodity().startsWith("LABOUR") || line.commodity().startsWith("OUTSIDE")) {
                substance.merge(line.commodity(), amount, Long::sum);
            }
        });
        passed.values().removeIf(amount -> amount == 0);
        substance.values().removeIf(amount -> amount == 0);
        unlessSame(Map.of(), passed, "given and not received", names);
        unlessSame(Map.of(), substance, "expended, received, and nowhere", names);
    }

    /** Invariant 13 as far as it goes without a second installation: what is exported folds to the same balances. */
    private void exported(Names names, Model model) {
        Legs legs = new Legs();
        try {
            for (UUID book : model.books()) {
                var file = new ByteArrayOutputStream();
                exporting.export(Exporting.Format.CSV, new Book(book), UnaryOperator.identity(), file);
                var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
                for (var row : format.parse(new StringReader(file.toString(StandardCharsets.UTF_8)))) {
                    for (String leg : row.get("legs").split(" ")) {
                        String[] part = leg.split("\\|");
                        legs.add(UUID.fromString(part[0]), part[1], part[2], Long.parseLong(part[3]));
                    }
                }
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        unlessSame(withoutZeros(model.balances()), legs.sums(), "what was exported", names);
    }

    private Map<Line, Long> answer(Model model, AsOf asOf) {
        Map<Line, Long> found = new TreeMap<>();
        for (UUID book : model.books()) {
            balances.of(new Book(book), asOf).forEach(b -> found.put(new Line(book, b.commodity().text(), b.account().text()), b.amount()));
        }
        return withoutZeros(found);
    }

    private static Map<Line, Long> fold(Model model, Map<Booked, EntryRef> refs, Predicate<EntryRef> until) {
        Map<Line, Long> sums = new TreeMap<>();
        model.entries().stream().filter(entry -> until.test(refs.get(entry))).forEach(entry -> entry.legs().forEach((line, amount) -> sums.merge(line, amount, Long::sum)));
        return withoutZeros(sums);
    }

    private static Map<Line, Long> withoutZeros(Map<Line, Long> sums) {
        Map<Line, Long> some = new TreeMap<>(sums);
        some.values().removeIf(amount -> amount == 0);
        return some;
    }

    private void settled(Model model) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(() -> {
            folding.untilSettled();
            return count("select count(*) from ledger_entry where tx >= ledger_folded_tx() and books && ?", model) == 0;
        });
    }

    private long entriesOf(Model model) {
        return count("select count(*) from ledger_entry where books && ?", model);
    }

    private long count(String sql, Model model) {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("uuid", model.books().toArray()));
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Instant instant(String sql) {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Set<String> breaches() {
        Set<String> found = new HashSet<>();
        auditing.audit(false).invariants().forEach(finding -> finding.breaches()
                .forEach(breach -> found.add("invariant %d (%s) %s: %s".formatted(finding.invariant(), finding.says(), breach.place(), breach.detail()))));
        return found;
    }
}
