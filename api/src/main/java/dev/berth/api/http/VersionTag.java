package dev.berth.api.http;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ETag} of a row: {@code "3-…"}. Before the dash stands the version of its configuration, behind it when anything
 * about it last changed, its observed state included.
 *
 * <p>{@code If-None-Match} compares the whole, so that a new state is seen; {@code If-Match} compares the version alone, since
 * whoever changes the configuration does not mind what is observed meanwhile ({@code "3"} is enough).
 */
public final class VersionTag {
    private static final Pattern ONE = Pattern.compile("(W/)?\"([0-9]{1,18})?[\\x21\\x23-\\x7e]*\"");
    private static final int LENGTH = 1_000;

    private VersionTag() {}

    public static String of(long version, Instant changedAt) {
        return "\"%d-%s\"".formatted(version, Long.toString(changedAt.toEpochMilli(), Character.MAX_RADIX));
    }

    /**
     * Goes on where the caller means the row as it is.
     *
     * @param ifMatch the header, or null where the request has none
     * @throws ProblemException 428 without it, 412 where it names another version, 400 where it cannot be read
     */
    public static void check(@Nullable String ifMatch, long version) {
        if (ifMatch == null) {
            throw new ProblemException(Problem.of(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send the header If-Match with the ETag of what you read, or * to change whatever is there."));
        }
        if (!ifMatch.strip().equals("*") && !names(ifMatch, version)) {
            throw new ProblemException(Problem.of(
                    ProblemType.PRECONDITION_FAILED, "Somebody has changed it since you read it. Read it again."));
        }
    }

    /** Weak tags match nothing here: RFC 9110, section 13.1.1. */
    private static boolean names(String ifMatch, long version) {
        if (ifMatch.length() > LENGTH) {
            throw unreadable();
        }
        boolean found = false;
        for (String text : ifMatch.split(",", -1)) {
            Matcher tag = ONE.matcher(text.strip());
            if (!tag.matches()) {
                throw unreadable();
            }
            found |= tag.group(1) == null && tag.group(2) != null && Long.parseLong(tag.group(2)) == version;
        }
        return found;
    }

    private static ProblemException unreadable() {
        return new ProblemException(Problem.ofParameter("If-Match", "must be * or an ETag in quotes"));
    }
}
