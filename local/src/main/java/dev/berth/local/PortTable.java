package dev.berth.local;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The port of each listener, read once from the environment. No two share one. */
public record PortTable(Map<Port, Integer> numbers) {
    public PortTable {
        numbers = Map.copyOf(numbers);
        Map<Integer, Port> seen = new java.util.HashMap<>();
        for (Port port : Port.values()) {
            Integer number = numbers.get(port);
            if (number == null) {
                throw new IllegalArgumentException("No port for " + port.purpose());
            }
            if (number < 1 || number > 65535) {
                throw new LocalFailure(port.variable() + " must be a port from 1 to 65535, not " + number + ".");
            }
            Port other = seen.putIfAbsent(number, port);
            if (other != null) {
                throw new LocalFailure("%s and %s are both %d; give each its own port."
                        .formatted(other.variable(), port.variable(), number));
            }
        }
    }

    /** @throws LocalFailure naming the variable that is no port, or the two that are the same */
    public static PortTable from(Map<String, String> environment) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, read(port, environment));
        }
        return new PortTable(numbers);
    }

    private static int read(Port port, Map<String, String> environment) {
        Optional<String> given =
                Optional.ofNullable(environment.get(port.variable())).filter(text -> !text.isBlank());
        try {
            return given.map(String::strip).map(Integer::valueOf).orElse(port.standard());
        } catch (NumberFormatException notANumber) {
            throw new LocalFailure(
                    port.variable() + " must be a port from 1 to 65535, not '" + given.orElseThrow() + "'.",
                    notANumber);
        }
    }

    public int of(Port port) {
        return numbers.get(port);
    }

    /** {@code http://127.0.0.1:PORT} */
    public String url(Port port) {
        return "http://127.0.0.1:" + of(port);
    }
}
