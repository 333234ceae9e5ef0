package dev.berth.domain.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NixDaemonTests {
    private final NixDaemon daemon = new NixDaemon(Path.of("/var/berth/nix"));

    @Test
    void clientsReachTheDaemonThatTheLauncherStarts() {
        assertThat(daemon.environment()).containsEntry("NIX_DAEMON_SOCKET_PATH", "/var/berth/nix/daemon.sock");
        assertThat(daemon.clientEnvironment())
                .containsEntry("NIX_REMOTE", "unix:///var/berth/nix/daemon.sock?root=/var/berth/nix");
    }

    @Test
    void theSandboxHasNoWayAround() {
        assertThat(daemon.configuration(2))
                .contains("sandbox = true\n", "sandbox-fallback = false\n", "substituters =\n", "sandbox-paths =\n");
    }

    @Test
    void whatItBuildsHasLessOfTheMachineThanWhatServes() {
        assertThat(daemon.command())
                .containsSubsequence("nice", "choom", "prlimit", "--nproc=2048", "--data=4294967296", "nix-daemon");
    }

    @Test
    void aPathOfTheStoreLiesBelowTheRoot() {
        assertThat(daemon.physical("/nix/store/abc-app")).isEqualTo(Path.of("/var/berth/nix/nix/store/abc-app"));
        assertThatIllegalArgumentException().isThrownBy(() -> daemon.physical("/etc/passwd"));
        assertThatIllegalArgumentException().isThrownBy(() -> daemon.physical("/nix/store/../../etc/passwd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "/with space", "/with?question", "/with&and"})
    void aRootThatWouldMeanSomethingElseInAnAddressIsRefused(String root) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NixDaemon(Path.of(root)))
                .withMessageContaining(root);
    }

    @Test
    void buildUsersAreMadeAfterTheirGroup() {
        assertThat(NixDaemon.accounts().getFirst().name()).isEqualTo("nixbld");
        assertThat(NixDaemon.accounts()).hasSizeGreaterThan(2);
    }
}
