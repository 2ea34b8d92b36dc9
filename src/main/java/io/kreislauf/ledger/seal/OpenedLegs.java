package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.seal.Proofs.OpenedBook;
import io.kreislauf.ledger.seal.Proofs.OpenedName;
import io.kreislauf.ledger.seal.Proofs.ProvenLeg;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The legs of one book as a proof opens them to somebody who knows some of the people in them under pseudonyms only. */
final class OpenedLegs {

    private static final HexFormat HEX = HexFormat.of();

    private final SealedForm form;
    private final Map<UUID, UUID> shownAs;

    /** @param shownAs the ids under which the asker knows these books, where they differ */
    OpenedLegs(SealedForm form, Function<Collection<UUID>, Map<UUID, UUID>> shownAs) {
        this.form = form;
        this.shownAs = shownAs.apply(form.legs().stream().flatMap(leg -> SealedForm.named(leg.account()).stream()).distinct().toList());
    }

    /** Nothing for legs whose form has an id in the open that the asker must not know. */
    Optional<OpenedBook> of(Book book) {
        var legs = form.legsOf(book);
        if (!form.closesNames() && legs.stream().anyMatch(leg -> hides(leg.account()))) {
            return Optional.empty();
        }
        return Optional.of(new OpenedBook(book.toString(), HEX.formatHex(form.bookSalt(book)), legs.stream().map(this::leg).toList()));
    }

    private boolean hides(Account account) {
        return SealedForm.named(account).stream().anyMatch(shownAs::containsKey);
    }

    private ProvenLeg leg(Leg leg) {
        var account = leg.account();
        var names = form.closesNames() ? SealedForm.named(account).stream().filter(id -> !shownAs.containsKey(id))
                .map(id -> new OpenedName(id.toString(), HEX.formatHex(form.nameSalt(id)))).toList() : List.<OpenedName>of();
        return new ProvenLeg(leg.commodity().text(), form.sealed(account), leg.amount(), names, hides(account) ? shown(account) : null);
    }

    private String shown(Account account) {
        var text = account.text();
        for (var id : SealedForm.named(account)) {
            text = text.replace(id.toString(), shownAs.getOrDefault(id, id).toString());
        }
        return text;
    }
}
