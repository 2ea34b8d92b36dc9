package io.kreislauf.ledger.simulator;

import static io.kreislauf.ledger.simulator.Disagreement.unless;
import static io.kreislauf.ledger.simulator.Disagreement.unlessSame;

import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.EntryRef;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.simulator.Database.Answer;
import io.kreislauf.ledger.simulator.Model.Booked;
import io.kreislauf.ledger.simulator.Model.Kind;
import io.kreislauf.ledger.simulator.Model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One playing of a history against model and database at once. Each answer of the database must be the model's. */
final class Playing {

    private final Names names = new Names(UUID.randomUUID());
    private final Model model = new Model(names);
    private final Map<Booked, EntryRef> refs = new HashMap<>();
    private final Map<Integer, Booked> bookedBy = new HashMap<>();
    private final Map<Integer, String> keys = new HashMap<>();
    private final Database database;
    private final Checks checks;
    private final Instant now;

    Playing(Database database, Ledger ledger, Checks checks) {
        this.database = database;
        this.checks = checks;
        this.now = checks.clock().truncatedTo(ChronoUnit.MILLIS);
        for (String name : Names.ORGANISATIONS) {
            ledger.open(names.book(name), BookKind.ORGANISATION);
        }
        for (String name : Names.PEOPLE) {
            ledger.open(names.book(name), BookKind.PERSON);
        }
    }

    /** @return how many entries were booked */
    int play(List<Step> history) {
        try {
            return played(history);
        } catch (Disagreement disagreement) {
            checks.begin();
            throw disagreement;
        }
    }

    private int played(List<Step> history) {
        for (Step step : history) {
            try {
                act(step);
            } catch (Disagreement disagreement) {
                throw new Disagreement("at step%n%s%n%s".formatted(step.told(names), disagreement.getMessage()));
            }
        }
        checks.afterwards(names, model, refs);
        return model.entries().size();
    }

    private void act(Step step) {
        switch (step) {
            case Step.Post post -> post(post);
            case Step.Crossed both -> crossed(both);
            case Step.Reverse reverse -> reverse(reverse);
            case Step.Close close -> {
                LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
                LocalDate through = today.minusDays(close.daysAgo());
                String expected = model.close(names.id(close.book()), through, today);
                unlessSame(String.valueOf(expected), String.valueOf(database.close(names.book(close.book()), through)), "closing", names);
            }
            case Step.Seal seal -> checks.seal(model);
        }
    }

    private Instant at(Step.Post post) {
        return post.minutesAgo() == 0 ? null : now.minus(Duration.ofMinutes(post.minutesAgo()));
    }

    private void post(Step.Post post) {
        EconomicEvent event;
        try {
            event = post.event().apply(names);
        } catch (Unbookable unbookable) {
            unlessSame(String.valueOf(post.unbookable()), unbookable.reason().name(), "making the event", names);
            return;
        }
        unless(post.unbookable() == null, "%s was made although %s", event, post.unbookable());
        String key = post.keyOf() == post.number() ? event.idempotencyKey() : keys.getOrDefault(post.keyOf(), event.idempotencyKey());
        keys.put(post.number(), event.idempotencyKey());
        Outcome expected = model.tried(event, key, happened(post), now, null);
        if (expected.kind() == Kind.IMPOSSIBLE) {
            return;
        }
        Instant at = at(post);
        switch (post.fault()) {
            case NONE -> { }
            case DUPLICATE -> booked(post, event, key, expected, database.send(event, at, key));
            case ABORTED -> {
                compare(expected, database.sendAndRollBack(event, at, key));
                return;
            }
            case ABORTED_AND_SENT_AGAIN -> compare(expected, database.sendAndRollBack(event, at, key));
            case KILLED_AND_SENT_AGAIN -> compare(expected, database.sendAndKill(event, at, key));
            case TWICE_AT_ONCE -> {
                Answer[] answers = database.sendTwice(event, at, key);
                boolean repeatedFirst = answers[0].entry() != null && answers[0].entry().repeated();
                booked(post, event, key, expected, answers[repeatedFirst ? 1 : 0]);
                compare(model.tried(event, key, happened(post), now, null), answers[repeatedFirst ? 0 : 1]);
                return;
            }
        }
        booked(post, event, key, model.tried(event, key, happened(post), now, null), database.send(event, at, key));
    }

