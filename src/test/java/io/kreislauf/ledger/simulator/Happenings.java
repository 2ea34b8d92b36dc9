package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.CapitalEvent.*;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourEvent.*;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.MeansEvent.*;
import io.kreislauf.ledger.ModelEvent.*;
import io.kreislauf.ledger.ProductEvent.*;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.*;
import java.util.Random;
import java.util.function.Function;

/**
 * Random events of every kind. Amounts are small, so that funds and stocks run out now and then; what a product carries is
 * read from the world, so that most events are possible.
 */
final class Happenings {

    /** An event without ids. */
    interface Happening extends Function<Names, EconomicEvent> {
    }

    static final int KINDS = 50;

    private final Random random;
    private final World world;

    Happenings(Random random, World world) {
        this.random = random;
        this.world = world;
    }

    /** One of all kinds of events, named by {@code number}; null if it needs something that is not there. */
    Happening any(int number) {
        String id = "thing-" + number;
        String o = pick(Names.ORGANISATIONS);
        String other = pick(Names.ORGANISATIONS);
        String p = pick(Names.PEOPLE);
        String project = "project-" + random.nextInt(3);
        String cur = random.nextInt(4) == 0 ? "EUR" : "USD";
        String means = pick("tooling", "source", "compute");
        TimeClass cls = TimeClass.values()[random.nextInt(TimeClass.values().length)];
        TimeClass then = TimeClass.values()[(cls.ordinal() + 1 + random.nextInt(TimeClass.values().length - 1)) % TimeClass.values().length];
        LabourMillis labour = new LabourMillis(random.nextInt(8) == 0 ? 0 : random.nextInt(100_000), random.nextInt(3) == 0 ? random.nextInt(50_000) : 0);
        Wage wage = new Wage(cur, random.nextBoolean() ? 0 : random.nextInt(500));
        boolean released = random.nextInt(4) == 0;
        long small = 1 + random.nextInt(400);
        long some = 1 + random.nextInt(3_000);
        long much = 1 + random.nextInt(40_000);
        long maybe = random.nextInt(3) == 0 ? 0 : small;
        Supply supply = new Supply(Supply.Nature.values()[random.nextInt(4)], "J", "US");
        return switch (random.nextInt(KINDS)) {
            case 0, 1, 2 -> n -> new CapitalAdvanced(n.id(id), n.book(o), cur, much, "bank");
            case 3 -> n -> new CapitalWithdrawn(n.id(id), n.book(o), cur, some);
            case 4 -> n -> new SurplusCapitalised(n.id(id), n.book(o), cur, some);
            case 5 -> n -> new SurplusDrawn(n.id(id), n.book(o), cur, some);
            case 6 -> n -> new SurplusShared(n.id(id), n.book(o), n.book(p), cur, some);
            case 7 -> n -> new CurrencyExchanged(n.id(id), n.book(o), "USD", some, "EUR", small);
            case 8 -> n -> new PlatformFeeCharged(n.id(id), n.book(o), n.book(other), cur, small);
            case 9 -> n -> new CirculationPaid(n.id(id), n.book(o), "selling", cur, small);
            case 10 -> n -> new OwnExpense(n.id(id), n.book(p), "connection", cur, small);
            case 11, 12 -> n -> new MeansBought(n.id(id), n.book(o), means, cur, some, supply);
            case 13 -> n -> new SupplierInvoiced(n.id(id), n.book(o), n.id("supplier"), means, cur, some, supply);
            case 14 -> n -> new SupplierPaid(n.id(id), n.book(o), n.id("supplier"), cur, some);
            case 15, 16 -> n -> new MeansUsed(n.id(id), n.book(o), n.id(project), means, cur, maybe, supply, random(id, 3) == 0 ? 3_600_000 : 0);
            case 17 -> n -> new SourceWithdrawn(n.id(id), n.book(o), means, cur, small);
            case 18, 19, 20 -> n -> new WorkSubmitted(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            case 21 -> n -> new WorkReturned(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            case 22 -> given(random.nextInt(6), id, project, o, p, labour, wage);
            case 23 -> n -> new TimeDeclared(n.id(id), n.id(project), n.book(o), n.book(p), cls, labour.declaredMillis(), "log", wage);
            case 24 -> n -> new TimeLost(n.id(id), n.book(p), cls, labour);
            case 25, 26 -> n -> new WorkRejected(n.id(id), n.id(project), n.book(o), n.book(p), labour.part(1, 4), released);
            case 27 -> n -> new LateLabelCounted(n.id(id), n.id(project), n.book(o), n.book(p), labour.part(1, 8), released);
            case 28 -> n -> new TimeReclassified(n.id(id), n.id(project), n.book(o), n.book(p), cls, then, labour.part(1, 8), released);
            case 29, 30 -> n -> new WorkApproved(n.id(id), n.id(project), n.book(o), n.book(p), cur, small, maybe);
            case 31 -> accrued(random.nextInt(4), id, project, o, p, cur, small);
            case 32 -> n -> new RejectionOverturned(n.id(id), n.id(id), n.id(project), n.book(o), n.book(p), cur, maybe, labour.part(1, 8), released);
            case 33 -> n -> new RejectionFinal(n.id(id), n.id(project), n.book(o), cur, small);
            case 34, 35 -> n -> new WagesPaid(n.id(id), n.id(project), n.book(o), n.book(p), cur, small, maybe, maybe / 2);
            case 36 -> n -> new PayoutFailed(n.id(id), n.id(project), n.book(o), n.book(p), cur, small, maybe / 3, 0);
            case 37 -> n -> new TasksPublished(n.id(id), n.id(project), n.book(o), cur, some, maybe);
            case 38 -> random.nextBoolean() ? n -> new PayFunded(n.id(id), n.id(project), n.book(o), cur, some)
                    : n -> new EstimatesReleased(n.id(id), n.id(project), n.book(o), cur, small);
            case 39 -> random.nextBoolean() ? n -> new ProjectClosed(n.id(id), n.id(project), n.book(o), cur, small, maybe)
                    : n -> new ProjectCancelled(n.id(id), n.id(project), n.book(o), cur, small, maybe);
            case 40 -> n -> new LabourDeclared(n.id(id), n.id("model-0"), n.book(o), labour.declaredMillis(), wage);
            case 41 -> n -> new SaleRefunded(n.id(id), n.id("model-0"), n.book(o), cur, small);
            case 42 -> n -> new SubscriptionPaidInAdvance(n.id(id), n.book(o), n.id("customer"), cur, some);
            case 43 -> n -> new SubscriptionEarned(n.id(id), n.id("model-0"), n.book(o), n.id("customer"), cur, small);
            case 44 -> n -> new ReceivableCollected(n.id(id), n.book(o), n.id("customer"), cur, small);
            case 45, 46 -> world.finished(random, id, o, project, cur, some);
            case 47 -> world.traded(random, id, o, other, cur, some);
            default -> world.trained(random, id, o, project, cur, small, means, supply);
        };
    }

    /** The same for the same name, however often a history is played. */
    private static int random(String name, int bound) {
        return Math.floorMod(name.hashCode(), bound);
    }

    private static Happening given(int kind, String id, String project, String o, String p, LabourMillis labour, Wage wage) {
        return switch (kind) {
            case 0 -> n -> new QualificationTaken(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            case 1 -> n -> new TimeSearching(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            case 2 -> n -> new TimeWatching(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            case 3 -> n -> new TimeAdministrative(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            case 4 -> n -> new BreakTaken(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
            default -> n -> new WorkReviewed(n.id(id), n.id(project), n.book(o), n.book(p), labour, wage);
        };
    }

    private static Happening accrued(int kind, String id, String project, String o, String p, String cur, long minor) {
        return switch (kind) {
            case 0 -> n -> new WageToppedUp(n.id(id), n.id(project), n.book(o), n.book(p), cur, minor);
            case 1 -> n -> new BonusGranted(n.id(id), n.id(project), n.book(o), n.book(p), cur, minor);
            case 2 -> n -> new WageAdjusted(n.id(id), n.id(project), n.book(o), n.book(p), cur, minor);
            default -> n -> new TimeWageAccrued(n.id(id), n.id(project), n.book(o), n.book(p), cur, minor);
        };
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }
}
