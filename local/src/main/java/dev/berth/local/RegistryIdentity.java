package dev.berth.local;

import dev.berth.local.install.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The key that signs tokens for this stack's registry, and its public half as the registry wants it, a certificate. Made once;
 * a stack without them gets new ones, which end every token that there was.
 *
 * @param privateKey RSA in PKCS #8, base64
 * @param certificate file in PEM
 */
public record RegistryIdentity(String privateKey, Path certificate) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ALIAS = "registry";

    public static RegistryIdentity of(Folders folders) {
        Path key = folders.state().resolve("registry.key");
        Path certificate = folders.configuration("registry.crt");
        try {
            if (Files.notExists(key) || Files.notExists(certificate)) {
                make(folders, key, certificate);
            }
            return new RegistryIdentity(Files.readString(key).strip(), certificate);
        } catch (IOException | GeneralSecurityException e) {
            throw new LocalFailure("The registry's key cannot be made or read: " + e.getMessage(), e);
        }
    }

    /** By the JDK's keytool: the JDK's own classes make keys and no certificates. */
    private static void make(Folders folders, Path key, Path certificate) throws IOException, GeneralSecurityException {
        Path store = folders.state().resolve("registry-" + UUID.randomUUID() + ".p12");
        // For the moments until the store is removed, and by the environment: arguments are there for all to see.
        String password = UUID.randomUUID().toString();
        try {
            Programs.Result made = Programs.run(
                    LIMIT,
                    Map.of("STORE_PASSWORD", password),
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "RSA",
                            "-keysize",
                            "3072",
                            "-dname",
                            "CN=berth-registry",
                            "-validity",
                            "36500",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass:env",
                            "STORE_PASSWORD"));
            if (!made.succeeded()) {
                throw new LocalFailure("keytool failed: " + made.output());
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, password.toCharArray());
            }
            Files.writeString(
                    certificate,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(keys.getCertificate(ALIAS).getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            Folders.writePrivately(
                    key,
                    Base64.getEncoder()
                                    .encodeToString(keys.getKey(ALIAS, password.toCharArray())
                                            .getEncoded())
                            + "\n");
        } finally {
            delete(store);
        }
    }

    private static void delete(Path store) {
        try {
            Files.deleteIfExists(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "RegistryIdentity[" + certificate + "]";
    }
}
