package dev.berth.domain.edge;

import static java.util.Objects.requireNonNull;

/**
 * By which the edge knows Berth at its control entry. The edge is on every organisation's network and its entries with it, so
 * its counters, which tell of everybody, are shown to who knows a password; the document holds a hash of it.
 *
 * @param user what the edge is told: a line of {@code htpasswd}
 * @param authorization what a request shows in the header of that name; it stays out of every log
 */
public record EdgeControl(String user, String authorization) {
    public EdgeControl {
        requireNonNull(user, "user is null");
        requireNonNull(authorization, "authorization is null");
    }

    @Override
    public String toString() {
        return "EdgeControl[…]";
    }
}
