package io.kreislauf.project;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What a project will cost, before anything is paid. */
@ApplicationScoped
public class Costing {

    private final Projects projects;
    private final ItemRows items;
    private final Balances balances;

    Costing(Projects projects, ItemRows items, Balances balances) {
        this.projects = projects;
        this.items = items;
        this.balances = balances;
    }

    /** The cost of what is not funded yet; the reserve only before the first publishing. */
    public Cost preview(Caller caller, UUID projectId) {
        Project project = projects.own(caller, projectId);
        return of(project, items.count(projectId), project.state() == ProjectState.DRAFT ? project.reserveMinor() : 0);
    }

    Cost of(Project project, ItemRows.Count count, long reserveMinor) {
        long rewards = Math.multiplyExact(project.heldPerLabelMinor(), count.unfunded());
        long total = Math.addExact(rewards, reserveMinor);
        long cash = balances.of(new Book(project.organisationId()), Commodity.money(project.currency()), Account.CASH);
        return new Cost(count.items(), count.labels(), rewards, reserveMinor, total, cash, Math.max(0, total - cash), project.currency(),
                project.advertisedMinorPerHour());
    }
}
