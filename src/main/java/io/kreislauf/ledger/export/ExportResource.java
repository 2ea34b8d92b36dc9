package io.kreislauf.ledger.export;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.book.BookAccess;
import io.kreislauf.ledger.export.Exporting.Format;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Locale;
import java.util.UUID;

/** A book as a file, for whoever may see it; all books, out and in, for the operator. */
@Path("/api/ledger")
@RunOnVirtualThread
class ExportResource {

    private final Exporting exporting;
    private final Importing importing;
    private final BookAccess access;
    private final SecurityIdentity identity;

    ExportResource(Exporting exporting, Importing importing, BookAccess access, SecurityIdentity identity) {
        this.exporting = exporting;
        this.importing = importing;
        this.access = access;
        this.identity = identity;
    }

    @GET
    @Path("/export")
    @RolesAllowed({"annotator", "reviewer", "requester", "operator"})
    public Response export(@QueryParam("format") String name, @QueryParam("book") String bookOrAll) {
        var format = format(name);
        var all = "all".equals(bookOrAll);
        if (all && !identity.hasRole("operator")) {
            throw Refusal.forbidden("ALL_BOOKS", "All books together are the operator's to export.", "Name one book.");
        }
        var book = all ? null : new Book(access.look(access.meantBy(id(bookOrAll))).book());
        var shown = new ShownAccounts(access);
        StreamingOutput body = out -> exporting.export(format, book, shown, out);
        return Response.ok(body, format.mediaType)
                .header("Content-Disposition", "attachment; filename=\"ledger-%s.%s\"".formatted(all ? "all" : bookOrAll, format.ending)).build();
    }

    /** Takes a CSV of all books into an installation whose ledger is empty. */
    @POST
    @Path("/import")
    @Consumes("text/csv")
    @RolesAllowed("operator")
    public Importing.Imported importAll(InputStream csv) {
        return importing.importAll(csv);
    }

    private static Format format(String name) {
        try {
            return Format.valueOf(String.valueOf(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.invalid("format", "'" + name + "' is no format.", "Send hledger, beancount, csv or parquet.");
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid("book", "'" + text + "' is no book.", "Send a book's id, or all.");
        }
    }
}
