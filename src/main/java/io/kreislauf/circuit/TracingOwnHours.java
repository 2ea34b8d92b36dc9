package io.kreislauf.circuit;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.kreislauf.circuit.Circuit.Link;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** C - M - C: an annotator's own hours and wages, and every data set and model that the hours are now part of. */
@ApplicationScoped
class TracingOwnHours {

    /** @param currency of the wages; null before there are any */
    record Own(String currency, List<Figure> figures, List<Link> chain) {}

    private final CircuitRows rows;
    private final LegRows legs;

    TracingOwnHours(CircuitRows rows, LegRows legs) {
        this.rows = rows;
        this.legs = legs;
    }

    @Transactional
    Own trace(Caller caller) {
        Booked booked = new Booked(legs, Viewer.of(caller), caller.personId(), "yourself", UnaryOperator.identity());
        List<CircuitRows.ProjectRow> projects = rows.projectsOf(caller.personId());
        List<String> sources = rows.declaredSourcesOf(caller.personId());
        List<Figure> figures = new ArrayList<>(hours(booked));
        List<String> currencies = projects.stream().map(CircuitRows.ProjectRow::currency).distinct().toList();
        for (String currency : currencies) {
            Commodity money = Commodity.money(currency);
            String end = currencies.size() == 1 ? "" : "." + currency;
            figures.add(booked.credit("wages" + end, "Wages earned, " + currency, booked.query(money, "WAGES:*")).in("M"));
            figures.add(booked.debit("paid" + end, "Wages paid out, " + currency, booked.query(money, "CASH").only("WagesPaid", "PayoutFailed")).in("M"));
            figures.add(booked.debit("due" + end, "Wages still owed, " + currency, booked.query(money, "WAGES_RECEIVABLE:*")).in("M"));
        }
        return new Own(currencies.isEmpty() ? null : currencies.getFirst(), figures.stream().map(f -> f.whoDeclared(sources)).toList(),
                Circuit.whoDeclared(chain(caller.personId(), booked, projects), sources));
    }

    private static List<Figure> hours(Booked booked) {
        List<Figure> figures = new ArrayList<>();
        for (Commodity commodity : List.of(Commodity.LABOUR, Commodity.LABOUR_DECLARED)) {
            boolean declared = commodity.equals(Commodity.LABOUR_DECLARED);
            Map<String, Long> sums = booked.byAccount(booked.query(commodity, "EXPENDED:*"));
            sums.forEach((account, sum) -> {
                String part = account.substring("EXPENDED:".length());
                figures.add(booked.figure((declared ? "declared." : "hours.") + part, Production.label(part, declared), booked.query(commodity, account),
                        LegQuery.CREDIT, sum).in("C"));
            });
            if (!sums.isEmpty()) {
                figures.add(booked.credit(declared ? "declared.total" : "hours.total", declared ? "All declared hours" : "All observed hours",
                        booked.query(commodity, "EXPENDED:*")).in("C"));
            }
        }
        return figures;
    }

    private List<Link> chain(UUID personId, Booked booked, List<CircuitRows.ProjectRow> projects) {
        List<Link> chain = new ArrayList<>();
        List<CircuitRows.OwnPart> versions = rows.versionsWith(personId);
        List<CircuitRows.OwnModel> models = rows.modelsTrainedWith(versions.stream().map(CircuitRows.OwnPart::versionId).toList());
        models.stream().collect(toMap(CircuitRows.OwnModel::modelId, identity(), (one, same) -> one, LinkedHashMap::new)).values().forEach(m ->
                chain.add(new Link("model", m.modelId().toString(), "%s, %s".formatted(m.name(), m.organisationName()), List.of(), List.of(), null)));
        Map<UUID, List<String>> modelsOf = models.stream().collect(groupingBy(CircuitRows.OwnModel::versionId, mapping(m -> m.modelId().toString(), toList())));
        versions.forEach(v -> chain.add(new Link("version", v.versionId().toString(), v.name() + " " + v.number(), modelsOf.getOrDefault(v.versionId(), List.of()),
                List.of(Figure.stated("labels", "Your labels in it", v.labels(), Figure.COUNT, "the release")), null)));
        projects.forEach(project -> chain.add(project(booked, project, versions)));
        return chain;
    }

    private static Link project(Booked booked, CircuitRows.ProjectRow project, List<CircuitRows.OwnPart> versions) {
        String production = "PRODUCTION:" + project.projectId();
        Commodity money = Commodity.money(project.currency());
        return new Link("project", project.projectId().toString(), "%s, %s".formatted(project.title(), project.organisationName()),
                versions.stream().filter(v -> v.projectId().equals(project.projectId())).map(v -> v.versionId().toString()).toList(), List.of(
                booked.debit("hours", "Your observed hours", booked.query(Commodity.LABOUR, "GIVEN:" + project.organisationId()).touching(production + ":*")),
                booked.debit("declared", "Your declared hours", booked.query(Commodity.LABOUR_DECLARED, "GIVEN:" + project.organisationId()).touching(production + ":*")),
                booked.credit("wages", "Your wages", booked.query(money, "WAGES:" + project.organisationId()).touching(production + ":v"))), null);
    }
}
