package io.kreislauf.work;

import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/**
 * The time of a test or training, booked as {@code qualification} to the project it is for. The page says that it is
 * before the person by observations of the kind {@code qualification} that name the project.
 */
@ApplicationScoped
public class TakingQualification {

    private final BookingOutside outside;

    TakingQualification(BookingOutside outside) {
        this.outside = outside;
    }

    /**
     * An attempt was handed in: books what was observed of tests for this project up to now. Call it once for an attempt, in
     * the transaction that keeps its answers.
     *
     * @param attemptId becomes the source of the ledger's entry
     * @return what was booked
     */
    @Transactional
    public LabourMillis handedIn(Caller caller, UUID projectId, UUID attemptId) {
        return outside.withDeed(caller.personId(), TimeClass.QUALIFICATION, projectId, attemptId);
    }
}
