package dev.berth.bench;

import java.util.Map;

/** {@code ./berth bench [NAME]}: runs one measurement, or lists them. */
public final class Bench {
    private static final Map<String, Measurement> MEASUREMENTS = Map.of(
            "deploy", DeployBench::run,
            "operations", OperationsBench::run,
            "access", AccessBench::run,
            "orchestration", OrchestrationBench::run,
            "many", ManyServicesBench::run);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Measurement measurement = arguments.length == 1 ? MEASUREMENTS.get(arguments[0]) : null;
        if (measurement == null) {
            System.out.println("Measurements: "
                    + String.join(", ", MEASUREMENTS.keySet().stream().sorted().toList())
                    + ". Run one with ./berth bench NAME.");
            System.exit(arguments.length == 0 ? 0 : 2);
        } else {
            System.exit(measurement.run(Stack.of(System.getenv())) ? 0 : 1);
        }
    }

    /** Prints what it measured; true where every figure keeps its limit. */
    private interface Measurement {
        boolean run(Stack stack) throws Exception;
    }
}
