package io.kreislauf.circuit;

import io.kreislauf.Refusal;
import io.kreislauf.circuit.Circuit.Link;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Datasets;
import io.kreislauf.dataset.SmallCells;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** M - C ... P ... C' - M' of a project: all that went into it, over all its versions, down to each annotator. */
@ApplicationScoped
class TracingProject {

    private final CircuitRows rows;
    private final LegRows legs;
    private final Datasets datasets;
    private final Pseudonymous pseudonymous;
    private final SmallCells smallCells;

    TracingProject(CircuitRows rows, LegRows legs, Datasets datasets, Pseudonymous pseudonymous, SmallCells smallCells) {
        this.rows = rows;
        this.legs = legs;
        this.datasets = datasets;
        this.pseudonymous = pseudonymous;
        this.smallCells = smallCells;
    }

    /** @throws Refusal 404 unless the project is the caller's, or the caller a researcher or the operator */
    @Transactional
    Circuit trace(Caller caller, UUID projectId) {
        Viewer viewer = Viewer.of(caller);
        CircuitRows.ProjectRow project = rows.project(projectId).filter(p -> viewer.reads(p.organisationId()))
                .orElseThrow(() -> Refusal.missing("project", projectId));
        if (viewer.operator()) {
            rows.looked(caller.personId(), "project", projectId);
        }
        List<DatasetVersion> versions = datasets.ofProject(projectId);
        List<String> people = List.copyOf(legs.byAccount(annotatorsHours(project, Commodity.LABOUR)).keySet());
        List<String> declaredPeople = List.copyOf(legs.byAccount(annotatorsHours(project, Commodity.LABOUR_DECLARED)).keySet());
        List<String> all = Stream.concat(people.stream(), declaredPeople.stream()).distinct().toList();
        // What one version hides would be told by the project's sum less the other versions.
        boolean hidden = viewer.hides(project.organisationId(), all.size())
                || versions.stream().anyMatch(v -> v.released() && viewer.hides(v.organisationId(), v.annotators()));
        UnaryOperator<String> names = pseudonymous.naming(viewer, all);
        Booked booked = new Booked(legs, viewer, project.organisationId(), project.organisationName(), names);
        List<Figure> figures = figures(booked, project, versions, all.size());
        if (viewer.studies(project.organisationId())) {
            figures = new Shown(smallCells.ofProject(project.organisationId(), projectId)).of(figures);
        }
        if (hidden) {
            figures = figures.stream().map(f -> f.unit().equals(Figure.COUNT) ? f : f.suppressed()).toList();
        }
        return new Circuit(new Circuit.Subject("project", projectId, project.title(), new Circuit.Organisation(project.organisationId(), project.organisationName())),
                project.currency(), figures, Flows.of(figures), chain(viewer, booked, project, versions, all, names))
                .declaredBy(rows.declaredSources(projectId));
    }

    private List<Figure> figures(Booked booked, CircuitRows.ProjectRow project, List<DatasetVersion> versions, int annotators) {
        Commodity money = Commodity.money(project.currency());
        UUID id = project.projectId();
        List<Figure> figures = new ArrayList<>();
        figures.add(booked.credit("mAdvanced", "Capital advanced by " + project.organisationName() + ", for all it does", booked.query(money, "CAPITAL")).in("M"));
        figures.add(booked.debit("escrow", "Set aside for wages", booked.query(money, "ESCROW:" + id, "ESCROW:" + id + ":*").only("TasksPublished", "PayFunded")).in("M"));
        List<Figure> production = Production.of(booked, id, rows.declaredSources(id)).figures(project.currency());
        figures.addAll(production);
        figures.add(Figure.stated("annotators", "Annotators", (long) annotators, Figure.COUNT, "the accounts that their hours came from").in("P"));
        figures.addAll(wages(project, production));
        figures.addAll(Realised.figures(booked, project.currency(), "DatasetReleased", versions.stream().map(DatasetVersion::versionId).toList(), q -> q));
        figures.addAll(Realised.lost(booked, project.currency(), Stream.concat(Stream.of(id), versions.stream().map(DatasetVersion::versionId)).toList()));
        return figures;
    }

