package io.kreislauf.work;

import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The time wage: where a project pays by the hour, all time booked to it is paid when it is booked. The wage of one
 * annotator's time is cut into parts by cumulative floor, so that the parts always add up. Reviewers are paid by whom they work for.
 */
@ApplicationScoped
class TimeWages {

    private static final BigInteger HOUR_MILLIS = BigInteger.valueOf(3_600_000);

    private final DataSource dataSource;
    private final TimeRows rows;

    TimeWages(DataSource dataSource) {
        this.dataSource = dataSource;
        this.rows = new TimeRows(dataSource);
    }

    /** For time that is no submission's; call it after its intervals were inserted. Paid from the reserve. */
    Wage accrue(Project project, UUID annotatorId, TimeClass timeClass, LabourMillis labour, LocalDate period, Instant at) {
        Wage wage = wage(project, annotatorId, timeClass, labour);
        due(project, annotatorId, null, wage.minor(), "reserve", period, at);
        return wage;
    }

    /** For the time of a submission; call it after its intervals were inserted. What goes beyond the estimate is paid from the reserve. */
    Wage accrueForLabel(Project project, UUID annotatorId, UUID submissionId, LabourMillis labour, LocalDate period, Instant at) {
        Wage wage = wage(project, annotatorId, TimeClass.DIRECT, labour);
        long held = Math.min(wage.minor(), project.heldPerLabelMinor());
        due(project, annotatorId, submissionId, held, "escrow", period, at);
        due(project, annotatorId, submissionId, wage.minor() - held, "reserve", period, at);
        return wage;
    }

    private Wage wage(Project project, UUID annotatorId, TimeClass timeClass, LabourMillis labour) {
        if (!project.payRule().equals("hour") || timeClass == TimeClass.REVIEW || labour.isNone()) {
            return Wage.none(project.currency());
        }
        long all = rows.bookedMillis(annotatorId, project.projectId());
        long before = all - labour.observedMillis() - labour.declaredMillis();
        return new Wage(project.currency(), floor(project.rewardMinor(), all) - floor(project.rewardMinor(), before));
    }

    private static long floor(long minorPerHour, long millis) {
        return BigInteger.valueOf(minorPerHour).multiply(BigInteger.valueOf(millis)).divide(HOUR_MILLIS).longValueExact();
    }

    private void due(Project project, UUID annotatorId, UUID submissionId, long minor, String fund, LocalDate period, Instant at) {
        if (minor > 0) {
            Sql.run(dataSource, """
                    insert into wage_due (organisation_id, project_id, annotator_id, submission_id, kind, fund, currency, amount_minor, period, accrued_at)
                    values (?, ?, ?, ?, 'time_wage', ?, ?, ?, ?, ?)
                    """, project.organisationId(), project.projectId(), annotatorId, submissionId, fund, project.currency(), minor, period, at);
        }
    }
}
