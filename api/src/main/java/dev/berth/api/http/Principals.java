package dev.berth.api.http;

import dev.berth.store.Caller;
import java.util.UUID;

/** Whom limits, keys and refusals are counted for: the token or session that a caller came with. */
public final class Principals {
    private Principals() {}

    public static UUID idOf(Caller caller) {
        return caller.tokenId();
    }
}
