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

    private final SealedForm form = form("000102030405060708090a0b0c0d0e0f");

    private static SealedForm form(String salt) {
        return new SealedForm(42, 7, UUID.fromString("01976000-0000-7000-8000-000000000001"), "WorkSubmitted", DAY, DAY,
            DAY.plusNanos(1_000), "submission", UUID.fromString("01976000-0000-7000-8000-000000000002"), null, Digests.sha256("x".getBytes()),
            "WorkSubmitted:01976000-0000-7000-8000-000000000002", "{\"submission\": \"\u00e4\"}", HEX.parseHex(salt), List.of(
            leg(W, "GIVEN:" + D, 150_000), leg(W, "EXPENDED:direct", -150_000), leg(D, "PRODUCTION:p:direct", 150_000), leg(D, "RECEIVED:" + W, -150_000)));
    }

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

    @Test
    void formTwoClosesTheIdsOfOtherBooks() {
        var closing = form("02000102030405060708090a0b0c0d0e0f");
        assertEquals("62392b751b1ee7fd7ee3ac789fe7a721a27286d2a3ed2ed2e51ce64a19dd763d", HEX.formatHex(closing.bodyPart()));
        assertEquals("be42e7a5a3db677ade123e946928cb7ba8ddacf647f64465439ec8ba2458f725", HEX.formatHex(closing.nameSalt(W.id())));
        assertEquals("RECEIVED:#8f66dd77838fdf17de6559797a589beb8e4602ef84558dc6f0e262c768717d59", closing.sealed(new Account("RECEIVED:" + W)));
        assertEquals("2da0da827b509628004a9e7ccb7bba57c08c13a7fe38072a3422e2ae89a824df", HEX.formatHex(closing.bookPart(W)));
        assertEquals("b85746624992c38dd4839cdd4730000ad8a765d09186f25c251d3e28c3bf112d", HEX.formatHex(closing.bookPart(D)));
        assertEquals("59a83093ce9643cecea94e4b794613205617eefc8b48f72ae0bba6fba570c8d1", closing.leafHex());
    }

    private static String sha256OfSignedHead() {
        return "46b409525475f69ea2b8f73438ed54eb4d5e6db5c4e9b041f3ebf63bcdad02a4";
    }
}
