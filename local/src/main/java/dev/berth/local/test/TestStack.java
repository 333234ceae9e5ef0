package dev.berth.local.test;

import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.Port;
import dev.berth.local.StateFolder;
import dev.berth.local.command.Down;
import dev.berth.local.command.Up;
import dev.berth.local.engine.DockerTraces;
import dev.berth.local.install.Need;
import dev.berth.local.install.Wheel;
import dev.berth.local.parts.Database;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.RunFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** A whole stack with ports, sockets, data and engine of its own; only downloads and the Nix store are shared. */
final class TestStack implements AutoCloseable {
    private final Stack stack;
    private final PrintStream out;

    private TestStack(Stack stack, PrintStream out) {
        this.stack = stack;
        this.out = out;
    }

    /** @throws LocalFailure where it would share an engine's rules or a Nix store with a running stack */
    static TestStack start(Folders folders, Map<String, String> environment, PrintStream out) throws IOException {
        new RunFolder(folders.run()).supervisor().ifPresent(supervisor -> {
            throw new LocalFailure(
                    "./berth up runs here (process " + supervisor.pid() + "), and the tests' engine and Nix store "
                            + "would be in its way. Run ./berth down first, or ./berth test --fast.");
        });
        Folders own = folders.withState(folders.home().resolve("target/test-stack"));
        if (!new StateFolder(own).marked()) {
            // The checkout's own target: what a removal that was cut off left is nobody else's.
            StateFolder.delete(own.state());
        }
        TestStack left = new TestStack(Stack.of(own, settings(own, environment)), out);
        left.close();
        if (DockerTraces.anotherEngineRuns()) {
            throw new LocalFailure("A dockerd runs on this machine; the tests need one of their own, and two spoil one "
                    + "another's rules. Stop it (systemctl stop docker docker.socket), or run ./berth test --fast.");
        }
        Files.createDirectories(own.data("failpoints"));
        TestStack started = new TestStack(Stack.of(own, settings(own, environment)), out);
        try {
            if (new Up(started.stack, out).detached() != 0) {
                throw new LocalFailure("The stack for the tests is not complete; see the lines with ! above.");
            }
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Map<String, String> settings(Folders own, Map<String, String> environment) throws IOException {
        Map<String, String> settings = new HashMap<>(environment);
        settings.remove("DOCKER_HOST");
        settings.put("BERTH_ENGINE", "own");
        settings.put("BERTH_STATE", own.state().toString());
        settings.put("BERTH_CACHE", own.cache().toString());
        // Tests serve repositories on ports that the system gives them.
        settings.put("GIT_ALLOWED_HOSTS", "127.0.0.1,localhost");
        settings.put("HEALTH_DEADLINE_SECONDS", "40");
        settings.put(Stack.FAILPOINTS, own.data("failpoints").toString());
        // Tests ask as fast as they can, all with one token and from one address.
        settings.put("RATE_LIMIT_PER_MINUTE", "1000000");
        settings.put("RATE_LIMIT_ANONYMOUS_PER_MINUTE", "1000000");
        settings.putAll(ports(Arrays.stream(Port.values()).map(Port::variable)));
        settings.putAll(outside());
        return settings;
    }

    /** A mail server and an OpenID provider, which the browser's tests play. Nobody listens there before and after. */
    private static Map<String, String> outside() throws IOException {
        Map<String, String> ports = ports(Stream.of("mail", "issuer"));
        return Map.of(
                "SIGN_UP", "open",
                "SMTP_URL", "smtp://127.0.0.1:" + ports.get("mail"),
                "MAIL_FROM", "berth@example.org",
                "OIDC_ISSUER", "http://127.0.0.1:" + ports.get("issuer"),
                "OIDC_CLIENT_ID", "berth",
                "OIDC_CLIENT_SECRET", "the secret of a test",
                "OIDC_NAME", "Test issuer",
                // Each browser's test says from which address it calls, as a reverse proxy would.
                "TRUSTED_PROXIES", "127.0.0.1");
    }

    /** Held open together, so that the system gives each another one. */
    private static Map<String, String> ports(Stream<String> names) throws IOException {
        Map<String, String> ports = new HashMap<>();
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (String name : names.toList()) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                open.add(socket);
                ports.put(name, Integer.toString(socket.getLocalPort()));
            }
        } finally {
            for (ServerSocket socket : open) {
                socket.close();
            }
        }
        return ports;
    }

