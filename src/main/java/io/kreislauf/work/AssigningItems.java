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

    /**
     * @param annotator the organisation's pseudonym
     * @param assigned  how many items are
     * @param claimed   how many of them the annotator has or had
     */
    public record Assignee(UUID annotator, long assigned, long claimed) {}

    private record Keyed(UUID itemId, String itemKey) {}

    /**
     * In the order of the pseudonyms: an order of the people themselves would be the same for every organisation, and two could join their lists.
     * Counts the assignments of one page of annotators; without {@code offset 0} it would read all claims at once to look up a few.
     */
    static final String ASSIGNEES = """
            with page as materialized (
                select n.pseudonym, n.person_id from pseudonym n
                 where n.organisation_id = ? and n.pseudonym > ?
                   and (select a.item_id from item_assignment a where a.project_id = ? and a.annotator_id = n.person_id order by a.item_id limit 1) is not null
                 order by n.pseudonym limit ?
            )
            select page.pseudonym, counted.assigned, counted.claimed
              from page cross join lateral (
                   select count(*) as assigned,
                          count(*) filter (where exists (select from claim c where c.item_id = a.item_id and c.annotator_id = a.annotator_id and c.state <> 'lapsed' offset 0)) as claimed
                     from item_assignment a where a.project_id = ? and a.annotator_id = page.person_id) counted
             order by page.pseudonym
            """;

    static final String LISTED = """
            select cast(? as uuid), a.item_id, i.external_key, a.assigned_at,
                   exists (select from claim c where c.item_id = a.item_id and c.annotator_id = a.annotator_id and c.state <> 'lapsed' offset 0)
              from item_assignment a cross join lateral (select item.external_key from item where item.item_id = a.item_id offset 0) i
             where a.project_id = ? and a.annotator_id = ? and a.item_id > ?
             order by a.item_id limit ?
            """;

    private static final UUID FIRST = new UUID(0, 0);

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

    /**
     * Who has items, in a lasting order.
     *
     * @param after the last pseudonym of the page before it; null: from the first
     */
    @Transactional
    public Page<Assignee> assignees(Caller caller, UUID projectId, UUID after, Integer limit) {
        assigning(caller, projectId);
        int count = Page.limit(limit);
        return Page.of(Sql.list(dataSource, Assignee.class, ASSIGNEES, caller.organisation(), after == null ? FIRST : after, projectId, count + 1, projectId),
                count, Assignee::annotator);
    }

    /** In the order of import; what was withdrawn is not among them. */
    @Transactional
    public Page<Listed> list(Caller caller, UUID projectId, UUID annotator, UUID after, Integer limit) {
        UUID annotatorId = assignee(caller, projectId, annotator);
        int count = Page.limit(limit);
        UUID pseudonym = pseudonym(caller, annotatorId);
        return Page.of(Sql.list(dataSource, Listed.class, LISTED, pseudonym, projectId, annotatorId, after == null ? FIRST : after, count + 1), count, Listed::itemId);
    }

    /** Takes back what the annotator has not claimed; what was claimed can be done to its end. Gives how many. */
    @Transactional
    public int withdraw(Caller caller, UUID projectId, UUID annotator) {
        UUID annotatorId = assignee(caller, projectId, annotator);
        return Sql.run(dataSource, """
                delete from item_assignment a where a.project_id = ? and a.annotator_id = ?
                   and not exists (select from claim c where c.item_id = a.item_id and c.annotator_id = a.annotator_id and c.state <> 'lapsed' offset 0)
                """, projectId, annotatorId);
    }

    private UUID pseudonym(Caller caller, UUID annotatorId) {
        return pseudonyms.of(caller.organisation(), List.of(annotatorId)).get(annotatorId);
    }

    private void assigning(Caller caller, UUID projectId) {
        Project project = projects.own(caller, projectId);
        if (!project.itemsNamedBy().equals("requester")) {
            throw Refusal.conflict("NOT_ASSIGNING", "The items of this project are not assigned.", "Draft a project with itemsNamedBy requester.");
        }
    }

    private UUID assignee(Caller caller, UUID projectId, UUID annotator) {
        assigning(caller, projectId);
        if (annotator == null) {
            throw Refusal.invalid("annotator", "An assignment names an annotator.", "Send your organisation's pseudonym of the person.");
        }
        return pseudonyms.known(caller.organisation(), annotator).orElseThrow(() -> Refusal.missing("annotator", annotator));
    }
}
