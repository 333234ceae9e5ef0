package dev.berth.domain.plan;

import java.util.Map;
import java.util.Optional;

/**
 * The files of a checkout, as far as recognising an app needs them. Paths are relative to the app's folder and use
 * {@code /}. What the repository's author put there is untrusted: an implementation follows no link out of the checkout.
 */
public interface SourceTree {
    /** Whether {@code path} is a regular file inside the checkout. */
    boolean hasFile(String path);

    /** The file's content as UTF-8; empty where it is not there, not text, or larger than 16 MiB. */
    Optional<String> text(String path);

    /** A tree that holds exactly these files. */
    static SourceTree of(Map<String, String> contents) {
        Map<String, String> files = Map.copyOf(contents);
        return new SourceTree() {
            @Override
            public boolean hasFile(String path) {
                return files.containsKey(path);
            }

            @Override
            public Optional<String> text(String path) {
                return Optional.ofNullable(files.get(path));
            }
        };
    }
}
