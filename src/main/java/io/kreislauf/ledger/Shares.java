package io.kreislauf.ledger;

import java.math.BigInteger;

/** Division of a whole into n parts that always add up to it (rule 9 of the ledger). */
public final class Shares {

    private Shares() {}

    /**
     * Part k of n by cumulative floor: {@code floor(total*k/n) - floor(total*(k-1)/n)}.
     *
     * @param k from 1 to n
     */
    public static long part(long total, int k, int n) {
        if (k < 1 || k > n || total < 0) {
            throw new IllegalArgumentException("part " + k + " of " + n + " of " + total);
        }
        return upTo(total, k, n) - upTo(total, k - 1, n);
    }

    /** The first k parts of n together. */
    public static long upTo(long total, int k, int n) {
        return BigInteger.valueOf(total).multiply(BigInteger.valueOf(k)).divide(BigInteger.valueOf(n)).longValueExact();
    }
}
