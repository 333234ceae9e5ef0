package dev.berth.store;

import java.util.UUID;

/**
 * The end of a chain, kept beside it: rows removed from the end are missed by it. Kept elsewhere as well (in an export, on
 * paper), it shows a chain that was written anew from some place on.
 *
 * @param sequence of the last event; 0 for a chain without any
 * @param hash of the last event
 */
public record AuditHead(UUID chainId, long sequence, String hash) {
    static AuditHead before(UUID chainId) {
        return new AuditHead(chainId, 0, AuditEvent.NO_HASH);
    }
}
