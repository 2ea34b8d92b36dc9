package io.kreislauf.dataset;

import java.math.BigInteger;

/**
 * The rule that puts an item into train or test: the first 8 bytes of SHA-256(salt || root), read as a fraction of 2^64,
 * are below the train share. The root is the first of all items that share a group or their content, so that none of
 * them leaks to the other side.
 */
final class Split {

    static final String TRAIN = "train";
    static final String TEST = "test";

    private Split() {}

    /**
     * The fraction as 8 bytes, to be compared byte by byte.
     *
     * @param trainSharePercent 0 to 100
     * @return null where every item is in train: 2^64 has no 8 bytes
     */
    static byte[] threshold(int trainSharePercent) {
        if (trainSharePercent < 0 || trainSharePercent > 100) {
            throw new IllegalArgumentException("A share of " + trainSharePercent + " percent.");
        }
        if (trainSharePercent == 100) {
            return null;
        }
        byte[] digits = BigInteger.TWO.pow(64).multiply(BigInteger.valueOf(trainSharePercent)).divide(BigInteger.valueOf(100)).toByteArray();
        byte[] threshold = new byte[8];
        int from = Math.max(0, digits.length - 8);
        System.arraycopy(digits, from, threshold, 8 - (digits.length - from), digits.length - from);
        return threshold;
    }
}
