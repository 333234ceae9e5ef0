package dev.berth.activities.nix;

import java.net.URI;
import java.util.List;

/**
 * One file that a build needs, known by its hash before it is fetched.
 *
 * @param what for people: {@code express 5.1.0 from npm}
 * @param file its name in the store
 * @param addresses where it may be, in the order in which to ask
 */
record Artefact(String what, String file, ContentHash hash, List<URI> addresses) {
    Artefact {
        addresses = List.copyOf(addresses);
    }

    String storePath() {
        return StorePaths.ofFile(hash, file);
    }
}
