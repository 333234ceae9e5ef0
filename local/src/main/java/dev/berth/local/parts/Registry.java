package dev.berth.local.parts;

import dev.berth.activities.registry.RegistryKey;
import dev.berth.local.Folders;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.RegistryIdentity;
import dev.berth.local.install.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The image registry. It takes tokens that Berth signs and nothing else; nobody issues any at its realm. No blob cache: it
 * would answer for blobs that garbage collection removed.
 */
final class Registry extends ProcessPart {
    private final Folders folders;
    private final PortTable ports;

    Registry(Folders folders, PortTable ports) {
        super("registry", List.of(), folders.log("registry"));
        this.folders = folders;
        this.ports = ports;
    }

    @Override
    public Optional<String> missing() {
        return Installed.advise(Need.REGISTRY);
    }

    @Override
    List<String> command() {
        return List.of(Installed.path(Need.REGISTRY), "serve", configuration().toString());
    }

    @Override
    public String fingerprint() {
        return super.fingerprint() + ports.of(Port.REGISTRY) + "tokens";
    }

    @Override
    void prepare() throws IOException {
        Answers.requireFree(ports, Port.REGISTRY);
        Files.createDirectories(folders.data("registry"));
        // Paths are quoted: YAML would read some of their characters.
        Files.writeString(configuration(), """
                version: 0.1
                log:
                  level: warn
                  accesslog:
                    disabled: true
                storage:
                  filesystem:
                    rootdirectory: '%s'
                  delete:
                    enabled: true
                  maintenance:
                    uploadpurging:
                      enabled: true
                      age: 24h
                      interval: 6h
                      dryrun: false
                auth:
                  token:
                    realm: http://127.0.0.1/no-tokens-are-issued
                    service: %s
                    issuer: %s
                    rootcertbundle: '%s'
                http:
                  addr: 127.0.0.1:%d
                """.formatted(
                        quoted(folders.data("registry")),
                        RegistryKey.SERVICE,
                        RegistryKey.ISSUER,
                        quoted(RegistryIdentity.of(folders).certificate()),
                        ports.of(Port.REGISTRY)));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "''");
    }

    private Path configuration() {
        return folders.configuration("registry.yml");
    }

    @Override
    public boolean answers() {
        return Answers.http(ports.url(Port.REGISTRY) + "/v2/", 401);
    }
}
