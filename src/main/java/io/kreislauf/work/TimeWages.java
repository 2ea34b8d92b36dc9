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
 * The time wage: where a project pays by the hour, all time booked to it is paid when it is booked; by piece,
 * returned time and tests at the rates declared for them. The wage of one
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
        return accrue(project, annotatorId, null, timeClass, labour, period, at);
    }

    /** The same for the time of a claim without a label. */
    Wage accrue(Project project, UUID annotatorId, UUID claimId, TimeClass timeClass, LabourMillis labour, LocalDate period, Instant at) {
        Wage wage = wage(project, annotatorId, timeClass, labour);
        due(project, annotatorId, null, claimId, byHour(project) ? "time_wage" : timeClass.part(), wage.minor(), "reserve", period, at);
        return wage;
    }

    /** For the time of a submission; call it after its intervals were inserted. What goes beyond the estimate is paid from the reserve. */
    Wage accrueForLabel(Project project, UUID annotatorId, UUID submissionId, LabourMillis labour, LocalDate period, Instant at) {
        Wage wage = wage(project, annotatorId, TimeClass.DIRECT, labour);
        long held = Math.min(wage.minor(), project.heldForTimeMinor());
        due(project, annotatorId, submissionId, null, "time_wage", held, "escrow", period, at);
        due(project, annotatorId, submissionId, null, "time_wage", wage.minor() - held, "reserve", period, at);
        return wage;
    }

    private Wage wage(Project project, UUID annotatorId, TimeClass timeClass, LabourMillis labour) {
        long rate = project.minorPerHour(timeClass);
        if (rate == 0 || labour.isNone()) {
            return Wage.none(project.currency());
        }
        long all = byHour(project) ? rows.bookedMillis(annotatorId, project.projectId())
                : rows.bookedMillis(annotatorId, project.projectId(), timeClass);
        long before = all - labour.observedMillis() - labour.declaredMillis();
        return new Wage(project.currency(), floor(rate, all) - floor(rate, before));
    }

    private static boolean byHour(Project project) {
        return project.payRule().equals("hour");
    }

    private static long floor(long minorPerHour, long millis) {
        return BigInteger.valueOf(minorPerHour).multiply(BigInteger.valueOf(millis)).divide(HOUR_MILLIS).longValueExact();
    }

    private void due(Project project, UUID annotatorId, UUID submissionId, UUID claimId, String kind, long minor, String fund, LocalDate period, Instant at) {
        if (minor > 0) {
            Sql.run(dataSource, """
                    insert into wage_due (organisation_id, project_id, annotator_id, submission_id, claim_id, kind, fund, currency, amount_minor, period, accrued_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """, project.organisationId(), project.projectId(), annotatorId, submissionId, claimId, kind, fund, project.currency(), minor, period, at);
        }
    }
}
