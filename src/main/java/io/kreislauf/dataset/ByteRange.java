package io.kreislauf.dataset;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file as asked for by a {@code Range} header (RFC 9110, section 14): one range of bytes; anything else is
 * answered with the whole file, as the standard allows.
 *
 * @param last inclusive
 */
record ByteRange(long first, long last, boolean whole) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** @return null if the range lies outside of the file (416) */
    static ByteRange of(String header, long bytes) {
        Matcher asked = header == null ? null : ONE.matcher(header.strip());
        if (asked == null || !asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return new ByteRange(0, bytes - 1, true);
        }
        if (asked.group(1).isEmpty()) {
            long suffix = Long.parseLong(asked.group(2));
            return suffix == 0 || bytes == 0 ? null : new ByteRange(Math.max(0, bytes - suffix), bytes - 1, false);
        }
        long first = Long.parseLong(asked.group(1));
        long last = asked.group(2).isEmpty() ? bytes - 1 : Math.min(Long.parseLong(asked.group(2)), bytes - 1);
        return first >= bytes || last < first ? null : new ByteRange(first, last, false);
    }

    long length() {
        return last - first + 1;
    }
}
