package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.domain.Role;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A read for a caller who is known from before: it is their token's again, in the round trip of the query, or nothing is given. */
final class ExpectedTests {
    private static final int UNTIL_PREPARED_ON_THE_SERVER = 20;

    private final Sample sample = new Sample();
    private final UUID user = Ids.next();
    private final ApiToken token = ApiToken.generate();
    private final UUID tokenId = Ids.next();
    private SingleConnectionDataSource source;
    private Tenancy tenancy;
    private Services services;
    private JdbcClient jdbc;
    private Expected expected;

    @BeforeEach
    void someoneKnown() throws SQLException {
        asPlatform(() -> {
            new Organizations(sample.source).insertUser(user, "reader@example.org", "Reader", false);
            new Memberships(sample.source).insert(sample.organization, user, Role.DEVELOPER);
            tokens().insert(tokenId, sample.organization, user, "test", token);
            tokens().noteUse(sample.organization, tokenId);
        });
        source = new SingleConnectionDataSource(sample.source.getConnection(), true);
        tenancy = new Tenancy(source);
        services = new Services(source);
        jdbc = JdbcClient.create(source);
        expected =
                new Expected(token, tokens().authenticate(token).orElseThrow().caller());
    }

    @AfterEach
    void disconnect() {
        source.destroy();
    }

    @Test
    void theSameCallerIsAnsweredHoweverOftenTheyAsk() {
        for (int i = 0; i < UNTIL_PREPARED_ON_THE_SERVER; i++) {
            tenancy.expect(expected);
            assertThat(find()).contains(sample.service);
            assertThat(tenancy.unconfirmed()).isEmpty();
            assertThat(find()).as("behind it, without the question").contains(sample.service);
        }
        assertThat(role()).isEqualTo("berth_app");
    }

    @Test
    void theTransactionIsOverWhenTheAnswerIsHere() {
        JdbcClient owner = JdbcClient.create(sample.database.ownerDataSource());
        tenancy.expect(expected);
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
    void theQuerysOwnParametersArriveAndListsArriveWhole() {
        tenancy.expect(expected);
        assertThat(tenancy.readInOrg(
                        sample.organization,
                        () -> jdbc.sql("""
                                        select coalesce(cast(:none as text), :word) || number
                                        from generate_series(1, 10000) as number where number > :least and not :word = ''
                                        """)
                                .param("none", null)
                                .param("word", "n")
                                .param("least", 5_000)
                                .query(String.class)
                                .list()))
                .hasSize(5_000)
                .endsWith("n10000");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("the token was revoked", (Change)
                        test -> test.tokens().revoke(test.sample.organization, test.tokenId)),
                Arguments.of("the person left", (Change)
                        test -> new Memberships(test.sample.source).delete(test.sample.organization, test.user)),
                Arguments.of("the person was disabled", (Change)
                        test -> new People(test.sample.source).setDisabled(test.user, Optional.of(Instant.now()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void nothingIsGivenWhere(String what, Change change) {
        asPlatform(() -> change.of(this));
        assertThat(changed().now()).as(what).isEmpty();
    }

    /** The platform's own audit trail has the id of zeros, which must not be what a token without an organisation gets. */
    @Test
    void theQueryBehindAWorthlessTokenSeesNoRowOfAnybody() {
        asPlatform(() -> {
            JdbcClient.create(sample.source)
                    .sql(
                            "insert into audit_heads (chain_id, sequence, hash) values (?, 0, decode(repeat('00', 32), 'hex'))")
                    .param(Audit.PLATFORM)
                    .update();
            tokens().revoke(sample.organization, tokenId);
        });
        tenancy.expect(expected);
        assertThatThrownBy(() -> tenancy.readInOrg(
                        sample.organization,
                        () -> jdbc.sql("""
                                select 1 / ((select count(*) from audit_heads) + (select count(*) from audit_events)
                                    + (select count(*) from container_services))
                                """).query(Long.class).single()))
                .as("the division says that there was none to count")
                .hasMessageContaining("division by zero");
    }

    @Test
    void whoCouldNotBeAskedForStaysAGuess() {
        tenancy.expect(expected);
        assertThatThrownBy(() -> tenancy.entering(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(tenancy.unconfirmed()).contains(expected);
    }

    @Test
    void whoMayLessNowIsToldApart() {
        asPlatform(() -> new Memberships(sample.source).setRole(sample.organization, user, Role.VIEWER));
        assertThat(changed()
                        .now()
                        .orElseThrow()
                        .caller()
                        .membership()
                        .orElseThrow()
                        .role())
                .isEqualTo(Role.VIEWER);
    }

    @Test
    void whoHasAGrantNowIsToldApart() {
        asPlatform(() -> new Grants(sample.source).put(sample.organization, sample.service.id(), user, Role.ADMIN));
        assertThat(changed().now().orElseThrow().caller().roleFor(Optional.of(sample.service.id())))
                .contains(Role.ADMIN);
    }

    @Test
    void aUseThatIsToBeNotedIsToldToo() {
        JdbcClient.create(sample.database.ownerDataSource())
                .sql("update api_tokens set last_used_at = now() - interval '2 minutes' where id = ?")
                .param(tokenId)
                .update();
        assertThat(changed().now()).contains(new Recognized(expected.caller(), false));
    }

    @Test
    void everyOtherDoorIsClosedUntilItIsKnown() {
        UUID stranger = sample.database.organization();
        tenancy.expect(expected);
        for (Runnable door : List.<Runnable>of(
                () -> tenancy.asPlatform("test", this::role),
                () -> tenancy.inOrg(sample.organization, this::role),
                () -> tenancy.readInOrg(stranger, this::role))) {
            assertThatThrownBy(door::run).isInstanceOf(IllegalStateException.class);
        }
        assertThat(tenancy.unconfirmed()).contains(expected);
        tenancy.leave();
        assertThat(tenancy.inOrg(sample.organization, this::role)).isEqualTo("berth_tenant");
    }

    @Test
    void aQueryThatFailsConfirmsNobodyAndLeavesNothingOpen() {
        tenancy.expect(expected);
        assertThatThrownBy(() -> tenancy.readInOrg(
                        sample.organization,
                        () -> jdbc.sql("select 1 / ?")
                                .param(0)
                                .query(Integer.class)
                                .single()))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("division by zero");
        assertThat(tenancy.unconfirmed()).contains(expected);
        assertThat(find()).contains(sample.service);
        assertThat(role()).isEqualTo("berth_app");
    }

    @Test
    void aSecondQueryIsRefused() {
        tenancy.expect(expected);
        assertThatThrownBy(() -> tenancy.readInOrg(
                        sample.organization,
                        () -> List.of(services.find(sample.service.ref()), services.find(sample.service.ref()))))
                .hasMessageContaining("second query");
        assertThat(role()).isEqualTo("berth_app");
    }

    private CallerChangedException changed() {
        tenancy.expect(expected);
        CallerChangedException changed = catchThrowableOfType(CallerChangedException.class, this::find);
        assertThat(changed).isNotNull();
        assertThat(tenancy.unconfirmed()).isEmpty();
        assertThat(role()).isEqualTo("berth_app");
        return changed;
    }

    private Optional<Service> find() {
        return tenancy.readInOrg(sample.organization, () -> services.find(sample.service.ref()))
                .map(_ -> sample.service);
    }

    private Tokens tokens() {
        return new Tokens(sample.source);
    }

    private void asPlatform(Runnable change) {
        sample.tenancy.asPlatform("test", change);
    }

    private String role() {
        return jdbc.sql("select current_user::text").query(String.class).single();
    }

    interface Change {
        void of(ExpectedTests test);
    }
}
