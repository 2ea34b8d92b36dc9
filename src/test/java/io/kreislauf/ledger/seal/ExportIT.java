package io.kreislauf.ledger.seal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.export.Exporting;
import io.kreislauf.ledger.export.Exporting.Format;
import io.kreislauf.ledger.export.Importing;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the ledger is the same elsewhere: in hledger, in Beancount, in another installation. */
@QuarkusTest
class ExportIT {

    @Inject
    Ledger ledger;
    @Inject
    Exporting exporting;
    @Inject
    Balances balances;
    @Inject
    DataSource dataSource;

    @TempDir
    Path files;

    private final WorkedExample example = new WorkedExample();

    @BeforeEach
    void worked() {
        ledger.open(example.d, BookKind.ORGANISATION);
        ledger.open(example.a, BookKind.ORGANISATION);
        ledger.open(example.w, BookKind.PERSON);
        for (var step : example.steps()) {
            ledger.post(step.event(), step.effectiveAt());
        }
    }

    private byte[] exported(Format format, Book book) throws Exception {
        var out = new ByteArrayOutputStream();
        exporting.export(format, book, UnaryOperator.identity(), out);
        return out.toByteArray();
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + says);
        return says;
    }

    private static void assumeInstalled(String program) {
        Assumptions.assumeTrue(isInstalled(program), program + " is missing: apt-get install hledger beancount");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private TreeMap<String, BigDecimal> expected() {
        var expected = new TreeMap<String, BigDecimal>();
        balances.of(example.d).stream().filter(balance -> balance.amount() != 0).forEach(balance -> expected.put(balance.account() + " " + balance.commodity(),
                BigDecimal.valueOf(balance.amount(), balance.commodity().isLabour() ? 0 : 2).stripTrailingZeros()));
        return expected;
    }

    @Test
    void hledgerAcceptsABookAndFindsTheSameBalances() throws Exception {
        assumeInstalled("hledger");
        var file = Files.write(files.resolve("d.journal"), exported(Format.HLEDGER, example.d)).toString();
        run("hledger", "-f", file, "check", "--strict");
        var all = Files.write(files.resolve("all.journal"), exported(Format.HLEDGER, null)).toString();
        run("hledger", "-f", all, "check");
        var found = new TreeMap<String, BigDecimal>();
        for (var line : run("hledger", "-f", file, "balance", "--flat", "--no-total", "-O", "csv", "--layout=bare").lines().skip(1).toList()) {
            var cells = line.replaceAll("^\"|\"$", "").split("\",\"");
            var amount = new BigDecimal(cells[2]).stripTrailingZeros();
            if (amount.signum() != 0) {
                found.put(cells[0].substring(37) + " " + cells[1].replace("\"", ""), amount);
            }
        }
        assertEquals(expected(), found);
    }

    @Test
    void beancountAcceptsABookAndFindsTheSameBalancesUnderReversibleNames() throws Exception {
        assumeInstalled("bean-check");
        var file = Files.write(files.resolve("d.beancount"), exported(Format.BEANCOUNT, example.d)).toString();
        run("bean-check", file);
        run("bean-check", Files.write(files.resolve("all.beancount"), exported(Format.BEANCOUNT, null)).toString());
        assumeInstalled("bean-query");
        var found = new TreeMap<String, BigDecimal>();
        for (var line : run("bean-query", "-f", "csv", file, "select account, currency, sum(number) group by account, currency").lines().skip(1).toList()) {
            var cells = line.split(",");
            var words = cells[0].strip().split(":");
            var account = new StringBuilder(words[2].replace('-', '_'));
            for (var i = 3; i < words.length; i++) {
                account.append(':').append(words[i].substring(1));
            }
            var amount = new BigDecimal(cells[2].strip()).stripTrailingZeros();
            if (amount.signum() != 0) {
                found.put(account + " " + cells[1].strip().replace('.', ':'), amount);
            }
        }
        assertEquals(expected(), found);
    }

    @Test
    void anExportTakenInElsewhereHasTheSameTree() throws Exception {
        var csv = exported(Format.CSV, null);
        try (var other = new OtherInstallation("import")) {
            takenInElsewhere(csv, other.application());
        }
    }

    /** Books of the operator and of agencies too, and references as people write them. */
    @Test
    void booksOfEveryKindAndOddTextsAreAcceptedEverywhereAndComeBackAsTheyWere() throws Exception {
        var texts = List.of("=1+1", "\"quoted\", 'single'", "two\nlines\r\nand a tab\t", "Überweisung 汇款 😀", "; | \\ -- {}", "@SUM(A1)", " ");
        var books = new ArrayList<Book>();
        for (var kind : BookKind.values()) {
            var book = new Book(UUID.randomUUID());
            books.add(book);
            ledger.open(book, kind);
            for (var text : texts) {
                ledger.post(new CapitalAdvanced(UUID.randomUUID(), book, "USD", 100, text), null);
            }
        }
        for (var book : books) {
            if (isInstalled("hledger")) {
                run("hledger", "-f", Files.write(files.resolve(book + ".journal"), exported(Format.HLEDGER, book)).toString(), "check", "--strict");
            }
            if (isInstalled("bean-check")) {
                run("bean-check", Files.write(files.resolve(book + ".beancount"), exported(Format.BEANCOUNT, book)).toString());
            }
        }
        try (var other = new OtherInstallation("odd")) {
            var rows = rowsOf(books, exported(Format.CSV, null));
            assertEquals(1 + books.size() * texts.size(), rows.size());
            new Importing(other.application()).importAll(new ByteArrayInputStream(String.join("\r\n", rows).getBytes(StandardCharsets.UTF_8)));
            var again = new ByteArrayOutputStream();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                again.reset();
                new Exporting(other.application(), new Folding(other.application())).export(Format.CSV, null, UnaryOperator.identity(), again);
                return rowsOf(books, again.toByteArray()).size() == rows.size();
            });
            assertEquals(withoutLeafNumber(rows), withoutLeafNumber(rowsOf(books, again.toByteArray())));
        }
    }

    /** The header and the rows of these books, which have a line each. */
    private static List<String> rowsOf(List<Book> books, byte[] csv) {
        var lines = new String(csv, StandardCharsets.UTF_8).lines().toList();
        return Stream.concat(lines.stream().limit(1), lines.stream().skip(1).filter(line -> books.stream().anyMatch(book -> line.contains(book + "=")))).toList();
    }

    private static List<String> withoutLeafNumber(List<String> rows) {
        return rows.stream().map(row -> row.substring(row.indexOf(','))).toList();
    }

    private void takenInElsewhere(byte[] csv, DataSource elsewhere) throws Exception {
        var importing = new Importing(elsewhere);
        var broken = new String(csv, StandardCharsets.UTF_8).replaceFirst("\\|CASH\\|1000000", "|CASH|1000001").getBytes(StandardCharsets.UTF_8);
        assertEquals("FAULTY_ROWS", assertThrows(Refusal.class, () -> importing.importAll(new ByteArrayInputStream(broken))).code());
        assertThrows(Refusal.class, () -> importing.importAll(new ByteArrayInputStream("a,b\n1,2\n".getBytes())));
        var imported = importing.importAll(new ByteArrayInputStream(csv)).entries();
        assertTrue(imported >= 27, imported + " entries");
        try (var there = elsewhere.getConnection(); var here = dataSource.getConnection()) {
            assertArrayEquals(root(here, imported), root(there, imported), "the tree");
            assertEquals(sums(here, imported), sums(there, imported), "the balances");
            assertTrue(tx(there) > new SealRows(there).unsealed(0, Long.MAX_VALUE, true, imported).getLast().tx(), "what comes next comes after");
        }
        assertEquals("NOT_EMPTY", assertThrows(Refusal.class, () -> importing.importAll(new ByteArrayInputStream(csv))).code());
    }

    @Test
    void oneBookIsForWhoeverMaySeeItAndAllForTheOperator() throws Exception {
        var requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        given().auth().oauth2(requester.token()).get("/api/ledger/export?format=csv&book=all").then().statusCode(403).body("code", equalTo("ALL_BOOKS"));
        given().auth().oauth2(requester.token()).get("/api/ledger/export?format=csv&book={book}", example.d.id()).then().statusCode(404);
        given().auth().oauth2(requester.token()).get("/api/ledger/export?format=hledger&book={book}", requester.organisationId()).then().statusCode(200);
        given().auth().oauth2(requester.token()).get("/api/ledger/export?format=xml&book={book}", requester.organisationId()).then().statusCode(422);
        var operator = TestPeople.person("operator", null);
        var parquet = given().auth().oauth2(operator.token()).get("/api/ledger/export?format=parquet&book=all").then().statusCode(200)
                .extract().asByteArray();
        var file = Files.write(files.resolve("all.parquet"), parquet);
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:"); var statement = duckdb.createStatement(); var row = statement.executeQuery("""
                select sum(amount) from '%s' where book = '%s' and commodity = 'USD' and account = 'CASH'
                """.formatted(file, example.d.id()))) {
            row.next();
            assertEquals(974_000, row.getLong(1));
        }
    }

    private static byte[] root(Connection connection, int entries) throws Exception {
        var tree = new Growing(0, (level, no) -> null);
        try (var select = connection.prepareStatement("select entry_id from ledger_entry order by tx, seq limit " + entries); var row = select.executeQuery()) {
            var rows = new SealRows(connection);
            while (row.next()) {
                tree.add(rows.form(row.getObject(1, UUID.class)).orElseThrow().leafHash());
            }
        }
        return tree.root();
    }

    private static TreeMap<String, Long> sums(Connection connection, int entries) throws Exception {
        var sums = new TreeMap<String, Long>();
        try (var select = connection.prepareStatement("""
                select leg.book || ' ' || leg.account || ' ' || leg.commodity, sum(leg.amount)
                  from (select * from ledger_entry order by tx, seq limit %d) e
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount) group by 1
                """.formatted(entries)); var row = select.executeQuery()) {
            while (row.next()) {
                sums.put(row.getString(1), row.getLong(2));
            }
        }
        return sums;
    }

    private static long tx(Connection connection) throws Exception {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(
                "select cast(cast(pg_current_xact_id() as text) as bigint) + (select tx_offset from ledger_era order by era desc limit 1)")) {
            row.next();
            return row.getLong(1);
        }
    }
}
