package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.edge.EdgeRecipe;
import dev.berth.activities.registry.RegistryKey;
import dev.berth.activities.registry.RegistryKey.Grant;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production parts are described in a file that Compose itself accepts, with the settings of the example file. */
final class ComposeFileTests {
    private static final Path HOME = ComposeFile.HOME;
    private static final Path MAKE_KEY =
            HOME.resolve("images/registry/make-key").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    @RealPart("compose")
    void composeAcceptsTheFileWithTheExampleSettings() throws Exception {
        assertThat(config("--services").lines())
                .contains("postgres", "redis", "temporal", "temporal-ui", "registry", "edge")
                .contains(
                        "temporal-databases",
                        "temporal-schema",
                        "temporal-namespace",
                        "migrations",
                        "firewall",
                        "api",
                        "temporal-worker");
    }

    @Test
    @RealPart("compose")
    void eachPartGetsTheSecretsThatItNeedsAndNoOthers() throws Exception {
        String whole = config();
        // The beginning of every RSA key of this length, whose numbers differ in size.
        String key = "MIIG";
        assertThat(ComposeFile.part(whole, "temporal-worker")).contains("DOCKER_REGISTRY_KEY: " + key);
        assertThat(ComposeFile.part(whole, "api")).doesNotContain(key, "owners-password", "temporals-password");
        assertThat(ComposeFile.part(whole, "temporal-worker")).doesNotContain("owners-password", "temporals-password");
        for (String part : List.of("temporal", "temporal-schema")) {
            assertThat(ComposeFile.part(whole, part))
                    .contains("temporals-password")
                    .doesNotContain("owners-password", "processes-password", key);
        }
        assertThat(ComposeFile.part(whole, "firewall")).doesNotContain(key).doesNotContain("password");
        assertThat(ComposeFile.part(whole, "registry")).doesNotContain(key).contains("REGISTRY_AUTH: token");
    }

    /** Row-level walls hold nobody who is PostgreSQL's superuser. */
    @Test
    void nobodyButMigrationsAndWhatMakesTemporalsLoginIsPostgresqlsSuperuser() throws IOException {
        String file = ComposeFile.text();
        assertThat(found(
                        "(?m)^  ([a-z-]+):$", file.substring(file.indexOf("\nservices:"), file.indexOf("\nnetworks:"))))
                .contains("temporal", "api", "temporal-worker")
                .filteredOn(name -> ComposeFile.part(file, name).contains("${POSTGRES_PASSWORD"))
                .containsExactly("postgres", "temporal-databases", "migrations");
        assertThat(ComposeFile.part(file, "temporal-databases"))
                .contains(
                        "alter role temporal login nosuperuser nocreatedb nocreaterole nobypassrls password :'password';")
                .contains("revoke all on database temporal, temporal_visibility from public;");
        assertThat(ComposeFile.part(file, "temporal-schema")).contains("SQL_USER: temporal\n");
        assertThat(ComposeFile.part(file, "temporal")).contains("POSTGRES_USER: temporal\n");
    }

    @Test
    void theRegistryBelievesWhatTheWorkerSigns() throws IOException {
        assertThat(ComposeFile.text())
                .contains("REGISTRY_AUTH_TOKEN_SERVICE: " + RegistryKey.SERVICE + "\n")
                .contains("REGISTRY_AUTH_TOKEN_ISSUER: " + RegistryKey.ISSUER + "\n")
                .contains("REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE: /etc/berth/registry.crt\n")
                .contains("target: /etc/berth/registry.crt\n")
                .contains("DOCKER_REGISTRY_KEY: ${DOCKER_REGISTRY_KEY:?");
    }

    @Test
    void theKeyThatIsMadeOnceFitsItsCertificate() throws Exception {
        String line = ComposeFile.run(folder, List.of(MAKE_KEY.toString()), 0);
        assertThat(line).startsWith("DOCKER_REGISTRY_KEY=").hasLineCount(1);
        RegistryKey key = RegistryKey.of(line.substring(line.indexOf('=') + 1));
        String token = key.token(List.of(Grant.catalogue()), Duration.ofMinutes(1));
        int dot = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        try (InputStream in = Files.newInputStream(folder.resolve("registry.crt"))) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                    .isEqualTo(3072);
            signature.initVerify(certificate);
        }
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))))
                .isTrue();
        assertThat(ComposeFile.run(folder, List.of(MAKE_KEY.toString()), 1))
                .as("Another key would end every token")
                .contains("is there already");
        try (var files = Files.list(folder)) {
            assertThat(files).as("The key itself is left nowhere").hasSize(1);
        }
    }

    /** Strangers arrive there: it has the same walls as the edge that the suites look at, and HTTPS behind the same ones. */
    @Test
    @RealPart("compose")
    void theEdgeIsTheOneThatIsTestedElsewhere() throws Exception {
        String edge = ComposeFile.part(config(), "edge");
        assertThat(edge).contains(EdgeRecipe.arguments());
        assertThat(EdgeRecipe.arguments())
                .filteredOn(argument -> argument.contains(".web.") && !argument.contains(".address="))
                .isNotEmpty()
                .allSatisfy(argument -> assertThat(edge).contains(argument.replace(".web.", ".websecure.")));
        assertThat(edge)
                .contains("user: 65534:65534", "cap_drop:", "- ALL", "no-new-privileges:true", "read_only: true")
                .doesNotContain("default:");
    }

    @Test
    void everyVariableOfTheFileIsDescribedInTheExample() throws IOException {
        String example = Files.readString(HOME.resolve(".env.example"));
        assertThat(found("\\$\\{([A-Z_]+)", ComposeFile.text()))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(example).containsPattern("(?m)^#?" + variable + "="));
    }

    @Test
    void theImagesAreMadeOfPinnedBasesAndBeginWithClassesThatExist() throws IOException {
        String files = Files.readString(HOME.resolve("images/api/Dockerfile"))
                + Files.readString(HOME.resolve("images/worker/Dockerfile"))
                + ComposeFile.text();
        assertThat(found("(?m)^FROM (\\S+)", files))
                .isNotEmpty()
                .allMatch(base -> base.matches("[a-z-]+:[0-9][a-z0-9.-]*"));
        assertThat(found("loader\\.main=([a-zA-Z.]+)", files))
                .hasSize(4)
                .allSatisfy(name -> assertThat(
                                HOME.resolve("workers/src/main/java").resolve(name.replace('.', '/') + ".java"))
                        .exists());
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
    }

    /** What Compose makes of the file, with the example's settings and those that have none there. */
    private String config(String... arguments) throws Exception {
        Files.copy(HOME.resolve("docker-compose.yml"), folder.resolve("docker-compose.yml"));
        String key = ComposeFile.run(folder, List.of(MAKE_KEY.toString()), 0);
        String settings = Files.readString(HOME.resolve(".env.example"))
                .replace("\nPOSTGRES_PASSWORD=\n", "\nPOSTGRES_PASSWORD=owners-password\n")
                .replace("\nBERTH_APP_PASSWORD=\n", "\nBERTH_APP_PASSWORD=processes-password\n")
                .replace("\nTEMPORAL_PASSWORD=\n", "\nTEMPORAL_PASSWORD=temporals-password\n");
        Files.writeString(folder.resolve(".env"), settings + key);
        List<String> command = new java.util.ArrayList<>(List.of(System.getenv("BERTH_TEST_COMPOSE"), "config"));
        command.addAll(List.of(arguments));
        return ComposeFile.run(folder, command, 0);
    }
}
