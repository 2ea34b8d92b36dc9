package io.kreislauf.ledger.export;

import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.seal.SealedForm;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An entry on its way out, with the legs of the books that are exported.
 *
 * @param kinds kind of each book of the entry
 */
record ExportedEntry(Long leafNo, long tx, long seq, UUID entryId, String event, Instant effectiveAt, Instant occurredAt, Instant postedAt,
                     String sourceKind, UUID sourceId, UUID reverses, String idempotencyKey, String bodyHash, String salt, String body,
                     List<Leg> legs, Map<UUID, String> kinds) {

    /** As it is sealed; of an entry with all that it was exported with. */
    SealedForm form() {
        return new SealedForm(tx, seq, entryId, event, effectiveAt, occurredAt, postedAt, sourceKind, sourceId, reverses, HexFormat.of().parseHex(bodyHash),
                idempotencyKey, body, HexFormat.of().parseHex(salt), legs);
    }

    /** The same with other legs, and without what would open those that are left out. */
    ExportedEntry showing(List<Leg> shown) {
        return new ExportedEntry(leafNo, tx, seq, entryId, event, effectiveAt, occurredAt, postedAt, sourceKind, sourceId, reverses, "", "", "", "",
                shown, Map.of());
    }
}
