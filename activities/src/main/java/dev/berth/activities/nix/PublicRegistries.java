package dev.berth.activities.nix;

import java.net.URI;

/**
 * Where artefacts come from on a machine on which nobody has configured anything else: the only place in Berth that names
 * hosts. {@link Registries} prefers what the machine's own clients are configured for.
 */
final class PublicRegistries {
    static final URI NPM = URI.create("https://registry.npmjs.org/");
    static final URI PYPI = URI.create("https://pypi.org/simple/");
    static final URI GO = URI.create("https://proxy.golang.org/");
    static final URI DEBIAN = URI.create("http://deb.debian.org/debian/");

    /** Every version that Debian ever published, by date. */
    static final URI DEBIAN_ARCHIVE = URI.create("https://snapshot.debian.org/archive/debian/");

    private PublicRegistries() {}
}
