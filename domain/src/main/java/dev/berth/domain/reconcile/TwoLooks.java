package dev.berth.domain.reconcile;

import static java.util.stream.Collectors.toSet;

import dev.berth.domain.reconcile.Finding.Key;
import java.util.List;
import java.util.Set;

/**
 * What two looks in a row agree on. One look may have caught rows and Swarm in the middle of a change that it did not know of.
 *
 * @param before what the look before found
 */
public record TwoLooks(Set<Key> before) {
    public static final TwoLooks NONE = new TwoLooks(Set.of());

    public TwoLooks {
        before = Set.copyOf(before);
    }

    /** The findings of this look that the one before had, too. */
    public List<Finding> confirmed(List<Finding> now) {
        return now.stream().filter(finding -> before.contains(finding.key())).toList();
    }

    /** Whether a third look is worth its while before its time. */
    public boolean hasNews(List<Finding> now) {
        return now.stream().anyMatch(finding -> !before.contains(finding.key()));
    }

    public TwoLooks after(List<Finding> now) {
        return new TwoLooks(now.stream().map(Finding::key).collect(toSet()));
    }
}
