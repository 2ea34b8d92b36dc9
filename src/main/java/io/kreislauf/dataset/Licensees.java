package io.kreislauf.dataset;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Who has bought what: asked here, answered by the market, which stands above. */
public interface Licensees {

    boolean holds(UUID organisationId, UUID versionId);

    /** How many licences were sold of each version, those beyond the declared number included; none is missing from the answer. */
    Map<UUID, Integer> sold(Collection<UUID> versionIds);
}
