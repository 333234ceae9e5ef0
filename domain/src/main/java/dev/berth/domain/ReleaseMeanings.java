package dev.berth.domain;

/** The words of {@link FailureCode.Phase#RELEASE}. */
final class ReleaseMeanings {
    private static final String LOG = "the command's last 50 lines";

    static final Meaning RELEASE_FAILED = new Meaning(
            "The release command ended with another exit code than 0; the new version got no traffic.",
            LOG + "; the sentence has the exit code",
            "Its last lines say why; what it changed before it failed stays changed.");
    static final Meaning RELEASE_COMMAND_NOT_FOUND = new Meaning(
            "The release command names a program that is not in the image, or cannot be run (exit code 126 or 127).",
            "the last lines, or Swarm's explanation",
            "Correct the release command: its first word is a program, the others are its arguments, and no shell reads them.");
    static final Meaning RELEASE_TIMED_OUT = new Meaning(
            "The release command did not end within its time and was ended.",
            LOG,
            "Find out what it waits for, or give it more time (`releaseDeadlineSeconds`).");

    private ReleaseMeanings() {}
}
