package io.kreislauf.ledger.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.ledger.book.BookAccess.NamedBook;
import io.kreislauf.ledger.book.Statements.Line;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Books, read by whoever may see them; each number leads to its legs and each leg to its entry. */
@Path("/api/ledger")
@RunOnVirtualThread
@RolesAllowed({"annotator", "reviewer", "requester", "operator"})
class BooksResource {

    record BalanceLine(String account, String commodity, long amount, String legsHref) {}

    record BookBalances(UUID book, String name, Instant effectiveAt, Instant postedAt, boolean firm, List<BalanceLine> balances) {}

    record TrialBalance(UUID book, String name, Instant effectiveAt, Instant postedAt, boolean firm, List<Sheet.TrialRow> rows,
                        List<Sheet.TrialTotal> totals) {}

    record BalanceSheet(UUID book, String name, Instant effectiveAt, Instant postedAt, boolean firm, List<Sheet.Form> forms) {}

    record LegLine(UUID entryId, String type, Instant effectiveAt, Instant postedAt, UUID book, String bookName, String account, String commodity,
                   long amount) {}

    /**
     * A page of legs and, over all pages, their sums and number.
     *
     * @param sum  null if the legs are of several commodities, which are never added up
     * @param firm whether the answer will never change
     */
    record LegPage(List<LegLine> items, String next, @JsonInclude(JsonInclude.Include.ALWAYS) Long sum, long count, List<Sheet.Total> sums,
                   Instant effectiveAt, Instant postedAt, boolean firm) {}

    private final BookAccess access;
    private final Balances balances;
    private final Statements statements;

    BooksResource(BookAccess access, Balances balances, Statements statements) {
        this.access = access;
        this.balances = balances;
        this.statements = statements;
    }

    @GET
    @Path("/books")
    public Page<NamedBook> books(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        var rows = Page.limit(limit);
        return Page.of(access.books(after == null || after.isEmpty() ? null : id("after", after), rows + 1), rows, NamedBook::book);
    }

    @GET
    @Path("/books/{book}/balances")
    public BookBalances balances(@PathParam("book") UUID shown, @QueryParam("account") @DefaultValue("") String account,
                                 @QueryParam("effectiveAt") String effectiveAt, @QueryParam("postedAt") String postedAt) {
        var book = book(shown);
        var asOf = Instants.asOf(effectiveAt, postedAt);
        // What is firm before the reading cannot change while it is read; asked afterwards, it could have become firm too late.
        var firm = balances.firm(asOf);
        var read = account.isEmpty() ? balances.of(new Book(book.book()), asOf)
                : balances.under(new Book(book.book()), Shown.meant(access, account), asOf);
        var as = Shown.of(access, read.stream().map(balance -> balance.account().text()).toList(), List.of());
        return new BookBalances(shown, book.name(), asOf.effectiveAt(), asOf.postedAt(), firm, read.stream()
                .map(balance -> new BalanceLine(as.account(balance.account().text()), balance.commodity().text(), balance.amount(),
                        legsHref(shown, as.account(balance.account().text()), balance.commodity(), asOf))).toList());
    }

    @GET
    @Path("/trial-balance")
    public TrialBalance trialBalance(@QueryParam("book") UUID shown, @QueryParam("effectiveAt") String effectiveAt,
                                     @QueryParam("postedAt") String postedAt) {
        var read = balances(asked(shown), "", effectiveAt, postedAt);
        var rows = Sheet.trial(read.balances());
        return new TrialBalance(shown, read.name(), read.effectiveAt(), read.postedAt(), read.firm(), rows,
                Sheet.totals(rows, totalsOf(shown, read)));
    }

    @GET
    @Path("/balance-sheet")
    public BalanceSheet balanceSheet(@QueryParam("book") UUID shown, @QueryParam("effectiveAt") String effectiveAt,
                                     @QueryParam("postedAt") String postedAt) {
        var read = balances(asked(shown), "", effectiveAt, postedAt);
        return new BalanceSheet(shown, read.name(), read.effectiveAt(), read.postedAt(), read.firm(),
                Sheet.forms(read.balances(), totalsOf(shown, read)));
    }

