package dev.berth.testkit;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a test marked {@link RealPart} can run; a test's own mark adds to that of its class. */
final class RealPartCondition implements ExecutionCondition {
    /** What only a whole stack has. */
    private static final String OF_A_STACK = "api";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> parts = Stream.of(context.getTestClass(), context.getTestMethod())
                .flatMap(Optional::stream)
                .flatMap(RealPartCondition::parts)
                .toList();
        List<String> missing = parts.stream()
                .map(part -> "BERTH_TEST_" + part.toUpperCase(Locale.ROOT))
                .filter(variable -> address(variable).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            TestTime time = parts.contains(OF_A_STACK) ? TestTime.STACK : TestTime.PARTS;
            return time.isUp()
                    ? ConditionEvaluationResult.disabled(TestTime.IS_UP)
                    : ConditionEvaluationResult.enabled("every real part is there");
        }
        String sentence =
                "It needs real parts whose addresses are not set: " + missing + ". Run it through ./berth test.";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(sentence);
        }
        return ConditionEvaluationResult.disabled(sentence);
    }

    private static Stream<String> parts(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, RealPart.class).map(RealPart::value).stream()
                .flatMap(Arrays::stream);
    }

    private static Optional<String> address(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}
