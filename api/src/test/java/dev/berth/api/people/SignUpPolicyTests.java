package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.people.OidcProvider.Identity;
import dev.berth.api.people.OidcProvider.OidcException;
import dev.berth.domain.Role;
import dev.berth.store.Caller;
import dev.berth.store.Ids;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.Memberships;
import dev.berth.store.Person;
import dev.berth.store.RandomSecret;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A process of its own, where accounts are made by invitation and no mail is set up. */
class SignUpPolicyTests {
    private static final ConfigurableApplicationContext PROCESS =
            TestApi.start(TestApi.DATABASE.url(), "--SIGN_UP=invite");
    private static final Tenancy TENANCY = PROCESS.getBean(Tenancy.class);

    private final String email = UUID.randomUUID() + "@example.org";

    @AfterAll
    static void close() {
        PROCESS.close();
    }

    @Test
    void whoWasInvitedComesInThroughTheIssuerAsWhatTheyWereInvited() throws OidcException {
        UUID organization = TestApi.DATABASE.organization();
        Instant now = Instant.now();
        Invitation invitation = new Invitation(
                Ids.next(), organization, email, Role.DEVELOPER, Optional.empty(), now.plus(Duration.ofDays(1)), now);
        TENANCY.asPlatform(
                "test", () -> PROCESS.getBean(Invitations.class).insert(invitation, RandomSecret.generate()));
        Person person = PROCESS.getBean(OidcSignIn.class).enter(identity(Optional.of(email)), Optional.empty());
        assertThat(TENANCY.asPlatform(
                        "test", () -> PROCESS.getBean(Memberships.class).find(organization, person.id())))
                .map(Caller.Membership::role)
                .contains(Role.DEVELOPER);
    }

    @Test
    void anInvitationThatWasTakenBackWithItsMakersRightLetsNobodyInThroughTheIssuer() {
        UUID organization = TestApi.DATABASE.organization();
        Browser.Account admin = Browser.account();
        Instant now = Instant.now();
        Invitations invitations = PROCESS.getBean(Invitations.class);
        Invitation invitation = new Invitation(
                Ids.next(),
                organization,
                email,
                Role.DEVELOPER,
                Optional.of(admin.id()),
                now.plus(Duration.ofDays(1)),
                now);
        TENANCY.asPlatform("test", () -> {
            invitations.insert(invitation, RandomSecret.generate());
            assertThat(invitations.revokeBeyond(organization, admin.id(), Role.ADMIN.mayInvite()))
                    .isEmpty();
            assertThat(invitations.revokeBeyond(organization, admin.id(), Role.DEVELOPER.mayInvite()))
                    .hasSize(1);
        });
        OidcSignIn signIn = PROCESS.getBean(OidcSignIn.class);
        Assertions.assertThatThrownBy(() -> signIn.enter(identity(Optional.of(email)), Optional.empty()))
                .isInstanceOf(OidcException.class);
    }

    @Test
    void whoWasNotInvitedDoesNotComeInThroughTheIssuer() {
        OidcSignIn signIn = PROCESS.getBean(OidcSignIn.class);
        Assertions.assertThatThrownBy(() -> signIn.enter(identity(Optional.of(email)), Optional.empty()))
                .isInstanceOf(OidcException.class);
    }

    @Test
    void nobodySignsUpAndWithoutAMailServerNoLetterIsPromised() {
        SignUpDesk desk = PROCESS.getBean(SignUpDesk.class);
        Assertions.assertThatThrownBy(() -> desk.askForAccount(email)).hasMessageContaining("by invitation");
        Assertions.assertThatThrownBy(() -> desk.askForPassword(email)).hasMessageContaining("SMTP_URL");
    }

    private Identity identity(Optional<String> verified) {
        return new Identity("https://issuer.example", UUID.randomUUID().toString(), verified, Optional.empty(), false);
    }
}