    private static List<Figure> wages(CircuitRows.ProjectRow project, List<Figure> production) {
        Figure v = production.stream().filter(f -> f.key().equals("v")).findFirst().orElseThrow();
        List<Figure> given = production.stream().filter(f -> f.unit().equals(Figure.MILLIS) && !f.key().endsWith(".total")
                && !f.key().endsWith(".review") && !f.key().endsWith(".passedOn")).toList();
        List<Figure> parts = new ArrayList<>(given);
        parts.addFirst(v);
        long millis = given.stream().mapToLong(Figure::orZero).sum();
        return List.of(
                Figure.stated("wage.advertised", "Advertised wage per hour", project.advertisedMinorPerHour(), Figure.MINOR_PER_HOUR,
                        "the terms of the project: reward and supplement by estimated time").in("C"),
                Figure.computed("wage.effective", "Wage per hour of all time given", millis == 0 ? null : v.orZero() * 3_600_000 / millis,
                        Figure.MINOR_PER_HOUR, "v / (all hours but review), rounded down", parts, "NO_TIME").in("C"));
    }

    private LegQuery annotatorsHours(CircuitRows.ProjectRow project, Commodity commodity) {
        return LegQuery.of(project.organisationId(), commodity, "RECEIVED:*").touching("PRODUCTION:" + project.projectId() + ":*");
    }

    private List<Link> chain(Viewer viewer, Booked booked, CircuitRows.ProjectRow project, List<DatasetVersion> versions, List<String> people,
                             UnaryOperator<String> names) {
        List<Link> chain = new ArrayList<>();
        String projectId = project.projectId().toString();
        versions.forEach(v -> chain.add(new Link("version", v.versionId().toString(), v.name() + " " + v.number(), List.of(), List.of(
                Figure.stated("trainRows", "Training rows", v.trainRows(), Figure.COUNT, "the release"),
                Figure.stated("testRows", "Test rows", v.testRows(), Figure.COUNT, "the release")), "/circuit/datasets/" + v.versionId())));
        chain.add(new Link("project", projectId, project.title(), versions.stream().map(v -> v.versionId().toString()).toList(), List.of(), null));
        if (viewer.opens(project.organisationId())) {
            chain.addAll(people(booked, project, people, names));
        }
        return chain;
    }

    private List<Link> people(Booked booked, CircuitRows.ProjectRow project, List<String> accounts, UnaryOperator<String> names) {
        String production = "PRODUCTION:" + project.projectId();
        Map<String, Long> observed = legs.byAccount(annotatorsHours(project, Commodity.LABOUR));
        Map<String, Long> declared = legs.byAccount(annotatorsHours(project, Commodity.LABOUR_DECLARED));
        Commodity money = Commodity.money(project.currency());
        Map<String, Long> wages = legs.byAccount(LegQuery.of(project.organisationId(), money, "WAGES_DUE:*").touching(production + ":v").credits());
        List<String> sources = rows.declaredSources(project.projectId());
        return accounts.stream().map(account -> {
            String due = "WAGES_DUE:" + account.substring("RECEIVED:".length());
            List<Figure> figures = new ArrayList<>();
            figures.add(booked.figure("hours", "Observed hours", booked.query(Commodity.LABOUR, account).touching(production + ":*"), LegQuery.CREDIT,
                    observed.getOrDefault(account, 0L)));
            if (declared.containsKey(account)) {
                figures.add(booked.figure("declared", "Declared hours", booked.query(Commodity.LABOUR_DECLARED, account).touching(production + ":*"),
                        LegQuery.CREDIT, declared.get(account)).declaredBy(sources));
            }
            figures.add(booked.figure("wages", "Wages", booked.query(money, due).touching(production + ":v").credits(), LegQuery.CREDIT, wages.getOrDefault(due, 0L)));
            String name = names.apply(account).substring("RECEIVED:".length());
            return new Link("annotator", project.projectId() + "/" + name, name, List.of(project.projectId().toString()), figures, null);
        }).toList();
    }
}
