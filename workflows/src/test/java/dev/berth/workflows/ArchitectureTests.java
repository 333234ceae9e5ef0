package dev.berth.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** What makes a history replay to the same commands for years: workflow code that can see nothing but its history. */
@AnalyzeClasses(packages = "dev.berth", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {
    private static final DescribedPredicate<JavaClass> THE_SEALED =
            resideInAPackage("dev.berth.workflows").as("the workflow code");

    @ArchTest
    static final ArchRule workflowsSeeContractsPureRecordsAndTemporalOnly = classes()
            .that(THE_SEALED)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "dev.berth.workflows",
                            "dev.berth.domain..",
                            "io.temporal.workflow..",
                            "io.temporal.activity..",
                            "io.temporal.common..",
                            "io.temporal.failure..",
                            "io.temporal.api.enums..",
                            "java.lang..",
                            "java.util..",
                            "java.time..",
                            "org.jspecify..")
                    .or(equivalentTo(io.temporal.client.WorkflowExecutionAlreadyStarted.class))
                    .or(equivalentTo(org.slf4j.Logger.class)));

    @ArchTest
    static final ArchRule workflowsKnowNoClockNoChanceAndNoThread = noClasses()
            .that(THE_SEALED)
            .should()
            .dependOnClassesThat(equivalentTo(Instant.class)
                    .or(equivalentTo(Clock.class))
                    .or(equivalentTo(Thread.class))
                    .or(equivalentTo(Random.class))
                    .or(equivalentTo(ThreadLocalRandom.class))
                    .or(equivalentTo(CompletableFuture.class))
                    .or(resideInAnyPackage("java.util.concurrent..", "java.util.random..", "java.lang.reflect..")))
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class);

    @ArchTest
    static final ArchRule workflowsKeepNothingInAnOrderThatChanges = noClasses()
            .that(THE_SEALED)
            .should()
            .dependOnClassesThat(equivalentTo(HashMap.class).or(equivalentTo(HashSet.class)));

    @ArchTest
    static final ArchRule workflowsShareNoState = fields().that()
            .areDeclaredInClassesThat(THE_SEALED)
            .and()
            .areStatic()
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule workflowsNeverSeeHowValuesTravel = noClasses()
            .that(THE_SEALED)
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.berth.workflows.payload..", "dev.berth.workflows.client.."));

    @ArchTest
    static final ArchRule pureRecordsSeeNothingButThemselves = classes()
            .that(resideInAPackage("dev.berth.domain.."))
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("dev.berth.domain..", "java..", "org.jspecify..", "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule rowsKnowNobodyAbove = noClasses()
            .that(resideInAnyPackage("dev.berth.store..", "dev.berth.settings..", "dev.berth.domain.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.berth..")
                    .and(not(resideInAnyPackage("dev.berth.store..", "dev.berth.settings..", "dev.berth.domain.."))));
}
