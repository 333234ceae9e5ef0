package dev.berth.activities.nix;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One artefact of the package set, as {@code nix/pins.json} names it.
 *
 * @param packageName name in its registry
 * @param file name in the store
 * @param path of a Debian package below its mirror
 * @param suite of Debian that has the package
 * @param executable the one file that is taken out of a package which no build can unpack, since it is the unpacker
 * @param tree hash of the folder that holds {@code executable} alone
 */
record Pin(
        Kind kind,
        String packageName,
        String version,
        String file,
        ContentHash hash,
        Optional<String> path,
        Optional<String> suite,
        Optional<String> executable,
        Optional<ContentHash> tree) {

    enum Kind {
        DEB,
        NPM,
        PYPI,
        GOPROXY
    }

    String storePath() {
        return StorePaths.ofFile(hash, file);
    }

    /** As the file has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Written(
            String kind,
            @JsonProperty("package") String packageName,
            String version,
            String file,
            String hash,
            @Nullable String path,
            @Nullable String suite,
            @Nullable String executable,
            @Nullable String tree) {

        Pin read() {
            return new Pin(
                    Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    packageName,
                    version,
                    file,
                    ContentHash.parse(hash),
                    Optional.ofNullable(path),
                    Optional.ofNullable(suite),
                    Optional.ofNullable(executable),
                    Optional.ofNullable(tree).map(ContentHash::parse));
        }
    }

    Written write() {
        return new Written(
                kind.name().toLowerCase(Locale.ROOT),
                packageName,
                version,
                file,
                hash.integrity(),
                path.orElse(null),
                suite.orElse(null),
                executable.orElse(null),
                tree.map(ContentHash::integrity).orElse(null));
    }
}
