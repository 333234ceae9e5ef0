package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A read that ends with its one query: on one connection, as a pool gives it to one after the other. */
final class LastQueryTests {
    private static final int UNTIL_PREPARED_ON_THE_SERVER = 20;

    private final Sample sample = new Sample();
    private final UUID stranger = sample.database.organization();
    private final Service theirs = Sample.service(stranger, "theirs");
    private SingleConnectionDataSource source;
    private Tenancy tenancy;
    private Services services;
    private JdbcClient jdbc;

    @BeforeEach
    void oneConnection() throws SQLException {
        sample.tenancy.inOrg(stranger, () -> sample.services.insert(theirs));
        source = new SingleConnectionDataSource(sample.source.getConnection(), true);
        tenancy = new Tenancy(source);
        services = new Services(source);
        jdbc = JdbcClient.create(source);
    }

    @AfterEach
    void disconnect() {
        source.destroy();
    }

    @Test
    void theTransactionIsOverWhenTheAnswerIsHere() {
        JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());
        String state = tenancy.readInOrg(sample.organization, () -> {
            int backend =
                    jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
            return owner.sql("select state from pg_stat_activity where pid = ?")
                    .param(backend)
                    .query(String.class)
                    .single();
        });
        assertThat(state).isEqualTo("idle");
    }

    @Test
    void itFindsWhatItMaySeeHoweverOftenItAsks() {
        for (int i = 0; i < UNTIL_PREPARED_ON_THE_SERVER; i++) {
            assertThat(find(sample.organization, sample.service)).contains(sample.service.id());
            assertThat(find(sample.organization, theirs)).isEmpty();
            assertThat(find(stranger, theirs)).contains(theirs.id());
            assertThat(find(stranger, sample.service)).isEmpty();
        }
    }

    @Test
    void listsArriveWhole() {
        assertThat(tenancy.readInOrg(
                        sample.organization,
                        () -> jdbc.sql("select number from generate_series(1, 10000) as number where number > ?")
                                .param(5_000)
                                .query(Integer.class)
                                .list()))
                .hasSize(5_000)
                .endsWith(10_000);
    }

    @Test
    void nothingOfTheRoleIsLeftBehind() {
        find(sample.organization, sample.service);
        assertThat(jdbc.sql("select current_user || coalesce(current_setting('berth.organization_id', true), '')")
                        .query(String.class)
                        .single())
                .isEqualTo("berth_app");
    }

    @Test
    void aSecondQueryIsRefused() {
        assertThatThrownBy(() -> tenancy.readInOrg(
                        sample.organization,
                        () -> List.of(services.find(sample.service.ref()), services.find(sample.service.ref()))))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
        assertThat(find(sample.organization, sample.service)).isPresent();
    }

    @Test
    void aQueryThatFailsSaysWhyAndLeavesNothingOpen() {
        assertThatThrownBy(() -> tenancy.readInOrg(
                        sample.organization,
                        () -> jdbc.sql("select 1 / ?")
                                .param(0)
                                .query(Integer.class)
                                .single()))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("division by zero");
        assertThat(find(sample.organization, sample.service)).isPresent();
    }

    private Optional<UUID> find(UUID organization, Service wanted) {
        return tenancy.readInOrg(organization, () -> services.find(wanted.ref()))
                .map(Service::id);
    }
}
