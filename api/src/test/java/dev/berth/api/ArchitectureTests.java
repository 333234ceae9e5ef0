package dev.berth.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.berth.api", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {
    @ArchTest
    static final ArchRule theApiKnowsContractsAndNobodyWhoCarriesThemOut = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.berth.activities..", "dev.berth.workers..", "dev.berth.local..")
                            .or(resideInAPackage("dev.berth.workflows").and(simpleNameEndingWith("WorkflowImpl"))));
}
