package io.kreislauf.ledger;

import io.kreislauf.ledger.Unbookable.Reason;

/** The checks that the compact constructors of events share. */
final class Amounts {

    private Amounts() {}

    static void notNegative(String name, long amount) {
        if (amount < 0) {
            throw new Unbookable(Reason.AMOUNT_OUT_OF_RANGE, name + " must not be negative: " + amount);
        }
    }

    static void positive(String name, long amount) {
        if (amount <= 0) {
            throw new Unbookable(Reason.AMOUNT_OUT_OF_RANGE, name + " must be more than zero: " + amount);
        }
    }

    static void partOf(int k, int n) {
        if (k < 1 || k > n) {
            throw new Unbookable(Reason.AMOUNT_OUT_OF_RANGE, "part " + k + " of " + n);
        }
    }

    static long sum(long... amounts) {
        try {
            var sum = 0L;
            for (var amount : amounts) {
                sum = Math.addExact(sum, amount);
            }
            return sum;
        } catch (ArithmeticException beyond) {
            throw new Unbookable(Reason.AMOUNT_OUT_OF_RANGE, "a sum beyond 64 bits");
        }
    }
}
