package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistriesTests {
    @TempDir
    Path folder;

    @Test
    void aBareMachineUsesThePublicOnes() {
        assertThat(Registries.of(Map.of(), folder, folder))
                .isEqualTo(new Registries(
                        PublicRegistries.NPM,
                        PublicRegistries.PYPI,
                        PublicRegistries.GO,
                        List.of(PublicRegistries.DEBIAN)));
    }

    @Test
    void theMachinesOwnClientsDecide() throws IOException {
        write(".npmrc", "fund=false\nregistry = https://npm.example/mirror\n");
        write("etc/pip.conf", "[global]\nindex-url = https://pip.example/simple/\n");
        write(".config/go/env", "GOPROXY=https://go.example,direct\n");
        write("etc/apt/sources.list", """
                # deb http://commented.example/debian bookworm main
                deb [arch=amd64] http://one.example/debian bookworm main
                deb http://other.example/ubuntu noble main
                """);
        write(
                "etc/apt/sources.list.d/debian.sources",
                "Types: deb\nURIs: http://two.example/debian/\nSuites: bookworm\n");

        Registries registries = Registries.of(Map.of(), folder, folder);

        assertThat(registries.npm()).isEqualTo(URI.create("https://npm.example/mirror/"));
        assertThat(registries.pypi()).isEqualTo(URI.create("https://pip.example/simple/"));
        assertThat(registries.go()).isEqualTo(URI.create("https://go.example/"));
        assertThat(registries.debian())
                .containsExactly(
                        URI.create("http://one.example/debian/"),
                        URI.create("http://two.example/debian/"),
                        PublicRegistries.DEBIAN);
    }

    @Test
    void theEnvironmentComesFirst() throws IOException {
        write(".npmrc", "registry=https://npm.example/\n");

        assertThat(Registries.of(Map.of("npm_config_registry", "https://first.example"), folder, folder)
                        .npm())
                .isEqualTo(URI.create("https://first.example/"));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }
}
