package io.kreislauf.ledger;

import java.util.Objects;
import java.util.UUID;

/** What an entry came from: a submission, claim, licence ... and its id. */
public record Source(String kind, UUID id) {

    public Source {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }
}
