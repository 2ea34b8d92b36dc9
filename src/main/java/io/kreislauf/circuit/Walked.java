package io.kreislauf.circuit;

import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.ledger.Shares;
import io.kreislauf.market.Licence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shares walked down the licences: the hours of a class in a model, and the annotators' wages in a month of its service. */
final class Walked {

    /** One use of a licence in a run. */
    record Use(Licence licence, DatasetVersion version, int ordinal) {

        /** What is in it of the wages that the version carried: the licence's part of them, and the run's part of that. */
        long wagesMinor() {
            if (licence.ordinal() == null) {
                return 0;
            }
            long licensed = Shares.part(version.cost().vMinor(), licence.ordinal(), version.licencesDeclared());
            return Shares.part(licensed, ordinal, licence.runsTotal());
        }
    }

    private Walked() {}

    /**
     * The hours of each class in what a model took from a version. Divided by cumulative floor in the order of the classes, so
     * that they add up to what the model took.
     *
     * @param taken    what the model took, with its legs
     * @param byClass  what the version's release publishes
     */
    static List<Figure> byClass(Figure taken, Map<String, Long> byClass, DatasetVersion version, boolean declared) {
        List<Figure> figures = new ArrayList<>();
        long total = byClass.values().stream().mapToLong(Long::longValue).sum();
        long before = 0;
        String whose = Published.whose(version);
        for (Map.Entry<String, Long> part : byClass.entrySet()) {
            long upTo = before + part.getValue();
            long value = floor(taken.orZero(), upTo, total) - floor(taken.orZero(), before, total);
            figures.add(Figure.computed((declared ? "declared." : "hours.") + part.getKey(), Production.label(part.getKey(), declared), value, Figure.MILLIS,
                    "floor(taken * class and those before / all) - floor(taken * those before / all)", List.of(taken,
                            Figure.stated("before", "Classes before it, in the data set", before, Figure.MILLIS, whose),
                            Figure.stated("upTo", "This class and those before it, in the data set", upTo, Figure.MILLIS, whose),
                            Figure.stated("all", "All classes, in the data set", total, Figure.MILLIS, whose)), "NO_TIME"));
            before = upTo;
        }
        return figures;
    }

    /** The same class from several data sets, added up. */
    static Figure added(List<Figure> same) {
        Figure first = same.getFirst();
        return same.size() == 1 ? first : Figure.computed(first.key(), first.label(), same.stream().mapToLong(Figure::orZero).sum(), first.unit(),
                "sum over the data sets", same, "NO_TIME");
    }

    /** What the months that were sold have passed on of the wages in the model. */
    static long wagesSold(long wagesMinor, List<Integer> months, int monthsTotal) {
        return months.stream().mapToLong(month -> Shares.part(wagesMinor, month, monthsTotal)).sum();
    }

    static List<UUID> licencesOf(List<Use> uses, UUID versionId) {
        return uses.stream().filter(u -> u.version().versionId().equals(versionId)).map(u -> u.licence().licenceId()).distinct().toList();
    }

    private static long floor(long amount, long part, long whole) {
        return whole == 0 ? 0 : BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(whole)).longValueExact();
    }
}
