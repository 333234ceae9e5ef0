package dev.berth.api.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.people.Browser;
import dev.berth.domain.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody makes Berth write to strangers without end. */
class InvitationLimitsTests {
    private final UUID organization = TestApi.DATABASE.organization();
    private final Browser owner = Browser.of(organization, Role.OWNER);

    @Test
    void anOrganisationInvitesSoManyInAnHourWhoeverInvites() {
        Browser other = Browser.of(organization, Role.ADMIN);
        for (int i = 0; i < InvitationLimits.OF_ORGANIZATION_PER_HOUR / 2; i++) {
            assertThat(invite(owner, organization, fresh()).status()).isEqualTo(201);
            assertThat(invite(other, organization, fresh()).status()).isEqualTo(201);
        }
        Answer refused = invite(other, organization, fresh());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 180);
    }

    @Test
    void aPersonInvitesSoManyInAnHourWhereverTheyAreOwner() {
        Browser.Account account = Browser.account();
        UUID second = TestApi.DATABASE.organization();
        Browser.join(organization, account, Role.OWNER);
        Browser.join(second, account, Role.OWNER);
        Browser person = Browser.signedIn(account);
        for (int i = 0; i < InvitationLimits.OF_PERSON_PER_HOUR / 2; i++) {
            assertThat(invite(person, organization, fresh()).status()).isEqualTo(201);
            assertThat(invite(person, second, fresh()).status()).isEqualTo(201);
        }
        assertThat(invite(person, second, fresh()).status()).isEqualTo(429);
        assertThat(invite(owner, organization, fresh()).status()).isEqualTo(201);
    }

    @Test
    void aMailboxGetsAFewOfOneOrganisationAndNotManyMoreOfAll() {
        String email = fresh();
        for (int i = 0; i < InvitationLimits.OF_ORGANIZATION_TO_MAILBOX_PER_HOUR; i++) {
            assertThat(invite(owner, organization, email).status()).isEqualTo(201);
        }
        assertThat(invite(owner, organization, email).status()).isEqualTo(429);
        for (int i = InvitationLimits.OF_ORGANIZATION_TO_MAILBOX_PER_HOUR;
                i < InvitationLimits.TO_MAILBOX_PER_HOUR;
                i++) {
            UUID another = TestApi.DATABASE.organization();
            assertThat(invite(Browser.of(another, Role.OWNER), another, email).status())
                    .isEqualTo(201);
        }
        UUID another = TestApi.DATABASE.organization();
        assertThat(invite(Browser.of(another, Role.OWNER), another, email).status())
                .isEqualTo(429);
    }

    private static String fresh() {
        return UUID.randomUUID() + "@example.org";
    }

    private static Answer invite(Browser who, UUID organization, String email) {
        return who.post(
                "/api/orgs/" + organization + "/invitations",
                "{\"email\": \"%s\", \"role\": \"viewer\"}".formatted(email));
    }
}
