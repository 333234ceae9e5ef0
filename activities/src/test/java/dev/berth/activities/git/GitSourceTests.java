package dev.berth.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.berth.activities.SmallDisk;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.outbound.AddressGuard;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitSourceTests {
    private static final String CANARY = "canary-7c1f";

    @TempDir
    private Path folder;

    private GitServer server;
    private GitSource source;

    @BeforeEach
    void start() {
        server = GitServer.start(folder.resolve("served"));
        source = source(GitLimits.standard());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsTheCommitThatABranchNames() {
        server.create("app");
        String first = server.commit("app", Map.of("a.txt", "1"));
        assertThat(resolve(server.url("app"), "main")).isEqualTo(first);
        String second = server.commit("app", Map.of("a.txt", "2"));
        assertThat(resolve(server.url("app"), "main")).isEqualTo(second);
    }

    @Test
    void fetchesThatCommitAloneAndNothingOfGit() throws IOException {
        server.create("app");
        String first = server.commit("app", Map.of("a.txt", "1", "b/c.sh", "echo"));
        Files.createSymbolicLink(server.workTree("app").resolve("link"), Path.of("b/c.sh"));
        assertThat(server.workTree("app").resolve("b/c.sh").toFile().setExecutable(true))
                .isTrue();
        String second = server.commit("app", Map.of("a.txt", "2"));
        server.commit("app", Map.of("a.txt", "3"));

        fetch("app", second);
        fetch("app", second);

        assertThat(target().resolve("a.txt")).hasContent("2");
        assertThat(target().resolve("b/c.sh")).isExecutable();
        assertThat(Files.readSymbolicLink(target().resolve("link"))).isEqualTo(Path.of("b/c.sh"));
        assertThat(children(target())).containsExactlyInAnyOrder("a.txt", "b", "link");
        assertThat(children(target().getParent())).containsExactly("source");
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void startsAgainWhereAnEarlierRunWasKilled() throws IOException {
        server.create("app");
        String commit = server.commit("app", Map.of("a.txt", "1"));
        Files.createDirectories(target().resolveSibling("source.partial"));
        Files.writeString(target().resolveSibling("source.partial").resolve("junk"), "");
        Files.createDirectories(target().resolveSibling("source.git/objects"));
        fetch("app", commit);
        assertThat(children(target())).containsExactly("a.txt");
    }

    @Test
    void saysThatThereIsNoRepository() {
        Failure failure = failureOf(server.url("nowhere"), "main");
        assertThat(failure.code()).isEqualTo(FailureCode.REPOSITORY_NOT_FOUND);
        assertThat(failure.sentence()).contains(server.url("nowhere"));
    }

    @Test
    void saysThatARepositoryIsPrivate() {
        server.create("app");
        server.protect("app", "reader", CANARY);
        assertThat(failureOf(server.url("app"), "main").code()).isEqualTo(FailureCode.REPOSITORY_AUTHENTICATION);
    }

    @Test
    void usesTheCredentialsOfTheUrlAndNeverShowsThem() {
        server.create("app");
        String commit = server.commit("app", Map.of("a.txt", "1"));
        server.protect("app", "reader", CANARY);
        String right = "http://reader:" + CANARY + "@" + server.address() + "/app.git";
        assertThat(resolve(right, "main")).isEqualTo(commit);
        assertThat(GitUrl.parse(right).toString()).doesNotContain(CANARY);
        source.fetch(GitUrl.parse(right), "main", commit, target(), () -> {});
        assertThat(target().resolve("a.txt")).hasContent("1");

        Failure refused = failureOf("http://reader:" + CANARY + "wrong@" + server.address() + "/app.git", "main");
        assertThat(refused.code()).isEqualTo(FailureCode.REPOSITORY_AUTHENTICATION);
        assertThat(refused.toString()).doesNotContain(CANARY);
        Failure absent = failureOf("http://reader:" + CANARY + "@" + server.address() + "/nowhere.git", "main");
        assertThat(absent.toString()).doesNotContain(CANARY);
        Failure branch = failureOf(right, "other");
        assertThat(branch.toString()).doesNotContain(CANARY);
    }

    @Test
    void saysThatARepositoryIsEmpty() {
        assertThat(failureOf(server.create("app"), "main").code()).isEqualTo(FailureCode.REPOSITORY_EMPTY);
    }

    @Test
    void listsBranchesThatAreCalledAlike() {
        server.create("app");
        server.commit("app", Map.of("a.txt", "1"));
        server.branch("app", "feature/login");
        Failure failure = failureOf(server.url("app"), "maim");
        assertThat(failure.code()).isEqualTo(FailureCode.BRANCH_NOT_FOUND);
        assertThat(failure.sentence()).contains("has no branch maim. It has main, feature/login.");
    }

    @Test
    void refusesARepositoryWithMoreFilesOrBytesThanAllowed() {
        server.create("app");
        byte[] noise = new byte[40_000];
        new Random(1).nextBytes(noise);
        String text = HexFormat.of().formatHex(noise);
        String commit = server.commit("app", Map.of("a.txt", text, "b.txt", "1", "c.txt", "2"));
        GitLimits limits = GitLimits.standard();
        for (GitLimits tight : List.of(
                new GitLimits(20_000, limits.checkoutBytes(), limits.files(), limits.silence(), limits.total()),
                new GitLimits(limits.downloadBytes(), 50_000, limits.files(), limits.silence(), limits.total()),
                new GitLimits(limits.downloadBytes(), limits.checkoutBytes(), 2, limits.silence(), limits.total()))) {
            ApplicationFailure thrown = catchThrowableOfType(
                    ApplicationFailure.class,
                    () -> source(tight).fetch(GitUrl.parse(server.url("app")), "main", commit, target(), () -> {}));
            assertThat(thrown.getType()).isEqualTo(FailureCode.REPOSITORY_TOO_LARGE.name());
            assertThat(target()).doesNotExist();
        }
    }

    @Test
    void refusesALinkOutOfTheCheckout() throws IOException {
        server.create("app");
        Files.createSymbolicLink(server.workTree("app").resolve("out"), Path.of("/etc/passwd"));
        String commit = server.commitAll("app");
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> fetch("app", commit));
        assertThat(thrown.getType()).isEqualTo(FailureCode.APP_INVALID.name());
        assertThat(target()).doesNotExist();
    }

    @Test
    void refusesAddressesThatTheOperatorDidNotAllow() {
        GitSource strict = new GitSource(new AddressGuard(Set.of()), GitLimits.standard());
        ApplicationFailure thrown = catchThrowableOfType(
                ApplicationFailure.class, () -> strict.resolve(GitUrl.parse(server.url("app")), "main", () -> {}));
        assertThat(thrown.getType()).isEqualTo(FailureCode.REPOSITORY_NOT_ALLOWED.name());
    }

    @Test
    void refusesOtherProtocolsWithoutRepeatingTheAddress() {
        for (String url : List.of(
                "ssh://git:" + CANARY + "@host/app.git",
                "git://host/a",
                "git@host:a/b.git",
                "file:///etc",
                "/etc",
                "ext::sh")) {
            ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> GitUrl.parse(url));
            assertThat(thrown.getType()).isEqualTo(FailureCode.REPOSITORY_NOT_ALLOWED.name());
            assertThat(thrown.getMessage()).doesNotContain(CANARY);
        }
    }

    @Test
    void doesNotFollowARedirectToAnAddressThatIsNotAllowed() throws IOException {
        server.create("app");
        server.commit("app", Map.of("a.txt", "1"));
        HttpServer redirecting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        redirecting.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", server.url("app") + "/info/refs?service=git-upload-pack");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        redirecting.start();
        try {
            String allowed = "127.0.0.1:" + redirecting.getAddress().getPort();
            GitUrl url = GitUrl.parse("http://" + allowed + "/app.git");
            ApplicationFailure thrown = catchThrowableOfType(
                    ApplicationFailure.class,
                    () -> new GitSource(new AddressGuard(Set.of(allowed)), GitLimits.standard())
                            .resolve(url, "main", () -> {}));
            assertThat(thrown.getType()).isEqualTo(FailureCode.REPOSITORY_NOT_ALLOWED.name());
            assertThat(new GitSource(new AddressGuard(Set.of("127.0.0.1")), GitLimits.standard())
                            .resolve(url, "main", () -> {}))
                    .hasSize(40);
        } finally {
            redirecting.stop(0);
        }
    }

    @Test
    void connectsToTheAddressThatWasJudgedAndToNoOther() {
        server.create("app");
        server.commit("app", Map.of("a.txt", "1"));
        // The guard hears a public address; the JDK, which asks again, hears loopback.
        AddressGuard rebound = new AddressGuard(Set.of(), host -> List.of(InetAddress.ofLiteral("8.8.8.8")));
        GitUrl url = GitUrl.parse(server.url("app").replace("127.0.0.1", "localhost"));
        ApplicationFailure thrown = catchThrowableOfType(
                ApplicationFailure.class,
                () -> new GitSource(rebound, GitLimits.standard()).resolve(url, "main", () -> {}));
        assertThat(thrown.getType()).isEqualTo(FailureCode.REPOSITORY_NOT_ALLOWED.name());
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            GitLimits limits = GitLimits.standard();
            GitSource hasty = source(new GitLimits(
                    limits.downloadBytes(),
                    limits.checkoutBytes(),
                    limits.files(),
                    Duration.ofSeconds(1),
                    limits.total()));
            ApplicationFailure thrown = catchThrowableOfType(
                    ApplicationFailure.class,
                    () -> hasty.resolve(
                            GitUrl.parse("http://127.0.0.1:" + silent.getLocalPort() + "/app.git"), "main", () -> {}));
            assertThat(thrown.getType()).isEqualTo(FailureCode.REPOSITORY_TIMED_OUT.name());
            assertThat(thrown.getMessage()).contains("did not answer in time");
        }
    }

    @Test
    void tellsAHostWithoutAName() {
        Failure failure = failureOf("https://no-such-host.invalid/app.git", "main");
        assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.REPOSITORY_HOST_UNKNOWN);
        assertThat(failure.sentence()).contains("no-such-host.invalid");
    }

    @Test
    void tellsAServerThatNobodyReachesOrThatIsOverloaded() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(failureOf("http://127.0.0.1:" + closed + "/app.git", "main").code())
                .isEqualTo(FailureCode.REPOSITORY_UNREACHABLE);
        HttpServer busy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        busy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
        busy.start();
        try {
            Failure failure = failureOf("http://127.0.0.1:" + busy.getAddress().getPort() + "/app.git", "main");
            assertThat(failure.code()).isEqualTo(FailureCode.REPOSITORY_UNREACHABLE);
            assertThat(failure.sentence()).contains("answered 429");
        } finally {
            busy.stop(0);
        }
    }

    @Test
    void tellsAServerWhoseCertificateIsItsOwn() throws Exception {
        HttpsServer selfSigned = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        selfSigned.setHttpsConfigurator(new HttpsConfigurator(OwnCertificate.context(folder)));
        selfSigned.start();
        try {
            Failure failure =
                    failureOf("https://127.0.0.1:" + selfSigned.getAddress().getPort() + "/app.git", "main");
            assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.REPOSITORY_CERTIFICATE);
            assertThat(failure.evidence()).isNotBlank();
        } finally {
            selfSigned.stop(0);
        }
    }

    @Test
    void tellsACommitThatWasOverwritten() {
        server.create("app");
        server.commit("app", Map.of("a.txt", "1"));
        String overwritten = server.commit("app", Map.of("a.txt", "2"));
        server.git("app", List.of("reset", "--quiet", "--hard", "HEAD~1"));
        server.git("app", List.of("reflog", "expire", "--expire=now", "--all"));
        server.git("app", List.of("gc", "--quiet", "--prune=now"));
        server.commit("app", Map.of("a.txt", "3"));
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> fetch("app", overwritten));
        assertThat(thrown.getType()).as(thrown.toString()).isEqualTo(FailureCode.COMMIT_NOT_FOUND.name());
    }

    /** Mounting needs root, as everything does that the tests with real parts do. */
    @Test
    @RealPart("docker")
    void tellsAFullDiskOfTheBuilderFromAServerInTrouble() throws IOException {
        server.create("app");
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        String commit = server.commit("app", Map.of("a.txt", HexFormat.of().formatHex(noise)));
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (SmallDisk _ = SmallDisk.at(disk, 2)) {
            ApplicationFailure thrown = catchThrowableOfType(
                    ApplicationFailure.class,
                    () -> source.fetch(
                            GitUrl.parse(server.url("app")), "main", commit, disk.resolve("1/source"), () -> {}));
            assertThat(thrown.getType()).as(thrown.toString()).isEqualTo(FailureCode.NO_SPACE.name());
        }
    }

    @Test
    void stopsAtOnceWhenNobodyWantsItAnyMore() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            GitUrl url = GitUrl.parse("http://127.0.0.1:" + silent.getLocalPort() + "/app.git");
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> source.resolve(url, "main", () -> {
                        throw new CancellationException();
                    }));
        }
    }

    private GitSource source(GitLimits limits) {
        return new GitSource(new AddressGuard(Set.of("127.0.0.1")), limits);
    }

    private String resolve(String url, String branch) {
        return source.resolve(GitUrl.parse(url), branch, () -> {});
    }

    private Failure failureOf(String url, String branch) {
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, () -> resolve(url, branch));
        return thrown.getDetails().get(Failure.class);
    }

    private void fetch(String name, String commit) {
        source.fetch(GitUrl.parse(server.url(name)), "main", commit, target(), () -> {});
    }

    private Path target() {
        return folder.resolve("workspace/source");
    }

    private static List<String> children(Path folder) throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }
}
