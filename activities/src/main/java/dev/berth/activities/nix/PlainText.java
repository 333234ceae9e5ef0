package dev.berth.activities.nix;

import java.util.regex.Pattern;

/** What programs print, made fit for a log that people read in a browser. */
public final class PlainText {
    /** Escape sequences that set colours and move the cursor (ECMA-48), and those that set titles and links. */
    private static final Pattern ESCAPES =
            Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|[@-Z\\\\^_])");

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

    private PlainText() {}

    public static String of(String printed) {
        // A progress bar overwrites its line; what stood there last counts.
        String last = printed.substring(overwritten(printed));
        return CONTROLS.matcher(ESCAPES.matcher(last).replaceAll("")).replaceAll("");
    }

    private static int overwritten(String printed) {
        String line = printed.endsWith("\r") ? printed.substring(0, printed.length() - 1) : printed;
        return line.lastIndexOf('\r') + 1;
    }
}
