package dev.berth.api;

import dev.berth.store.ApiToken;
import dev.berth.store.LocalSeed;
import dev.berth.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/**
 * Runs a command beside an API that is its own, with a real database and a console, but without Temporal: {@code RunWithApi npm
 * run e2e:access}. The command finds in its environment what {@code ./berth test} would tell it, and plays the mail server and the
 * outside issuer.
 */
final class RunWithApi {
    private RunWithApi() {}

    public static void main(String[] command) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>();
        String console = "http://localhost:" + freePort();
        settings.put("CLIENT_URL", console);
        settings.put("SIGN_UP", "open");
        settings.put("SMTP_URL", "smtp://127.0.0.1:" + freePort());
        settings.put("MAIL_FROM", "berth@example.org");
        settings.put("OIDC_ISSUER", "http://127.0.0.1:" + freePort());
        settings.put("OIDC_CLIENT_ID", "berth");
        settings.put("OIDC_CLIENT_SECRET", "the secret of a test");
        settings.put("OIDC_NAME", "Test issuer");

        TestDatabase database = TestDatabase.fresh();
        LocalSeed.plant(database.dataSource(), ApiToken.generate());
        settings.put("DATABASE_URL", database.url());
        start(settings, console.substring(console.lastIndexOf(':') + 1));

        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(settings);
        builder.environment().put("BERTH_TEST_CONSOLE", console);
        LocalSeed.firstAdminLink(database.dataSource())
                .ifPresent(secret ->
                        builder.environment().put("BERTH_TEST_WELCOME", console + "/welcome?link=" + secret.value()));
        System.exit(builder.start().waitFor());
    }

    private static void start(Map<String, String> settings, String port) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("server.port", port);
        all.put("server.address", "127.0.0.1");
        all.put("PAYLOAD_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        all.put("TEMPORAL_ADDRESS", "127.0.0.1:1");
        // Each test says from which address it calls, as a reverse proxy would.
        all.put("TRUSTED_PROXIES", "127.0.0.1");
        for (String folder :
                List.of("NIX_STORE_ROOT", "PACKAGE_SET", "EDGE_DIRECTORY", "BUILD_DIRECTORY", "CACHE_DIRECTORY")) {
            all.put(folder, "/nowhere");
        }
        new SpringApplication(ApiProcess.class)
                .run(all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
