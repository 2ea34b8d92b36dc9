package io.kreislauf.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;

/** Where the files of released versions are kept: a directory, or an object store behind the same few words. */
interface ReleasedFiles {

    /** Files being written, seen by nobody before {@link #publish}. */
    interface Draft {

        /** @param path relative, with {@code /} between its parts */
        OutputStream create(String path) throws IOException;

        /** Shows all files at once, in place of what an interrupted release of the same version has left. */
        void publish() throws IOException;
    }

    /** Begins anew: what an interrupted release has left half-written is thrown away. */
    Draft begin(UUID versionId) throws IOException;

    /** @param from the first byte to read */
    InputStream open(UUID versionId, String path, long from) throws IOException;
}
