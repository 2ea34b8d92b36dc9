package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.simulator.Happenings.Happening;
import io.kreislauf.ledger.simulator.Step.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes up a long history from a seed: the same seed, the same history. */
final class Generator {

    private static final int DAYS = 20;

    private final Random random;
    private final Names names = new Names(new UUID(0, 0));
    private final Model model = new Model(names);
    private final Happenings happenings;

    Generator(long seed) {
        this.random = new Random(seed);
        this.happenings = new Happenings(random, new World(names, model));
    }

    List<Step> history(int length) {
        List<Step> steps = new ArrayList<>();
        while (steps.size() < length) {
            int number = steps.size();
            Step step = switch (random.nextInt(40)) {
                case 0, 1 -> invalid(number);
                case 2 -> new Step.Close(number, random.nextInt(9) == 0 ? Names.STRANGER : book(), random.nextInt(DAYS) - 1);
                case 3 -> new Step.Seal(number);
                case 4, 5, 6 -> number == 0 ? null : new Step.Reverse(number, random.nextInt(number), random.nextInt(3) == 0 ? "an error" : "a correction");
                case 7, 8 -> crossed(number);
                default -> post(number, happenings.any(number));
            };
            if (step != null) {
                steps.add(step);
                know(step);
            }
        }
        return steps;
    }

    private Step.Post post(int number, Happening happening) {
        Fault[] faults = Fault.values();
        Fault fault = random.nextInt(4) == 0 ? faults[random.nextInt(faults.length)] : Fault.NONE;
        return happening == null ? null : new Step.Post(number, happening, number, random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(DAYS * 1440), null, fault);
    }

    private Step crossed(int number) {
        Happening one = happenings.any(1_000 + number);
        Happening other = happenings.any(2_000 + number);
        return one == null || other == null ? null : new Step.Crossed(number, new Step.Post(number, one, number, 0, null, Fault.NONE),
                new Step.Post(number, other, number, 0, null, Fault.NONE));
    }

    private Step invalid(int number) {
        String id = "thing-" + number;
        String book = book();
        Happening deposit = n -> new CapitalAdvanced(n.id(id), n.book(book), "USD", 5, "bank");
        return switch (random.nextInt(7)) {
            case 0 -> new Step.Post(number, n -> new CapitalAdvanced(n.id(id), n.book(Names.STRANGER), "USD", 5, "bank"), number, 0, null, Fault.NONE);
            case 1 -> new Step.Post(number, n -> new WorkSubmitted(n.id(id), n.id("project-0"), n.book("anna"), n.book("ben"), LabourMillis.observed(7),
                    Wage.none("USD")), number, 0, null, Fault.NONE);
            case 2 -> new Step.Post(number, deposit, number, -60, null, Fault.NONE);
            case 3 -> new Step.Post(number, n -> new CapitalAdvanced(n.id(id), n.book(book), "USD", Model.AMOUNT_MAX + 1, "bank"), number, 0, null, Fault.NONE);
            case 4 -> new Step.Post(number, n -> new CapitalAdvanced(n.id(id), n.book(book), "USD", -5, "bank"), number, 0, "AMOUNT_OUT_OF_RANGE", Fault.NONE);
            case 5 -> new Step.Post(number, n -> new CapitalAdvanced(n.id(id), n.book(book), "XQZ", 5, "bank"), number, 0, "UNKNOWN_CURRENCY", Fault.NONE);
            default -> new Step.Post(number, deposit, random.nextInt(number + 1), 0, null, Fault.NONE);
        };
    }

    private String book() {
        return Names.ORGANISATIONS[random.nextInt(Names.ORGANISATIONS.length)];
    }

    /** Roughly what it does to the world; that no fault and no key comes in between makes little difference to what is made up next. */
    private void know(Step step) {
        Instant now = Instant.EPOCH.plus(Duration.ofDays(1));
        switch (step) {
            case Step.Post post when post.unbookable() == null && post.fault() != Fault.ABORTED ->
                    model.post(post.event().apply(names), "step-" + post.number(), Instant.EPOCH, now, null);
            case Step.Crossed both -> {
                model.post(both.first().event().apply(names), "first-" + both.number(), Instant.EPOCH, now, null);
                model.post(both.second().event().apply(names), "second-" + both.number(), Instant.EPOCH, now, null);
            }
            default -> { }
        }
    }
}
