package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.berth.settings.Variable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the production parts do by scripts of their own: the namespace, the first admin's link, the questions about health. */
final class ComposePartsTests {
    @TempDir
    private Path folder;

    @Test
    void theNamespaceOfTheWorkflowsIsThereBeforeAnybodyUsesIt() throws IOException {
        assertThat(ComposeFile.part("temporal-namespace"))
                .contains("NAMESPACE: ${TEMPORAL_NAMESPACE:-"
                        + Variable.TEMPORAL_NAMESPACE.fallback().orElseThrow() + "}");
        for (String user : List.of("api", "temporal-worker")) {
            assertThat(ComposeFile.part(user))
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
        for (String part :
                List.of("postgres", "redis", "temporal", "registry", "edge", "firewall", "api", "temporal-worker")) {
            assertThat(ComposeFile.part(part)).as(part).contains("    healthcheck:");
        }
        assertThat(ComposeFile.part("temporal-worker"))
                .contains("WORKER_HEALTH_PORT: \"4001\"\n", "registry: { condition: service_healthy }");
    }

    /** The images have no program that speaks HTTP, so bash does. */
    @Test
    void aProcessOfBerthIsHealthyWhereItAnswersWith200AndNowhereElse() throws Exception {
        for (String part : List.of("api", "temporal-worker")) {
            Matcher probe = Pattern.compile("(?m)^        - (exec 3<>/dev/tcp/127\\.0\\.0\\.1/[0-9]+ .*)$")
                    .matcher(ComposeFile.part(part));
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
                ComposeFile.run(folder, ask, 0);
                status.set(503);
                ComposeFile.run(folder, ask, 1);
            } finally {
                server.stop(0);
            }
            ComposeFile.run(folder, ask, 1);
        }
    }

    /** Its link is for one person's eyes, and good for a new platform admin. */
    @Test
    void theFirstAdminsLinkIsPrintedOnlyForWhoeverAsksAndKeptInNoLog() throws IOException {
        assertThat(ComposeFile.part("first-admin"))
                .contains("-Dloader.main=dev.berth.workers.FirstAdminProcess\n")
                .contains("profiles: [ first-admin ]\n", "logging: { driver: none }\n")
                .contains("migrations: { condition: service_completed_successfully }")
                .doesNotContain("env_file", "POSTGRES_PASSWORD", "restart");
        assertThat(Files.readString(ComposeFile.HOME.resolve("docs/PRODUCTION.md")))
                .contains("docker compose -p berth run --rm first-admin");
    }

    private String makeNamespace(int status) throws Exception {
        return ComposeFile.run(
                folder,
                List.of(
                        "/usr/bin/env",
                        "PATH=" + folder + ":" + System.getenv("PATH"),
                        "NAMESPACE=berth-test",
                        "/bin/sh",
                        "-ec",
                        ComposeFile.script("temporal-namespace")),
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
}
