package dev.berth.local.test;

import dev.berth.local.LocalFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A part of the tests that is worth running by itself, and ends with a line of figures of its own. */
public enum Suite {
    /** Whether anybody reaches what is another's: {@code dev.berth.api.isolation}. */
    ISOLATION(Ground.SOURCES, "api", "**/isolation/*Tests"),
    /** Whether whatever is sent is answered as documented: {@code dev.berth.api.fuzz}. */
    FUZZ(Ground.SOURCES, "api", "**/fuzz/*Tests"),
    /** Whether every operation survives every crash: {@code dev.berth.local.e2e.ChaosTests}. */
    CHAOS(Ground.STACK, "local", "ChaosTests"),
    /** Whether an operation costs a request: {@code dev.berth.local.e2e.LoadTests}. By itself it is always the whole of it. */
    LOAD(Ground.STACK, "local", "LoadTests"),
    /** Whether deployments survive the next build of Berth: {@code dev.berth.local.e2e.UpgradeTests}. The whole of it by itself. */
    UPGRADE(Ground.STACK, "local", "UpgradeTests");

    /** What a suite stands on. */
    enum Ground {
        /** What is compiled, and parts that the tests start themselves. */
        SOURCES,
        /** A whole stack of the tests' own. */
        STACK
    }

    /** How much of it runs. */
    public enum Extent {
        /** What is part of every run. */
        USUAL,
        /** Every row of its table. */
        ALL
    }

    private final Ground ground;
    private final String module;
    private final String tests;

    Suite(Ground ground, String module, String tests) {
        this.ground = ground;
        this.module = module;
        this.tests = tests;
    }

    Ground ground() {
        return ground;
    }

    /** What its tests are told. */
    Map<String, String> variables(Extent extent) {
        return this == LOAD || this == UPGRADE || extent == Extent.ALL ? Map.of("BERTH_TEST_EXTENT", "all") : Map.of();
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws LocalFailure that names the suites there are */
    public static Suite named(String name) {
        return Arrays.stream(values())
                .filter(suite -> suite.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new LocalFailure("There is no suite '" + name
                        + "'. Usage: ./berth test [--fast | SUITE [--all]]. Suites: " + names()));
    }

    public static String names() {
        return Arrays.stream(values()).map(Suite::id).collect(Collectors.joining(", "));
    }

    /** Maven's arguments that run it and nothing else. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "-pl",
                module,
                "-am",
                "-Dtest=" + tests,
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dmaven.test.failure.ignore=true"));
        if (ground == Ground.SOURCES) {
            // What the API logs while it refuses thousands of requests hides what failed.
            arguments.add("-Dmaven.test.redirectTestOutputToFile=true");
        }
        arguments.add("test");
        return arguments;
    }
}
