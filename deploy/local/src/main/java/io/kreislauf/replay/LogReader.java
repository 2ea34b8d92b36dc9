package io.kreislauf.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the logs of shared/data by their columns; any other log with the same columns is read likewise. */
final class LogReader {

    private static final DateTimeFormatter MTURK = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US);
    private static final List<String> MTURK_INPUTS = List.of("Input.query", "Input.docA", "Input.docB", "Input.time");
    private static final Set<String> ANSWERS = Set.of("value", "gold", "label", "answer");
    private static final Map<String, String> ALPHA2 = Arrays.stream(Locale.getISOCountries())
            .collect(Collectors.toMap(code -> Locale.of("", code).getISO3Country(), code -> code, (a, b) -> a));

    private LogReader() {}

    /** @param path a folder with labels.csv or judgments.csv, or a file of judgements */
    static CrowdLog read(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? judgements(path) : path;
        if (!Files.isRegularFile(file)) {
            throw new ReplayFailure("There is no file " + file);
        }
        Set<String> columns = Table.columns(file);
        if (columns.containsAll(Set.of("WorkerId", "AcceptTime", "SubmitTime", "Answer.radio"))) {
            return mturk(file);
        }
        if (columns.containsAll(Set.of("task", "worker", "label"))) {
            return labels(file, columns.containsAll(Set.of("started_at", "submitted_at")));
        }
        throw new ReplayFailure("%s has neither the columns task, worker, label nor those of a Mechanical Turk batch; it has %s".formatted(file, columns));
    }

    private static Path judgements(Path folder) throws IOException {
        for (String name : List.of("labels.csv", "judgments.csv")) {
            if (Files.exists(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        try (var files = Files.list(folder)) {
            throw new ReplayFailure("Name one of the files in %s: %s".formatted(folder,
                    files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".csv")).sorted().toList()));
        }
    }

    private static CrowdLog labels(Path file, boolean dated) throws IOException {
        List<String> assumed = new ArrayList<>();
        if (dated) {
            assumed.add("times without a zone are UTC");
        }
        List<LogRow> rows = new ArrayList<>();
        for (Table.Row row : Table.read(file).rows()) {
            String seconds = row.get("work_seconds");
            rows.add(new LogRow(row.line(), row.get("task"), row.get("worker"), row.get("label"),
                    dated ? LocalDateTime.parse(row.get("started_at")).toInstant(ZoneOffset.UTC) : null,
                    dated ? LocalDateTime.parse(row.get("submitted_at")).toInstant(ZoneOffset.UTC) : null,
                    dated || seconds.isEmpty() ? null : Math.round(Double.parseDouble(seconds) * 1000), null, ALPHA2.get(row.get("country"))));
        }
        boolean named = file.getFileName().toString().equals("labels.csv");
        Path folder = file.toAbsolutePath().normalize().getParent();
        String name = named ? folder.getFileName().toString() : file.getFileName().toString().replaceFirst("\\.csv$", "");
        return new CrowdLog(name, rows, named ? texts(folder, rows) : plain(rows), named ? gold(folder.resolve("gold.csv")) : Map.of(), assumed);
    }

    private static CrowdLog mturk(Path file) throws IOException {
        List<LogRow> rows = new ArrayList<>();
        Map<String, Map<String, String>> content = new LinkedHashMap<>();
        for (Table.Row row : Table.read(file).rows()) {
            String item = String.join("|", row.get("Input.query"), row.get("Input.docA"), row.get("Input.docB"));
            Map<String, String> cells = content.computeIfAbsent(item, key -> new LinkedHashMap<>());
            MTURK_INPUTS.forEach(column -> cells.putIfAbsent(column.substring("Input.".length()), row.get(column)));
            rows.add(new LogRow(row.line(), item, row.get("WorkerId"), row.get("Answer.radio"),
                    ZonedDateTime.parse(row.get("AcceptTime"), MTURK).toInstant(), ZonedDateTime.parse(row.get("SubmitTime"), MTURK).toInstant(),
                    null, null, null));
        }
        return new CrowdLog(file.toAbsolutePath().normalize().getParent().getFileName().toString(), rows, content, Map.of(),
                List.of("an item is what its query and two documents are"));
    }

    private static Map<String, String> gold(Path file) throws IOException {
        Map<String, String> gold = new HashMap<>();
        if (Files.exists(file)) {
            Table.read(file).rows().forEach(row -> gold.put(row.get("task"), row.get("label")));
        }
        return gold;
    }

    /** The texts beside the labels, without any column that tells the answer. */
    private static Map<String, Map<String, String>> texts(Path folder, List<LogRow> rows) throws IOException {
        Map<String, Map<String, String>> content = plain(rows);
        Path file = folder.resolve("texts.tsv");
        if (Files.exists(file)) {
            for (Table.Row row : Table.read(file).rows()) {
                Map<String, String> cells = new LinkedHashMap<>(row.cells());
                String item = cells.remove("id");
                cells.keySet().removeAll(ANSWERS);
                content.computeIfPresent(item, (key, none) -> cells);
            }
        }
        return content;
    }

    private static Map<String, Map<String, String>> plain(List<LogRow> rows) {
        Map<String, Map<String, String>> content = new LinkedHashMap<>();
        rows.forEach(row -> content.putIfAbsent(row.item(), Map.of("task", row.item())));
        return content;
    }
}
