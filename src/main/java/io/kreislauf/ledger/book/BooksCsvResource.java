package io.kreislauf.ledger.book;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** What {@link BooksResource} answers, as files. {@code X-Firm} says whether an answer will never change; each row ends with the address of what is behind it. */
@Path("/api/ledger")
@Produces("text/csv")
@RunOnVirtualThread
@RolesAllowed({"annotator", "reviewer", "requester", "operator"})
class BooksCsvResource {

    private static final String FIRM = "X-Firm";

    private final BooksResource books;

    BooksCsvResource(BooksResource books) {
        this.books = books;
    }

    @GET
    @Path("/books/{book}/balances.csv")
    public RestResponse<String> balances(@PathParam("book") UUID shown, @QueryParam("effectiveAt") String effectiveAt, @QueryParam("postedAt") String postedAt) {
        var read = books.balances(shown, "", effectiveAt, postedAt);
        return file(Csv.of(List.of("account", "commodity", "amount", "legsHref"), read.balances(),
                line -> List.of(line.account(), line.commodity(), line.amount(), line.legsHref())), read.firm());
    }

    @GET
    @Path("/trial-balance.csv")
    public RestResponse<String> trialBalance(@QueryParam("book") UUID shown, @QueryParam("effectiveAt") String effectiveAt,
                                             @QueryParam("postedAt") String postedAt) {
        var read = books.trialBalance(shown, effectiveAt, postedAt);
        return file(Csv.of(List.of("account", "commodity", "debit", "credit", "balance", "legsHref"), read.rows(),
                row -> List.of(row.account(), row.commodity(), row.debit(), row.credit(), row.balance(), row.legsHref())), read.firm());
    }

    @GET
    @Path("/balance-sheet.csv")
    public RestResponse<String> balanceSheet(@QueryParam("book") UUID shown, @QueryParam("effectiveAt") String effectiveAt,
                                             @QueryParam("postedAt") String postedAt) {
        record Row(String form, Sheet.Line line) {}
        var read = books.balanceSheet(shown, effectiveAt, postedAt);
        var rows = read.forms().stream().flatMap(form -> form.lines().stream().map(line -> new Row(form.form(), line))).toList();
        return file(Csv.of(List.of("form", "account", "commodity", "amount", "legsHref"), rows,
                row -> List.of(row.form(), row.line().account(), row.line().commodity(), row.line().amount(), row.line().legsHref())), read.firm());
    }

    /** One page; follow the header {@code X-Next} for more. */
    @GET
    @Path("/books/{book}/statement.csv")
    public RestResponse<String> statement(@PathParam("book") UUID shown, @QueryParam("commodity") String commodity,
                                          @QueryParam("account") @DefaultValue("") String account, @QueryParam("effectiveAt") String effectiveAt,
                                          @QueryParam("postedAt") String postedAt, @QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        var page = books.statement(shown, commodity, account, null, null, Set.of(), null, null, effectiveAt, postedAt, after, limit);
        var csv = Csv.of(List.of("entry", "type", "effectiveAt", "postedAt", "account", "commodity", "amount", "entryHref"), page.items(),
                line -> List.of(line.entryId(), line.type(), line.effectiveAt(), line.postedAt(), line.account(), line.commodity(), line.amount(),
                        "/api/ledger/entries/" + line.entryId()));
        return RestResponse.ResponseBuilder.ok(csv).header("X-Next", page.next()).header(FIRM, page.firm()).build();
    }

    private static RestResponse<String> file(String csv, boolean firm) {
        return RestResponse.ResponseBuilder.ok(csv).header(FIRM, firm).build();
    }
}
