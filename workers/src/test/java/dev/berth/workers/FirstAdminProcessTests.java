package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Ids;
import dev.berth.store.OneTimeLinks;
import dev.berth.store.OneTimeLinks.Purpose;
import dev.berth.store.People;
import dev.berth.store.RandomSecret;
import dev.berth.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstAdminProcessTests {
    private static final String PAGE = "https://berth.example.com/welcome?link=";

    private final TestDatabase database = TestDatabase.fresh();
    private final OneTimeLinks links = new OneTimeLinks(database.dataSource());

    @TempDir
    private Path folder;

    @Test
    void theLinkWorksOnceAndForAnHourAndANewerOneReplacesIt() throws Exception {
        RandomSecret first = printed();
        RandomSecret second = printed();
        Instant now = Instant.now();
        assertThat(works(first, now)).isFalse();
        assertThat(works(second, now.plus(Duration.ofMinutes(61)))).isFalse();
        assertThat(works(second, now.plus(Duration.ofMinutes(50)))).isTrue();
        assertThat(works(second, now)).isFalse();
    }

    @Test
    void onceThereIsAPlatformAdminItPrintsNoLink() throws Exception {
        database.tenancy()
                .asPlatform(
                        "test",
                        () -> new People(database.dataSource())
                                .insert(
                                        Ids.next(),
                                        "admin@example.org",
                                        "Admin",
                                        true,
                                        Optional.of("x".repeat(60)),
                                        Optional.empty()));
        assertThat(run(database.url(), 1)).isEmpty();
        assertThat(Files.readString(folder.resolve("errors")))
                .contains("There is a platform admin already; sign in at https://berth.example.com.");
    }

    @Test
    void aDatabaseThatIsAwayAndASettingThatIsMissingAreNamed() throws Exception {
        assertThat(run("postgres://berth_app:secret@127.0.0.1:1/berth", 1)).isEmpty();
        assertThat(Files.readString(folder.resolve("errors")))
                .contains("See that PostgreSQL runs")
                .doesNotContain("secret");
        assertThat(run("", 2)).isEmpty();
        assertThat(Files.readString(folder.resolve("errors"))).contains("DATABASE_URL is missing.");
    }

    private RandomSecret printed() throws Exception {
        String said = run(database.url(), 0);
        assertThat(said.lines()).hasSize(2);
        String link = said.lines().toList().getLast();
        assertThat(link).startsWith(PAGE);
        return RandomSecret.parse(link.substring(PAGE.length())).orElseThrow();
    }

    private boolean works(RandomSecret link, Instant at) {
        return database.tenancy()
                .asPlatform("test", () -> links.use(Purpose.FIRST_ADMIN, link, at))
                .isPresent();
    }

    /** @return what it printed for whoever asked */
    private String run(String address, int status) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstAdminProcess.class.getName()))
                .redirectOutput(said.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(Map.of("DATABASE_URL", address, "CLIENT_URL", "https://berth.example.com/"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isEqualTo(status);
        return Files.readString(said);
    }
}
