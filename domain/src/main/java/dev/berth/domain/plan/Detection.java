package dev.berth.domain.plan;

import dev.berth.domain.Failure;

/** What came of looking at a source tree. */
public sealed interface Detection {
    record Recognised(BuildPlan plan) implements Detection {}

    /** Of code {@code APP_NOT_RECOGNISED} or {@code APP_INVALID}. */
    record Refused(Failure failure) implements Detection {}
}
