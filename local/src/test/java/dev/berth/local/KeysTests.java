package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No stack has the credentials of another, and nobody but its owner reads them. */
final class KeysTests {
    @TempDir
    private Path place;

    @Test
    void eachStackHasItsOwnCredentialsAndKeepsThem() throws IOException {
        Folders one = folders("one");
        Keys first = Keys.of(one);
        Keys second = Keys.of(folders("two"));
        assertThat(Keys.of(one)).isEqualTo(first);
        Set<String> secrets = Set.of(
                first.payloadKey(),
                first.superuserPassword(),
                first.ownerPassword(),
                first.appPassword(),
                second.payloadKey(),
                second.superuserPassword(),
                second.ownerPassword(),
                second.appPassword());
        assertThat(secrets).hasSize(8).allMatch(secret -> secret.length() >= 44);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(one.state().resolve("keys.properties"))))
                .isEqualTo("rw-------");
        assertThat(Stream.of(first.payloadKey(), first.appPassword())).noneMatch(first.toString()::contains);
    }

    /** OWASP ASVS 5.0, 11.2.3: 128 bits of security, which RSA has from 3072 bits on. */
    @Test
    void theRegistrysKeyIsLongEnough() throws IOException, GeneralSecurityException {
        Folders folders = folders("registry");
        byte[] key = Base64.getDecoder().decode(RegistryIdentity.of(folders).privateKey());
        RSAPrivateCrtKey rsa =
                (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        assertThat(rsa.getModulus().bitLength()).isEqualTo(3072);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folders.state().resolve("registry.key"))))
                .isEqualTo("rw-------");
    }

    private Folders folders(String name) throws IOException {
        Path state = Files.createDirectories(place.resolve(name));
        Folders folders = new Folders(place, state, place.resolve("cache"), place.resolve("jars"));
        Files.createDirectories(folders.configuration("x").getParent());
        return folders;
    }
}
