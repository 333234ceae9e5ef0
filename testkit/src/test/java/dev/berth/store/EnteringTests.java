package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.Role;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The transaction that is opened while it is asked who calls: theirs alone, used once, and never left behind. */
final class EnteringTests {
    private final Sample sample = new Sample();
    private final Tenancy tenancy = sample.tenancy;
    private final Tokens tokens = new Tokens(sample.source);
    private final JdbcClient jdbc = JdbcClient.create(sample.source);
    private final ApiToken token = ApiToken.generate();

    @BeforeEach
    void someoneWithAToken() {
        UUID user = Ids.next();
        tenancy.asPlatform("test", () -> {
            new Organizations(sample.source).insertUser(user, "reader@example.org", "Reader", false);
            new Memberships(sample.source).insert(sample.organization, user, Role.OWNER);
            tokens.insert(Ids.next(), sample.organization, user, "test", token);
        });
    }

    @Test
    void theNextDoorGoesOnInTheSameTransaction() {
        assertThat(enter()).isPresent();
        UUID asked = transaction();
        assertThat(tenancy.inOrg(sample.organization, this::transaction)).isEqualTo(asked);
        assertThat(tenancy.inOrg(sample.organization, this::transaction)).isNotEqualTo(asked);
        assertThat(tenancy.inOrg(sample.organization, () -> sample.services.find(sample.service.ref())))
                .isPresent();
    }

    @Test
    void whatIsWrittenInItStays() {
        enter();
        Service second = Sample.service(sample.organization, "second");
        tenancy.inOrg(sample.organization, () -> sample.services.insert(second));
        assertThat(tenancy.inOrg(sample.organization, () -> sample.services.find(second.ref())))
                .isPresent();
    }

    @Test
    void workThatFailsInItIsUndone() {
        enter();
        Service second = Sample.service(sample.organization, "second");
        assertThatThrownBy(() -> tenancy.inOrg(sample.organization, () -> {
                    sample.services.insert(second);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(tenancy.inOrg(sample.organization, () -> sample.services.find(second.ref())))
                .isEmpty();
    }

    @Test
    void itIsNoDoorToAnotherOrganisation() {
        UUID stranger = sample.database.organization();
        Service theirs = Sample.service(stranger, "theirs");
        tenancy.inOrg(stranger, () -> sample.services.insert(theirs));
        enter();
        assertThat(sample.services.find(theirs.ref())).isEmpty();
        assertThat(tenancy.inOrg(stranger, () -> sample.services.find(theirs.ref())))
                .isPresent();
        assertThat(tenancy.inOrg(stranger, () -> sample.services.find(sample.service.ref())))
                .isEmpty();
    }

    @Test
    void thePlatformsDoorEndsIt() {
        enter();
        assertThat(tenancy.asPlatform("test", this::role)).isEqualTo("berth_platform");
        assertThat(role()).isEqualTo("berth_app");
    }

    @Test
    void whoTakesNoDoorLeaves() {
        enter();
        assertThat(role()).isEqualTo("berth_tenant");
        tenancy.leave();
        assertThat(role()).isEqualTo("berth_app");
        assertThatThrownBy(() -> sample.services.find(sample.service.ref())).isInstanceOf(DataAccessException.class);
    }

    @Test
    void anUnknownTokenEntersNothing() {
        assertThat(tenancy.entering(() -> tokens.enter(ApiToken.generate()))).isEmpty();
        assertThat(role()).isEqualTo("berth_app");
        assertThatThrownBy(() -> tenancy.entering(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(role()).isEqualTo("berth_app");
    }

    private Optional<Recognized> enter() {
        return tenancy.entering(() -> tokens.enter(token));
    }

    /** Changes with each transaction, as a virtual transaction's id does. */
    private UUID transaction() {
        return jdbc.sql("select md5(now()::text)::uuid").query(UUID.class).single();
    }

    private String role() {
        return jdbc.sql("select current_user::text").query(String.class).single();
    }
}
