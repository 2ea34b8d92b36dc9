package io.kreislauf.ledger;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Unbookable.Reason;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Named errors, and nothing half made: what no event, leg or entry can hold. */
class AmountsTest {

    private final Book book = new Book(UUID.randomUUID());

    private static void refused(Reason reason, Executable act) {
        assertEquals(reason, assertThrows(Unbookable.class, act).reason());
    }

    @Test
    void aSumStaysWithin64Bits() {
        assertEquals(0, Amounts.sum());
        assertEquals(6, Amounts.sum(1, 2, 3));
        assertEquals(Long.MAX_VALUE, Amounts.sum(Long.MAX_VALUE - 1, 1));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> Amounts.sum(Long.MAX_VALUE, 1));
    }

    @Test
    void boundsAreWhereTheySay() {
        assertDoesNotThrow(() -> Amounts.notNegative("x", 0));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> Amounts.notNegative("x", -1));
        assertDoesNotThrow(() -> Amounts.positive("x", 1));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> Amounts.positive("x", 0));
        assertDoesNotThrow(() -> Amounts.partOf(1, 1));
        assertDoesNotThrow(() -> Amounts.partOf(2, 2));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> Amounts.partOf(0, 1));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> Amounts.partOf(2, 1));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> Amounts.partOf(1, 0));
    }

    @Test
    void aLegIsNeverZeroAndAnEntryBalancesInEachBookAndCommodity() {
        Leg cash = new Leg(book, Commodity.money("USD"), Account.CASH, 5);
        assertEquals(-5, cash.negated().amount());
        refused(Reason.NO_LEGS, () -> new Leg(book, Commodity.money("USD"), Account.CASH, 0));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> new Leg(book, Commodity.money("USD"), Account.CASH, Long.MIN_VALUE));
        refused(Reason.NO_LEGS, () -> new Entry(List.of()));
        refused(Reason.UNBALANCED, () -> new Entry(List.of(cash)));
        refused(Reason.UNBALANCED, () -> new Entry(List.of(cash, new Leg(book, Commodity.money("EUR"), Account.CAPITAL, -5))));
        refused(Reason.UNBALANCED, () -> new Entry(List.of(cash, new Leg(new Book(UUID.randomUUID()), Commodity.money("USD"), Account.CAPITAL, -5))));
        assertEquals(2, new Entry(List.of(cash, new Leg(book, Commodity.money("USD"), Account.CAPITAL, -5))).legs().size());
    }

    @Test
    void timeIsNotReclassifiedToItself() {
        refused(Reason.NO_LEGS, () -> new LabourEvent.TimeReclassified(UUID.randomUUID(), UUID.randomUUID(), book, book, TimeClass.DIRECT, TimeClass.DIRECT,
                LabourMillis.observed(1), false));
    }

    @Test
    void currenciesAndAccountsAreKnownWords() {
        refused(Reason.UNKNOWN_CURRENCY, () -> Commodity.money("XQZ"));
        refused(Reason.UNKNOWN_CURRENCY, () -> Commodity.outside(null));
        refused(Reason.MALFORMED, () -> new Account("cash"));
        assertTrue(Account.CASH.guarded());
        assertTrue(Account.escrow(UUID.randomUUID()).guarded());
        assertTrue(Account.reserve(UUID.randomUUID()).guarded());
        assertFalse(Account.CAPITAL.guarded());
        assertTrue(Commodity.LABOUR.isLabour() && Commodity.LABOUR_DECLARED.isLabour() && !Commodity.money("USD").isLabour());
        assertTrue(Commodity.money("USD").isMoney() && !Commodity.LABOUR.isMoney() && !Commodity.outside("USD").isMoney());
    }

    @Test
    void labourIsNoneOnlyWithoutAny() {
        assertTrue(LabourMillis.NONE.isNone());
        assertFalse(LabourMillis.observed(1).isNone());
        assertFalse(LabourMillis.declared(1).isNone());
        assertEquals(new LabourMillis(4, 6), new LabourMillis(1, 2).plus(new LabourMillis(3, 4)));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> new LabourMillis(-1, 0));
        refused(Reason.AMOUNT_OUT_OF_RANGE, () -> new LabourMillis(0, -1));
    }

    @Test
    void anAccountIsWhatThePatternSays() {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var pattern = Pattern.compile("[A-Z_]+(:[a-z0-9][a-z0-9-]{0,63}){0,2}");
        var letters = "AZ_az09-:: \u00e9";
        for (var i = 0; i < 100_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "CASH" : "");
            for (var length = random.nextInt(8); length > 0; length--) {
                text.append(random.nextInt(20) == 0 ? "a".repeat(62 + random.nextInt(4)) : "" + letters.charAt(random.nextInt(letters.length())));
            }
            boolean formed;
            try {
                new Account(text.toString());
                formed = true;
            } catch (Unbookable malformed) {
                formed = false;
            }
            assertEquals(pattern.matcher(text).matches(), formed, "'" + text + "', seed " + seed);
        }
    }
}
