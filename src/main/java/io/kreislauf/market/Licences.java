package io.kreislauf.market;

import io.kreislauf.Page;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looking at licences. */
@ApplicationScoped
public class Licences {

    private final LicenceRows rows;

    Licences(LicenceRows rows) {
        this.rows = rows;
    }

    /** Bought or sold by the caller's organisation, newest first. */
    Page<Licence> page(Caller caller, String after, int limit) {
        return Page.of(rows.licences(caller.organisation(), cursor(after), limit + 1), limit, Licence::licenceId);
    }

    /** Made to or by the caller's organisation, newest first. */
    Page<LicenceOffer> offers(Caller caller, String after, int limit) {
        return Page.of(rows.offers(caller.organisation(), cursor(after), limit + 1), limit, LicenceOffer::offerId);
    }

    /** Of all buyers, in the order of the versions. For the circuit, which decides who sees what. */
    public List<Licence> ofVersions(Collection<UUID> versionIds) {
        return rows.ofVersions(versionIds);
    }

    public Optional<Licence> find(UUID licenceId) {
        return rows.licence(licenceId);
    }

    static UUID cursor(String after) {
        return after == null || after.isEmpty() ? null : UUID.fromString(after);
    }
}
