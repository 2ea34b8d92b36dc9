package io.kreislauf.circuit;

import io.kreislauf.circuit.Circuit.Link;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Datasets;
import io.kreislauf.dataset.SmallCells;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.market.Licence;
import io.kreislauf.market.Licences;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** M - C ... P ... C' - M' of one released version: what it took out of production, and what was sold of it. */
@ApplicationScoped
class TracingDataset {

    private static final int CONTRIBUTORS_MAX = 500;

    private final CircuitRows rows;
    private final LegRows legs;
    private final Datasets datasets;
    private final Licences licences;
    private final SmallCells smallCells;

    TracingDataset(CircuitRows rows, LegRows legs, Datasets datasets, Licences licences, SmallCells smallCells) {
        this.rows = rows;
        this.legs = legs;
        this.datasets = datasets;
        this.licences = licences;
        this.smallCells = smallCells;
    }

    @Transactional
    Circuit trace(Caller caller, UUID versionId) {
        Viewer viewer = Viewer.of(caller);
        DatasetVersion version = datasets.version(caller, versionId);
        if (viewer.operator()) {
            rows.looked(caller.personId(), "dataset", versionId);
        }
        Booked booked = new Booked(legs, viewer, version.organisationId(), version.organisationName(), UnaryOperator.identity());
        boolean reads = viewer.reads(version.organisationId());
        List<Figure> figures = new ArrayList<>(reads ? own(booked, version) : Published.figures(version));
        figures.add(Figure.stated("annotators", "Annotators", (long) version.annotators(), Figure.COUNT, "the labels in the release").in("P"));
        figures.add(Figure.stated("licences", "Licences that share cost and hours", (long) version.licencesDeclared(), Figure.COUNT, "the release").in("C'"));
        Figure v = reads ? figures.stream().filter(f -> f.key().equals("v")).findFirst().orElseThrow()
                : Figure.stated("v", "Wages for these hours", version.hours().wagesMinor(), Figure.MINOR, Published.whose(version));
        figures.addAll(Published.wages(version, v, hoursOf(figures)));
        if (reads) {
            figures.addAll(Realised.figures(booked, version.currency(), "DatasetReleased", List.of(versionId), q -> q.from(versionId)));
            figures.addAll(Realised.lost(booked, version.currency(), List.of(versionId)));
        }
        figures = shown(viewer, version, figures);
        List<Link> chain = chain(viewer, booked, version);
        if (viewer.studies(version.organisationId())) {
            chain = new Shown(smallCells.ofVersion(version)).links(chain);
        }
        if (viewer.hides(version.organisationId(), version.annotators())) {
            figures.replaceAll(TracingDataset::counted);
            chain = chain.stream().map(l -> new Link(l.kind(), l.id(), l.name(), l.parents(), l.figures().stream().map(TracingDataset::counted).toList(), l.href())).toList();
        }
        return new Circuit(new Circuit.Subject("dataset", versionId, version.name() + " " + version.number(),
                new Circuit.Organisation(version.organisationId(), version.organisationName())), version.currency(), figures, Flows.of(figures),
                chain).declaredBy(version.hours().declaredSources());
    }

    /** As the version took it out of production; what it took over from the version before stands beside it. */
    private List<Figure> own(Booked booked, DatasetVersion version) {
        List<Figure> figures = new ArrayList<>();
        figures.add(booked.credit("mAdvanced", "Capital advanced by " + version.organisationName() + ", for all it does",
                booked.query(Commodity.money(version.currency()), "CAPITAL")).in("M"));
        figures.addAll(Production.taken(booked, version.projectId(), version.versionId(), version.hours().declaredSources()).figures(version.currency()));
        UnaryOperator<LegQuery> over = q -> q.from(version.versionId()).only("DatasetReleased").credits();
        if (version.hours().takenOver().observedMillis() > 0) {
            figures.add(booked.credit("hours.takenOver", Production.label("takenOver", false), over.apply(booked.query(Commodity.LABOUR, "COMMODITY:*"))).in("P"));
        }
        if (version.hours().takenOver().declaredMillis() > 0) {
            figures.add(booked.credit("declared.takenOver", Production.label("takenOver", true), over.apply(booked.query(Commodity.LABOUR_DECLARED, "COMMODITY:*")))
                    .declaredBy(version.hours().declaredSources()).in("P"));
        }
        return figures;
    }

