package dev.berth.activities.nix;

import dev.berth.domain.nix.NixDaemon;
import java.nio.file.Path;

/** Realises a derivation in a process that a test can kill. Arguments: the store's root, the derivation. */
final class RealiseMain {
    private RealiseMain() {}

    public static void main(String[] arguments) {
        NixStore store = new NixStore(new NixDaemon(Path.of(arguments[0])));
        new Realiser(store).realise(arguments[1], line -> {}, () -> {});
    }
}
