package dev.berth.activities.git;

import java.time.Duration;

/**
 * How much of a repository Berth takes.
 *
 * @param downloadBytes over the wire, compressed
 * @param checkoutBytes of all files of the commit together
 * @param files of the commit, links included
 * @param silence how long a server may say nothing
 * @param total for one fetch
 */
public record GitLimits(long downloadBytes, long checkoutBytes, int files, Duration silence, Duration total) {
    public GitLimits {
        if (downloadBytes <= 0 || checkoutBytes <= 0 || files <= 0) {
            throw new IllegalArgumentException("A limit is not positive");
        }
    }

    public static GitLimits standard() {
        return new GitLimits(256L << 20, 1L << 30, 50_000, Duration.ofSeconds(20), Duration.ofMinutes(5));
    }
}
