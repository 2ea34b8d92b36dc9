package io.kreislauf.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.audit.AuditResult.Finding;
import io.kreislauf.ledger.audit.TamperedLedger.Read;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each invariant broken on purpose, in a database of its own: the audit says which it is, and where. */
@QuarkusTest
class PlantedBreachesIT {

    /** Whether it is new: then the audit that goes on from the last one finds it too. */
    private enum Found { ALSO_INCREMENTALLY, FROM_ZERO_ONLY }

    /**
     * @param broken every invariant that this breaks
     * @param named  what the audit must say of the first of them: the invariant, the place, the detail
     */
    private record Planted(String what, Set<Integer> broken, Finding named, Found found, boolean folded, List<String> changes) {}

    private static final String ANYBODY = UUID.randomUUID().toString();
    private static final String PROJECT = UUID.randomUUID().toString();
    private static final String THING = UUID.randomUUID().toString();

    @Inject
    ObjectMapper json;
    @Inject
    @All
    List<AuditCheck> checks;
    @Inject
    @All
    List<AuditProbe> probes;

    @TempDir
    Path files;

    private final List<Planted> planted = new ArrayList<>();
    private String d;
    private String a;
    private String w;
    private String unreleased;

    @Test
    void whateverIsBrokenIsFoundAndNamed() throws Exception {
        try (var ledger = new TamperedLedger("planted", json, checks, probes, files)) {
            d = ledger.example.d.toString();
            a = ledger.example.a.toString();
            w = ledger.example.w.toString();
            unreleased = ledger.unreleased.toString();
            entries();
            reversals();
            licences(ledger);
            holds();
            projections();
            hours();
            newHoursAndReleases();
            seals(ledger);
            releases();
            unreadable(ledger);
            assertEquals(IntStream.rangeClosed(1, 14).boxed().collect(Collectors.toSet()),
                    planted.stream().map(each -> each.named.invariant()).collect(Collectors.toSet()), "every invariant is broken once at least");
            assertTrue(planted.size() > 45, planted.size() + " breaches");
            var wrong = new ArrayList<String>();
            for (var each : planted) {
                var audited = ledger.after(each.changes, each.folded);
                said(each, "from zero", audited.fromZero(), wrong);
                if (!broken(audited.next()).equals(broken(audited.fromZero()))) {
                    wrong.add(each.what + ": forgotten by the next audit");
                }
                if (each.found == Found.ALSO_INCREMENTALLY) {
                    said(each, "incrementally", audited.incremental(), wrong);
                } else if (broken(audited.incremental()).contains(each.named.invariant())) {
                    wrong.add(each.what + ": found incrementally too, other than documented");
                }
            }
            assertEquals(List.of(), wrong);
        }
    }

    @Test
    void anAuditThatGoesOnReadsNoMoreHoweverManyEntriesLieBehindIt() throws Exception {
        try (var ledger = new TamperedLedger("grown", json, checks, probes, files)) {
            var few = ledger.readAfter(1_000);
            var many = ledger.readAfter(9_000);
            assertTrue(Read.sum(many.fromZero()) > 5 * Read.sum(few.fromZero()), few + ", " + many);
            assertTrue(Read.sum(many.incremental()) < 1.5 * Read.sum(few.incremental()) && Read.sum(many.incremental()) < 2_000, few + ", " + many);
        }
    }

    @Test
    void anAuditFromZeroIsDueOnceADay() throws Exception {
        try (var ledger = new TamperedLedger("due", json, checks, probes, files)) {
            assertEquals(List.of(false, true, false), ledger.dueFromZero());
        }
    }

    private static void said(Planted each, String how, AuditResult result, List<String> wrong) {
        var expected = each.named.breaches().getFirst();
        if (!broken(result).equals(new TreeSet<>(each.broken)) || result.invariants().stream().filter(finding -> finding.invariant() == each.named.invariant())
                .flatMap(finding -> finding.breaches().stream()).noneMatch(breach -> breach.place().equals(expected.place()) && String.valueOf(breach.detail()).contains(expected.detail()))) {
            wrong.add("%n%s, %s: expected %s and %s, but was %s".formatted(each.what, how, each.broken, expected,
                    result.invariants().stream().filter(finding -> !finding.holds()).toList()));
        }
    }

