package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What the released files say, and nothing else. */
record Released(long labels, long trainRows, long testRows, Double majorityAccuracy) {

    /** @param gold by item; empty: there is no accuracy */
    static Released read(Api api, String token, String versionId, Map<String, String> gold) {
        Map<String, Map<String, Integer>> votes = new HashMap<>();
        long[] counts = new long[3];
        String files = "/api/datasets/" + versionId + "/files/";
        for (String split : new String[] {"train", "test"}) {
            each(api, token, files + "labels/" + split + ".jsonl", label -> {
                counts[0]++;
                votes.computeIfAbsent(label.required("item").asText(), item -> new HashMap<>())
                        .merge(label.required("answer").required(Preparing.QUESTION).asText(), 1, Integer::sum);
            });
            each(api, token, files + "data/" + split + ".jsonl", row -> counts[split.equals("train") ? 1 : 2]++);
        }
        return new Released(counts[0], counts[1], counts[2], gold.isEmpty() ? null : accuracy(votes, gold));
    }

    /** Over the items that have gold and labels; a tie among k values of which one is right counts 1/k. */
    private static double accuracy(Map<String, Map<String, Integer>> votes, Map<String, String> gold) {
        double right = 0;
        long judged = 0;
        for (var item : votes.entrySet()) {
            String known = gold.get(item.getKey());
            if (known != null) {
                int most = item.getValue().values().stream().mapToInt(Integer::intValue).max().orElseThrow();
                long tied = item.getValue().values().stream().filter(count -> count == most).count();
                right += item.getValue().getOrDefault(known, 0) == most ? 1.0 / tied : 0;
                judged++;
            }
        }
        return Math.round(right / judged * 10_000) / 10_000.0;
    }

    private static void each(Api api, String token, String path, Consumer<JsonNode> row) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(api.file(token, path), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row.accept(Api.JSON.readTree(line));
            }
        } catch (IOException failure) {
            throw new ReplayFailure(path + ": " + failure.getMessage(), failure);
        }
    }
}
