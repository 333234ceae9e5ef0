package dev.berth.settings;

import dev.berth.domain.AddressRange;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads variables and collects what is wrong with them, so that an operator mends all at once. */
final class Reader {
    private static final int KEY_BYTES = 32;
    private static final String INTERFACE = "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,14}";
    /** Stands for a value that was complained about; the settings are never handed out then. */
    private static final URI NOWHERE = URI.create("none://nowhere");

    private final Map<String, String> environment;
    private final List<String> complaints = new ArrayList<>();

    Reader(Map<String, String> environment) {
        this.environment = environment;
    }

    Optional<String> optional(Variable variable) {
        return Optional.ofNullable(environment.get(variable.name()))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .or(() -> variable.fallback().filter(value -> !value.isEmpty()));
    }

    String text(Variable variable) {
        return optional(variable).orElseGet(() -> {
            complain(variable, "is missing. " + variable.purpose() + ".");
            return "";
        });
    }

    String database(Variable variable) {
        String url = text(variable);
        if (!url.isEmpty() && !url.matches("postgres(ql)?://[^/@]+@[^/@]+/[^/?]+")) {
            complain(variable, "is not of the form postgres://user:password@host:port/database.");
        }
        return url;
    }

    URI uri(Variable variable, Set<String> schemes) {
        String value = text(variable);
        if (value.isEmpty()) {
            return NOWHERE;
        }
        try {
            URI uri = URI.create(value);
            if (uri.getScheme() != null && schemes.contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The same complaint; the exception's message would repeat the value.
        }
        complain(variable, "is not a URL that begins with one of " + sorted(schemes) + ".");
        return NOWHERE;
    }

    Path path(Variable variable) {
        String value = text(variable);
        if (!value.isEmpty() && !value.startsWith("/")) {
            complain(variable, "is not an absolute path.");
        }
        return Path.of(value.isEmpty() ? "/" : value);
    }

    int number(Variable variable, int least, int most) {
        String value = text(variable);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same complaint.
        }
        if (!value.isEmpty()) {
            complain(variable, "is not a whole number from " + least + " to " + most + ".");
        }
        return least;
    }

    Duration seconds(Variable variable, int least, int most) {
        return Duration.ofSeconds(number(variable, least, most));
    }

    boolean flag(Variable variable) {
        String value = text(variable);
        if (!value.equals("true") && !value.equals("false")) {
            complain(variable, "is neither true nor false.");
        }
        return value.equals("true");
    }

    /** One of an enum's names, in lower case. */
    <E extends Enum<E>> E word(Variable variable, Class<E> type, E fallback) {
        String value = text(variable);
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
        if (found.isEmpty() && !value.isEmpty()) {
            complain(
                    variable,
                    "is not one of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return found.orElse(fallback);
    }

    Set<String> list(Variable variable) {
        return ordered(variable).collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> ordered(Variable variable) {
        return optional(variable).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    Set<AddressRange> ranges(Variable variable) {
        try {
            return list(variable).stream().map(AddressRange::parse).collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            complain(variable, "is not a list of addresses or ranges like 10.0.0.0/8.");
            return Set.of();
        }
    }

    /** @return blocks as packet filters know them, in the order in which they stand there */
    List<dev.berth.domain.outbound.AddressRange> blocks(Variable variable) {
        try {
            return ordered(variable)
                    .map(dev.berth.domain.outbound.AddressRange::of)
                    .toList();
        } catch (IllegalArgumentException e) {
            complain(variable, "is not a list of addresses or blocks like 10.20.0.0/16: " + e.getMessage() + ".");
            return List.of();
        }
    }

    List<String> interfaces(Variable variable) {
        List<String> names = ordered(variable).toList();
        if (names.isEmpty() || !names.stream().allMatch(name -> name.matches(INTERFACE))) {
            complain(variable, "is not a list of network interfaces like docker_gwbridge.");
        }
        return names;
    }

    byte[] key(Variable variable) {
        String value = text(variable);
        try {
            byte[] key = Settings.decodeKey(value);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // The same complaint; the exception's message would repeat a part of the key.
        }
        if (!value.isEmpty()) {
            complain(variable, "is not the base64 form of " + KEY_BYTES + " bytes.");
        }
        return new byte[KEY_BYTES];
    }

    /** Keys, comma-separated; none where the variable is empty. */
    List<byte[]> keys(Variable variable) {
        try {
            List<byte[]> keys = list(variable).stream().map(Settings::decodeKey).toList();
            if (keys.stream().allMatch(key -> key.length == KEY_BYTES)) {
                return keys;
            }
        } catch (IllegalArgumentException e) {
            // The same complaint; the exception's message would repeat a part of a key.
        }
        complain(variable, "is not a list of the base64 forms of " + KEY_BYTES + " bytes.");
        return List.of();
    }

    void refuseIfWrong() {
        if (!complaints.isEmpty()) {
            throw new SettingsException(complaints);
        }
    }

    private void complain(Variable variable, String complaint) {
        complaints.add(variable.name() + " " + complaint);
    }

    private static String sorted(Set<String> schemes) {
        return schemes.stream().sorted().map(scheme -> scheme + "://").collect(Collectors.joining(", "));
    }
}
