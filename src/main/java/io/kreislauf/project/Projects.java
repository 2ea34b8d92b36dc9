package io.kreislauf.project;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.quarkus.cache.CacheResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Looking projects up. */
@ApplicationScoped
public class Projects {

    private final ProjectRows rows;

    Projects(ProjectRows rows) {
        this.rows = rows;
    }

    /** @throws Refusal NOT_FOUND if there is none, or it is another organisation's */
    public Project own(Caller caller, UUID projectId) {
        return rows.find(caller.organisation(), projectId).orElseThrow(() -> Refusal.missing("project", projectId));
    }

    public Page<Project> own(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        return Page.of(rows.page(caller.organisation(), before, count + 1), count, Project::projectId);
    }

    /**
     * Whosever it is; the caller of this method decides who may see what of it.
     *
     * @throws Refusal NOT_FOUND if there is none
     */
    public Project any(UUID projectId) {
        return rows.find(projectId).orElseThrow(() -> Refusal.missing("project", projectId));
    }

    /**
     * What claims from it have to look at. Publishing fixes it but for the limit that comes with a content warning: whoever
     * acts on it has the database confirm it.
     *
     * @throws Refusal NOT_FOUND if there is none, or it is a draft
     */
    @CacheResult(cacheName = "selection")
    public Selection selection(UUID projectId) {
        return rows.selection(projectId).orElseThrow(() -> Refusal.missing("project", projectId));
    }

    /**
     * The form of a version, which never changes once annotators have seen it.
     *
     * @throws Refusal NOT_FOUND if there is no such version
     */
    @CacheResult(cacheName = "published-form")
    public Form form(UUID projectId, int version) {
        return rows.form(projectId, version).orElseThrow(() -> Refusal.missing("form", projectId + "/" + version));
    }
}
