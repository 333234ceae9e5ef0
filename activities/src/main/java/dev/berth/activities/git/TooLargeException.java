package dev.berth.activities.git;

import java.io.IOException;

/** A repository goes beyond a limit; the message says which, to stand after "It has". */
final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(String limit) {
        super(limit);
    }
}