    private Instant happened(Step.Post post) {
        return now.minus(Duration.ofMinutes(post.minutesAgo()));
    }

    private void booked(Step.Post post, EconomicEvent event, String key, Outcome expected, Answer answer) {
        compare(expected, answer);
        if (expected.kind() == Kind.BOOKED) {
            Booked entry = model.post(event, key, happened(post), now, null).booked();
            refs.put(entry, answer.entry());
            bookedBy.put(post.number(), entry);
            unless(post.minutesAgo() == 0 || entry.effectiveAt().equals(answer.entry().effectiveAt()), "it is effective at %s and not at %s",
                    answer.entry().effectiveAt(), entry.effectiveAt());
        }
    }

    private void compare(Outcome expected, Answer answer) {
        String found = answer.code() != null ? Kind.REFUSED + " " + answer.code()
                : String.valueOf(answer.entry() == null ? Kind.NOTHING : answer.entry().repeated() ? Kind.REPEATED : Kind.BOOKED);
        unlessSame(expected.kind() == Kind.REFUSED ? Kind.REFUSED + " " + expected.code() : expected.kind().name(), found, "the answer", names);
        unless(expected.kind() != Kind.REPEATED || refs.get(expected.booked()).entryId().equals(answer.entry().entryId()), "a retry is another entry");
    }

    /** Only events that neither see nor hinder each other; others are posted one after the other. */
    private void crossed(Step.Crossed both) {
        EconomicEvent first = both.first().event().apply(names);
        EconomicEvent second = both.second().event().apply(names);
        Outcome one = model.tried(first, first.idempotencyKey(), now, now, null);
        Outcome other = model.tried(second, second.idempotencyKey(), now, now, null);
        if (one.kind() != Kind.BOOKED || other.kind() != Kind.BOOKED || first.idempotencyKey().equals(second.idempotencyKey()) || lowerTheSame(one, other)) {
            post(both.first());
            post(both.second());
            return;
        }
        Answer[] answers = database.sendCrossed(() -> database.sendWithin(first, null, first.idempotencyKey()),
                () -> database.send(second, null, second.idempotencyKey()), () -> checks.seal(model));
        booked(both.second(), second, second.idempotencyKey(), other, answers[1]);
        booked(both.first(), first, first.idempotencyKey(), one, answers[0]);
    }

    private static boolean lowerTheSame(Outcome one, Outcome other) {
        return one.booked().legs().entrySet().stream().filter(leg -> leg.getValue() < 0 && (leg.getKey().guarded() || leg.getKey().stock()))
                .anyMatch(leg -> other.booked().legs().getOrDefault(leg.getKey(), 0L) < 0);
    }

    private void reverse(Step.Reverse reverse) {
        Booked entry = bookedBy.get(reverse.of());
        if (entry == null) {
            return;
        }
        UUID source = names.id(reverse.because());
        EntryRef of = refs.get(entry);
        EconomicEvent event = checks.reversal(of.entryId(), source);
        Outcome expected = model.tried(event, event.idempotencyKey(), now, now, entry);
        if (expected.kind() == Kind.IMPOSSIBLE) {
            return;
        }
        Answer answer = database.reverse(of.entryId(), source);
        compare(expected, answer);
        if (expected.kind() == Kind.BOOKED) {
            Booked booked = model.post(event, event.idempotencyKey(), now, now, entry).booked();
            refs.put(booked, answer.entry());
            bookedBy.put(reverse.number(), booked);
        }
    }
}