    private static Set<Integer> broken(AuditResult result) {
        return result.invariants().stream().filter(finding -> !finding.holds()).map(Finding::invariant).collect(Collectors.toCollection(TreeSet::new));
    }

    private void plant(String what, Set<Integer> broken, int invariant, String place, String detail, Found found, boolean folded, String... changes) {
        planted.add(new Planted(what, broken, new Finding(invariant, "", false, List.of(new Breach(place, detail))), found, folded, List.of(changes)));
    }

    /** New entries, in the first transaction that is not folded. */
    private void plantEntry(String what, Set<Integer> broken, int invariant, String place, String detail, String... changes) {
        plant(what, broken, invariant, place, detail, Found.ALSO_INCREMENTALLY, true, changes);
    }

    private void plantOld(String what, Set<Integer> broken, int invariant, String place, String detail, String... changes) {
        plant(what, broken, invariant, place, detail, Found.FROM_ZERO_ONLY, false, changes);
    }

    private void plantNow(String what, Set<Integer> broken, int invariant, String place, String detail, String... changes) {
        plant(what, broken, invariant, place, detail, Found.ALSO_INCREMENTALLY, false, changes);
    }

    private static String entry(String id, String event, String reverses, String books, String commodity, String accounts, String amounts) {
        return """
                insert into ledger_entry (tx, entry_id, event, body, body_hash, idempotency_key, source_kind, source_id, reverses, books, commodities, accounts, amounts)
                values (ledger_folded_tx(), '%s', '%s', '{}', sha256('x'), 'planted-%s', 'planted', gen_random_uuid(), %s, '{%s}', '{%s,%s}', '{%s}', '{%s}')
                """.formatted(id, event, id, reverses, books, commodity, commodity, accounts, amounts);
    }

    private void entries() {
        plantEntry("an unbalanced entry", Set.of(1), 1, "entry " + THING, d + " is off by 1 USD",
                "alter table ledger_entry drop constraint ledger_entry_fits",
                entry(THING, "Test", "null", d + "," + d, "USD", "MEANS:tooling,REVENUE:tooling", "10,-9"));
        plantEntry("hours received that nobody gave", Set.of(2, 3), 2, "entry " + THING, a + " gave and " + d + " received differ by -10 LABOUR",
                entry(THING, "Test", "null", d + "," + d, "LABOUR", "PRODUCTION:x:direct,RECEIVED:" + a, "10,-10"));
        plantEntry("hours out of nothing", Set.of(3), 3, "entry " + THING, "REVENUE:x cannot hold LABOUR",
                entry(THING, "Test", "null", d + "," + d, "LABOUR", "PRODUCTION:x:direct,REVENUE:x", "10,-10"));
        plantEntry("more hours gone than there were", Set.of(3), 3, "book " + w + " LOST:search", "-10 LABOUR",
                entry(THING, "Test", "null", w + "," + w, "LABOUR", "LOST:search,EXPENDED:search", "-10,10"));
        plantEntry("a retry booked twice", Set.of(6), 6, "key again", "2 entries",
                "alter table ledger_entry drop constraint ledger_entry_key",
                entry(THING, "Test", "null", d + "," + d, "USD", "MEANS:tooling,REVENUE:tooling", "10,-10"),
                entry(ANYBODY, "Test", "null", d + "," + d, "USD", "MEANS:tooling,REVENUE:tooling", "10,-10"),
                "update ledger_entry set idempotency_key = 'again' where event = 'Test'");
        plantEntry("a rejection that takes hours away", Set.of(8), 8, "entry " + THING, "WorkRejected changes the hours of " + d + " by -10",
                entry(THING, "WorkRejected", "null", d + "," + d, "LABOUR", "UNREALISED:x,PRODUCTION:" + unreleased + ":direct", "10,-10"));
        plantOld("an entry below a sealed watermark", Set.of(10), 10, "entry " + THING, "after it was sealed",
                entry(THING, "Test", "null", d + "," + d, "USD", "MEANS:tooling,REVENUE:tooling", "10,-10"),
                "update ledger_entry set tx = (select max(tx) - 1 from ledger_head) where entry_id = '" + THING + "'",
                "select ledger_project(0, ledger_folded_tx(), true)");
        plantEntry("an entry in a book that no export knows", Set.of(13), 13, "entry " + THING, "is another one when it is exported and read back",
                entry(THING, "Test", "null", ANYBODY + "," + ANYBODY, "USD", "MEANS:tooling,REVENUE:tooling", "10,-10"));
    }

