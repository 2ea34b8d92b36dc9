package io.kreislauf.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Skills;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Writing down what is asked for. What annotators were promised is fixed by publishing; a form can be extended later. */
@ApplicationScoped
public class Drafting {

    /** What may still change after publishing: nobody's pay, time or rights depend on it. */
    private static final Set<String> ALWAYS_CHANGEABLE = Set.of("title", "purpose", "contentWarning", "guidelines", "examples", "form");

    private final ProjectRows rows;
    private final ObjectMapper json;
    private final RepeatedRequests repeated;
    private final Skills skills;

    Drafting(ProjectRows rows, ObjectMapper json, RepeatedRequests repeated, Skills skills) {
        this.rows = rows;
        this.skills = skills;
        this.json = json;
        this.repeated = repeated;
    }

    /**
     * @param key of the request, or null; the same request again is the same project
     * @throws Refusal KEY_REUSED, or naming the field of the draft at fault
     */
    @Transactional
    public Project draft(Caller caller, String key, ProjectDraft draft) {
        return repeated.once(caller.organisation(), key, draft, Project.class, () -> {
            UUID projectId = rows.insert(caller.organisation(), sound(draft));
            rows.need(projectId, needed(caller, draft));
            return rows.find(projectId).orElseThrow();
        });
    }

    /**
     * Changes the fields that {@code changes} names. While the project is a draft all of them; while it is paused only
     * texts, and the form if every earlier answer still fits.
     *
     * @throws Refusal WRONG_STATE, FORM_NARROWED, or naming the field at fault
     */
    @Transactional
    public Project change(Caller caller, UUID projectId, JsonNode changes) {
        Project project = rows.findLocked(caller.organisation(), projectId).orElseThrow(() -> Refusal.missing("project", projectId));
        project.state().requireOneOf(ProjectState.DRAFT, ProjectState.PAUSED);
        if (changes == null || !changes.isObject()) {
            throw Refusal.invalid("body", "Changes are an object with the fields to change.", "Send {\"title\": ...}.");
        }
        boolean isDraft = project.state() == ProjectState.DRAFT;
        for (Iterator<String> names = changes.fieldNames(); names.hasNext() && !isDraft;) {
            String name = names.next();
            if (!ALWAYS_CHANGEABLE.contains(name)) {
                throw Refusal.conflict("PROMISED", "%s was told to annotators and stays.".formatted(name), "Create a new project for other terms.");
            }
        }
        ProjectDraft changed = sound(merged(project.draft(), changes));
        boolean newForm = !changed.form().equals(project.form());
        if (newForm && !isDraft && !changed.form().takesAllOf(project.form())) {
            throw Refusal.conflict("FORM_NARROWED", "Answers that were given would not fit the changed form.",
                    "Keep every question and choice; add choices, or questions that are not required.");
        }
        rows.update(projectId, changed, project.formVersion() + (newForm && !isDraft ? 1 : 0));
        if (isDraft) {
            rows.need(projectId, needed(caller, changed));
        }
        return rows.find(projectId).orElseThrow();
    }

    private List<Skills.Level> needed(Caller caller, ProjectDraft draft) {
        List<NeededSkill> wanted = draft.skills() == null ? List.of() : draft.skills();
        return IntStream.range(0, wanted.size())
                .mapToObj(i -> skills.level(caller.organisation(), wanted.get(i).skill(), wanted.get(i).level(), "skills[%d]".formatted(i))).toList();
    }

    private static ProjectDraft sound(ProjectDraft draft) {
        if (draft == null) {
            throw Refusal.invalid("body", "A project needs a title, a form, a currency and pay.", "See /q/openapi.");
        }
        return draft.sound();
    }

    private ProjectDraft merged(ProjectDraft draft, JsonNode changes) {
        ObjectNode all = json.valueToTree(draft);
        all.setAll((ObjectNode) changes);
        try {
            return json.treeToValue(all, ProjectDraft.class);
        } catch (JsonProcessingException failure) {
            throw Refusal.invalid("body", failure.getOriginalMessage(), "See /q/openapi for the fields.");
        }
    }
}
