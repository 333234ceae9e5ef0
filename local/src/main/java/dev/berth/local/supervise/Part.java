package dev.berth.local.supervise;

import java.util.List;
import java.util.Optional;

/**
 * Something that the supervisor keeps running. Each method is called from one thread at a time, and returns within seconds
 * unless it says otherwise.
 */
public interface Part {
    /** As in {@code stop PART}: lower case, with dashes. */
    String name();

    /** The names of the parts that must answer before this one is started. */
    List<String> needs();

    /** Why it cannot be started here and what to do about it; empty when it can. */
    Optional<String> missing();

    /** Changes when the part must be started anew to be what it should be: another program, port or setting. */
    String fingerprint();

    /** Prepares and starts it, and does not wait for its answer. May take a minute the first time. */
    ProcessIdentity start() throws Exception;

    /** Whether it answers now, and what must follow its first answer is done. Asks with a deadline of few seconds. */
    boolean answers() throws Exception;

    default boolean alive(ProcessIdentity identity) {
        return identity.alive();
    }

    /** Ends it and all that it started; afterwards neither process nor port is left. Does nothing when it has ended. */
    void stop(ProcessIdentity identity);

    /** Removes what an ended part leaves on the machine outside the state folder. Called after it has ended, or never ran. */
    default void clear() {}
}