    private void reversals() {
        var advanced = "(select entry_id from ledger_entry where event = 'CapitalAdvanced' and books[1] = '" + a + "')";
        var back = a + "," + a;
        plantEntry("a reversal of another amount", Set.of(7), 7, "entry " + THING, "is not the negative of",
                entry(THING, "Reversal", advanced, back, "USD", "CASH,CAPITAL", "-1,1"));
        plantEntry("a reversal of nothing", Set.of(7), 7, "entry " + THING, "is not the negative of",
                entry(THING, "Reversal", "'" + ANYBODY + "'", back, "USD", "MEANS:tooling,REVENUE:tooling", "1,-1"));
        plantEntry("two reversals of one entry", Set.of(7), 7, "entry " + ANYBODY, "was reversed 2 times",
                "drop index ledger_entry_reversed",
                entry(ANYBODY, "Test", "null", back, "USD", "RECEIVABLE:x,REVENUE:x", "5,-5"),
                entry(THING, "Reversal", "'" + ANYBODY + "'", back, "USD", "RECEIVABLE:x,REVENUE:x", "-5,5"),
                entry(PROJECT, "Reversal", "'" + ANYBODY + "'", back, "USD", "RECEIVABLE:x,REVENUE:x", "-5,5"));
    }

    private void licences(TamperedLedger ledger) throws Exception {
        var product = ledger.texts("select body ->> 'product' from ledger_entry where event = 'LicenceSold'").getFirst();
        var licence = ledger.texts("select source_id from ledger_entry where event = 'LicenceSold'").getFirst();
        plantEntry("a licence sold twice", Set.of(4), 4, "product " + product, "licence 1 was sold 2 times", soldAgain("body"));
        plantEntry("a licence with more than its share", Set.of(4), 4, "entry " + THING, "carries 540000000 LABOUR of 360000000 as 2 of 2",
                soldAgain("jsonb_set(jsonb_set(body, '{k}', '2'), '{whole,labour,observedMillis}', '360000000')"));
        plantNow("a licence of a version that had less", Set.of(4), 4, "licence " + licence, "carries 540000000 LABOUR of 10", """
                insert into dataset_version (version_id, project_id, organisation_id, number, name, state, licences_declared, released_at, currency, stock, hours,
                                             annotators, train_rows, test_rows, watermark)
                values ('%s', '%s', '%s', 1, 'x', 'released', 2, now(), 'USD', '{"labour": {"observedMillis": 10, "declaredMillis": 0}, "costs": []}', '{}', 1, 1, 1, '{}')
                """.formatted(product, PROJECT, d), licenceRow(licence, product, 2));
        plantNow("a licence used once too often", Set.of(4), 4, "licence " + THING, "2 runs of 1", licenceRow(THING, ANYBODY, 1),
                "insert into training_run_licence (run_id, licence_id, ordinal) values ('%s', '%s', 1), ('%s', '%s', 2)".formatted(PROJECT, THING, ANYBODY, THING));
    }

    private String licenceRow(String licence, String version, int runs) {
        return """
                insert into licence (licence_id, version_id, ordinal, seller_organisation_id, buyer_organisation_id, price_minor, currency, runs_total, sold_at,
                                     beyond_declared, stock)
                values ('%s', '%s', 1, '%s', '%s', 1, 'USD', %d, now(), false, '{}')
                """.formatted(licence, version, d, a, runs);
    }

    private static String soldAgain(String body) {
        return """
                insert into ledger_entry (tx, entry_id, event, body, body_hash, idempotency_key, source_kind, source_id, books, commodities, accounts, amounts)
                select ledger_folded_tx(), '%s', event, %s, body_hash, 'planted', source_kind, gen_random_uuid(), books, commodities, accounts, amounts
                  from ledger_entry where event = 'LicenceSold'
                """.formatted(THING, body);
    }

