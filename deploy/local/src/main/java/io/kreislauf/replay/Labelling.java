package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every row of the log as its worker did it: the item is claimed and its label submitted, or given back where it does not fit. */
final class Labelling {

    private static final int BATCH = 20;
    private static final int NO_SLOT_ATTEMPTS = 20;

    private final Api api;
    private final Workers workers;
    private final Journal journal;
    private final Options options;
    private final String projectId;

    Labelling(Api api, Workers workers, Journal journal, Options options, String projectId) {
        this.api = api;
        this.workers = workers;
        this.journal = journal;
        this.options = options;
        this.projectId = projectId;
    }

    /** The slots of misfits become free again, so they come first. */
    void label(CrowdLog.Sorted sorted) {
        Together.run(batches(sorted.misfits().stream().filter(row -> journal.returnedClaim(row.line()) == null).toList(), this::giveBack),
                options.parallel(), (done, all) -> Progress.say("answers that do not fit, given back: batch %d of %d", done, all));
        int rows = sorted.kept().size();
        Together.run(batches(sorted.kept().stream().filter(row -> journal.submission(row.line()) == null).toList(), this::submit),
                options.parallel(), (done, all) -> Progress.say("labels submitted: %d of %d", journal.submissions(), rows));
    }

    private interface Ending {
        void end(LogRow row, Journal.Claim claim);
    }

    /** A few rows of one worker each; the workers take turns, so that many work at a time until the end. */
    private List<Runnable> batches(List<LogRow> rows, Ending ending) {
        Map<String, List<LogRow>> byWorker = new LinkedHashMap<>();
        rows.forEach(row -> byWorker.computeIfAbsent(row.worker(), worker -> new ArrayList<>()).add(row));
        Map<Integer, List<Runnable>> rounds = new java.util.TreeMap<>(java.util.Comparator.reverseOrder());
        byWorker.forEach((worker, own) -> {
            int batches = Math.ceilDiv(own.size(), BATCH);
            for (int i = 0; i < batches; i++) {
                List<LogRow> batch = own.subList(i * BATCH, Math.min((i + 1) * BATCH, own.size()));
                rounds.computeIfAbsent(batches - i, left -> new ArrayList<>()).add(() -> work(worker, batch, ending));
            }
        });
        return rounds.values().stream().flatMap(List::stream).toList();
    }

    private void work(String worker, List<LogRow> rows, Ending ending) {
        List<LogRow> unclaimed = rows.stream().filter(row -> journal.claim(row.line()) == null).toList();
        if (!unclaimed.isEmpty()) {
            claim(worker, unclaimed);
        }
        for (LogRow row : rows) {
            ending.end(row, journal.claim(row.line()));
        }
    }

    private void claim(String worker, List<LogRow> rows) {
        for (int attempt = 1;; attempt++) {
            Api.Answer answer = api.post(workers.token(worker), "/api/claims", null,
                    Map.of("projectId", projectId, "itemKeys", rows.stream().map(LogRow::item).toList()));
            if (answer.ok()) {
                note(rows, answer.body());
                return;
            }
            if ("ALREADY_CLAIMED".equals(answer.code())) {
                note(rows, api.get(workers.token(worker), "/api/claims").orFail("the open claims"));
                List<LogRow> left = rows.stream().filter(row -> journal.claim(row.line()) == null).toList();
                if (left.size() == rows.size()) {
                    answer.orFail("a claim");
                }
                if (!left.isEmpty()) {
                    claim(worker, left);
                }
                return;
            }
            if (!"NO_SLOT".equals(answer.code()) && !"PREFETCH_LIMIT".equals(answer.code()) || attempt == NO_SLOT_ATTEMPTS) {
                answer.orFail("a claim");
            }
            Api.pause(250);
        }
    }

    private void note(List<LogRow> rows, JsonNode claims) {
        Map<String, LogRow> byItem = new HashMap<>();
        rows.forEach(row -> byItem.put(row.item(), row));
        for (JsonNode claim : claims.required("claims")) {
            LogRow row = byItem.get(claim.required("itemKey").asText());
            if (row != null && claim.required("projectId").asText().equals(projectId)) {
                journal.claimed(row.line(), new Journal.Claim(claim.required("claimId").asText(), claim.required("fencingVersion").asLong(),
                        claim.required("formVersion").asInt()));
            }
        }
    }

    private void submit(LogRow row, Journal.Claim claim) {
        JsonNode submitted = api.post(workers.token(row.worker()), "/api/claims/" + claim.claimId() + "/submit", null,
                Map.of("fencingVersion", claim.fencingVersion(), "formVersion", claim.formVersion(), "answer", Map.of(Preparing.QUESTION, row.answer())))
                .orFail("the label of row " + row.line());
        journal.submitted(row.line(), submitted.required("submissionId").asText());
    }

    private void giveBack(LogRow row, Journal.Claim claim) {
        Api.Answer answer = api.post(workers.token(row.worker()), "/api/claims/" + claim.claimId() + "/return", null,
                Map.of("fencingVersion", claim.fencingVersion(), "reason", "the answer in the log does not fit the form"));
        if (!"CLAIM_ENDED".equals(answer.code())) {
            answer.orFail("giving back row " + row.line());
        }
        journal.returned(row.line(), claim.claimId());
    }
}
