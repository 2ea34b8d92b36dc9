package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Leg;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The fixed byte form of a leaf (docs/reference/ledger-seals.md, with test vectors). A text is its length in UTF-8 bytes
 * (4 bytes, big-endian) and the bytes; a number is 8 bytes, big-endian; a time is its microseconds since 1970.
 *
 * @param body the event as the database writes its JSON
 */
public record SealedForm(long tx, long seq, UUID entryId, String event, Instant effectiveAt, Instant occurredAt, Instant postedAt, String sourceKind,
                         UUID sourceId, UUID reverses, byte[] bodyHash, String idempotencyKey, String body, byte[] salt, List<Leg> legs) {

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
        return new Bytes().raw("KLLEAF1\n".getBytes(StandardCharsets.US_ASCII)).number(tx).number(seq).text(entryId.toString()).text(event)
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
        var bytes = new Bytes().raw("KLBOOK1\n".getBytes(StandardCharsets.US_ASCII)).raw(bookSalt(book)).text(book.toString()).number(own.size());
        own.forEach(leg -> bytes.text(leg.commodity().text()).text(leg.account().text()).number(leg.amount()));
        return Digests.sha256(bytes.toByteArray());
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