    private void holds() {
        plantNow("a guard that is not what was booked", Set.of(5), 5, "book " + d + " CASH", "guard 974001, booked 974000 USD",
                "insert into ledger_guard (book_id, commodity, account, amount) values ('" + d + "', 'USD', 'CASH', 1)");
        plantEntry("an overdrawn account", Set.of(5), 5, "book " + a + " CASH", "booked -215000 USD",
                entry(THING, "Test", "null", a + "," + a, "USD", "MEANS:tooling,CASH", "1000000,-1000000"));
        plantNow("a slot that no escrow covers", Set.of(5), 5, "ESCROW:" + PROJECT, "holds 0 and needs 25", project(25, 0), """
                insert into slot (project_id, item_id, ordinal, state) values ('%s', '%s', 1, 'open')""".formatted(PROJECT, ANYBODY));
        plantNow("a submission under appeal that no escrow covers", Set.of(5), 5, "ESCROW:" + PROJECT, "holds 0 and needs 25", project(25, 0), submission("rejected", 0, 25));
        plantNow("wages due that no escrow covers", Set.of(5), 5, "ESCROW:" + PROJECT, "holds 0 and needs 7", project(25, 0), """
                insert into wage_due (organisation_id, project_id, annotator_id, kind, fund, currency, amount_minor, period, accrued_at)
                values ('%s', '%s', '%s', 'reward', 'escrow', 'USD', 7, '2026-01-01', now())""".formatted(d, PROJECT, w));
        plantEntry("escrow that nobody can earn", Set.of(5), 5, "ESCROW:" + PROJECT, "holds 9 and needs 0", project(25, 0),
                entry(THING, "Test", "null", d + "," + d, "USD", "ESCROW:" + PROJECT + ",CASH", "9,-9"));
        plantNow("a reserve that is not there", Set.of(5), 5, "ESCROW:" + PROJECT + ":reserve", "holds 0, declared 100, paid from it 0", project(25, 100));
    }

    private String project(int reward, int reserve) {
        return """
                insert into project (project_id, organisation_id, title, form, state, currency, pay_rule, reward_minor, estimate_millis, labels_wanted, reserve_minor)
                values ('%s', '%s', 'x', '{}', 'published', 'USD', 'piece', %d, 1, 1, %d)
                """.formatted(PROJECT, d, reward, reserve);
    }

    private String submission(String state, long observedMillis, long reward) {
        return """
                insert into submission (submission_id, claim_id, slot_id, project_id, item_id, annotator_id, answer, form_version, submitted_at, effective_at, state,
                                        observed_millis, reward_minor, review_until)
                values ('%s', '%s', '%s', '%s', '%s', '%s', '{}', 1, now(), now(), '%s', %d, %d, now())
                """.formatted(THING, ANYBODY, ANYBODY, PROJECT, ANYBODY, w, state, observedMillis, reward);
    }

    private void projections() {
        var cash = "where book_id = '" + d + "' and account = 'CASH'";
        plantOld("a leg changed", Set.of(9), 9, "book " + d + " CASH", "is 1000001 USD on CASH, the entry has 1000000 USD on CASH",
                "update ledger_leg set amount = amount + 1 " + cash + " and amount = 1000000");
        plantOld("a leg's time changed", Set.of(9), 9, "book " + d + " CASH", "of entry",
                "update ledger_leg set posted_at = posted_at - interval '1 microsecond' " + cash + " and amount = 1000000");
        plantOld("a leg gone", Set.of(9), 9, "book " + d + " CASH", "is missing, the entry has 1000000 USD", "delete from ledger_leg " + cash + " and amount = 1000000");
        plant("a leg that no entry has", Set.of(9), 9, "book " + d + " CASH", "is 5 USD on CASH, the entry has none", Found.FROM_ZERO_ONLY, true, """
                insert into ledger_leg (book_id, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id)
                values ('%s', 'CASH', 'USD', ledger_folded_tx(), 1, 1, 5, now(), now(), '%s')""".formatted(d, THING));
        plantOld("a day changed", Set.of(9), 9, "book " + d + " CASH on 2026-01-05", "days 1000001 in 1 legs, legs 1000000 in 1 USD",
                "update ledger_day set amount = amount + 1 " + cash + " and effective_day = '2026-01-05'",
                "update ledger_sum set amount = amount + 1 " + cash);
        plantOld("a day gone", Set.of(9), 9, "book " + d + " CASH on 2026-01-05", "days 0 in 0 legs, legs 1000000 in 1 USD",
                "delete from ledger_day " + cash + " and effective_day = '2026-01-05'",
                "update ledger_sum set amount = amount - 1000000, legs = legs - 1 " + cash);
        plantOld("where the legs of a day are changed", Set.of(9), 9, "book " + d + " CASH on 2026-01-05", "days 1000000 in 1 legs",
                "update ledger_day set first_tx = first_tx + 1 " + cash + " and effective_day = '2026-01-05'");
        plantOld("a sum changed", Set.of(9), 9, "book " + d + " CASH", "sum 974001 in", "update ledger_sum set amount = amount + 1 " + cash);
        plantOld("a sum gone", Set.of(9), 9, "book " + d + " CASH", "sum 0 in 0 legs, days 974000", "delete from ledger_sum " + cash);
    }

