package io.kreislauf.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.demo.DemoPeople.Cast;
import io.kreislauf.demo.DemoPeople.Houses;
import io.kreislauf.people.Caller;
import io.kreislauf.work.Claiming;
import io.kreislauf.work.Claiming.Claimed;
import io.kreislauf.work.ImportingWorklog;
import io.kreislauf.work.ImportingWorklog.Row;
import io.kreislauf.work.ImportingWorklog.Taken;
import io.kreislauf.work.Submitting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * P in the demo: annotators claim, label and submit. Nobody watched them, so their hours are declared, source demo. The
 * same seed makes the same history each time.
 */
@ApplicationScoped
class DemoWork {

    private static final long SEED = 1867;
    private static final int CLAIM_SIZE = 50;
    private static final List<String> KINDS = List.of("praise", "complaint", "question", "statement");

    private final DemoSteps steps;
    private final Claiming claiming;
    private final Submitting submitting;
    private final ImportingWorklog worklog;
    private final ObjectMapper json;

    DemoWork(DemoSteps steps, Claiming claiming, Submitting submitting, ImportingWorklog worklog, ObjectMapper json) {
        this.steps = steps;
        this.claiming = claiming;
        this.submitting = submitting;
        this.worklog = worklog;
        this.json = json;
    }

    /**
     * Annotators, all but the first who is left to whoever tries the demo, label the first {@code items} remarks.
     *
     * @param secondsMean how long a label takes on average; each annotator has a pace of the own
     */
    void label(Cast cast, Houses houses, UUID projectId, String name, int items, int labels, int secondsMean, Instant start) {
        List<DemoRemarks.Remark> remarks = DemoRemarks.read(name).subList(0, items);
        int workers = cast.annotators().size() - 1;
        for (int worker = 0; worker < workers; worker++) {
            List<DemoRemarks.Remark> share = new ArrayList<>();
            for (int i = 0; i < items; i++) {
                for (int label = 0; label < labels; label++) {
                    if ((i * labels + label) % workers == worker) {
                        share.add(remarks.get(i));
                    }
                }
            }
            int index = worker + 1;
            steps.once("work of annotator %d on %s".formatted(index, name), Taken.class, () ->
                    share.isEmpty() ? new Taken(0, 0, 0, List.of())
                            : worked(cast.asAnnotator(index), cast.asRequester(houses), projectId, share, secondsMean, start, new Random(SEED * 31 + index)));
        }
    }

    private Taken worked(Caller annotator, Caller requester, UUID projectId, List<DemoRemarks.Remark> share, int secondsMean, Instant start,
                         Random random) {
        Map<String, DemoRemarks.Remark> byKey = share.stream().collect(Collectors.toMap(DemoRemarks.Remark::key, r -> r));
        double care = 0.80 + 0.18 * random.nextDouble();
        double pace = secondsMean * (0.6 + 0.9 * random.nextDouble());
        Instant at = start.plusSeconds(random.nextInt(4 * 3600));
        List<Row> log = new ArrayList<>();
        List<String> keys = share.stream().map(DemoRemarks.Remark::key).toList();
        for (int from = 0; from < keys.size(); from += CLAIM_SIZE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + CLAIM_SIZE));
            Map<String, Claimed> claimed = new HashMap<>();
            claiming.claim(annotator, new Claiming.Wanted(projectId, null, some)).claims().forEach(c -> claimed.put(c.itemKey(), c));
            for (String key : some) {
                long millis = Math.max(4_000, Math.round(pace * 1000 * Math.exp(0.5 * random.nextGaussian())));
                Instant end = at.plusMillis(millis);
                String answer = random.nextDouble() < care ? byKey.get(key).expected() : KINDS.get(random.nextInt(KINDS.size()));
                Claimed claim = claimed.get(key);
                var submitted = submitting.submit(annotator, claim.claimId(), new Submitting.Answer(claim.fencingVersion(), claim.formVersion(),
                        json.valueToTree(Map.of(DemoProjects.QUESTION, answer)), null), end);
                log.add(new Row(submitted.submissionId(), null, at, end, null, null));
                at = end.plusMillis(1_000 + random.nextInt(3_000));
            }
        }
        return worklog.read(requester, projectId, log);
    }
}
