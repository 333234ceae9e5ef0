package dev.berth.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * Walks along a chain and says where it breaks first: at an event with a changed field, where one is missing, stands twice or in
 * another's place, at an end that is not the one that the head names.
 *
 * <p>Whoever may write the table without its guards can write a whole chain anew, and its head with it; that is whole again, and
 * only a head that was kept elsewhere tells it from the old one. Feed the events in the order of their numbers, in as many parts
 * as memory asks for; not for several threads.
 */
public final class AuditVerifier {
    private long seen;
    private String last = AuditEvent.NO_HASH;
    private OptionalLong broken = OptionalLong.empty();

    public void accept(AuditEvent event) {
        seen++;
        boolean fits = event.sequence() == seen && event.previousHash().equals(last) && event.isIntact();
        if (!fits && broken.isEmpty()) {
            // Where one is missing, the missing one is to blame and not its neighbour.
            broken = OptionalLong.of(Math.min(seen, event.sequence()));
        }
        last = event.hash();
    }

    /** @param head as it was read before or together with the events */
    public Verdict against(AuditHead head) {
        OptionalLong first = broken;
        if (first.isEmpty() && seen != head.sequence()) {
            first = OptionalLong.of(Math.min(seen, head.sequence()) + 1);
        } else if (first.isEmpty() && !last.equals(head.hash())) {
            first = OptionalLong.of(head.sequence());
        }
        return new Verdict(seen, first);
    }

    public static Verdict verify(List<AuditEvent> events, AuditHead head) {
        AuditVerifier verifier = new AuditVerifier();
        events.forEach(verifier::accept);
        return verifier.against(head);
    }

    /**
     * What the walk found.
     *
     * @param events how many there are
     * @param firstBroken the number of the first event that is not as it was written; 0 at least
     */
    public record Verdict(long events, OptionalLong firstBroken) {
        public boolean isIntact() {
            return firstBroken.isEmpty();
        }
    }
}
