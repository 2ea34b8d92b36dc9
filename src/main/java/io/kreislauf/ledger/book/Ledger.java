package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Reversal;
import io.kreislauf.ledger.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Where events are booked, in the transaction of whoever calls. Every method throws a {@link Refusal} (409, its code the
 * name of a {@link io.kreislauf.ledger.Unbookable.Reason}, for an overdrawn account {@code NO_FUNDS}) when the database
 * refuses; the transaction must then end.
 */
@ApplicationScoped
public class Ledger {

    private final EntryRows entries;
    private final BookRows books;

    public Ledger(DataSource dataSource) {
        this.entries = new EntryRows(dataSource);
        this.books = new BookRows(dataSource);
    }

    /** Opens a book; nothing happens if it is open. */
    public void open(Book book, BookKind kind) {
        books.open(book, kind);
    }

    /** Closes a book through a UTC day that is over. What happened in it and comes later is posted on the next day. */
    public void close(Book book, LocalDate through) {
        books.close(book, through);
    }

    /**
     * Books one event under the key it names itself.
     *
     * @param effectiveAt when it happened; null: now; the future is refused
     * @return the entry, or nothing if no leg moved (a submission without booked time)
     */
    public Optional<EntryRef> post(EconomicEvent event, Instant effectiveAt) {
        return post(event, effectiveAt, event.idempotencyKey());
    }

    /** Books one event. The same key with the same event is the same entry; with another event it is refused (KEY_REUSED). */
    public Optional<EntryRef> post(EconomicEvent event, Instant effectiveAt, String idempotencyKey) {
        return Optional.ofNullable(postAll(List.of(new Posting(event, effectiveAt, idempotencyKey))).get(idempotencyKey));
    }

    /**
     * Books many events in one statement for each thousand: an entry each, all or none.
     *
     * @return the entries by idempotency key, in the order of the postings; without those in which no leg moved
     */
    public Map<String, EntryRef> postAll(Collection<Posting> postings) {
        return entries.insert(postings);
    }

    /**
     * Books the exact negative of an entry. An entry can be reversed once, a reversal never.
     *
     * @param source what the correction came from
     */
    public EntryRef reverse(UUID entryId, Source source, Instant effectiveAt) {
        var legs = entries.legs(entryId).orElseThrow(() -> Refusal.missing("ledger entry", entryId));
        return post(new Reversal(entryId, source, legs), effectiveAt).orElseThrow();
    }
}
