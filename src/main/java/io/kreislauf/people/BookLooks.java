package io.kreislauf.people;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.book.BookAccess;
import jakarta.enterprise.context.RequestScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Who sees which book: an organisation its own, a person the own one, an operator all, each look logged. */
@RequestScoped
class BookLooks implements BookAccess {

    private static final String NAMED = """
            select b.book_id, coalesce(o.name, case when b.book_id = :me then 'Your book' else 'Somebody who works' end), b.kind
              from ledger_book b left join organisation o on o.organisation_id = b.book_id
            """;

    private final CurrentCaller caller;
    private final Pseudonyms pseudonyms;
    private final StatelessSession session;

    BookLooks(CurrentCaller caller, Pseudonyms pseudonyms, StatelessSession session) {
        this.caller = caller;
        this.pseudonyms = pseudonyms;
        this.session = session;
    }

    @Override
    public List<NamedBook> books(UUID after, int limit) {
        return session.createNativeQuery(NAMED + """
                         where (:all or b.book_id = :me or b.book_id = cast(:organisation as uuid))
                           and (cast(:after as uuid) is null or b.book_id > cast(:after as uuid))
                         order by b.book_id limit :rows
                        """, NamedBook.class)
                .setParameter("all", caller.get().is(Roles.OPERATOR)).setParameter("me", caller.get().personId())
                .setParameter("organisation", ownOrganisation(), UUID.class).setParameter("after", after, UUID.class)
                .setParameter("rows", limit).getResultList();
    }

    @Override
    @Transactional
    public NamedBook look(UUID book) {
        var named = session.createNativeQuery(NAMED + " where b.book_id = :book", NamedBook.class)
                .setParameter("me", caller.get().personId()).setParameter("book", book)
                .uniqueResultOptional().filter(found -> mayLook(book)).orElseThrow(() -> Refusal.missing("book", book));
        if (!own(book)) {
            session.createNativeMutationQuery("insert into ledger_look (person_id, book_id) values (:me, :book)")
                    .setParameter("me", caller.get().personId()).setParameter("book", book).executeUpdate();
        }
        return named;
    }

    @Override
    public boolean mayLook(UUID book) {
        return own(book) || caller.get().is(Roles.OPERATOR);
    }

    private boolean own(UUID book) {
        return book.equals(caller.get().personId()) || book.equals(ownOrganisation());
    }

    /** Whose books the caller's role opens: acting for an organisation is the requester's. */
    private UUID ownOrganisation() {
        return caller.get().is(Roles.REQUESTER) ? caller.get().organisationId() : null;
    }

    @Override
    public Map<UUID, String> names(Collection<UUID> books) {
        var names = new HashMap<UUID, String>();
        var shown = shownAs(books);
        session.createNativeQuery(NAMED + " where b.book_id = any (cast(:books as uuid[]))", NamedBook.class)
                .setParameter("me", caller.get().personId()).setParameter("books", books.toArray(UUID[]::new)).getResultList()
                .forEach(named -> names.put(named.book(), "person".equals(named.kind()) && !own(named.book())
                        ? "Annotator " + shown.getOrDefault(named.book(), named.book()).toString().substring(0, 8) : named.name()));
        return names;
    }

    @Override
    public Map<UUID, UUID> shownAs(Collection<UUID> books) {
        var organisation = ownOrganisation();
        if (organisation == null || books.isEmpty()) {
            return Map.of();
        }
        var people = session.createNativeQuery("select book_id from ledger_book where kind = 'person' and book_id = any (cast(:books as uuid[]))",
                UUID.class).setParameter("books", books.toArray(UUID[]::new)).getResultList();
        return people.isEmpty() ? Map.of() : pseudonyms.of(organisation, people);
    }

    @Override
    public UUID meantBy(UUID shown) {
        var organisation = ownOrganisation();
        return organisation == null ? shown : pseudonyms.person(organisation, shown).orElse(shown);
    }
}
