package io.kreislauf;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a class may touch from where it stands. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.kreislauf");

    /** From the top of the house to its foundation; each feature may use those after it. */
    private static final List<String> DOWNWARDS =
            List.of("demo", "report", "circuit", "market", "dataset", "label", "work", "project", "people");

    private static final List<String> FOUNDATION = List.of("ledger", "stream");

    private static final DescribedPredicate<JavaClass> INNER =
            simpleNameEndingWith("Resource").or(simpleNameEndingWith("Rows")).or(simpleNameEndingWith("Events"));

    @Test
    void dependenciesPointOneWay() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String feature : DOWNWARDS) {
            layers = layers.layer(feature).definedBy("io.kreislauf." + feature + "..");
        }
        for (int i = 0; i < DOWNWARDS.size(); i++) {
            String[] above = DOWNWARDS.subList(0, i).toArray(String[]::new);
            layers = i == 0 ? layers.whereLayer(DOWNWARDS.get(i)).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(DOWNWARDS.get(i)).mayOnlyBeAccessedByLayers(above);
        }
        layers.check(OURS);
        for (String base : FOUNDATION) {
            noClasses().that().resideInAPackage("io.kreislauf." + base + "..")
                    .should().dependOnClassesThat().resideInAnyPackage(DOWNWARDS.stream().map(f -> "io.kreislauf." + f + "..").toArray(String[]::new))
                    .because("the foundation knows no feature").allowEmptyShould(true).check(OURS);
        }
        noClasses().that().resideInAPackage("io.kreislauf.stream..")
                .should().dependOnClassesThat().resideInAPackage("io.kreislauf.ledger..").check(OURS);
    }

    @Test
    void nobodyDependsOnTheWeb() {
        noClasses().that().resideOutsideOfPackage("io.kreislauf.web..")
                .should().dependOnClassesThat().resideInAPackage("io.kreislauf.web..").check(OURS);
    }

    @Test
    void featuresFormNoCycle() {
        slices().matching("io.kreislauf.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void theSharedWordsAndTheCoreOfTheLedgerArePure() {
        classes().that().resideInAnyPackage("io.kreislauf", "io.kreislauf.ledger")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "io.kreislauf", "io.kreislauf.ledger")
                .because("rules that are trusted can be read and tested alone").check(OURS);
    }

    @Test
    void resourcesAndRowsAreKeptInside() {
        classes().that(INNER)
                .and().areTopLevelClasses()
                .should().notBePublic().check(OURS);
    }

    @Test
    void everyEndpointNamesItsRoles() {
        methods().that().areMetaAnnotatedWith(HttpMethod.class).should(new ArchCondition<>("name the roles that may call it") {
            @Override
            public void check(JavaMethod endpoint, ConditionEvents events) {
                boolean named = List.of(RolesAllowed.class, PermitAll.class, Authenticated.class).stream()
                        .anyMatch(a -> endpoint.isAnnotatedWith(a) || endpoint.getOwner().isAnnotatedWith(a));
                events.add(new SimpleConditionEvent(endpoint, named, endpoint.getFullName() + " names no role"));
            }
        }).check(OURS);
    }

    @Test
    void onlyTheStreamTouchesAProducer() {
        noClasses().that().resideOutsideOfPackage("io.kreislauf.stream..")
                .should().dependOnClassesThat().resideInAPackage("org.apache.kafka.clients.producer..")
                .orShould().dependOnClassesThat().haveSimpleNameEndingWith("Emitter")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("org.eclipse.microprofile.reactive.messaging.Outgoing")
                .because("nothing is emitted but through the outbox")
                .check(OURS);
    }

    @Test
    void transactionsBeginAtUseCasesOnly() {
        noClasses().that(INNER).should().beAnnotatedWith(Transactional.class).check(OURS);
        noMethods().that().areDeclaredInClassesThat(INNER).should().beAnnotatedWith(Transactional.class).check(OURS);
    }

    @Test
    void namesExplainThemselves() {
        noClasses().should().haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Utils")
                .orShould().haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Manager")
                .orShould().haveSimpleNameEndingWith("Impl").orShould().haveSimpleNameEndingWith("ServiceImpl")
                .check(OURS);
        noClasses().should().resideInAnyPackage("..service..", "..impl..", "..util..", "..common..").check(OURS);
    }

    @Test
    void pathsAreUnderApiOrTheWebs() {
        classes().that().areAnnotatedWith(Path.class).and().resideOutsideOfPackage("io.kreislauf.web..")
                .should(new ArchCondition<>("stand under /api") {
                    @Override
                    public void check(JavaClass resource, ConditionEvents events) {
                        String path = resource.getAnnotationOfType(Path.class).value();
                        events.add(new SimpleConditionEvent(resource, path.startsWith("/api"), resource.getName() + " stands at " + path));
                    }
                }).check(OURS);
    }
}
