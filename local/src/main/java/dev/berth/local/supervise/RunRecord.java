package dev.berth.local.supervise;

import java.util.Optional;

/**
 * What is known of one part, as kept in {@code run/PART.json}.
 *
 * @param restarts failed starts and unasked ends since the supervisor took it on
 * @param detail one sentence for people, such as why it is not running; may be empty
 */
public record RunRecord(
        String part,
        PartState state,
        Optional<ProcessIdentity> identity,
        String fingerprint,
        int restarts,
        String detail) {

    public static RunRecord none(String part) {
        return new RunRecord(part, PartState.STOPPED, Optional.empty(), "", 0, "");
    }

    public RunRecord with(PartState next, String sentence) {
        return new RunRecord(part, next, identity, fingerprint, restarts, sentence);
    }

    public RunRecord started(ProcessIdentity process, String print) {
        return new RunRecord(part, PartState.STARTING, Optional.of(process), print, restarts, "");
    }

    public RunRecord ended(PartState next, String sentence) {
        return new RunRecord(part, next, Optional.empty(), "", restarts, sentence);
    }

    public RunRecord takenOn() {
        return new RunRecord(part, state, identity, fingerprint, 0, detail);
    }

    public RunRecord restartedOnceMore() {
        return new RunRecord(part, state, identity, fingerprint, restarts + 1, detail);
    }

    /** The rule of adoption: the very process that was started, doing what would be started now. */
    public boolean adoptable(boolean alive, String print) {
        return alive && identity.isPresent() && fingerprint.equals(print);
    }
}