    private void hours() {
        plantOld("more than a day in a day", Set.of(11), 11, "annotator " + ANYBODY, "90000000 ms on 2026-02-01",
                "alter table worked_interval drop constraint one_day", interval(ANYBODY, "[2026-02-01 00:00Z,2026-02-02 01:00Z)"));
        plantOld("a second twice", Set.of(11), 11, "annotator " + ANYBODY, "two booked intervals share a second",
                "alter table worked_interval drop constraint one_task_a_second", interval(ANYBODY, "[2026-02-01 00:00Z,2026-02-01 01:00Z)"),
                interval(ANYBODY, "[2026-02-01 00:30Z,2026-02-01 00:40Z)"));
        plantOld("hours booked without intervals", Set.of(11), 11, "annotator " + w, "booked 1083600000 ms, intervals 3600000 ms",
                interval(w, "[2026-02-16 00:00Z,2026-02-16 01:00Z)"));
        plantOld("intervals that are not in the book", Set.of(11), 11, "annotator " + ANYBODY, "intervals 3600000 ms",
                interval(ANYBODY, "[2026-02-01 00:00Z,2026-02-01 01:00Z)"));
        plantOld("a submission with more time than its intervals", Set.of(11), 11, "submission " + THING, "5000 ms, intervals 0", submission("approved", 5_000, 25));
    }

    /** With the entries that make an audit which goes on look at them. */
    private void newHoursAndReleases() {
        var searched = entry(THING, "Test", "null", w + "," + w, "LABOUR", "LOST:search,EXPENDED:search", "5,-5");
        plantEntry("new hours without intervals", Set.of(11), 11, "annotator " + w, "intervals 3600000 ms", searched, interval(w, "[2026-02-16 00:00Z,2026-02-16 01:00Z)"));
        var today = LocalDate.now(ZoneOffset.UTC).minusDays(1) + " 12:00Z";
        plantEntry("a second of a new entry twice", Set.of(11), 11, "annotator " + w, "two booked intervals share a second",
                "alter table worked_interval drop constraint one_task_a_second", searched, interval(w, "[" + today + "," + today.replace("12:", "13:") + ")"),
                interval(w, "[" + today.replace(":00Z", ":30Z") + "," + today.replace("12:00Z", "12:40Z") + ")"));
        plantEntry("a new submission with more time than its intervals", Set.of(11), 11, "submission " + THING, "5000 ms, intervals 0",
                bought("Test", "submission", THING), submission("approved", 5_000, 25));
        plantEntry("a rejected label in a new release", Set.of(14), 14, "version " + PROJECT, "submission " + THING + " is rejection_final",
                bought("DatasetReleased", "dataset-version", PROJECT), submission("rejection_final", 0, 25),
                "insert into version_submission (version_id, submission_id, item_id, pseudonym) values ('%s', '%s', '%s', gen_random_uuid())".formatted(PROJECT, THING, ANYBODY));
    }

    private String bought(String event, String kind, String source) {
        return entry(ANYBODY, event, "null", d + "," + d, "USD", "MEANS:tooling,REVENUE:tooling", "10,-10").replace("'planted', gen_random_uuid()", "'%s', '%s'".formatted(kind, source));
    }

