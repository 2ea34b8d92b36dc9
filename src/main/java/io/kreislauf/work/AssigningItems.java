package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Saying which annotator is to label which items, in a project whose requester does so. Who is assigned an item claims it by the
 * same door as everybody, and everything is checked there; an assignment is no claim, and takes no slot from anybody.
 */
@ApplicationScoped
public class AssigningItems {

    static final int ITEMS_MAX = 1_000;

    /** @param annotator the organisation's pseudonym of the person, or the person_id of one it provisioned */
    public record Assignment(UUID annotator, List<String> itemKeys) {}

    /**
     * @param annotator the organisation's pseudonym
     * @param assigned  how many were not assigned to this annotator before
     */
    public record Assigned(UUID annotator, int assigned) {}

    /**
     * @param annotator the organisation's pseudonym
     * @param claimed   whether the annotator has or had it
     */
    public record Listed(UUID annotator, UUID itemId, String itemKey, Instant assignedAt, boolean claimed) {}

    private record Keyed(UUID itemId, String itemKey) {}

    private final DataSource dataSource;
    private final Projects projects;
    private final Pseudonyms pseudonyms;

    AssigningItems(DataSource dataSource, Projects projects, Pseudonyms pseudonyms) {
        this.dataSource = dataSource;
        this.projects = projects;
        this.pseudonyms = pseudonyms;
    }

    /**
     * All of the items or none; one that is assigned already stays so.
     *
     * @throws Refusal NOT_FOUND for the project, the annotator or an item; NOT_ASSIGNING unless the project's items are named by its requester
     */
    @Transactional
    public Assigned assign(Caller caller, UUID projectId, Assignment wanted) {
        UUID annotatorId = assignee(caller, projectId, wanted == null ? null : wanted.annotator());
        List<String> asked = wanted.itemKeys() == null ? List.of() : wanted.itemKeys();
        if (asked.isEmpty() || asked.size() > ITEMS_MAX || asked.contains(null)) {
            throw Refusal.invalid("itemKeys", "An assignment names 1 to %d items.".formatted(ITEMS_MAX), "Send several.");
        }
        String[] keys = asked.stream().distinct().toArray(String[]::new);
        List<Keyed> items = Sql.list(dataSource, Keyed.class, "select item_id, external_key from item where project_id = ? and external_key = any (?)",
                projectId, keys);
        if (items.size() < keys.length) {
            List<String> unknown = new ArrayList<>(Arrays.asList(keys));
            items.forEach(item -> unknown.remove(item.itemKey));
            throw Refusal.missing("item", unknown.getFirst());
        }
        int assigned = Sql.run(dataSource, """
                insert into item_assignment (project_id, annotator_id, item_id) select ?, ?, unnest(cast(? as uuid[])) on conflict do nothing
                """, projectId, annotatorId, items.stream().map(Keyed::itemId).toArray(UUID[]::new));
        return new Assigned(pseudonym(caller, annotatorId), assigned);
    }

    /** In the order of import; what was withdrawn is not among them. */
    @Transactional
    public Page<Listed> list(Caller caller, UUID projectId, UUID annotator, UUID after, Integer limit) {
        UUID annotatorId = assignee(caller, projectId, annotator);
        int count = Page.limit(limit);
        UUID pseudonym = pseudonym(caller, annotatorId);
        return Page.of(Sql.list(dataSource, Listed.class, """
                select cast(? as uuid), i.item_id, i.external_key, a.assigned_at,
                       exists (select from claim c where c.item_id = a.item_id and c.annotator_id = a.annotator_id and c.state <> 'lapsed')
                  from item_assignment a join item i on i.item_id = a.item_id
                 where a.project_id = ? and a.annotator_id = ? and (cast(? as uuid) is null or a.item_id > ?)
                 order by a.item_id limit ?
                """, pseudonym, projectId, annotatorId, after, after, count + 1), count, Listed::itemId);
    }

    /** Takes back what the annotator has not claimed; what was claimed can be done to its end. Gives how many. */
    @Transactional
    public int withdraw(Caller caller, UUID projectId, UUID annotator) {
        UUID annotatorId = assignee(caller, projectId, annotator);
        return Sql.run(dataSource, """
                delete from item_assignment a where a.project_id = ? and a.annotator_id = ?
                   and not exists (select from claim c where c.item_id = a.item_id and c.annotator_id = a.annotator_id and c.state <> 'lapsed')
                """, projectId, annotatorId);
    }

    private UUID pseudonym(Caller caller, UUID annotatorId) {
        return pseudonyms.of(caller.organisation(), List.of(annotatorId)).get(annotatorId);
    }

    private UUID assignee(Caller caller, UUID projectId, UUID annotator) {
        Project project = projects.own(caller, projectId);
        if (!project.itemsNamedBy().equals("requester")) {
            throw Refusal.conflict("NOT_ASSIGNING", "The items of this project are not assigned.", "Draft a project with itemsNamedBy requester.");
        }
        if (annotator == null) {
            throw Refusal.invalid("annotator", "An assignment names an annotator.", "Send your organisation's pseudonym of the person.");
        }
        return pseudonyms.known(caller.organisation(), annotator).orElseThrow(() -> Refusal.missing("annotator", annotator));
    }
}
