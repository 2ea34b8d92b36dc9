package io.kreislauf.ledger.export;

import io.kreislauf.ledger.book.BookAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Accounts with people under the exporter's own pseudonyms of them. */
final class ShownAccounts implements UnaryOperator<String> {

    private static final Pattern SOMEBODY = Pattern.compile("^(GIVEN|RECEIVED|WAGES|WAGES_DUE|WAGES_RECEIVABLE):([0-9a-f-]{36})$");

    private final BookAccess access;
    private final Map<UUID, UUID> known = new HashMap<>();

    ShownAccounts(BookAccess access) {
        this.access = access;
    }

    @Override
    public String apply(String account) {
        var somebody = SOMEBODY.matcher(account);
        if (!somebody.matches()) {
            return account;
        }
        var id = UUID.fromString(somebody.group(2));
        return somebody.group(1) + ":" + known.computeIfAbsent(id, one -> access.shownAs(List.of(one)).getOrDefault(one, one));
    }
}
