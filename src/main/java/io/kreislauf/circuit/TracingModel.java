package io.kreislauf.circuit;

import io.kreislauf.Refusal;
import io.kreislauf.circuit.Circuit.Link;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Datasets;
import io.kreislauf.dataset.SmallCells;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.market.Licences;
import io.kreislauf.market.Model;
import io.kreislauf.market.Models;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** M - C ... P ... C' - M' of a model: from a month's revenue down the licences to the people whose hours are in it. */
@ApplicationScoped
class TracingModel {

    private final CircuitRows rows;
    private final LegRows legs;
    private final Models models;
    private final Licences licences;
    private final Datasets datasets;
    private final ModelChain chain;
    private final SmallCells smallCells;

    TracingModel(CircuitRows rows, LegRows legs, Models models, Licences licences, Datasets datasets, ModelChain chain, SmallCells smallCells) {
        this.rows = rows;
        this.legs = legs;
        this.models = models;
        this.licences = licences;
        this.datasets = datasets;
        this.chain = chain;
        this.smallCells = smallCells;
    }

    /** @throws Refusal 404 unless the model is the caller's, or the caller a researcher or the operator */
    @Transactional
    Circuit trace(Caller caller, UUID modelId) {
        Viewer viewer = Viewer.of(caller);
        Model model = models.find(modelId).filter(m -> viewer.reads(m.organisationId())).orElseThrow(() -> Refusal.missing("model", modelId));
        if (viewer.operator()) {
            rows.looked(caller.personId(), "model", modelId);
        }
        Booked booked = new Booked(legs, viewer, model.organisationId(), model.organisationName(), UnaryOperator.identity());
        List<CircuitRows.RunUse> runs = rows.runs(modelId);
        List<Walked.Use> uses = uses(runs);
        List<Figure> figures = figures(booked, model, uses);
        if (uses.stream().anyMatch(u -> viewer.hides(u.version().organisationId(), u.version().annotators()))) {
            figures.replaceAll(f -> f.unit().equals(Figure.MILLIS) || f.key().startsWith("share.") ? f.suppressed() : f);
        }
        Set<String> small = new HashSet<>();
        uses.stream().map(Walked.Use::version).distinct().filter(v -> viewer.studies(v.organisationId())).forEach(v -> {
            small.addAll(smallCells.ofVersion(v));
            if (viewer.hides(v.organisationId(), v.annotators())) {
                small.addAll(Set.of("hours.total", "declared.total"));
            }
        });
        Shown shown = new Shown(small);
        figures = shown.of(figures);
        List<Link> links = shown.links(chain.of(viewer, booked, model, runs, uses));
        return new Circuit(new Circuit.Subject("model", modelId, model.name(), new Circuit.Organisation(model.organisationId(), model.organisationName())),
                model.currency(), figures, Flows.of(figures), links).declaredBy(sources(model, uses));
    }

    private List<Walked.Use> uses(List<CircuitRows.RunUse> runs) {
        Map<UUID, DatasetVersion> versions = new LinkedHashMap<>();
        List<Walked.Use> uses = new ArrayList<>();
        for (CircuitRows.RunUse run : runs) {
            if (run.licenceId() != null) {
                licences.find(run.licenceId()).ifPresent(licence -> uses.add(new Walked.Use(licence,
                        versions.computeIfAbsent(licence.versionId(), datasets::version), run.ordinal())));
            }
        }
        return uses;
    }

