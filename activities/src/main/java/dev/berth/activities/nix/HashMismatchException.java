package dev.berth.activities.nix;

/** What was fetched is not what was asked for. */
final class HashMismatchException extends Exception {
    private static final long serialVersionUID = 1;

    HashMismatchException(ContentHash wanted, ContentHash found) {
        super("wanted " + wanted.integrity() + ", got " + found.integrity());
    }
}
