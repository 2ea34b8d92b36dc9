package io.kreislauf.label;

import io.kreislauf.project.ProjectEnded;
import io.kreislauf.stream.Outbox;
import io.kreislauf.stream.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.UUID;

/** Turning the labels of items into what is agreed about them, telling it, and asking for one more where there is a tie. */
@ApplicationScoped
public class Agreeing {

    private final AgreementRows rows;
    private final Outbox outbox;

    Agreeing(AgreementRows rows, Outbox outbox) {
        this.rows = rows;
        this.outbox = outbox;
    }

    /** Computes the items anew from their labels as they are now. */
    @Transactional
    public void about(Collection<UUID> itemIds) {
        if (!itemIds.isEmpty()) {
            outbox.addAll(rows.agree(itemIds).stream()
                    .map(resolved -> new Outbox.Outgoing(Topic.ITEMS, ItemResolved.TYPE, resolved.itemId(), resolved))
                    .toList());
        }
    }

    /** When no more labels can come, items with fewer than were wanted are resolved with those that they have. */
    @Transactional
    void projectEnded(@Observes ProjectEnded ended) {
        about(rows.unresolved(ended.projectId()));
    }
}