    private static Figure counted(Figure figure) {
        return figure.unit().equals(Figure.COUNT) ? figure : figure.suppressed();
    }

    /** A researcher is shown no class of hours that few gave. */
    List<Figure> shown(Viewer viewer, DatasetVersion version, List<Figure> figures) {
        return viewer.studies(version.organisationId()) ? new ArrayList<>(new Shown(smallCells.ofVersion(version)).of(figures)) : figures;
    }

    private static List<Figure> hoursOf(List<Figure> figures) {
        return figures.stream().filter(f -> f.unit().equals(Figure.MILLIS) && !f.key().endsWith(".total") && !f.key().endsWith(".review")
                && !f.key().endsWith(".passedOn") && !f.key().endsWith(".takenOver")).toList();
    }

    private List<Link> chain(Viewer viewer, Booked booked, DatasetVersion version) {
        List<Link> chain = new ArrayList<>();
        String versionId = version.versionId().toString();
        boolean reads = viewer.reads(version.organisationId());
        for (Licence licence : licences.ofVersions(List.of(version.versionId()))) {
            if (reads || licence.buyerId().equals(viewer.organisationId())) {
                List<Figure> figures = reads ? List.of(
                        booked.credit("price", "Price", booked.query(Commodity.money(licence.currency()), "REVENUE:" + versionId).from(licence.licenceId())),
                        booked.credit("hours", "Observed hours passed on", booked.query(Commodity.LABOUR, "COMMODITY:" + versionId).from(licence.licenceId())),
                        booked.credit("declared", "Declared hours passed on", booked.query(Commodity.LABOUR_DECLARED, "COMMODITY:" + versionId).from(licence.licenceId())))
                        : List.of(Figure.stated("price", "Price", licence.priceMinor(), Figure.MINOR, "the licence"));
                chain.add(new Link("licence", licence.licenceId().toString(), name(licence, version), List.of(), figures, null));
            }
        }
        chain.add(new Link("version", versionId, version.name() + " " + version.number(),
                chain.stream().map(Link::id).toList(), List.of(), null));
        chain.add(project(viewer, version));
        chain.addAll(contributors(viewer, version));
        return chain;
    }

    Link project(Viewer viewer, DatasetVersion version) {
        return new Link("project", version.projectId().toString(), rows.project(version.projectId()).orElseThrow().title(),
                List.of(version.versionId().toString()), List.of(), viewer.reads(version.organisationId()) ? "/circuit/projects/" + version.projectId() : null);
    }

    /** Under the release's own pseudonyms, as its files have them. A researcher sees no cell of one. */
    List<Link> contributors(Viewer viewer, DatasetVersion version) {
        if (viewer.researcher() && !viewer.opens(version.organisationId())) {
            return List.of();
        }
        return rows.contributors(version.versionId(), CONTRIBUTORS_MAX).stream()
                .map(c -> new Link("annotator", version.versionId() + "/" + c.pseudonym(), c.pseudonym().toString(), List.of(version.projectId().toString()),
                        List.of(Figure.stated("labels", "Labels", c.labels(), Figure.COUNT, "the labels in the release")), null)).toList();
    }

    static String name(Licence licence, DatasetVersion version) {
        return licence.ordinal() == null ? "Beyond the declared licences, " + licence.buyerName()
                : "%d of %d, %s".formatted(licence.ordinal(), version.licencesDeclared(), licence.buyerName());
    }
}