    private static String interval(String annotator, String span) {
        return "insert into worked_interval (annotator_id, time_class, source, span, period) values ('%s', 'direct', 'observed', '%s', '2026-02-01')".formatted(annotator, span);
    }

    private void seals(TamperedLedger ledger) throws Exception {
        var first = ledger.texts("select entry_id from ledger_leaf where leaf_no = 0").getFirst();
        var size = Long.parseLong(ledger.texts("select count(*) from ledger_leaf").getFirst());
        plantOld("a sealed entry changed", Set.of(12), 12, "entry " + first, "is not as it was sealed as leaf 0",
                "update ledger_entry set source_kind = source_kind || 'x' where entry_id = '" + first + "'");
        plantOld("a leaf gone", Set.of(10, 12), 12, "leaf 3", "is missing", "delete from ledger_leaf where leaf_no = 3");
        plantOld("a node changed", Set.of(12), 12, "node 1 of level 2", "is not the hash of the leaves below it",
                "update ledger_node set hash = sha256('x') where level = 2 and node_no = 1");
        plantOld("a node gone", Set.of(12), 12, "node 0 of level 1", "is missing", "delete from ledger_node where level = 1 and node_no = 0");
        plantOld("a node too many", Set.of(12), 12, "node 99 of level 3", "is of no tree of " + size + " leaves",
                "insert into ledger_node (level, node_no, hash) values (3, 99, sha256('x'))");
        plantOld("the last head gone", Set.of(12), 12, "head " + size, "is missing", "delete from ledger_head where tree_size = " + size);
        plantOld("a head of another root", Set.of(12), 12, "head " + size, "is not the root of the leaves below it",
                "update ledger_head set root = sha256('x') where tree_size = " + size);
        plantOld("a head that nobody signed", Set.of(12), 12, "head " + size, "is not signed by key",
                "update ledger_head set firm_at = firm_at + interval '1 second' where tree_size = " + size);
        plantEntry("a new leaf that is not of its entry", Set.of(12), 12, "entry " + THING, "is not as it was sealed as leaf " + size,
                entry(THING, "Test", "null", d + "," + d, "USD", "MEANS:tooling,REVENUE:tooling", "10,-10"),
                "insert into ledger_leaf (leaf_no, entry_id, hash) values (%d, '%s', sha256('x'))".formatted(size, THING));
    }

    private void releases() {
        var released = "insert into version_submission (version_id, submission_id, item_id, pseudonym) values ('%s', '%s', '%s', gen_random_uuid())"
                .formatted(PROJECT, THING, ANYBODY);
        plantOld("a rejected label in a release", Set.of(14), 14, "version " + PROJECT, "submission " + THING + " is rejection_final", released, submission("rejection_final", 0, 25));
        plantOld("a label in a release that nobody gave", Set.of(14), 14, "version " + PROJECT, "submission " + THING + " is unknown", released);
        plantOld("an answer without its labels", Set.of(14), 14, "version " + PROJECT, "item " + ANYBODY + " rests on 3 labels, 0 are released", """
                insert into version_row (version_id, item_id, split, answer, labels) values ('%s', '%s', 'train', '{}', 3)""".formatted(PROJECT, ANYBODY));
    }

    /** What cannot even be read is a finding like others, and does not keep the audit from the rest. */
    private void unreadable(TamperedLedger ledger) throws Exception {
        var first = ledger.texts("select entry_id from ledger_leaf where leaf_no = 0").getFirst();
        plantOld("a currency that is none", Set.of(5, 9, 12, 13), 12, "entry " + first, "cannot be read, 'USE' is no ISO 4217 currency",
                "update ledger_entry set commodities = array_replace(commodities, 'USD', 'USE') where entry_id = '" + first + "'");
        var sold = ledger.texts("select entry_id from ledger_entry where event = 'LicenceSold'").getFirst();
        plantOld("a body that is no licence's", Set.of(4, 12), 12, "entry " + sold, "is not as it was sealed",
                "update ledger_entry set body = jsonb_set(body, '{k}', '\"first\"') where event = 'LicenceSold'");
    }
}
