package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Leg;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The vectors of docs/reference/ledger-seals.md, computed by another program. */
class SealedFormTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final Book D = Book.of("00000000-0000-4000-8000-00000000000d");
    private static final Book W = Book.of("00000000-0000-4000-8000-000000000077");
    private static final Instant DAY = Instant.parse("2026-02-16T00:00:00Z");

    private final SealedForm form = new SealedForm(42, 7, UUID.fromString("01976000-0000-7000-8000-000000000001"), "WorkSubmitted", DAY, DAY,
            DAY.plusNanos(1_000), "submission", UUID.fromString("01976000-0000-7000-8000-000000000002"), null, Digests.sha256("x".getBytes()),
            "WorkSubmitted:01976000-0000-7000-8000-000000000002", "{\"submission\": \"\u00e4\"}", HEX.parseHex("000102030405060708090a0b0c0d0e0f"), List.of(
            leg(W, "GIVEN:" + D, 150_000), leg(W, "EXPENDED:direct", -150_000), leg(D, "PRODUCTION:p:direct", 150_000), leg(D, "RECEIVED:" + W, -150_000)));

    private static Leg leg(Book book, String account, long amount) {
        return new Leg(book, Commodity.LABOUR, new Account(account), amount);
    }

    @Test
    void theByteFormIsTheDocumentedOne() {
        assertEquals("c28cb7214f41c0b824801aa03b21d9bd06a0d42d2025bd6754094fcfe714e3ac", HEX.formatHex(form.bodyPart()));
        assertEquals("2f354544ee905ff37f615cff801bd780524bb8c491d7a6077d8e5550994eafeb", HEX.formatHex(form.bookSalt(W)));
        assertEquals("39745e649004f4cc234787ad47a623162038727f06120b6bc8d8330301afe08f", HEX.formatHex(form.bookPart(W)));
        assertEquals("6e9a44128ada911025287992e5660270dc5389fd6a217af7a03644236ee70e23", HEX.formatHex(form.bookPart(D)));
        assertEquals("8564ebbb46576ce5288a86baf1c2f5dcaca4687800b652472d4b82e8a14f6e3d", HEX.formatHex(form.leafHash()));
        assertEquals(sha256OfSignedHead(), HEX.formatHex(Digests.sha256(
                new Head(1, form.leafHash(), 43, DAY, DAY.plusNanos(2_000), "0123456789abcdef", null).signed())));
    }

    private static String sha256OfSignedHead() {
        return "46b409525475f69ea2b8f73438ed54eb4d5e6db5c4e9b041f3ebf63bcdad02a4";
    }
}
