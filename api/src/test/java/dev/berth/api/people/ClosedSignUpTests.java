package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.domain.Role;
import dev.berth.store.Ids;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.RandomSecret;
import dev.berth.store.Tenancy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A platform where nobody new comes in, by no way. */
class ClosedSignUpTests {
    private final String email = UUID.randomUUID() + "@example.org";

    @Test
    void noLinkIsMailedAndNoneMakesAnAccount() {
        assertThat(new Visitor()
                        .post("/api/sign-up", "{\"email\": \"%s\"}".formatted(email))
                        .status())
                .isEqualTo(403);
        assertThat(new Visitor().post("/api/sign-up/complete", """
                {"link": "x", "displayName": "New", "password": "a long new one", "organizationName": "Ours"}""").status()).isEqualTo(403);
        assertThat(new Visitor()
                        .get("/api/sign-in/options")
                        .json()
                        .get("signUp")
                        .asString())
                .isEqualTo("closed");
    }

    @Test
    void anInvitationBringsInWhoIsHereAndNobodyNew() {
        UUID organization = TestApi.DATABASE.organization();
        String body = "{\"link\": \"%s\", \"displayName\": \"New\", \"password\": \"a long new one\"}";
        Answer refused = new Visitor()
                .post(
                        "/api/invitations/accept",
                        body.formatted(invite(organization, email).value()));
        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        Browser.Account account = Browser.account();
        Visitor member = new Visitor();
        member.signIn(account.email());
        assertThat(member.post(
                                "/api/invitations/accept",
                                "{\"link\": \"%s\"}"
                                        .formatted(invite(organization, account.email())
                                                .value()))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void theIssuerBringsNobodyNewEitherInvitedOrNot() {
        invite(TestApi.DATABASE.organization(), email);
        Visitor visitor = new Visitor();
        URI authorization = URI.create(visitor.get("/api/sign-in/oidc").header("Location"));
        JWTClaimsSet claims = TestIssuer.claims(authorization, UUID.randomUUID().toString(), email)
                .build();
        Answer back = visitor.get("/api/sign-in/oidc/callback?code=%s&state=%s"
                .formatted(
                        TestIssuer.code(authorization, claims),
                        TestIssuer.query(authorization).get("state")));
        assertThat(back.header("Location")).isEqualTo("https://berth.test/sign-in?problem=oidc");
        assertThat(visitor.isSignedIn()).isFalse();
    }

    private static RandomSecret invite(UUID organization, String address) {
        RandomSecret secret = RandomSecret.generate();
        Instant now = Instant.now();
        Invitation invitation = new Invitation(
                Ids.next(), organization, address, Role.VIEWER, Optional.empty(), now.plus(Duration.ofDays(1)), now);
        TestApi.bean(Tenancy.class)
                .asPlatform("test", () -> TestApi.bean(Invitations.class).insert(invitation, secret));
        return secret;
    }
}
