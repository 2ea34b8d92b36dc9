package io.kreislauf.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ByteRangeTest {

    @Test
    void withoutARangeTheWholeFileIsMeant() {
        assertEquals(new ByteRange(0, 99, true), ByteRange.of(null, 100));
        assertEquals(new ByteRange(0, 99, true), ByteRange.of("bytes=0-1,5-6", 100));
        assertEquals(new ByteRange(0, 99, true), ByteRange.of("lines=1-2", 100));
    }

    @Test
    void aRangeIsCutAtTheEndOfTheFile() {
        assertEquals(new ByteRange(10, 19, false), ByteRange.of("bytes=10-19", 100));
        assertEquals(new ByteRange(90, 99, false), ByteRange.of("bytes=90-500", 100));
        assertEquals(new ByteRange(90, 99, false), ByteRange.of("bytes=90-", 100));
    }

    @Test
    void aSuffixCountsFromTheEnd() {
        assertEquals(new ByteRange(95, 99, false), ByteRange.of("bytes=-5", 100));
        assertEquals(new ByteRange(0, 99, false), ByteRange.of("bytes=-500", 100));
    }

    @Test
    void aRangeBehindTheEndCannotBeSatisfied() {
        assertNull(ByteRange.of("bytes=100-", 100));
        assertNull(ByteRange.of("bytes=-0", 100));
    }
}
