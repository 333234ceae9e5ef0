package dev.berth.workers;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of docs/ARCHITECTURE.md, as far as they meet in this process. */
@AnalyzeClasses(packages = "dev.berth", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {
    @ArchTest
    static final ArchRule adaptersKnowContractsAndNoWorkflow = noClasses()
            .that()
            .resideInAPackage("dev.berth.activities..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.berth.workers..")
                    .or(resideInAPackage("dev.berth.workflows").and(simpleNameEndingWith("WorkflowImpl"))));

    @ArchTest
    static final ArchRule adaptersKnowNothingOfSpringButItsExceptions = noClasses()
            .that()
            .resideInAPackage("dev.berth.activities..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.boot..", "org.springframework.context.."));

    @ArchTest
    static final ArchRule nobodyKnowsThisProcess = noClasses()
            .that()
            .resideOutsideOfPackage("dev.berth.workers..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.berth.workers.."));
}
