package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Leg;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The fixed byte form of a leaf (docs/reference/ledger-seals.md, with test vectors). A text is its length in UTF-8 bytes
 * (4 bytes, big-endian) and the bytes; a number is 8 bytes, big-endian; a time is its microseconds since 1970.
 *
 * <p>Form 2 closes the other books' ids in accounts, so that legs can be opened to an organisation without the people in them. Form 1, of the
 * entries that were written before it, has the accounts as they are.
 *
 * @param body the event as the database writes its JSON
 * @param salt 16 random bytes: form 1; the byte 2 and 16 random bytes: form 2
 */
public record SealedForm(long tx, long seq, UUID entryId, String event, Instant effectiveAt, Instant occurredAt, Instant postedAt, String sourceKind,
                         UUID sourceId, UUID reverses, byte[] bodyHash, String idempotencyKey, String body, byte[] salt, List<Leg> legs) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final List<String> NAMING = List.of("GIVEN:", "RECEIVED:", "WAGES:", "WAGES_DUE:", "WAGES_RECEIVABLE:");

    private static final int SALT_BYTES_OF_FORM_1 = 16;

    /** What the text of a closed id begins with; no account holds it. */
    private static final String CLOSED = "#";

    boolean closesNames() {
        return salt.length == SALT_BYTES_OF_FORM_1 + 1 && salt[0] == 2;
    }

    private byte[] magic(String name) {
        return (name + (closesNames() ? "2\n" : "1\n")).getBytes(StandardCharsets.US_ASCII);
    }

    /** In lower-case hex: what an export says of each entry, so that a change on the way is found. */
    public String leafHex() {
        return HexFormat.of().formatHex(leafHash());
    }

    /** SHA-256(0x00, leaf bytes), as RFC 6962 has it. */
    byte[] leafHash() {
        return Digests.leaf(leafBytes(header(), bodyPart(), bookParts()));
    }

    /** Header, the salted hash of key and body, and the salted hashes of the books' legs in ascending order. */
    static byte[] leafBytes(byte[] header, byte[] bodyPart, List<byte[]> bookParts) {
        var bytes = new Bytes().raw(header).raw(bodyPart).number(bookParts.size());
        bookParts.forEach(bytes::raw);
        return bytes.toByteArray();
    }

    byte[] header() {
        return new Bytes().raw(magic("KLLEAF")).number(tx).number(seq).text(entryId.toString()).text(event)
                .time(effectiveAt).time(occurredAt).time(postedAt).text(sourceKind).text(sourceId.toString())
                .text(reverses == null ? "" : reverses.toString()).toByteArray();
    }

    byte[] bodySalt() {
        return Digests.salt(salt, "body");
    }

    byte[] bodyPart() {
        return Digests.sha256(new Bytes().raw("KLBODY1\n".getBytes(StandardCharsets.US_ASCII)).raw(bodySalt()).raw(bodyHash).text(idempotencyKey)
                .text(body).toByteArray());
    }

    List<Book> books() {
        return legs.stream().map(Leg::book).distinct().toList();
    }

    byte[] bookSalt(Book book) {
        return Digests.salt(salt, "book:" + book);
    }

    List<Leg> legsOf(Book book) {
        return legs.stream().filter(leg -> leg.book().equals(book)).toList();
    }

    byte[] bookPart(Book book) {
        var own = legsOf(book);
        var bytes = new Bytes().raw(magic("KLBOOK")).raw(bookSalt(book)).text(book.toString()).number(own.size());
        own.forEach(leg -> bytes.text(leg.commodity().text()).text(sealed(leg.account())).number(leg.amount()));
        return Digests.sha256(bytes.toByteArray());
    }

    /** The ids of other books that an account names. By its text: a row that was tampered with is hashed like any other. */
    static List<UUID> named(Account account) {
        return NAMING.stream().anyMatch(account.text()::startsWith)
                ? ID.matcher(account.text()).results().map(found -> UUID.fromString(found.group())).toList() : List.of();
    }

    /** An account as it is hashed. */
    String sealed(Account account) {
        var text = account.text();
        if (closesNames()) {
            for (var id : named(account)) {
                text = text.replace(id.toString(), closed(id));
            }
        }
        return text;
    }

    byte[] nameSalt(UUID id) {
        return Digests.salt(salt, "name:" + id);
    }

    private String closed(UUID id) {
        return CLOSED + HexFormat.of().formatHex(Digests.sha256(new Bytes().raw("KLNAME2\n".getBytes(StandardCharsets.US_ASCII)).raw(nameSalt(id))
                .text(id.toString()).toByteArray()));
    }

    /** In ascending order, so that their order tells nothing. */
    List<byte[]> bookParts() {
        return books().stream().map(this::bookPart).sorted(Arrays::compareUnsigned).toList();
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Writes the elements of the byte form. */
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes number(long number) {
            return raw(ByteBuffer.allocate(8).putLong(number).array());
        }

        Bytes text(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            return raw(ByteBuffer.allocate(4).putInt(bytes.length).array()).raw(bytes);
        }

        Bytes time(Instant time) {
            return number(micros(time));
        }

        byte[] toByteArray() {
            return out.toByteArray();
        }
    }
}
