package io.kreislauf.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @Test
    void aShareIsAFractionOfAllEightByteNumbers() {
        assertArrayEquals(hex("8000000000000000"), Split.threshold(50));
        assertArrayEquals(hex("b333333333333333"), Split.threshold(70));
        assertArrayEquals(hex("028f5c28f5c28f5c"), Split.threshold(1));
    }

    @Test
    void nothingIsBelowNoShareAndEverythingIsInTheWhole() {
        assertArrayEquals(new byte[8], Split.threshold(0));
        assertNull(Split.threshold(100));
    }

    @Test
    void aShareOutsideOfTheWholeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Split.threshold(101));
        assertThrows(IllegalArgumentException.class, () -> Split.threshold(-1));
    }
}