    private List<Figure> figures(Booked booked, Model model, List<Walked.Use> uses) {
        Commodity money = Commodity.money(model.currency());
        String production = "PRODUCTION:" + model.modelId();
        UnaryOperator<LegQuery> in = q -> q.without("ModelReleased");
        List<Figure> figures = new ArrayList<>();
        figures.add(booked.credit("mAdvanced", "Capital advanced by " + model.organisationName() + ", for all it does", booked.query(money, "CAPITAL")).in("M"));
        figures.add(booked.debit("c", "Means of production used (c)", in.apply(booked.query(money, production + ":c"))).in("C"));
        figures.add(booked.debit("v", "Wages (v)", in.apply(booked.query(money, production + ":v"))).in("C"));
        figures.add(booked.debit("outside", "Paid outside for means", in.apply(booked.query(Commodity.outside(model.currency()), production))).in("C"));
        figures.addAll(byClass(booked, production, uses, Commodity.LABOUR));
        figures.add(booked.debit("hours.total", "All observed hours", in.apply(booked.query(Commodity.LABOUR, production))).in("P"));
        figures.addAll(byClass(booked, production, uses, Commodity.LABOUR_DECLARED));
        Figure own = booked.debit("declared.own", "Its maker's own labour (declared)",
                booked.query(Commodity.LABOUR_DECLARED, production).only("LabourDeclared")).declaredBy(rows.modelLabourSources(model.modelId())).in("P");
        if (!own.isZero()) {
            figures.add(own);
        }
        Figure declared = booked.debit("declared.total", "All declared hours", in.apply(booked.query(Commodity.LABOUR_DECLARED, production)));
        if (!declared.isZero()) {
            figures.add(declared.declaredBy(sources(model, uses)).in("P"));
        }
        figures.addAll(Realised.figures(booked, model.currency(), "ModelReleased", List.of(model.modelId()), q -> q));
        if (model.released()) {
            figures.add(booked.credit("serving", "Cost of serving, paid in the months sold",
                    booked.query(money, "CASH").credits().only("ModelServiceSold").touching("REVENUE:" + model.modelId())).in("M'"));
            figures.addAll(share(figures, model, uses));
        }
        return figures;
    }

    /** What the annotators' wages are of what the model's customers have paid. */
    private List<Figure> share(List<Figure> figures, Model model, List<Walked.Use> uses) {
        List<Integer> months = rows.months(model.modelId()).stream().map(CircuitRows.MonthRow::month).toList();
        List<Figure> parts = new ArrayList<>();
        for (Walked.Use use : uses) {
            parts.add(Figure.computed("share.wages.part", "Wages in %s, run %d of %d".formatted(use.version().name(), use.ordinal(), use.licence().runsTotal()),
                    use.wagesMinor(), Figure.MINOR, "part %d of %d of (part %s of %d of v)".formatted(use.ordinal(), use.licence().runsTotal(),
                            use.licence().ordinal(), use.version().licencesDeclared()),
                    List.of(Figure.stated("v", "Wages in the data set", use.version().cost().vMinor(), Figure.MINOR, Published.whose(use.version()))), null));
        }
        long wages = uses.stream().mapToLong(Walked.Use::wagesMinor).sum();
        Figure inModel = Figure.computed("share.wages", "Annotators' wages in the model", wages, Figure.MINOR, "sum over its runs' licences", parts, null).in("P");
        long sold = Walked.wagesSold(wages, months, model.months());
        Figure inSales = Figure.computed("share.wagesSold", "Annotators' wages in the months sold", sold, Figure.MINOR,
                "months %s of %d of their wages in the model".formatted(months, model.months()), List.of(inModel), null).in("M'");
        Figure revenue = figures.stream().filter(f -> f.key().equals("mPrime")).findFirst().orElseThrow();
        Figure share = Figure.computed("share.ofRevenue", "Annotators' share of the revenue", revenue.orZero() <= 0 ? null : sold * 1000 / revenue.value(),
                Figure.PERMILLE, "annotators' wages in the months sold / revenue, in thousandths, rounded down", List.of(inSales, revenue), "NO_REVENUE").in("M'");
        return List.of(inModel, inSales, share);
    }

    private List<Figure> byClass(Booked booked, String production, List<Walked.Use> uses, Commodity commodity) {
        boolean declared = commodity.equals(Commodity.LABOUR_DECLARED);
        Map<String, List<Figure>> byClass = new LinkedHashMap<>();
        uses.stream().map(Walked.Use::version).distinct().forEach(version -> {
            Map<String, Long> published = Published.byClass(version.hours(), declared);
            String[] accounts = Walked.licencesOf(uses, version.versionId()).stream().map(id -> "MEANS:" + id).toArray(String[]::new);
            if (!published.isEmpty()) {
                Figure taken = booked.credit(declared ? "declared.taken" : "hours.taken", "Taken from " + version.name(),
                        booked.query(commodity, accounts).only("TrainingRun").touching(production));
                Walked.byClass(taken, published, version, declared).forEach(f -> byClass.computeIfAbsent(f.key(), k -> new ArrayList<>())
                        .add(declared ? f.declaredBy(version.hours().declaredSources()) : f.observed()));
            }
        });
        return byClass.values().stream().map(Walked::added).map(f -> f.in("P")).toList();
    }

    private List<String> sources(Model model, List<Walked.Use> uses) {
        return java.util.stream.Stream.concat(rows.modelLabourSources(model.modelId()).stream(),
                uses.stream().flatMap(u -> u.version().hours().declaredSources().stream())).distinct().sorted().toList();
    }
}
