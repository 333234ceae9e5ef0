package dev.berth.local.test;

import dev.berth.local.LocalFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of the tests that is worth running by itself: it needs no stack, and ends with a line of figures of its own. */
public enum Suite {
    /** Whether anybody reaches what is another's: {@code dev.berth.api.isolation}. */
    ISOLATION,
    /** Whether whatever is sent is answered as documented: {@code dev.berth.api.fuzz}. */
    FUZZ;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws LocalFailure that names the suites there are */
    public static Suite named(String name) {
        return Arrays.stream(values())
                .filter(suite -> suite.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new LocalFailure(
                        "There is no suite '" + name + "'. Usage: ./berth test [--fast | SUITE]. Suites: " + names()));
    }

    public static String names() {
        return Arrays.stream(values()).map(Suite::id).collect(Collectors.joining(", "));
    }

    /** Maven's arguments that run it and nothing else. */
    List<String> arguments() {
        return List.of(
                "-pl",
                "api",
                "-am",
                "-Dtest=**/" + id() + "/*Tests",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                // What the API logs while it refuses thousands of requests hides what failed.
                "-Dmaven.test.redirectTestOutputToFile=true",
                "-Dmaven.test.failure.ignore=true",
                "test");
    }
}
