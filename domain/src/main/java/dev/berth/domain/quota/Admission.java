package dev.berth.domain.quota;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a request may take more of an organisation's resources. Pure: the same numbers give the same answer.
 *
 * @param shortages why not, in the order of {@link Resource}; empty where it may
 */
public record Admission(List<Shortage> shortages) {
    public Admission {
        shortages = List.copyOf(shortages);
    }

    /**
     * For what is new: refused by every limit that it would exceed, and by one that is exceeded already.
     *
     * @param change how much more (or, negative, less) of each resource is taken than before; what is not named is not judged
     */
    public static Admission ofNew(Amounts limits, Amounts used, Map<Resource, Long> change) {
        return of(limits, used, change, 0);
    }

    /**
     * For going on with what an organisation has (a roll-back, a start, another number of replicas): refused only where it takes
     * more. A limit that was lowered meanwhile stands in nobody's way back to what worked.
     *
     * @param change as for {@link #ofNew}
     */
    public static Admission ofKept(Amounts limits, Amounts used, Map<Resource, Long> change) {
        return of(limits, used, change, 1);
    }

    /** @param least the smallest change that is held against the limit */
    private static Admission of(Amounts limits, Amounts used, Map<Resource, Long> change, long least) {
        List<Shortage> shortages = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            long more = change.getOrDefault(resource, -1L);
            if (more >= least && used.of(resource) + more > limits.of(resource)) {
                shortages.add(new Shortage(resource, more, used.of(resource), limits.of(resource)));
            }
        }
        return new Admission(shortages);
    }

    public boolean isGranted() {
        return shortages.isEmpty();
    }
}
