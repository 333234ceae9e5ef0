package dev.berth.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.domain.plan.PackageLock.Locked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageLockTests {
    @Test
    void namesEachPackageOnceWhereverItIsInstalled() {
        assertThat(packages("""
                "node_modules/ms": {"version": "2.1.3", "integrity": "sha512-AA=="},
                "node_modules/@x/y": {"version": "1.0.0-rc.1+b", "integrity": "sha512-BB== sha1-CC=="},
                "node_modules/a/node_modules/ms": {"version": "2.1.3", "integrity": "sha512-AA=="},
                "node_modules/alias": {"name": "real", "version": "1.0.0", "integrity": "sha1-DD=="}
                """).packages())
                .containsExactly(
                        new Locked("ms", "2.1.3", "sha512-AA=="),
                        new Locked("@x/y", "1.0.0-rc.1+b", "sha512-BB=="),
                        new Locked("real", "1.0.0", "sha1-DD=="));
    }

    @Test
    void leavesOutWhatIsForOtherPlatformsOrComesInsideAnother() {
        assertThat(packages("""
                "node_modules/mac": {"version": "1.0.0", "integrity": "sha512-AA==", "os": ["darwin"]},
                "node_modules/arm": {"version": "1.0.0", "integrity": "sha512-AA==", "cpu": ["arm64"]},
                "node_modules/musl": {"version": "1.0.0", "integrity": "sha512-AA==", "libc": ["musl"]},
                "node_modules/not": {"version": "1.0.0", "integrity": "sha512-AA==", "os": ["!linux"]},
                "node_modules/bundled": {"version": "1.0.0", "inBundle": true},
                "node_modules/here": {"version": "1.0.0", "integrity": "sha512-AA==", "os": ["!win32"], "cpu": ["x64"]}
                """).packages()).containsExactly(new Locked("here", "1.0.0", "sha512-AA=="));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "node_modules/a": {"version": "1.0.0", "resolved": "git+ssh://x/y.git#1"}                 | has no integrity
            "packages/a": {"version": "1.0.0"}                                                        | refers to a folder
            "node_modules/a": {"resolved": "packages/a", "link": true}                                | refers to a folder
            "node_modules/../../etc": {"version": "1.0.0", "integrity": "sha512-AA=="}                | that no registry has
            "node_modules/a": {"name": "a?x=http://b", "version": "1.0.0", "integrity": "sha512-AA=="} | that no registry has
            "node_modules/a": {"version": "1.0.0/../../b", "integrity": "sha512-AA=="}                | that no registry has
            "node_modules/a": {"version": "1.0.0", "integrity": "md5-AA=="}                           | no usable integrity
            """)
    void refusesWhatIsNotFromARegistry(String entry, String says) {
        assertThatExceptionOfType(InvalidAppException.class)
                .isThrownBy(() -> packages(entry))
                .withMessageContaining(says);
    }

    private static PackageLock packages(String entries) {
        return PackageLock.parse("{\"lockfileVersion\": 3, \"packages\": {\"\": {}, " + entries + "}}");
    }
}
