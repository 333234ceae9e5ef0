package dev.berth.local.command;

import dev.berth.local.Port;
import dev.berth.local.PortTable;

/** What {@code status} tells people and programs to open. */
record Addresses(String api, String edge, String console, String temporalUi) {
    static Addresses of(PortTable ports) {
        return new Addresses(
                ports.url(Port.API),
                ports.url(Port.EDGE),
                "http://localhost:" + ports.of(Port.API) + "/",
                ports.url(Port.TEMPORAL_UI));
    }
}
