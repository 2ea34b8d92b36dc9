package io.kreislauf.circuit;

import io.kreislauf.circuit.Circuit.Link;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.market.Licence;
import io.kreislauf.market.Model;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The chain of a model: its months and runs, the licences used in them, the versions, the projects, the annotators. */
@ApplicationScoped
class ModelChain {

    private final CircuitRows rows;
    private final TracingDataset datasets;

    ModelChain(CircuitRows rows, TracingDataset datasets) {
        this.rows = rows;
        this.datasets = datasets;
    }

    List<Link> of(Viewer viewer, Booked booked, Model model, List<CircuitRows.RunUse> runs, List<Walked.Use> uses) {
        String modelId = model.modelId().toString();
        List<Link> chain = new ArrayList<>();
        chain.add(new Link("model", modelId, model.name(), List.of(), List.of(), null));
        rows.months(model.modelId()).forEach(month -> chain.add(month(booked, model, month)));
        chain.addAll(runs(booked, model, runs));
        Map<UUID, Set<String>> runsOf = new LinkedHashMap<>();
        runs.stream().filter(r -> r.licenceId() != null).forEach(r -> runsOf.computeIfAbsent(r.licenceId(), k -> new LinkedHashSet<>()).add(r.runId().toString()));
        uses.stream().map(Walked.Use::licence).map(Licence::licenceId).distinct().forEach(id -> {
            Walked.Use use = uses.stream().filter(u -> u.licence().licenceId().equals(id)).findFirst().orElseThrow();
            chain.add(licence(booked, use, List.copyOf(runsOf.get(id))));
        });
        uses.stream().map(Walked.Use::version).distinct().forEach(version -> chain.addAll(version(viewer, version, uses)));
        return chain;
    }

    private Link month(Booked booked, Model model, CircuitRows.MonthRow month) {
        Commodity money = Commodity.money(model.currency());
        return new Link("month", month.saleId().toString(), "Month %d of %d".formatted(month.month(), model.months()), List.of(model.modelId().toString()), List.of(
                booked.credit("revenue", "Revenue", booked.query(money, "REVENUE:" + model.modelId()).from(month.saleId())),
                booked.debit("cost", "Cost of what was sold", booked.query(money, "COST_OF_SALES:" + model.modelId() + ":*").from(month.saleId())),
                booked.credit("hours", "Observed hours passed on", booked.query(Commodity.LABOUR, "COMMODITY:" + model.modelId()).from(month.saleId())),
                booked.credit("declared", "Declared hours passed on", booked.query(Commodity.LABOUR_DECLARED, "COMMODITY:" + model.modelId()).from(month.saleId()))),
                null);
    }

    private List<Link> runs(Booked booked, Model model, List<CircuitRows.RunUse> runs) {
        List<UUID> ids = runs.stream().map(CircuitRows.RunUse::runId).distinct().toList();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            UUID id = ids.get(i);
            String production = "PRODUCTION:" + model.modelId();
            links.add(new Link("run", id.toString(), "Run " + (i + 1), List.of(model.modelId().toString()), List.of(
                    booked.debit("c", "Means of production used (c)", booked.query(Commodity.money(model.currency()), production + ":c").from(id)),
                    booked.debit("hours", "Observed hours taken in", booked.query(Commodity.LABOUR, production).from(id)),
                    booked.debit("declared", "Declared hours taken in", booked.query(Commodity.LABOUR_DECLARED, production).from(id))), null));
        }
        return links;
    }

    private Link licence(Booked booked, Walked.Use use, List<String> runs) {
        Licence licence = use.licence();
        String means = "MEANS:" + licence.licenceId();
        return new Link("licence", licence.licenceId().toString(), TracingDataset.name(licence, use.version()), runs, List.of(
                booked.debit("price", "Price", booked.query(Commodity.money(licence.currency()), means).from(licence.licenceId())),
                booked.debit("hours", "Observed hours bought", booked.query(Commodity.LABOUR, means).from(licence.licenceId())),
                booked.debit("declared", "Declared hours bought", booked.query(Commodity.LABOUR_DECLARED, means).from(licence.licenceId()))), null);
    }

    private List<Link> version(Viewer viewer, DatasetVersion version, List<Walked.Use> uses) {
        List<Link> links = new ArrayList<>();
        List<String> licences = Walked.licencesOf(uses, version.versionId()).stream().map(UUID::toString).toList();
        boolean hidden = viewer.hides(version.organisationId(), version.annotators());
        List<Figure> figures = new ArrayList<>(datasets.shown(viewer, version, Published.figures(version)).stream()
                .map(f -> hidden ? f.suppressed() : f).toList());
        figures.add(Figure.stated("annotators", "Annotators", (long) version.annotators(), Figure.COUNT, "the labels in the release"));
        links.add(new Link("version", version.versionId().toString(), version.name() + " " + version.number(), licences, figures,
                "/circuit/datasets/" + version.versionId()));
        links.add(datasets.project(viewer, version));
        links.addAll(datasets.contributors(viewer, version));
        return links;
    }
}
