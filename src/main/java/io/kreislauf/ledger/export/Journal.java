package io.kreislauf.ledger.export;

import java.io.IOException;

/** A form in which entries are written out, one by one. */
interface Journal extends AutoCloseable {

    void entry(ExportedEntry entry) throws IOException;

    @Override
    void close() throws IOException;
}
