package io.kreislauf.ledger.seal;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.book.BookAccess;
import io.kreislauf.ledger.book.Statements;
import io.kreislauf.ledger.seal.Sealing.PublishedHead;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;

/** Heads and keys for everybody, proofs of an entry for whoever may see one of its books. */
@Path("/api/ledger")
@RunOnVirtualThread
class SealsResource {

    record NewKey(String keyId) {}

    private final Proofs proofs;
    private final Sealing sealing;
    private final Statements statements;
    private final BookAccess access;

    SealsResource(Proofs proofs, Sealing sealing, Statements statements, BookAccess access) {
        this.proofs = proofs;
        this.sealing = sealing;
        this.statements = statements;
        this.access = access;
    }

    /** Newest first; {@code after} is a tree size. */
    @GET
    @Path("/heads")
    @PermitAll
    public Page<PublishedHead> heads(@QueryParam("after") Long after, @QueryParam("limit") Integer limit) {
        var rows = Page.limit(limit);
        return Page.of(proofs.heads(after == null ? Long.MAX_VALUE : after, rows + 1), rows, PublishedHead::treeSize);
    }

    @GET
    @Path("/keys")
    @PermitAll
    public List<Proofs.PublishedKey> keys() {
        return proofs.keys();
    }

    @GET
    @Path("/consistency")
    @PermitAll
    public Proofs.ConsistencyProof consistency(@QueryParam("from") Long from, @QueryParam("to") Long to) {
        if (from == null || to == null) {
            throw Refusal.invalid(from == null ? "from" : "to", "Between which two heads?", "Send from and to, two tree sizes of /api/ledger/heads.");
        }
        return proofs.consistency(from, to);
    }

    @GET
    @Path("/proofs/{id}")
    @RolesAllowed({"annotator", "reviewer", "requester", "operator"})
    public Proofs.InclusionProof proof(@PathParam("id") UUID entryId) {
        var mine = statements.entry(entryId).stream().flatMap(entry -> entry.legs().stream()).map(Leg::book).distinct()
                .filter(book -> access.mayLook(book.id())).toList();
        if (mine.isEmpty()) {
            throw Refusal.missing("ledger entry", entryId);
        }
        mine.stream().map(Book::id).forEach(access::look);
        return proofs.inclusion(entryId, mine, access::shownAs).orElseThrow(() -> Refusal.conflict("NOT_SEALED_YET", "The entry is not sealed yet.",
                "Ask again in a few seconds."));
    }

    @POST
    @Path("/keys")
    @RolesAllowed("operator")
    public NewKey rotate() {
        return new NewKey(sealing.rotateKey());
    }
}
