package dev.berth.domain.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A {@code package-lock.json} of version 2 or 3: exactly which packages npm installs. Source: npm's documentation,
 * "package-lock.json".
 *
 * <p>Only packages of a registry are accepted, and where a package lies is never taken from the file: it is untrusted, and
 * would make the platform fetch whatever address its author likes.
 *
 * @param packages those that run on Linux, x86-64, glibc, each once
 * @param wanted the ranges for which the file was made, by name
 */
public record PackageLock(List<Locked> packages, Map<String, String> wanted) {
    static final String FILE = "package-lock.json";

    private static final String INSTALL_AGAIN =
            "Run npm install --package-lock-only with npm 7 or newer and commit package-lock.json.";

    public PackageLock {
        packages = List.copyOf(packages);
        wanted = Map.copyOf(wanted);
    }

    /**
     * One package to install.
     *
     * @param name {@code express} or {@code @types/node}
     * @param integrity {@code sha512-…} and the digest in base 64
     */
    public record Locked(String name, String version, String integrity) {
        private static final Pattern NAME =
                Pattern.compile("(@[A-Za-z0-9~_-][A-Za-z0-9._~-]*/)?[A-Za-z0-9~_-][A-Za-z0-9._~-]*");
        private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+){2}[0-9A-Za-z.+-]*");
        private static final Pattern INTEGRITY = Pattern.compile("sha(1|256|512)-[A-Za-z0-9+/]+=*");

        public Locked {
            if (!NAME.matcher(name).matches() || !VERSION.matcher(version).matches()) {
                throw new InvalidAppException(
                        "package-lock.json names a package that no registry has: " + name + " " + version + ".",
                        INSTALL_AGAIN);
            }
            if (!INTEGRITY.matcher(integrity).matches()) {
                throw new InvalidAppException(
                        "package-lock.json has no usable integrity for " + name + " " + version + ".", INSTALL_AGAIN);
            }
        }
    }

    /**
     * Reads the file's text.
     *
     * @throws InvalidAppException when it is no lock file, of version 1, or names packages that are not from a registry
     */
    public static PackageLock parse(String text) {
        JsonNode json = JsonFile.object(FILE, text);
        JsonNode entries = json.path("packages");
        if (json.path("lockfileVersion").asInt(1) < 2 || !entries.isObject()) {
            throw new InvalidAppException(
                    "package-lock.json is of version 1, which does not say where each package goes.", INSTALL_AGAIN);
        }
        Set<Locked> packages = new LinkedHashSet<>();
        entries.properties().forEach(entry -> {
            if (!entry.getKey().isEmpty()) {
                read(entry.getKey(), entry.getValue()).forEach(packages::add);
            }
        });
        return new PackageLock(new ArrayList<>(packages), wanted(entries.path("")));
    }

    private static Stream<Locked> read(String place, JsonNode entry) {
        if (entry.path("link").asBoolean() || !place.contains("node_modules/")) {
            throw new InvalidAppException(
                    "package-lock.json refers to a folder, " + place
                            + ": workspaces and local packages are not built yet.",
                    "Publish that package, or move the app into a repository of its own.");
        }
        if (entry.path("inBundle").asBoolean() || !runsHere(entry)) {
            return Stream.empty();
        }
        String name = entry.hasNonNull("name")
                ? entry.path("name").asText()
                : place.substring(place.lastIndexOf("node_modules/") + "node_modules/".length());
        String integrity = entry.path("integrity").asText().split(" ", 2)[0];
        if (integrity.isEmpty()) {
            throw new InvalidAppException(
                    "The dependency " + name
                            + " has no integrity in package-lock.json: it comes from Git or from a URL.",
                    "Depend on a version from a registry, and run npm install again.");
        }
        return Stream.of(new Locked(name, entry.path("version").asText(), integrity));
    }

    private static Map<String, String> wanted(JsonNode app) {
        Map<String, String> wanted = new LinkedHashMap<>();
        Stream.of("dependencies", "devDependencies", "optionalDependencies")
                .flatMap(field -> app.path(field).properties().stream())
                .forEach(property ->
                        wanted.put(property.getKey(), property.getValue().asText()));
        return wanted;
    }

    private static boolean runsHere(JsonNode entry) {
        return allows(entry.path("os"), "linux")
                && allows(entry.path("cpu"), "x64")
                && allows(entry.path("libc"), "glibc");
    }

    /** npm's rule: a list of allowed names, or of forbidden ones with a {@code !} before each. nix/lib/nodeModules.nix has the same. */
    private static boolean allows(JsonNode list, String mine) {
        List<String> names = list.isArray()
                ? StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : list.isTextual() ? List.of(list.asText()) : List.of();
        return names.isEmpty()
                || (!names.contains("!" + mine)
                        && (names.contains(mine)
                                || names.contains("any")
                                || names.stream().allMatch(name -> name.startsWith("!"))));
    }
}
