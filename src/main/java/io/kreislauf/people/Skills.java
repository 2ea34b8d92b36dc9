package io.kreislauf.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * What annotators can do, as an organisation sees it: it defines skills with their levels, grants them by hand or lets
 * them be earned in a qualification, and asks for them in its own projects. A skill of one organisation says nothing to
 * another.
 */
@ApplicationScoped
public class Skills {

    private static final int LEVELS_MAX = 20;
    private static final int NAME_LENGTH_MAX = 100;

    /** @param levels their names, the lowest first; with one level only, one has the skill or not */
    public record Skill(UUID skillId, String name, List<String> levels) {}

    /** @param level position in the levels of the skill, from 1 */
    public record Level(UUID skillId, int level) {}

    /** @param annotator the organisation's pseudonym of the holder */
    public record Holder(UUID annotator, String level, String source, Instant heldSince) {}

    /** One of one's own skills. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Held(UUID skillId, String skill, String level, String organisation, String source, Instant heldSince) {}

    private final SkillRows rows;
    private final Pseudonyms pseudonyms;

    Skills(SkillRows rows, Pseudonyms pseudonyms) {
        this.rows = rows;
        this.pseudonyms = pseudonyms;
    }

    /** @throws Refusal SKILL_EXISTS, or naming the field at fault */
    @Transactional
    public Skill define(Caller caller, String name, List<String> levels) {
        String stripped = name == null ? "" : name.strip();
        List<String> all = levels == null || levels.isEmpty() ? List.of(stripped) : levels;
        if (stripped.isEmpty() || stripped.length() > NAME_LENGTH_MAX) {
            throw Refusal.invalid("name", "A skill has a name of 1 to %d characters.".formatted(NAME_LENGTH_MAX), "Send {\"name\": \"German\", \"levels\": [\"A1\", ...]}.");
        }
        if (all.size() > LEVELS_MAX || new HashSet<>(all).size() < all.size()
                || all.stream().anyMatch(level -> level == null || level.isBlank() || level.length() > NAME_LENGTH_MAX)) {
            throw Refusal.invalid("levels", "A skill has 1 to %d levels with different names.".formatted(LEVELS_MAX), "Send the lowest first.");
        }
        UUID skillId = rows.insert(caller.organisation(), stripped, all).orElseThrow(() -> Refusal.conflict("SKILL_EXISTS",
                "Your organisation has a skill %s.".formatted(stripped), "Use it, or choose another name: skills are never changed."));
        return new Skill(skillId, stripped, all);
    }

    /** By name. */
    public Page<Skill> own(Caller caller, String after, Integer limit) {
        int count = Page.limit(limit);
        return Page.of(rows.page(caller.organisation(), after, count + 1), count, Skill::name);
    }

    /**
     * The level of that name, of a skill of the organisation.
     *
     * @param level null: the lowest
     * @throws Refusal naming the skill or the level within {@code field} that there is not
     */
    public Level level(UUID organisationId, String skill, String level, String field) {
        Skill found = rows.byName(organisationId, skill).orElseThrow(() -> Refusal.invalid(field + ".skill",
                "Your organisation has no skill %s.".formatted(skill), "POST /api/skills defines it."));
        return new Level(found.skillId(), position(found, level, field + ".level"));
    }

    /**
     * Grants a level, whatever was held before.
     *
     * @param annotator the organisation's pseudonym of a person, or the person_id of one it provisioned
     * @throws Refusal NOT_FOUND, or naming the level that there is not
     */
    @Transactional
    public Holder grant(Caller caller, UUID skillId, UUID annotator, String level) {
        Skill skill = skill(caller, skillId);
        int position = position(skill, level, "level");
        UUID personId = pseudonyms.known(caller.organisation(), annotator).orElseThrow(() -> Refusal.missing("annotator", annotator));
        Instant since = rows.hold(personId, new Level(skillId, position), "granted");
        UUID pseudonym = pseudonyms.of(caller.organisation(), List.of(personId)).get(personId);
        return new Holder(pseudonym, skill.levels().get(position - 1), "granted", since);
    }

    /** Takes a skill away; what was claimed before may still be submitted. @throws Refusal NOT_FOUND */
    @Transactional
    public void revoke(Caller caller, UUID skillId, UUID annotator) {
        skill(caller, skillId);
        UUID personId = pseudonyms.known(caller.organisation(), annotator).orElseThrow(() -> Refusal.missing("annotator", annotator));
        rows.revoke(personId, skillId);
    }

    /** Gives a level that was earned, unless a higher one is held. */
    @Transactional
    public void earn(UUID personId, Level level) {
        rows.earn(personId, level);
    }

    /** Who holds a skill of one's own organisation. @throws Refusal NOT_FOUND */
    @Transactional
    public Page<Holder> holders(Caller caller, UUID skillId, UUID after, Integer limit) {
        skill(caller, skillId);
        int count = Page.limit(limit);
        List<UUID> people = rows.people(skillId);
        pseudonyms.of(caller.organisation(), people);
        return Page.of(rows.holders(caller.organisation(), skillId, after, count + 1), count, Holder::annotator);
    }

    /** What one holds oneself. */
    public List<Held> held(Caller caller) {
        return rows.held(caller.personId());
    }

    private Skill skill(Caller caller, UUID skillId) {
        return rows.byId(caller.organisation(), skillId).orElseThrow(() -> Refusal.missing("skill", skillId));
    }

    private static int position(Skill skill, String level, String field) {
        int position = level == null ? 1 : skill.levels().indexOf(level) + 1;
        if (position == 0) {
            throw Refusal.invalid(field, "%s has the levels %s.".formatted(skill.name(), String.join(", ", skill.levels())), "Send one of them.");
        }
        return position;
    }
}
