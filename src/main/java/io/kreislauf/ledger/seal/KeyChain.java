package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.seal.KeyRows.PublicKeyRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of an installation, each vouched for by the one before it. */
final class KeyChain {

    private final Map<String, PublicKeyRow> keys = new LinkedHashMap<>();

    KeyChain(List<PublicKeyRow> rows) {
        rows.forEach(key -> keys.put(key.keyId(), key));
    }

    Optional<PublicKeyRow> key(String keyId) {
        return Optional.ofNullable(keys.get(keyId));
    }

    List<PublicKeyRow> all() {
        return List.copyOf(keys.values());
    }

    /** From the first key, which nobody vouches for, to this one. */
    List<PublicKeyRow> to(String keyId) {
        var chain = new ArrayList<PublicKeyRow>();
        for (var key = keys.get(keyId); key != null && !chain.contains(key); key = keys.get(key.vouchedBy())) {
            chain.addFirst(key);
        }
        return chain;
    }

    /** Whether the later key is the earlier one, or was vouched for by it or by keys that it vouched for. */
    boolean leads(String earlier, String later) {
        var chain = to(later);
        var from = 0;
        while (from < chain.size() && !chain.get(from).keyId().equals(earlier)) {
            from++;
        }
        return from < chain.size() && chain.subList(from + 1, chain.size()).stream().allMatch(key -> wrong(key).isEmpty());
    }

    /** What is wrong with a key itself. */
    Optional<String> wrong(PublicKeyRow key) {
        if (!SigningKey.idOf(key.publicKey()).equals(key.keyId())) {
            return Optional.of("has the public key of " + SigningKey.idOf(key.publicKey()));
        }
        if (key.vouchedBy() == null) {
            return Optional.empty();
        }
        var before = keys.get(key.vouchedBy());
        return before != null && key.voucher() != null && SigningKey.verifies(before.publicKey(), key.publicKey(), key.voucher()) ? Optional.empty()
                : Optional.of("is forged: key " + key.vouchedBy() + " does not vouch for it");
    }
}
