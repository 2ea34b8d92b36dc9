package io.kreislauf.ledger.audit;

import java.util.List;

/** An invariant that takes more than a query: hashes, signatures. */
public interface AuditProbe {

    int invariant();

    String says();

    /** @param fromZero look at everything again, not only at what is new */
    List<Breach> breaches(boolean fromZero);
}
