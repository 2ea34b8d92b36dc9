package io.kreislauf.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.demo.DemoPeople.Cast;
import io.kreislauf.demo.DemoPeople.Houses;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Drafting;
import io.kreislauf.project.Form;
import io.kreislauf.project.ImportingItems;
import io.kreislauf.project.ProjectDraft;
import io.kreislauf.project.Publishing;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The demo's two projects: remarks of customers to be sorted into praise, complaint, question and statement. */
@ApplicationScoped
class DemoProjects {

    static final String QUESTION = "kind";

    private static final Form FORM = new Form(List.of(new Form.Question(QUESTION, "What is this remark?", "choice", true, List.of(
            new Form.Choice("praise", "Praise", "1"), new Form.Choice("complaint", "Complaint", "2"),
            new Form.Choice("question", "Question", "3"), new Form.Choice("statement", "Plain statement", "4")))));

    private static final String GUIDELINES = """
            Read the remark once and sort it by what the writer wants to say.

            - **Praise**: the writer is content.
            - **Complaint**: the writer is not content, whatever the tone.
            - **Question**: the writer wants to know something. A question wins over praise and complaint.
            - **Plain statement**: a fact, told without judgement.

            If you hesitate for long, take what the writer would most likely agree with. Thinking is work: the clock counts it.
            """;

    private static final List<Map<String, Object>> EXAMPLES = List.of(
            Map.of("content", Map.of("text", "The kettle was repaired free of charge, thank you."), "answer", Map.of(QUESTION, "praise"),
                    "why", "The writer thanks."),
            Map.of("content", Map.of("text", "Is the night bus late again, or has it been cancelled?"), "answer", Map.of(QUESTION, "question"),
                    "why", "It sounds like a complaint, but the writer wants to know."),
            Map.of("content", Map.of("text", "The radio has two doors and a red handle."), "answer", Map.of(QUESTION, "statement"),
                    "why", "A fact without judgement, however odd."));

    private final DemoSteps steps;
    private final Drafting drafting;
    private final ImportingItems importing;
    private final Publishing publishing;
    private final ObjectMapper json;

    DemoProjects(DemoSteps steps, Drafting drafting, ImportingItems importing, Publishing publishing, ObjectMapper json) {
        this.steps = steps;
        this.drafting = drafting;
        this.importing = importing;
        this.publishing = publishing;
        this.json = json;
    }

    UUID published(Cast cast, Houses houses, String name, String title, String purpose, long rewardMinor, long estimateSeconds, int labels,
                   long floorMinorPerHour, long reserveMinor, Instant at) {
        Caller requester = cast.asRequester(houses);
        return steps.once("project " + name, UUID.class, () -> {
            UUID projectId = drafting.draft(requester, null, new ProjectDraft(title, purpose, null, GUIDELINES, json.valueToTree(EXAMPLES), FORM,
                    DemoCapital.CURRENCY, "piece", rewardMinor, estimateSeconds, labels, null, floorMinorPerHour, reserveMinor, null, null,
                    null, 50, null, null, null, null, 70, "demo", null, null, null, null, null, null, null, null, null, null)).projectId();
            importing.read(requester, projectId, ImportingItems.Format.CSV, new ByteArrayInputStream(file(DemoRemarks.read(name))));
            publishing.publish(requester, null, projectId, at);
            return projectId;
        });
    }

    /** The file that a requester would import: without the answers that the demo's annotators mostly find. */
    private static byte[] file(List<DemoRemarks.Remark> remarks) {
        try {
            StringBuilder csv = new StringBuilder();
            try (var printer = org.apache.commons.csv.CSVFormat.DEFAULT.builder().setHeader("key", "text", "source", "licence").get().print(csv)) {
                for (DemoRemarks.Remark remark : remarks) {
                    printer.printRecord(remark.key(), remark.text(), remark.source(), remark.licence());
                }
            }
            return csv.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
