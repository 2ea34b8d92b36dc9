package io.kreislauf.project;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A file of items, read as a stream: memory does not grow with its length. */
sealed interface ItemFile permits CsvItemFile, JsonLinesItemFile {

    /**
     * Reads to the end, or until {@code faults} is full.
     *
     * @param each gets every sound item, in order
     * @throws IOException if the stream breaks
     */
    void read(InputStream bytes, Consumer<NewItem> each, Faults faults) throws IOException;

    /** Text of UTF-8 bytes, with or without a byte order mark; anything that is not UTF-8 is an error. */
    static BufferedReader utf8(InputStream bytes) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes);
        buffered.mark(3);
        boolean marked = buffered.read() == 0xEF && buffered.read() == 0xBB && buffered.read() == 0xBF;
        if (!marked) {
            buffered.reset();
        }
        return new BufferedReader(new InputStreamReader(buffered, StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)));
    }
}
