package dev.berth.activities.nix;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where this machine gets packages from: what npm, pip, Go and apt are configured for here, else the public defaults. The
 * clients' files are read instead of asking the clients, since a bare machine has none of them.
 *
 * @param debian mirrors in the order in which to try them
 */
record Registries(URI npm, URI pypi, URI go, List<URI> debian) {
    private static final Pattern NPM_LINE = Pattern.compile("(?m)^\\s*registry\\s*=\\s*(https?://\\S+)\\s*$");
    private static final Pattern PIP_LINE = Pattern.compile("(?m)^\\s*index-url\\s*[=:]\\s*(https?://\\S+)\\s*$");
    private static final Pattern GO_LINE = Pattern.compile("(?m)^GOPROXY=(\\S+)\\s*$");
    private static final Pattern APT_ADDRESS =
            Pattern.compile("(?m)^(?:URIs:|deb(?:\\s+\\[[^\\]]*\\])?)\\s+(https?://\\S+/debian/?)(?:\\s|$)");

    Registries {
        debian = List.copyOf(debian);
    }

    static Registries ofThisMachine() {
        return of(System.getenv(), Path.of("/"), Path.of(System.getProperty("user.home")));
    }

    /** @param top of the file system, {@code /} but in tests */
    static Registries of(Map<String, String> environment, Path top, Path home) {
        return new Registries(
                first(
                                variable(environment, "npm_config_registry"),
                                inFile(home.resolve(".npmrc"), NPM_LINE),
                                inFile(top.resolve("etc/npmrc"), NPM_LINE))
                        .orElse(PublicRegistries.NPM),
                first(
                                variable(environment, "PIP_INDEX_URL"),
                                inFile(home.resolve(".config/pip/pip.conf"), PIP_LINE),
                                inFile(home.resolve(".pip/pip.conf"), PIP_LINE),
                                inFile(top.resolve("etc/pip.conf"), PIP_LINE))
                        .orElse(PublicRegistries.PYPI),
                first(variable(environment, "GOPROXY"), inFile(home.resolve(".config/go/env"), GO_LINE))
                        .orElse(PublicRegistries.GO),
                mirrors(top.resolve("etc/apt")));
    }

    @SafeVarargs
    private static Optional<URI> first(Optional<String>... places) {
        return Stream.of(places).flatMap(Optional::stream).findFirst().map(Registries::folder);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                // Go takes a list, "https://a,https://b|direct".
                .flatMap(value -> Stream.of(value.split("[,|]"))
                        .filter(entry -> entry.startsWith("http"))
                        .findFirst());
    }

    private static Optional<String> inFile(Path file, Pattern line) {
        Matcher matcher = line.matcher(read(file));
        return matcher.find()
                ? Stream.of(matcher.group(1).split("[,|]"))
                        .filter(entry -> entry.startsWith("http"))
                        .findFirst()
                : Optional.empty();
    }

    private static List<URI> mirrors(Path apt) {
        List<URI> mirrors = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(apt.resolve("sources.list")));
        try (Stream<Path> more = Files.list(apt.resolve("sources.list.d"))) {
            more.sorted().forEach(files::add);
        } catch (IOException none) {
            // Not a Debian machine, or one with a single list.
        }
        for (Path file : files) {
            APT_ADDRESS
                    .matcher(read(file))
                    .results()
                    .map(found -> folder(found.group(1)))
                    .forEach(mirrors::add);
        }
        mirrors.add(PublicRegistries.DEBIAN);
        return mirrors.stream().distinct().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }

    private static URI folder(String address) {
        return URI.create(address.endsWith("/") ? address : address + "/");
    }
}
