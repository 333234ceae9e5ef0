package dev.berth.workers;

import dev.berth.settings.Variable;

/** The settings of a process that does one thing and ends: it needs few of them. */
final class Needed {
    private Needed() {}

    /** From the environment. Names the variable and ends the process with status 2 where it is missing. */
    static String value(Variable variable) {
        String value = System.getenv().getOrDefault(variable.name(), "");
        if (value.isBlank()) {
            System.err.println(variable.name() + " is missing. " + variable.purpose() + ".");
            System.exit(2);
        }
        return value;
    }
}
