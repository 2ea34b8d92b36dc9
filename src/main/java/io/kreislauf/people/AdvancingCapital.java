package io.kreislauf.people;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.MeansEvent.MeansBought;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.book.EntryRef;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** M - C: money that an organisation advances, and means of production that it buys from suppliers off the platform. */
@ApplicationScoped
public class AdvancingCapital {

    /** @param bankReference names the payment at the bank; each is confirmed once, whatever is repeated */
    public record Deposit(String currency, long amountMinor, String bankReference, Instant effectiveAt) {}

    /**
     * @param means     what is bought: tooling, source, compute ...
     * @param character produced, rent, tax or fee: reports turn only the produced into hours
     */
    public record Purchase(String means, String currency, long amountMinor, String character, String sector, String country,
                           Instant effectiveAt) {}

    /** @param entryId the ledger entry that books it */
    public record Booked(UUID entryId) {}

    private static final long AMOUNT_MINOR_MAX = 1_000_000_000_000_00L;

    private final Ledger ledger;
    private final Organisations organisations;
    private final DatabaseClock clock;
    private final RepeatedRequests repeated;

    AdvancingCapital(Ledger ledger, Organisations organisations, DatabaseClock clock, RepeatedRequests repeated) {
        this.repeated = repeated;
        this.ledger = ledger;
        this.organisations = organisations;
        this.clock = clock;
    }

    /** An operator confirms a deposit seen at the bank; only then it counts as CASH. */
    @Transactional
    public Booked confirm(Caller operator, UUID organisationId, Deposit deposit) {
        organisations.find(organisationId).orElseThrow(() -> Refusal.missing("organisation", organisationId));
        check(deposit.currency(), deposit.amountMinor());
        if (deposit.bankReference() == null || deposit.bankReference().isBlank() || deposit.bankReference().length() > 140) {
            throw Refusal.invalid("bankReference", "A bank reference has 1 to 140 characters.", "Copy it from the bank statement.");
        }
        UUID depositId = UUID.nameUUIDFromBytes(("deposit:" + deposit.bankReference()).getBytes(StandardCharsets.UTF_8));
        return booked(ledger.post(new CapitalAdvanced(depositId, new Book(organisationId), deposit.currency(), deposit.amountMinor(),
                deposit.bankReference()), clock.effective(deposit.effectiveAt())));
    }

    /**
     * @param key the client's Idempotency-Key, or null
     * @throws Refusal NO_FUNDS if the organisation's CASH does not suffice
     */
    @Transactional
    public Booked buy(Caller requester, String key, Purchase purchase) {
        return repeated.once(requester.organisation(), key, List.of("means", purchase), Booked.class, () -> bought(requester, purchase));
    }

    private Booked bought(Caller requester, Purchase purchase) {
        check(purchase.currency(), purchase.amountMinor());
        if (purchase.means() == null || !purchase.means().matches("[a-z][a-z0-9-]{0,39}")) {
            throw Refusal.invalid("means", "Means are named by 1 to 40 of a-z 0-9 - .", "Send tooling, source or compute.");
        }
        Supply.Nature character;
        try {
            character = Supply.Nature.valueOf(String.valueOf(purchase.character()).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.invalid("character", "A purchase is produced, rent, tax or fee.", "Say which.");
        }
        if (purchase.country() == null || !purchase.country().matches("[A-Z]{2}")) {
            throw Refusal.invalid("country", "A country is an ISO 3166-1 alpha-2 code.", "For Germany send DE.");
        }
        if (purchase.sector() == null || purchase.sector().isBlank()) {
            throw Refusal.invalid("sector", "The supplier's sector is missing.", "Send an ISIC or NACE code such as J62.");
        }
        return booked(ledger.post(new MeansBought(UUID.randomUUID(), new Book(requester.organisation()), purchase.means(), purchase.currency(),
                purchase.amountMinor(), new Supply(character, purchase.sector(), purchase.country())), clock.effective(purchase.effectiveAt())));
    }

    private static Booked booked(Optional<EntryRef> entry) {
        return new Booked(entry.orElseThrow().entryId());
    }

    private static void check(String currency, long amountMinor) {
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException | NullPointerException unknown) {
            throw Refusal.invalid("currency", "%s is no ISO 4217 currency.".formatted(currency), "Send for instance USD or EUR.");
        }
        if (amountMinor <= 0 || amountMinor > AMOUNT_MINOR_MAX) {
            throw Refusal.invalid("amountMinor", "An amount is 1 to %d minor units.".formatted(AMOUNT_MINOR_MAX), "Send the amount in minor units (cents).");
        }
    }
}
