package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.berth.activities.edge.EdgeRecipe;
import dev.berth.activities.registry.RegistryKey;
import dev.berth.activities.registry.RegistryKey.Grant;
import dev.berth.settings.Variable;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                .contains("temporal-databases", "temporal-schema", "temporal-namespace", "migrations", "firewall", "api", "temporal-worker");
    }

    @Test
    @RealPart("compose")
    void eachPartGetsTheSecretsThatItNeedsAndNoOthers() throws Exception {
        String whole = config();
        // The beginning of every RSA key of this length, whose numbers differ in size.
        String key = "MIIG";
        assertThat(part(whole, "temporal-worker")).contains("DOCKER_REGISTRY_KEY: " + key);
        assertThat(part(whole, "api")).doesNotContain(key, "owners-password", "temporals-password");
        assertThat(part(whole, "temporal-worker")).doesNotContain("owners-password", "temporals-password");
        for (String part : List.of("temporal", "temporal-schema")) {
            assertThat(part(whole, part))
                    .contains("temporals-password")
                    .doesNotContain("owners-password", "processes-password", key);
        }
        assertThat(part(whole, "firewall")).doesNotContain(key).doesNotContain("password");
        assertThat(part(whole, "registry")).doesNotContain(key).contains("REGISTRY_AUTH: token");
    }

    /** Row-level walls hold nobody who is PostgreSQL's superuser. */
    @Test
    void nobodyButMigrationsAndWhatMakesTemporalsLoginIsPostgresqlsSuperuser() throws IOException {
        String file = Files.readString(HOME.resolve("docker-compose.yml"));
        assertThat(found("(?m)^  ([a-z-]+):$", file.substring(file.indexOf("\nservices:"), file.indexOf("\nnetworks:"))))
                .contains("temporal", "api", "temporal-worker")
                .filteredOn(name -> part(file, name).contains("${POSTGRES_PASSWORD"))
                .containsExactly("postgres", "temporal-databases", "migrations");
        assertThat(part(file, "temporal-databases"))
                .contains("alter role temporal login nosuperuser nocreatedb nocreaterole nobypassrls password :'password';")
                .contains("revoke all on database temporal, temporal_visibility from public;");
        assertThat(part(file, "temporal-schema")).contains("SQL_USER: temporal\n");
        assertThat(part(file, "temporal")).contains("POSTGRES_USER: temporal\n");
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
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                    .isEqualTo(3072);
            signature.initVerify(certificate);
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

    @Test
    void theNamespaceOfTheWorkflowsIsThereBeforeAnybodyUsesIt() throws IOException {
        assertThat(partOfTheFile("temporal-namespace"))
                .contains("NAMESPACE: ${TEMPORAL_NAMESPACE:-"
                        + Variable.TEMPORAL_NAMESPACE.fallback().orElseThrow() + "}");
        for (String user : List.of("api", "temporal-worker")) {
            assertThat(partOfTheFile(user))
                    .contains("temporal-namespace: { condition: service_completed_successfully }");
        }
    }

    @Test
    void theNamespaceIsMadeOnceWithARetentionAndTriedAgainWhileTemporalIsAway() throws Exception {
        // It is away for two calls, has no namespace until one was made, and was told to make it by the fourth.
        playTemporal("""
                echo "$*" >> calls
                [ $(wc -l < calls) -gt 2 ] || exit 1
                case "$*" in
                  *create*) touch made ;;
                  *) [ -e made ] ;;
                esac
                """);
        assertThat(makeNamespace(0)).endsWith("The namespace berth-test is there.\n");
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .filteredOn(call -> call.contains("create"))
                .hasSize(2)
                .containsOnly("operator namespace create --namespace berth-test --retention 72h");
        Files.delete(folder.resolve("calls"));
        playTemporal("echo \"$*\" >> calls");
        makeNamespace(0);
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .as("One that is there is left as it is")
                .containsExactly("operator namespace describe --namespace berth-test");
    }

    @Test
    void aNamespaceThatCannotBeMadeEndsThePartWithAnError() throws Exception {
        playTemporal("exit 1");
        assertThat(makeNamespace(1)).contains("Temporal has no namespace berth-test, and makes none.");
    }

    @Test
    void everyPartThatOthersWaitForOrPeopleMeetSaysWhetherItIsHealthy() throws IOException {
        for (String part : List.of(
                "postgres", "redis", "temporal", "registry", "edge", "firewall", "api", "temporal-worker")) {
            assertThat(partOfTheFile(part)).as(part).contains("    healthcheck:");
        }
        assertThat(partOfTheFile("temporal-worker"))
                .contains("WORKER_HEALTH_PORT: \"4001\"\n", "registry: { condition: service_healthy }");
    }

    /** The images have no program that speaks HTTP, so bash does. */
    @Test
    void aProcessOfBerthIsHealthyWhereItAnswersWith200AndNowhereElse() throws Exception {
        for (String part : List.of("api", "temporal-worker")) {
            Matcher probe = Pattern.compile("(?m)^        - (exec 3<>/dev/tcp/127\\.0\\.0\\.1/[0-9]+ .*)$")
                    .matcher(partOfTheFile(part));
            assertThat(probe.find()).isTrue();
            AtomicInteger status = new AtomicInteger(200);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(part.equals("api") ? "/api/health" : "/", exchange -> {
                exchange.sendResponseHeaders(status.get(), -1);
                exchange.close();
            });
            server.start();
            List<String> ask = List.of(
                    "/bin/bash",
                    "-c",
                    probe.group(1)
                            .replace("$$", "$")
                            .replaceFirst(
                                    "127\\.0\\.0\\.1/[0-9]+",
                                    "127.0.0.1/" + server.getAddress().getPort()));
            try {
                run(ask, 0);
                status.set(503);
                run(ask, 1);
            } finally {
                server.stop(0);
            }
            run(ask, 1);
        }
    }

    /** Its link is for one person's eyes, and good for a new platform admin. */
    @Test
    void theFirstAdminsLinkIsPrintedOnlyForWhoeverAsksAndKeptInNoLog() throws IOException {
        assertThat(partOfTheFile("first-admin"))
                .contains("-Dloader.main=dev.berth.workers.FirstAdminProcess\n")
                .contains("profiles: [ first-admin ]\n", "logging: { driver: none }\n")
                .contains("migrations: { condition: service_completed_successfully }")
                .doesNotContain("env_file", "POSTGRES_PASSWORD", "restart");
        assertThat(Files.readString(HOME.resolve("docs/PRODUCTION.md")))
                .contains("docker compose -p berth run --rm first-admin");
    }

    private String makeNamespace(int status) throws Exception {
        return run(
                List.of(
                        "/usr/bin/env",
                        "PATH=" + folder + ":" + System.getenv("PATH"),
                        "NAMESPACE=berth-test",
                        "/bin/sh",
                        "-ec",
                        script("temporal-namespace")),
                status);
    }

    /** A program of that name, and a sleep that takes no time. */
    private void playTemporal(String script) throws IOException {
        for (Map.Entry<String, String> program :
                Map.of("temporal", script, "sleep", "exit 0").entrySet()) {
            Path file = folder.resolve(program.getKey());
            Files.writeString(file, "#!/bin/sh\n" + program.getValue());
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    /** What the part's shell is given, as the container sees it. */
    private static String script(String part) throws IOException {
        String text = partOfTheFile(part);
        String begin = "    command:\n      - |\n";
        return text.substring(text.indexOf(begin) + begin.length())
                .lines()
                .takeWhile(line -> line.startsWith("        "))
                .map(String::strip)
                .collect(Collectors.joining("\n"))
                .replace("$$", "$");
    }

    private static String partOfTheFile(String name) throws IOException {
        return part(Files.readString(HOME.resolve("docker-compose.yml")), name);
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
        String key = run(List.of(MAKE_KEY.toString()), 0);
        String settings = Files.readString(HOME.resolve(".env.example"))
                .replace("\nPOSTGRES_PASSWORD=\n", "\nPOSTGRES_PASSWORD=owners-password\n")
                .replace("\nBERTH_APP_PASSWORD=\n", "\nBERTH_APP_PASSWORD=processes-password\n")
                .replace("\nTEMPORAL_PASSWORD=\n", "\nTEMPORAL_PASSWORD=temporals-password\n");
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
