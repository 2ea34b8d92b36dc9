package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.book.Statements.BookedEntry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Entries, each with the legs in the books that the caller may see; of the others it says whose they are. */
@Path("/api/ledger/entries")
@RunOnVirtualThread
@RolesAllowed({"annotator", "reviewer", "requester", "operator"})
class EntriesResource {

    record ShownLeg(UUID book, String bookName, String account, String commodity, long amount) {}

    record OtherBook(UUID book, String bookName) {}

    /**
     * @param about  what the entry came from: its kind and id
     * @param others books whose legs the caller may not see
     */
    record ShownEntry(UUID entryId, String type, Instant effectiveAt, Instant occurredAt, Instant postedAt, Map<String, UUID> about, UUID reverses,
                      UUID reversedBy, List<ShownLeg> legs, List<OtherBook> others) {}

    private final BookAccess access;
    private final Statements statements;

    EntriesResource(BookAccess access, Statements statements) {
        this.access = access;
        this.statements = statements;
    }

    @GET
    @Path("/{id}")
    public ShownEntry entry(@PathParam("id") UUID entryId) {
        return statements.entry(entryId).map(this::shown).filter(entry -> !entry.legs().isEmpty())
                .orElseThrow(() -> Refusal.missing("ledger entry", entryId));
    }

    /** All entries that came from one source, in the order in which they were written. */
    @GET
    public List<ShownEntry> bySource(@QueryParam("source") UUID source) {
        if (source == null) {
            throw Refusal.invalid("source", "From what?", "Send source=<id> of a submission, licence, training run ...");
        }
        return statements.bySource(source).stream().map(this::shown).filter(entry -> !entry.legs().isEmpty()).toList();
    }

    private ShownEntry shown(BookedEntry entry) {
        var books = entry.legs().stream().map(leg -> leg.book().id()).distinct().toList();
        var mine = books.stream().filter(access::mayLook).toList();
        mine.forEach(access::look);
        var as = Shown.of(access, entry.legs().stream().map(leg -> leg.account().text()).toList(), books);
        var names = access.names(books);
        return new ShownEntry(entry.entryId(), entry.event(), entry.effectiveAt(), entry.occurredAt(), entry.postedAt(),
                Map.of(entry.source().kind(), entry.source().id()), entry.reverses(), entry.reversedBy(),
                entry.legs().stream().filter(leg -> mine.contains(leg.book().id())).map(leg -> shown(leg, as, names)).toList(),
                books.stream().filter(book -> !mine.contains(book)).map(book -> new OtherBook(as.book(book), names.get(book))).toList());
    }

    private static ShownLeg shown(Leg leg, Shown as, Map<UUID, String> names) {
        return new ShownLeg(as.book(leg.book().id()), names.get(leg.book().id()), as.account(leg.account().text()), leg.commodity().text(),
                leg.amount());
    }
}
