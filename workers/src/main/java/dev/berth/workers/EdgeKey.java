package dev.berth.workers;

import dev.berth.activities.edge.EdgePassword;
import dev.berth.domain.edge.EdgeControl;
import dev.berth.settings.DerivedKey;

/** The key at the edge's control entry: derived from PAYLOAD_KEY, so it serves one purpose and nobody has to keep it. */
final class EdgeKey {
    private static final String PURPOSE = "berth edge control v1";

    private EdgeKey() {}

    static EdgeControl of(byte[] payloadKey) {
        return EdgePassword.of(DerivedKey.of(payloadKey, PURPOSE));
    }
}
