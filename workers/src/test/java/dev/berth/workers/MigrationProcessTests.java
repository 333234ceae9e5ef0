package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class MigrationProcessTests {
    @Test
    void anEmptyDatabaseIsReadyForTheProcessesAfterIt() throws Exception {
        TestDatabase database = TestDatabase.empty();
        Map<String, String> addresses =
                Map.of("DATABASE_OWNER_URL", database.ownerUrl(), "DATABASE_URL", database.url());
        run(addresses, 0);
        assertThat(JdbcClient.create(database.ownerDataSource())
                        .sql("select count(*) from application_templates")
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("select current_user")
                        .query(String.class)
                        .single())
                .isEqualTo("berth_app");
        run(addresses, 0);
    }

    @Test
    void anAddressThatIsMissingIsNamed() throws Exception {
        assertThat(run(Map.of("DATABASE_OWNER_URL", "", "DATABASE_URL", ""), 2)).contains("DATABASE_OWNER_URL");
    }

    private static String run(Map<String, String> settings, int status) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MigrationProcess.class.getName()))
                .redirectErrorStream(true);
        builder.environment().putAll(settings);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(status);
        return said;
    }
}
