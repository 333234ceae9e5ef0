package dev.berth.local.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.Folders;
import dev.berth.local.Keys;
import dev.berth.local.PortTable;
import dev.berth.local.StateFolder;
import dev.berth.local.engine.EngineChoice;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By its settings a running stack is known to be the one that was asked for. */
final class StackTests {
    @TempDir
    private Path place;

    private Folders folders;
    private Keys keys;

    @BeforeEach
    void claim() {
        folders = new Folders(
                place.resolve("home"), place.resolve("state"), place.resolve("cache"), place.resolve("jars"));
        keys = new StateFolder(folders).claim();
    }

    @Test
    void equalSettingsAreOneWordWhateverElseStandsInTheEnvironment() {
        assertThat(settings(Map.of("SOAK_SECONDS", "7", "BERTH_API_PORT", "7171")))
                .isEqualTo(
                        settings(Map.of("BERTH_API_PORT", "7171", "SOAK_SECONDS", "7", "TERM", "xterm", "OLDPWD", "/")))
                .matches("[0-9a-f]{64}");
        assertThat(settings(Map.of("SOAK_SECONDS", " ", "APPS_MAY_REACH", ""))).isEqualTo(settings(Map.of()));
    }

    @Test
    void eachSettingCounts() {
        Map<String, String> others = new HashMap<>();
        Map.of(
                        "SOAK_SECONDS",
                        "7",
                        "BERTH_API_PORT",
                        "7171",
                        "BERTH_TEMPORAL_UI_PORT",
                        "8333",
                        "GIT_ALLOWED_HOSTS",
                        "git.example.org",
                        "APPS_MAY_REACH",
                        "10.0.0.0/8",
                        "FIREWALL_FORBIDS",
                        "192.0.2.1",
                        "BERTH_NIX_ROOT",
                        "/nowhere/nix",
                        Stack.FAILPOINTS,
                        "/nowhere/failpoints")
                .forEach((name, value) -> others.put(name, settings(Map.of(name, value))));
        others.put("nothing", settings(Map.of()));
        assertThat(others.values()).doesNotHaveDuplicates();
    }

    private String settings(Map<String, String> caller) {
        return new Stack(
                        folders,
                        PortTable.from(caller),
                        keys,
                        new EngineChoice(place.resolve("docker.sock"), true),
                        caller)
                .settings();
    }
}
