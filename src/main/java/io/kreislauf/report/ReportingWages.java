package io.kreislauf.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kreislauf.Refusal;
import io.kreislauf.dataset.Suppression;
import io.kreislauf.ledger.seal.Proofs;
import io.kreislauf.ledger.seal.Proofs.SignedHead;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The wages of annotators by region, from the ledger as of a watermark. Every run is kept, shown or not. */
@ApplicationScoped
class ReportingWages {

    static final int FEWEST_ANNOTATORS = 10;
    private static final String NAME = "wages by region";

    /** @param watermark a transaction below which to look, as an earlier report gave it; null: all that is sealed now */
    record Asked(String by, String currency, String time, UUID project, Long seed, Long watermark) {}

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private final WorkerRows rows;
    private final Proofs proofs;
    private final int k;

    ReportingWages(WorkerRows rows, Proofs proofs, @ConfigProperty(name = "kreislauf.report.fewest-annotators", defaultValue = "10") int k) {
        this.rows = rows;
        this.proofs = proofs;
        this.k = Math.max(FEWEST_ANNOTATORS, k);
    }

    /** @throws Refusal NOT_SEALED_YET for a watermark beyond the last head; naming the parameter at fault */
    @Transactional
    WageReport run(Caller researcher, Asked asked) {
        if (asked.by() != null && !asked.by().equals("region")) {
            throw Refusal.invalid("by", "Wages are reported by region.", "Send by=region.");
        }
        String time = asked.time() == null ? "all" : asked.time();
        if (!List.of("all", "observed").contains(time)) {
            throw Refusal.invalid("time", "The time that counts is all or observed.", "Send one of the two.");
        }
        SignedHead head = (asked.watermark() == null ? proofs.latest() : proofs.covering(asked.watermark())).orElse(null);
        if (head == null && asked.watermark() != null) {
            throw Refusal.conflict("NOT_SEALED_YET", "Not everything before the watermark %d is sealed.".formatted(asked.watermark()), "Ask again in a few seconds.");
        }
        WageReport.Watermark watermark = rows.watermark(asked.watermark() != null || head == null ? asked.watermark() : Long.valueOf(head.head().tx()));
        String currency = asked.currency() != null ? asked.currency() : rows.currencies(watermark.tx()).stream().findFirst().orElse("USD");
        long seed = asked.seed() == null ? 1 : asked.seed();
        WageReport.Parameters parameters = new WageReport.Parameters("region", k, currency, time, asked.project() == null ? null : asked.project().toString(),
                seed, Wages.RESAMPLES);
        WageReport report = computed(parameters, watermark, rows.workers(watermark, currency, time.equals("all"), asked.project()),
                time.equals("all") ? rows.declaredSources(watermark, currency, asked.project()) : List.of()).sealed(head);
        String hash = sha256(canonical(report));
        rows.ran(researcher.personId(), NAME, canonical(parameters), canonical(watermark), hash);
        return report.hashed(hash);
    }

    /** Pure: the same workers give the same report. The sources are of the declared time in it. */
    static WageReport computed(WageReport.Parameters parameters, WageReport.Watermark watermark, List<Worker> workers,
                               List<String> declaredSources) {
        Map<String, List<Worker>> byRegion = new TreeMap<>(workers.stream().filter(w -> w.totalMillis() > 0).collect(Collectors.groupingBy(Worker::region)));
        Map<String, Integer> annotators = new LinkedHashMap<>();
        byRegion.forEach((region, people) -> annotators.put(region, people.size()));
        Suppression suppression = Suppression.of(annotators, parameters.k());
        boolean withDeclared = byRegion.entrySet().stream().collect(Collectors.groupingBy(e -> suppression.hidden().contains(e.getKey()) ? "" : e.getKey()))
                .values().stream().mapToLong(ReportingWages::declaring).allMatch(n -> n == 0 || n >= parameters.k());
        List<WageReport.Row> rows = new ArrayList<>();
        byRegion.forEach((region, people) -> rows.add(suppression.hidden().contains(region) ? WageReport.Row.suppressed(region)
                : WageReport.Row.of(region, new Wages(people), parameters.seed(), withDeclared)));
        WageReport.Row all = suppression.totalHidden() ? WageReport.Row.suppressed("all") : WageReport.Row.of("all", new Wages(workers), parameters.seed(), withDeclared);
        return new WageReport(WageReport.FORMAT, NAME, Stream.of(Measure.values()).map(Measure::versioned).toList(), parameters, watermark, parameters.currency(), rows, all,
                declaredSources, List.of("Effective wage: all pay over all time booked, every class but review in, rejected work included.",
                        "A cell over fewer than %d annotators is suppressed, and as many others that it cannot be got by subtraction.".formatted(parameters.k()),
                        "Exploratory: not linked to a registered analysis.",
                        "Which time counts is contested; see the parameter time."), null, null);
    }

    private static long declaring(List<Map.Entry<String, List<Worker>>> regions) {
        return regions.stream().flatMap(region -> region.getValue().stream()).filter(worker -> worker.declaredMillis() > 0).count();
    }

    static String canonical(Object value) {
        try {
            return CANONICAL.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
