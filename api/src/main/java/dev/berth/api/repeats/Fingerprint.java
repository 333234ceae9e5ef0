package dev.berth.api.repeats;

import java.util.Set;

/**
 * What tells one request from another without telling what is in it: see {@link Fingerprints}.
 *
 * @param text 64 hexadecimal digits, to keep
 * @param former the same as they were kept while a former PAYLOAD_KEY was the newest
 */
record Fingerprint(String text, Set<String> former) {
    boolean isOf(String kept) {
        return text.equals(kept) || former.contains(kept);
    }
}
