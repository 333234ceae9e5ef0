package dev.berth.local.parts;

import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What parts say of the programs of the machine. */
final class Installed {
    private Installed() {}

    static Optional<String> advise(Need need) {
        return need.found().isPresent()
                ? Optional.empty()
                : Optional.of(need.program() + " is not installed; run: " + Apt.advice(List.of(need.debian())));
    }

    static String path(Need need) {
        return need.found().map(Path::toString).orElse(need.program());
    }
}
