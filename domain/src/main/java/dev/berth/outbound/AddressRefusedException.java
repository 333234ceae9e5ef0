package dev.berth.outbound;

import java.io.IOException;

/** A host that Berth does not fetch from, since it is, or leads to, an address inside the platform's own network. */
public final class AddressRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    AddressRefusedException(String sentence) {
        super(sentence);
    }
}
