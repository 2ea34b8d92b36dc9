package io.kreislauf.demo;

import io.kreislauf.people.Caller;
import io.kreislauf.people.Consent;
import io.kreislauf.people.Organisations;
import io.kreislauf.people.Provisioning;
import io.kreislauf.people.Provisioning.Account;
import io.kreislauf.people.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The people of the demo: staff of two organisations, and annotators in three regions, one of them with fewer than ten. */
@ApplicationScoped
class DemoPeople {

    /** Known to everybody; {@link DemoBounds} keeps it on loopback. */
    static final String PASSWORD = "kreislauf";

    private record Named(String login, String displayName, String region, String language) {}

    private static final List<Named> ANNOTATORS = List.of(
            new Named("anna", "Anna", "KE", "en"), new Named("baraka", "Baraka", "KE", "en"), new Named("chebet", "Chebet", "KE", "en"),
            new Named("dalila", "Dalila", "KE", "en"), new Named("ekiru", "Ekiru", "KE", "en"), new Named("faraja", "Faraja", "KE", "en"),
            new Named("gathoni", "Gathoni", "KE", "en"), new Named("hamisi", "Hamisi", "KE", "en"), new Named("imani", "Imani", "KE", "en"),
            new Named("juma", "Juma", "KE", "en"), new Named("kamau", "Kamau", "KE", "en"), new Named("lulu", "Lulu", "KE", "en"),
            new Named("malaya", "Malaya", "PH", "en"), new Named("nilo", "Nilo", "PH", "en"), new Named("ophelia", "Ophelia", "PH", "en"),
            new Named("paolo", "Paolo", "PH", "en"), new Named("quirino", "Quirino", "PH", "en"), new Named("reyna", "Reyna", "PH", "en"),
            new Named("sampaguita", "Sampaguita", "PH", "en"), new Named("tala", "Tala", "PH", "en"), new Named("ursula", "Ursula", "PH", "en"),
            new Named("vergel", "Vergel", "PH", "en"), new Named("wilma", "Wilma", "PH", "en"),
            new Named("anton", "Anton", "DE", "de"), new Named("bertha", "Bertha", "DE", "de"), new Named("clara", "Clara", "DE", "de"),
            new Named("dora", "Dora", "DE", "de"), new Named("emil", "Emil", "DE", "de"), new Named("friedrich", "Friedrich", "DE", "de"),
            new Named("gustav", "Gustav", "DE", "de"));

    /** The two organisations of the demo. */
    record Houses(UUID dataHouse, UUID modelHouse) {}

    /** Ids of the staff, and of the annotators in a fixed order. */
    record Cast(UUID operator, UUID requester, UUID reviewer, UUID modelMaker, UUID researcher, List<UUID> annotators) {

        Caller asOperator() {
            return new Caller(operator, null, Set.of(Roles.OPERATOR));
        }

        Caller asRequester(Houses houses) {
            return new Caller(requester, houses.dataHouse(), Set.of(Roles.REQUESTER));
        }

        Caller asReviewer(Houses houses) {
            return new Caller(reviewer, houses.dataHouse(), Set.of(Roles.REVIEWER));
        }

        Caller asModelMaker(Houses houses) {
            return new Caller(modelMaker, houses.modelHouse(), Set.of(Roles.REQUESTER));
        }

        Caller asAnnotator(int index) {
            return new Caller(annotators.get(index), null, Set.of(Roles.ANNOTATOR));
        }
    }

    private static final Caller DEMO = new Caller(new UUID(0, 0), null, Set.of(Roles.OPERATOR));

    private final DemoSteps steps;
    private final Organisations organisations;
    private final Provisioning provisioning;
    private final Consent consent;

    DemoPeople(DemoSteps steps, Organisations organisations, Provisioning provisioning, Consent consent) {
        this.steps = steps;
        this.organisations = organisations;
        this.provisioning = provisioning;
        this.consent = consent;
    }

    Houses houses() {
        return steps.once("organisations", Houses.class, () -> new Houses(
                organisations.add(DEMO, "Annotation Co-operative Nairobi", "manufacturer").organisationId(),
                organisations.add(DEMO, "Modellwerk", "model-maker").organisationId()));
    }

    Cast cast(Houses houses) {
        UUID operator = person(new Named("otto", "Otto", "DE", "de"), Roles.OPERATOR, null);
        UUID requester = person(new Named("rosa", "Rosa", "KE", "en"), Roles.REQUESTER, houses.dataHouse());
        UUID reviewer = person(new Named("rita", "Rita", "KE", "en"), Roles.REVIEWER, houses.dataHouse());
        UUID modelMaker = person(new Named("max", "Max", "DE", "de"), Roles.REQUESTER, houses.modelHouse());
        UUID researcher = person(new Named("ruth", "Ruth", "DE", "de"), Roles.RESEARCHER, null);
        List<UUID> annotators = new ArrayList<>();
        for (Named named : ANNOTATORS) {
            annotators.add(person(named, Roles.ANNOTATOR, null));
        }
        return new Cast(operator, requester, reviewer, modelMaker, researcher, annotators);
    }

    /** The identity provider is asked outside a transaction; {@link Provisioning} takes over what an earlier start left half done. */
    private UUID person(Named named, String role, UUID organisationId) {
        return steps.onceRepeatable("person " + named.login(), UUID.class, () -> {
            UUID made = provisioning.find(named.login()).orElseGet(() -> provisioning.provision(DEMO,
                    new Account(named.login(), named.displayName(), Set.of(role), organisationId, named.region(), List.of(named.language()),
                            "demo", null, PASSWORD)).personId());
            // Anna answers the question herself, so that a first sign-in shows it.
            if (Set.of(Roles.ANNOTATOR, Roles.REVIEWER).contains(role) && !named.login().equals("anna")) {
                consent.decide(new Caller(made, organisationId, Set.of(role)), Consent.VERSION, "agreed");
            }
            return made;
        });
    }
}
