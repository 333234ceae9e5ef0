package dev.berth.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.berth.api.access.OneQuery;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;

@AnalyzeClasses(packages = "dev.berth.api", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTests {
    @ArchTest
    static final ArchRule theApiKnowsContractsAndNobodyWhoCarriesThemOut = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("dev.berth.activities..", "dev.berth.workers..", "dev.berth.local..")
                            .or(resideInAPackage("dev.berth.workflows").and(simpleNameEndingWith("WorkflowImpl"))));

    /** What {@link OneQuery} promises, where a type can say so: an answer with a body, which {@code ConfirmedAnswer} sees. */
    @ArchTest
    static final ArchRule oneQueryIsAReadThatAnswersWithABody = methods()
            .that()
            .areAnnotatedWith(OneQuery.class)
            .should()
            .beAnnotatedWith(GetMapping.class)
            .andShould()
            .notHaveRawReturnType(void.class)
            .andShould()
            .notHaveRawParameterTypes(describe(
                    "one that answers by itself",
                    types -> types.stream().anyMatch(type -> type.isEquivalentTo(HttpServletResponse.class))));
}