    Stack stack() {
        return stack;
    }

    /** What tests read, and what {@code ./berth} called from a test needs to mean this stack. */
    Map<String, String> variables(Path app) throws IOException {
        Map<String, String> variables = new HashMap<>();
        variables.put("BERTH_TEST_SETTINGS", writtenSettings().toString());
        stack.caller().forEach((name, value) -> {
            if (name.startsWith("BERTH_")) {
                variables.put(name, value);
            }
        });
        variables.put("BERTH_HOME", stack.folders().home().toString());
        variables.put("BERTH_TEST_STATE", stack.folders().state().toString());
        variables.put("BERTH_TEST_API", stack.ports().url(Port.API));
        variables.put("BERTH_TEST_TOKEN", Database.token(stack.folders()).value());
        variables.put("BERTH_TEST_GIT_ALLOWED", "127.0.0.1");
        variables.put("BERTH_TEST_DOCKER", stack.engine().socket().toString());
        // For tests that change rows behind Berth's back; all others go through its doors.
        variables.put("BERTH_TEST_DATABASE", stack.environment().get("DATABASE_URL"));
        variables.put("BERTH_TEST_REGISTRY", loopback(Port.REGISTRY));
        variables.put("BERTH_TEST_REGISTRY_KEY", stack.environment().get("DOCKER_REGISTRY_KEY"));
        variables.put("BERTH_TEST_REDIS", loopback(Port.REDIS));
        variables.put("BERTH_TEST_TEMPORAL", loopback(Port.TEMPORAL));
        variables.put("BERTH_TEST_TEMPORAL_UI", stack.ports().url(Port.TEMPORAL_UI));
        variables.put("BERTH_TEST_NIX", stack.nix().root().toString());
        variables.put("BERTH_TEST_EDGE", stack.environment().get("EDGE_DIRECTORY"));
        variables.put("BERTH_TEST_EDGE_ADDRESS", loopback(Port.EDGE));
        variables.put("BERTH_TEST_EDGE_CONTAINER", stack.environment().get("EDGE_CONTAINER"));
        variables.put("BERTH_TEST_APP", app.toString());
        variables.put("BERTH_TEST_FAILPOINTS", stack.caller().get(Stack.FAILPOINTS));
        variables.put("CACHE_DIRECTORY", stack.environment().get("CACHE_DIRECTORY"));
        Wheel.TRAEFIK
                .found(stack.folders().cache())
                .ifPresent(path -> variables.put("BERTH_TEST_TRAEFIK", path.toString()));
        Need.COMPOSE.found().ifPresent(path -> variables.put("BERTH_TEST_COMPOSE", path.toString()));
        Need.CHROMIUM.found().ifPresent(path -> variables.put("BERTH_TEST_CHROMIUM", path.toString()));
        return variables;
    }

    /** For the test that starts the stack's next build as this one was started. */
    private Path writtenSettings() throws IOException {
        Properties settings = new Properties();
        stack.caller().forEach((name, value) -> {
            if (!value.equals(System.getenv(name))) {
                settings.put(name, value);
            }
        });
        Path file = stack.folders().state().resolve("settings.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        return file;
    }

    /** What the browser's tests need beside: the API's settings of what is outside, and a link for the first admin. */
    Map<String, String> browserVariables() {
        Map<String, String> variables = new HashMap<>();
        for (String name : List.of("SMTP_URL", "OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")) {
            variables.put(name, stack.environment().get(name));
        }
        variables.put("BERTH_TEST_CONSOLE", stack.environment().get("CLIENT_URL"));
        new Database(stack.folders(), stack.ports(), stack.keys())
                .welcomeLink()
                .ifPresent(link -> variables.put("BERTH_TEST_WELCOME", link));
        return variables;
    }

    private String loopback(Port port) {
        return "127.0.0.1:" + stack.ports().of(port);
    }

    /** Ends everything that carries this stack's marks and forgets its data. May be called again. */
    @Override
    public void close() throws IOException {
        if (new StateFolder(stack.folders()).marked()) {
            new Down(stack, out).purge();
        }
    }
}
