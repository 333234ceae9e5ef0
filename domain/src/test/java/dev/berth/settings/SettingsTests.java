package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTests {
    private static final Map<String, String> COMPLETE = Map.of(
            "DATABASE_URL", "postgres://berth_app:canary-password@db:5432/berth",
            "CLIENT_URL", "https://berth.example",
            "NIX_STORE_ROOT", "/var/lib/berth/nix",
            "PACKAGE_SET", "/opt/berth/nix",
            "EDGE_DIRECTORY", "/var/lib/berth/edge",
            "BUILD_DIRECTORY", "/var/lib/berth/builds",
            "CACHE_DIRECTORY", "/var/cache/berth",
            "PAYLOAD_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    @Test
    void aCompleteSetHasThePlansDefaults() {
        Settings settings = Settings.of(COMPLETE);
        assertThat(settings.billingEnabled()).isTrue();
        assertThat(settings.heartbeatInterval()).hasSeconds(30);
        assertThat(settings.heartbeatTimeout()).hasSeconds(120);
        assertThat(settings.appUrl("shop")).isEqualTo("https://shop.berth.example");
    }

    @Test
    void anAppsUrlCarriesThePortOfTheEdgeWhereOneIsSet() {
        Settings settings = Settings.of(with("CLIENT_URL", "http://localhost:4000", "APPS_PORT", "8080"));
        assertThat(settings.appUrl("shop")).isEqualTo("http://shop.localhost:8080");
    }

    @Test
    void everyVariableThatIsMissingOrWrongIsNamedAtOnceAndNoValueIsRepeated() {
        Map<String, String> wrong = with(
                "API_PORT",
                "70000",
                "PAYLOAD_KEY",
                "canary-key",
                "CONTAINER_BILLING_ENABLED",
                "canary-flag",
                "DATABASE_URL",
                "canary-url");
        wrong.remove("EDGE_DIRECTORY");
        assertThatThrownBy(() -> Settings.of(wrong))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("API_PORT is not a whole number from 1 to 65535.")
                .hasMessageContaining("PAYLOAD_KEY is not the base64 form of 32 bytes.")
                .hasMessageContaining("CONTAINER_BILLING_ENABLED is neither true nor false.")
                .hasMessageContaining("DATABASE_URL is not of the form")
                .hasMessageContaining("EDGE_DIRECTORY is missing.")
                .hasMessageNotContaining("canary");
    }

    @Test
    void noSecretIsPrinted() {
        assertThat(Settings.of(COMPLETE).toString()).doesNotContain("canary");
    }

    @Test
    void theExampleFileNamesEveryVariableWithItsPurposeAndDefault() throws IOException {
        Map<String, String> described = new LinkedHashMap<>();
        String purpose = "";
        for (String line : Files.readAllLines(Path.of("..", ".env.example"))) {
            if (line.startsWith("## ")) {
                // What follows is docker-compose.yml's alone.
                break;
            }
            if (line.startsWith("# ")) {
                purpose = line.substring(2);
            } else if (line.contains("=")) {
                described.put(line.replaceFirst("^#", "").split("=", 2)[0], purpose + " | " + line);
            }
        }
        for (Variable variable : Variable.values()) {
            String value = variable.fallback().orElse("");
            String line = (variable.fallback().isPresent() ? "#" : "") + variable.name() + "=" + value;
            String need = variable.fallback().isPresent() ? "optional" : "required";
            assertThat(described.get(variable.name()))
                    .as(variable.name())
                    .startsWith(variable.purpose() + ". (" + need + ")")
                    .contains(" | " + line);
        }
        assertThat(described.keySet()).hasSize(Variable.values().length);
    }

    private static Map<String, String> with(String... pairs) {
        Map<String, String> changed = new HashMap<>(COMPLETE);
        for (int i = 0; i < pairs.length; i += 2) {
            changed.put(pairs[i], pairs[i + 1]);
        }
        return changed;
    }
}
