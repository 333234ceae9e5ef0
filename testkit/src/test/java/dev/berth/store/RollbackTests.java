package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every migration can be taken back, newest first, and made again. */
final class RollbackTests {
    @Test
    void everyMigrationHasARollback() throws IOException {
        assertThat(namesIn("db/rollback")).isEqualTo(namesIn("db/migration"));
    }

    @Test
    void rollingAllBackLeavesAnEmptyDatabaseThatCanBeMigratedAgain() throws IOException {
        TestDatabase database = TestDatabase.fresh();
        JdbcClient owner = JdbcClient.create(database.ownerDataSource());
        List<String> before = objects(owner);
        for (Resource rollback : newestFirst()) {
            owner.sql(rollback.getContentAsString(StandardCharsets.UTF_8)).update();
            owner.sql("delete from flyway_schema_history where script = ?")
                    .param(rollback.getFilename())
                    .update();
        }
        assertThat(objects(owner)).isEmpty();
        Migrations.migrate(database.ownerUrl(), database.url());
        assertThat(objects(owner)).isEqualTo(before);
    }

    private static List<String> objects(JdbcClient owner) {
        return owner.sql("""
                select relkind::text || ' ' || relname from pg_class
                where relnamespace = 'public'::regnamespace and relname not like 'flyway%'
                union all
                select 'f ' || proname from pg_proc where pronamespace = 'public'::regnamespace
                order by 1
                """).query(String.class).list();
    }

    private static List<Resource> newestFirst() throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:db/rollback/*.sql"))
                .sorted(Comparator.comparingInt(RollbackTests::version).reversed())
                .toList();
    }

    private static int version(Resource script) {
        String name = String.valueOf(script.getFilename());
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static List<String> namesIn(String folder) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder + "/*.sql"))
                .map(script -> String.valueOf(script.getFilename()))
                .sorted()
                .toList();
    }
}
