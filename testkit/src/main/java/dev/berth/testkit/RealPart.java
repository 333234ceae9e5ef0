package dev.berth.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test that talks to real parts: {@code docker}, {@code registry}, {@code temporal}, {@code nix}. A part is there when
 * {@code BERTH_TEST_DOCKER}, {@code BERTH_TEST_REGISTRY}, … is set; {@code ./berth test} starts the parts and sets them.
 *
 * <p>A missing part fails the test where {@code CI=true}, since there nobody would notice that it never ran; elsewhere the test
 * is aborted with a sentence that says how to run it.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RealPartCondition.class)
public @interface RealPart {
    String[] value();
}
