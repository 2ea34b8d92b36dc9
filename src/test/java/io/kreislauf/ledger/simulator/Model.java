package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.MarketEvent.LicenceRefunded;
import io.kreislauf.ledger.MarketEvent.LicenceSold;
import io.kreislauf.ledger.simulator.Legs.Line;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A ledger in memory: what the database must do with each event, and what every account must hold afterwards. */
final class Model {

    static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    enum Kind {
        /** No use case would ask for it: more would leave a stock than is in it. Neither side is asked. */
        IMPOSSIBLE,
        /** No leg moved. */
        NOTHING,
        BOOKED,
        /** The same entry as before. */
        REPEATED,
        REFUSED
    }

    /** @param code of the refusal */
    record Outcome(Kind kind, String code, Booked booked) {

        static Outcome refused(String code) {
            return new Outcome(Kind.REFUSED, code, null);
        }

        static Outcome of(Kind kind) {
            return new Outcome(kind, null, null);
        }
    }

    /** An entry. */
    record Booked(String key, EconomicEvent event, Map<Line, Long> legs, Instant effectiveAt, Booked reverses) {
    }

    private final Set<UUID> organisations = new HashSet<>();
    private final Set<UUID> people = new HashSet<>();
    private final Map<UUID, LocalDate> closedThrough = new HashMap<>();
    private final Map<String, Booked> entries = new LinkedHashMap<>();
    private final Map<Line, Long> balances = new TreeMap<>();
    private final Set<Booked> reversed = new HashSet<>();

    Model(Names names) {
        for (String name : Names.ORGANISATIONS) {
            organisations.add(names.id(name));
        }
        for (String name : Names.PEOPLE) {
            people.add(names.id(name));
        }
    }

    Set<UUID> books() {
        Set<UUID> books = new HashSet<>(organisations);
        books.addAll(people);
        return books;
    }

    List<Booked> entries() {
        return new ArrayList<>(entries.values());
    }

    Map<Line, Long> balances() {
        return balances;
    }

    long balance(UUID book, String commodity, String account) {
        return balances.getOrDefault(new Line(book, commodity, account), 0L);
    }

    /** What would become of it; nothing changes. */
    Outcome tried(EconomicEvent event, String key, Instant happenedAt, Instant now, Booked reverses) {
        Map<Line, Long> legs = Rulebook.legs(event);
        if (legs.isEmpty()) {
            return Outcome.of(Kind.NOTHING);
        }
        if (legs.values().stream().anyMatch(amount -> Math.abs(amount) > AMOUNT_MAX)) {
            return Outcome.refused("AMOUNT_OUT_OF_RANGE");
        }
        Instant effectiveAt = open(legs, happenedAt);
        if (effectiveAt.isAfter(now)) {
            return Outcome.refused("IN_THE_FUTURE");
        }
        Booked before = entries.get(key);
        if (before != null) {
            return before.event().equals(event) ? new Outcome(Kind.REPEATED, null, before) : Outcome.refused("KEY_REUSED");
        }
        if (!legs.keySet().stream().allMatch(line -> books().contains(line.book()))) {
            return Outcome.refused("UNKNOWN_BOOK");
        }
        if (legs.keySet().stream().map(Line::book).filter(people::contains).distinct().count() > 1) {
            return Outcome.refused("TWO_PEOPLE");
        }
        if (reverses != null && reverses.reverses() != null) {
            return Outcome.refused("NOT_REVERSIBLE");
        }
        if (tooLittle(legs, true)) {
            return Outcome.refused("NO_FUNDS");
        }
        return tooLittle(legs, false) || soldBefore(event) ? Outcome.of(Kind.IMPOSSIBLE) : new Outcome(Kind.BOOKED, null, new Booked(key, event, legs, effectiveAt, reverses));
    }

    /** Books it, if it is to be booked. */
    Outcome post(EconomicEvent event, String key, Instant happenedAt, Instant now, Booked reverses) {
        Outcome outcome = tried(event, key, happenedAt, now, reverses);
        if (outcome.kind() == Kind.BOOKED) {
            entries.put(key, outcome.booked());
            outcome.booked().legs().forEach((line, amount) -> balances.merge(line, amount, Long::sum));
            if (reverses != null) {
                reversed.add(reverses);
            }
        }
        return outcome;
    }

    /** Whether the period could be closed, and with which refusal if not. */
    String close(UUID book, LocalDate through, LocalDate today) {
        if (!through.isBefore(today)) {
            return "IN_THE_FUTURE";
        }
        LocalDate before = closedThrough.get(book);
        if (!books().contains(book) || before != null && !before.isBefore(through)) {
            return "CLOSED_PERIOD";
        }
        closedThrough.put(book, through);
        return null;
    }

    /** What happened in a closed period is posted on the first day that is open in all its books. */
    private Instant open(Map<Line, Long> legs, Instant happenedAt) {
        Instant at = happenedAt;
        for (Line line : legs.keySet()) {
            LocalDate closed = closedThrough.get(line.book());
            if (closed != null) {
                Instant open = closed.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
                at = open.isAfter(at) ? open : at;
            }
        }
        return at;
    }

    /** Whether a guarded account, or a stock, would be below zero. */
    private boolean tooLittle(Map<Line, Long> legs, boolean guarded) {
        return legs.entrySet().stream().anyMatch(leg -> (guarded ? leg.getKey().guarded() : leg.getKey().stock())
                && balances.getOrDefault(leg.getKey(), 0L) + leg.getValue() < 0);
    }

    /** Licence k of a product is sold once, unless it came back. */
    private boolean soldBefore(EconomicEvent event) {
        return event instanceof LicenceSold sale && entries.values().stream().anyMatch(entry -> entry.event() instanceof LicenceSold other
                && other.product().equals(sale.product()) && other.k() == sale.k() && !reversed.contains(entry)
                && entries.values().stream().noneMatch(e -> e.event() instanceof LicenceRefunded refund && refund.licence().equals(other.licence())));
    }
}
