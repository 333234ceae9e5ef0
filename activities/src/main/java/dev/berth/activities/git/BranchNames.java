package dev.berth.activities.git;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ApplicationFailure;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** The branches of a repository, for somebody who named one that is not there. */
record BranchNames(List<String> names) {
    private static final int LISTED = 5;
    private static final int LONGEST_COMPARED = 100;

    BranchNames {
        names = List.copyOf(names);
    }

    static BranchNames of(Collection<Ref> branches) {
        return new BranchNames(branches.stream()
                .map(branch -> Repository.shortenRefName(branch.getName()))
                .toList());
    }

    ApplicationFailure missing(GitUrl url, String branch) {
        String others = names.size() > LISTED ? " and " + (names.size() - LISTED) + " others" : "";
        return ActivityFailures.of(Failure.of(
                FailureCode.BRANCH_NOT_FOUND,
                "The repository " + url + " has no branch " + shortened(branch) + ". It has "
                        + String.join(", ", nearest(branch)) + others + ".",
                "Set the service's branch to one of those, or push the branch."));
    }

    /** At most five, the most similar first. */
    List<String> nearest(String branch) {
        return names.stream()
                .map(BranchNames::shortened)
                .sorted(Comparator.comparingInt((String name) -> distance(lower(branch), lower(name)))
                        .thenComparing(name -> name))
                .limit(LISTED)
                .toList();
    }

    private static String lower(String name) {
        return shortened(name).toLowerCase(Locale.ROOT);
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_COMPARED ? name : name.substring(0, LONGEST_COMPARED) + "…";
    }

    /** Levenshtein's: how many letters to add, drop or change. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int changed = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
