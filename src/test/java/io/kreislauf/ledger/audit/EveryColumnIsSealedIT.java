package io.kreislauf.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bit changed in each column of each sealed table, as the catalogue names them: the audit finds each, and names the row. */
@QuarkusTest
class EveryColumnIsSealedIT {

    /** @param named what the audit says of the row, however it was changed */
    private record Row(String table, String where, String named) {}

    /** Nothing rests on when a key was first used; the voucher for a key belongs to its rotation. */
    private static final Set<String> NOT_SEALED = Set.of("ledger_key.since", "ledger_key.vouched_by", "ledger_key.voucher");

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

    @Test
    void aChangedBitIsFoundWhereverItIs() throws Exception {
        try (var ledger = new TamperedLedger("bits", json, checks, probes, files)) {
            var entry = ledger.texts("select entry_id from ledger_entry where event = 'LicenceSold'").getFirst();
            var size = ledger.texts("select max(tree_size) from ledger_head").getFirst();
            var key = ledger.texts("select key_id from ledger_key").getFirst();
            var rows = List.of(new Row("ledger_entry", "entry_id = '" + entry + "'", "entry " + entry), new Row("ledger_leaf", "leaf_no = 5", "leaf 5"),
                    new Row("ledger_node", "level = 2 and node_no = 1", "node 1 of level 2"), new Row("ledger_head", "tree_size = " + size, "head " + size),
                    new Row("ledger_key", "key_id = '" + key + "'", "is not signed by key " + key));
            var changed = new ArrayList<String>();
            var notFound = new ArrayList<String>();
            for (var row : rows) {
                for (var column : ledger.texts("select column_name || ' ' || udt_name from information_schema.columns where table_schema = 'public' and table_name = '%s'"
                        .formatted(row.table))) {
                    var name = column.split(" ")[0];
                    if (!NOT_SEALED.contains(row.table + "." + name)) {
                        changed.add(row.table + "." + name);
                        var result = ledger.after(List.of("alter table ledger_entry drop constraint ledger_entry_fits, alter seq drop identity",
                                "update %s set %s where %s".formatted(row.table, assignment(name, column.split(" ")[1]), row.where)), false).fromZero();
                        if (result.invariants().stream().filter(finding -> finding.invariant() == 12).flatMap(finding -> finding.breaches().stream())
                                .noneMatch(breach -> (breach.place() + " " + breach.detail()).contains(row.named))) {
                            notFound.add("%n%s.%s: %s".formatted(row.table, name, result.invariants().stream().filter(finding -> !finding.holds()).toList()));
                        }
                    }
                }
            }
            assertEquals(List.of(), notFound);
            assertTrue(changed.size() >= 33, changed.toString());
        }
    }

    /** Flips a bit of the value, of the first element of an array; a null becomes a value. */
    private static String assignment(String column, String type) {
        return type.startsWith("_") ? "%s[1] = %s".formatted(column, flipped(column + "[1]", type.substring(1))) : "%s = %s".formatted(column, flipped(column, type));
    }

    private static String flipped(String value, String type) {
        return switch (type) {
            case "int4", "int8" -> value + " # 64";
            case "uuid" -> "coalesce(cast(%s as uuid), gen_random_uuid())".formatted(digit(value, "0123456789abcdef", "1032547698badcfe"));
            case "jsonb" -> "cast(%s as jsonb)".formatted(digit(value, "0123456789", "1032547698"));
            case "text" -> "overlay(%s placing chr(ascii(%s) # 1) from 1 for 1)".formatted(value, value);
            case "bytea" -> "set_byte(%s, 0, get_byte(%s, 0) # 1)".formatted(value, value);
            case "timestamptz" -> value + " + interval '1 microsecond'";
            default -> throw new AssertionError("a column of type " + type + ": say how to flip a bit of it");
        };
    }

    private static String digit(String value, String from, String to) {
        var text = "cast(%s as text)".formatted(value);
        var at = "regexp_instr(%s, '[%s]')".formatted(text, from);
        return "overlay(%s placing translate(substr(%s, %s, 1), '%s', '%s') from %s for 1)".formatted(text, text, at, from, to, at);
    }
}
