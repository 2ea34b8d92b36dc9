package io.kreislauf.ledger.book;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.either;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** What cannot be booked is refused by name, and of what came with it nothing is written. */
@QuarkusTest
class BadInputIT {

    private static final Commodity USD = Commodity.money("USD");

    @Inject
    Ledger ledger;
    @Inject
    Balances balances;

    private Book book;

    @BeforeEach
    void aBookWithTenDollars() throws Exception {
        book = new Book(TestPeople.organisation("manufacturer"));
        ledger.post(deposit(1_000), null);
    }

    @AfterEach
    void nothingIsHalfWritten() throws Exception {
        assertEquals(1_000, balances.of(book, USD, Account.CASH));
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement("""
                select (select count(*) from ledger_entry where ? = any (books)), (select coalesce(sum(amount), 0) from ledger_guard where book_id = ?)
                """)) {
            select.setObject(1, book.id());
            select.setObject(2, book.id());
            try (var row = select.executeQuery()) {
                row.next();
                assertEquals(1, row.getLong(1), "entries");
                assertEquals(1_000, row.getLong(2), "guarded");
            }
        }
    }

    private CapitalAdvanced deposit(long amountMinor) {
        return new CapitalAdvanced(UUID.randomUUID(), book, "USD", amountMinor, "test");
    }

    private void refused(String code, Posting bad) {
        assertEquals(code, assertThrows(Refusal.class, () -> ledger.postAll(List.of(Posting.of(deposit(5)), bad, Posting.of(deposit(7))))).code());
    }

    @Test
    void amountsBeyondWhatABookHolds() {
        refused("AMOUNT_OUT_OF_RANGE", Posting.of(deposit(1_000_000_000_000_001L)));
        refused("AMOUNT_OUT_OF_RANGE", Posting.of(deposit(Long.MAX_VALUE)));
    }

    @Test
    void amountsBeyond64BitsOverHttp() throws Exception {
        var operator = TestPeople.person("operator", null);
        for (var amount : List.of("9223372036854775808", "1e30", "-5", "0.5", "0", "-0", "-0.0", "1e-30", "1000000000000001")) {
            given().auth().oauth2(operator.token()).contentType("application/json").header("Idempotency-Key", UUID.randomUUID().toString())
                    .body("{\"currency\":\"USD\",\"amountMinor\":" + amount + ",\"bankReference\":\"r" + UUID.randomUUID() + "\"}")
                    .post("/api/organisations/{org}/deposits", book.id()).then().statusCode(either(is(400)).or(is(422)))
                    .body("field", equalTo("amountMinor"));
        }
    }

    @Test
    void anEffectiveTimeInTheFuture() {
        refused("IN_THE_FUTURE", Posting.of(deposit(3), Instant.now().plus(Duration.ofDays(10_000))));
    }

    @Test
    void aBookThatNobodyOpened() {
        refused("UNKNOWN_BOOK", Posting.of(new CapitalAdvanced(UUID.randomUUID(), new Book(UUID.randomUUID()), "USD", 3, "test")));
    }

    /** An event of a currency that does not exist cannot even be made; over HTTP it is the field that is refused. */
    @Test
    void aCurrencyThatDoesNotExist() throws Exception {
        assertEquals(Unbookable.Reason.UNKNOWN_CURRENCY, assertThrows(Unbookable.class,
                () -> new CapitalAdvanced(UUID.randomUUID(), book, "XQZ", 3, "test")).reason());
        given().auth().oauth2(TestPeople.person("operator", null).token()).contentType("application/json")
                .body("{\"currency\":\"XQZ\",\"amountMinor\":3,\"bankReference\":\"r" + UUID.randomUUID() + "\"}")
                .post("/api/organisations/{org}/deposits", book.id()).then().statusCode(422).body("field", equalTo("currency"));
    }

    /** The legs of two books that balance only together, none at all, and of a currency that is none, as the database itself sees them. */
    @Test
    void mixedBooksAndNoLegsInPlainSql() throws Exception {
        var other = TestPeople.organisation("manufacturer");
        refusedByTheDatabase("ledger_entry_balanced", book + "," + other, "USD,USD", "CASH,CAPITAL", "5,-5");
        refusedByTheDatabase("ledger_entry_legs", "", "", "", "");
        refusedByTheDatabase("ledger_entry_commodities", book + "," + book, "dollar,dollar", "CASH,CAPITAL", "5,-5");
        refusedByTheDatabase("ledger_entry_amounts", book + "," + book, "USD,USD", "CASH,CAPITAL", "2000000000000000,-2000000000000000");
        refusedByTheDatabase("ledger_entry_balanced", book + "," + book + "," + book, "USD,USD,USD", "CASH,CAPITAL,CASH",
                "1000000000000000,1000000000000000,1000000000000000");
        refusedByTheDatabase("ledger_entry_accounts", book + "," + book + "," + book + "," + book, "USD,USD,USD,USD",
                "CASH,CAPITAL,CASH,CAPITAL:X", "5,-5,5,-5");
    }

    private void refusedByTheDatabase(String constraint, String books, String commodities, String accounts, String amounts) throws Exception {
        try (var connection = TestDatabase.asApplication(); var insert = connection.createStatement()) {
            var failure = assertThrows(PSQLException.class, () -> insert.execute("""
                    insert into ledger_entry (event, body, body_hash, idempotency_key, source_kind, source_id, books, commodities, accounts, amounts)
                    values ('Test', '{}', sha256('x'), '%s', 'test', gen_random_uuid(), '{%s}', '{%s}', '{%s}', '{%s}')
                    """.formatted(UUID.randomUUID(), books, commodities, accounts, amounts)));
            assertEquals(constraint, failure.getServerErrorMessage().getConstraint(), failure.getMessage());
        }
    }
}