    /**
     * @param form     the legs of the accounts of this form of capital only, as the balance sheet has it
     * @param standing the legs of the accounts whose balance then stands on this side only, debit or credit, as the trial balance has it; needs a commodity
     */
    @GET
    @Path("/books/{book}/statement")
    public LegPage statement(@PathParam("book") UUID shown, @QueryParam("commodity") String commodity,
                             @QueryParam("account") @DefaultValue("") String account, @QueryParam("form") String form,
                             @QueryParam("standing") String standing, @QueryParam("event") Set<String> events, @QueryParam("side") String side,
                             @QueryParam("source") UUID source, @QueryParam("effectiveAt") String effectiveAt,
                             @QueryParam("postedAt") String postedAt, @QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        var book = book(shown);
        var rows = Page.limit(limit);
        var asOf = Instants.asOf(effectiveAt, postedAt);
        var query = new LegQuery(new Book(book.book()), commodity == null ? null : commodity(commodity), Shown.meant(access, account), null, events,
                side("side", side), source, asOf);
        if (form != null || standing != null) {
            query = query.in(madeOf(query, form, side("standing", standing)));
        }
        var firm = balances.firm(asOf);
        var page = Page.of(statements.page(query, after, rows + 1), rows, Line::cursor);
        var as = Shown.of(access, page.items().stream().map(line -> line.account().text()).toList(), List.of());
        var totals = statements.totals(query);
        return new LegPage(page.items().stream().map(line -> new LegLine(line.entryId(), line.event(), line.effectiveAt(), line.postedAt(), shown,
                book.name(), as.account(line.account().text()), line.commodity().text(), line.amount())).toList(), page.next(),
                totals.size() > 1 ? null : totals.stream().mapToLong(Statements.Total::sum).sum(), totals.stream().mapToLong(Statements.Total::count).sum(),
                totals.stream().map(total -> new Sheet.Total(total.commodity().text(), total.sum())).toList(), asOf.effectiveAt(), asOf.postedAt(),
                firm);
    }

    private NamedBook book(UUID shown) {
        return access.look(access.meantBy(shown));
    }

    private Set<String> madeOf(LegQuery query, String form, LegQuery.Side standing) {
        if (form != null && !Sheet.isForm(form)) {
            throw Refusal.invalid("form", "'" + form + "' is no form of capital.", "Send one of the forms of the balance sheet.");
        }
        if (standing != null && query.commodity() == null) {
            throw Refusal.invalid("commodity", "An account stands on a side in one commodity.", "Send the commodity of the total.");
        }
        return Sheet.madeOf(balances.of(query.book(), query.asOf()), query.commodity(), form, standing);
    }

    private static UUID asked(UUID book) {
        if (book == null) {
            throw Refusal.invalid("book", "Whose book?", "Send book=<id>; /api/ledger/books lists those you may see.");
        }
        return book;
    }

    private static String legsHref(UUID book, String account, Commodity commodity, AsOf asOf) {
        return "/api/ledger/books/%s/statement?commodity=%s&account=%s%s".formatted(book, commodity.text(), account, clocks(asOf));
    }

    private static Sheet.Address totalsOf(UUID book, BookBalances read) {
        return (choice, commodity) -> "/api/ledger/books/%s/statement?commodity=%s&%s%s".formatted(book, commodity, choice,
                clocks(new AsOf(read.effectiveAt(), read.postedAt())));
    }

    /** A number of a clock opens the legs of the same clock. */
    private static String clocks(AsOf asOf) {
        return (asOf.effectiveAt() == null ? "" : "&effectiveAt=" + asOf.effectiveAt()) + (asOf.postedAt() == null ? "" : "&postedAt=" + asOf.postedAt());
    }

    static UUID id(String field, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid(field, "'" + text + "' is no id.", "Send a UUID.");
        }
    }

    private static Commodity commodity(String text) {
        try {
            return new Commodity(text);
        } catch (Unbookable unknown) {
            throw Refusal.invalid("commodity", unknown.getMessage(), "Send a currency, LABOUR, LABOUR_DECLARED or OUTSIDE:<currency>.");
        }
    }

    private static LegQuery.Side side(String field, String text) {
        return switch (text) {
            case null -> null;
            case "debit" -> LegQuery.Side.DEBIT;
            case "credit" -> LegQuery.Side.CREDIT;
            default -> throw Refusal.invalid(field, "'" + text + "' is no side.", "Send debit or credit, or leave it out.");
        };
    }
}
