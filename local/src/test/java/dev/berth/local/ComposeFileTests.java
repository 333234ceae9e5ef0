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
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production parts are described in a file that Compose itself accepts, with the settings of the example file. */
final class ComposeFileTests {
    private static final Path HOME = Path.of("..");
    private static final Path MAKE_KEY =
            HOME.resolve("images/registry/make-key").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    @RealPart("compose")
    void composeAcceptsTheFileWithTheExampleSettings() throws Exception {
        assertThat(config("--services").lines())
                .contains("postgres", "redis", "temporal", "temporal-ui", "registry", "edge")
                .contains("migrations", "firewall", "api", "temporal-worker");
    }

    @Test
    @RealPart("compose")
    void eachPartGetsTheSecretsThatItNeedsAndNoOthers() throws Exception {
        String whole = config();
        // The beginning of every RSA key of this length, whose numbers differ in size.
        String key = "MIIE";
        assertThat(part(whole, "temporal-worker")).contains("DOCKER_REGISTRY_KEY: " + key);
        assertThat(part(whole, "api")).doesNotContain(key).doesNotContain("owners-password");
        assertThat(part(whole, "temporal-worker")).doesNotContain("owners-password");
        assertThat(part(whole, "firewall")).doesNotContain(key).doesNotContain("password");
        assertThat(part(whole, "registry")).doesNotContain(key).contains("REGISTRY_AUTH: token");
    }

    @Test
    void theRegistryBelievesWhatTheWorkerSigns() throws IOException {
        assertThat(Files.readString(HOME.resolve("docker-compose.yml")))
                .contains("REGISTRY_AUTH_TOKEN_SERVICE: " + RegistryKey.SERVICE + "\n")
                .contains("REGISTRY_AUTH_TOKEN_ISSUER: " + RegistryKey.ISSUER + "\n")
                .contains("REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE: /etc/berth/registry.crt\n")
                .contains("target: /etc/berth/registry.crt\n")
                .contains("DOCKER_REGISTRY_KEY: ${DOCKER_REGISTRY_KEY:?");
    }

    @Test
    void theKeyThatIsMadeOnceFitsItsCertificate() throws Exception {
        String line = run(List.of(MAKE_KEY.toString()), 0);
        assertThat(line).startsWith("DOCKER_REGISTRY_KEY=").hasLineCount(1);
        RegistryKey key = RegistryKey.of(line.substring(line.indexOf('=') + 1));
        String token = key.token(List.of(Grant.catalogue()), Duration.ofMinutes(1));
        int dot = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        try (InputStream in = Files.newInputStream(folder.resolve("registry.crt"))) {
            signature.initVerify(CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        signature.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))))
                .isTrue();
        assertThat(run(List.of(MAKE_KEY.toString()), 1))
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
        String edge = part(config(), "edge");
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
        assertThat(found("\\$\\{([A-Z_]+)", Files.readString(HOME.resolve("docker-compose.yml"))))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(example).containsPattern("(?m)^#?" + variable + "="));
    }

    @Test
    void theImagesAreMadeOfPinnedBasesAndBeginWithClassesThatExist() throws IOException {
        String files = Files.readString(HOME.resolve("images/api/Dockerfile"))
                + Files.readString(HOME.resolve("images/worker/Dockerfile"))
                + Files.readString(HOME.resolve("docker-compose.yml"));
        assertThat(found("(?m)^FROM (\\S+)", files))
                .isNotEmpty()
                .allMatch(base -> base.matches("[a-z-]+:[0-9][a-z0-9.-]*"));
        assertThat(found("loader\\.main=([a-zA-Z.]+)", files))
                .hasSize(3)
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
        String key = run(List.of(MAKE_KEY.toString()), 0);
        String settings = Files.readString(HOME.resolve(".env.example"))
                .replace("\nPOSTGRES_PASSWORD=\n", "\nPOSTGRES_PASSWORD=owners-password\n")
                .replace("\nBERTH_APP_PASSWORD=\n", "\nBERTH_APP_PASSWORD=processes-password\n");
        Files.writeString(folder.resolve(".env"), settings + key);
        List<String> command = new java.util.ArrayList<>(List.of(System.getenv("BERTH_TEST_COMPOSE"), "config"));
        command.addAll(List.of(arguments));
        return run(command, 0);
    }

    private static String part(String config, String name) {
        return Pattern.compile("(?ms)^  " + name + ":$.*?(?=^ {0,2}\\S|\\z)")
                .matcher(config)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    private String run(List<String> command, int status) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(status);
        return output;
    }
}
