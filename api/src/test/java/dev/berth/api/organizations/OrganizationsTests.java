package dev.berth.api.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.api.people.Browser;
import dev.berth.api.people.Mailbox;
import dev.berth.domain.Role;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class OrganizationsTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    private final UUID organization = TestApi.DATABASE.organization();
    private final String path = "/api/orgs/" + organization;
    private final Browser owner = Browser.of(organization, Role.OWNER);

    @Test
    void aPersonMakesRenamesAndDeletesAnOrganisation() {
        Answer made = owner.post("/api/orgs", "{\"name\": \"Grüße & Co\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String own = made.header("Location");
        assertThat(made.json().get("slug").asString()).startsWith("gru-e-co");
        assertThat(owner.send("PATCH", own, "{\"name\": \"Other\"}")
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo("Other");
        assertThat(owner.get("/api/orgs").json().get("items").size()).isEqualTo(2);
        assertThat(owner.delete(own).status()).isEqualTo(204);
        assertThat(owner.get(own).status()).isEqualTo(404);
    }

    @Test
    void anOrganisationWithServicesStays() {
        Member member = TestApi.member(organization, "developer");
        member.service("stays" + organization.toString().substring(24));
        assertThat(owner.delete(path).status()).isEqualTo(409);
    }

    @Test
    void anotherOrganisationAndAnUnknownOneAreAnsweredAlike() {
        Browser stranger = Browser.of(TestApi.DATABASE.organization(), Role.OWNER);
        for (String thing : new String[] {"", "/members", "/invitations", "/tokens", "/audit"}) {
            Answer foreign = stranger.get(path + thing);
            assertThat(foreign.status()).as(thing).isEqualTo(404);
            assertThat(foreign.body())
                    .isEqualTo(stranger.get("/api/orgs/" + UUID.randomUUID() + thing)
                            .body());
        }
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, 200, 403, 403", "DEVELOPER, 200, 403, 403", "ADMIN, 200, 200, 403", "OWNER, 200, 200, 200"})
    void eachRoleMayWhatTheTableSays(Role role, int read, int administer, int own) {
        Browser browser = Browser.of(organization, role);
        assertThat(browser.get(path + "/members").status()).isEqualTo(read);
        assertThat(browser.get(path + "/invitations").status()).isEqualTo(administer);
        assertThat(browser.send("PATCH", path, "{\"name\": \"New\"}").status()).isEqualTo(own);
        assertThat(browser.get("/api/platform/users").status()).isEqualTo(403);
    }

    @Test
    void anOrganisationKeepsAnOwnerHoweverManyLeaveAtOnce() throws Exception {
        Browser other = Browser.of(organization, Role.OWNER);
        String mine = "/api/me/orgs/" + organization;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> one = () -> owner.delete(mine).status();
            Callable<Integer> two = () -> other.delete(mine).status();
            List<Integer> answers = threads.invokeAll(List.of(one, two)).stream()
                    .map(Future::resultNow)
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(204, 409);
        }
        assertThat(ROWS.sql("select count(*) from memberships where organization_id = ? and role = 'owner'")
                        .param(organization)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void theLastOwnerIsNeitherUnmadeNorRemoved() {
        UUID id = owner.userId();
        assertThat(owner.send("PATCH", path + "/members/" + id, "{\"role\": \"admin\"}")
                        .status())
                .isEqualTo(409);
        assertThat(owner.delete(path + "/members/" + id).status()).isEqualTo(409);
    }

    @Test
    void anAdminMakesNoOwnersAndTouchesNone() {
        Browser admin = Browser.of(organization, Role.ADMIN);
        Browser viewer = Browser.of(organization, Role.VIEWER);
        String members = path + "/members/";
        assertThat(admin.send("PATCH", members + owner.userId(), "{\"role\": \"viewer\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.send("PATCH", members + admin.userId(), "{\"role\": \"owner\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.send("PATCH", members + viewer.userId(), "{\"role\": \"developer\"}")
                        .status())
                .isEqualTo(200);
        UUID removed = viewer.userId();
        assertThat(admin.delete(members + removed).status()).isEqualTo(204);
        assertThat(viewer.get(path).status()).as("At once").isEqualTo(404);
        assertThat(admin.delete(members + removed).status()).isEqualTo(404);
        assertThat(admin.get(path + "/audit?action=member.role_change")
                        .json()
                        .at("/items/0/detail/to")
                        .asString())
                .isEqualTo("developer");
    }

    @Test
    void aGrantOpensOneServiceAndNoOther() {
        Member developer = TestApi.member(organization, "developer");
        String here = developer.service("g" + UUID.randomUUID().toString().substring(0, 8));
        String elsewhere = developer.service("e" + UUID.randomUUID().toString().substring(0, 8));
        Browser viewer = Browser.of(organization, Role.VIEWER);
        String grant = path + "/services/" + here + "/grants/" + viewer.userId();
        assertThat(viewer.post("/api/containers/services/" + here + "/deploy", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(owner.send("PUT", grant, "{\"role\": \"owner\"}").status()).isEqualTo(400);
        assertThat(owner.send("PUT", grant, "{\"role\": \"developer\"}").status())
                .isEqualTo(204);
        assertThat(viewer.post("/api/containers/services/" + here + "/deploy", "{}")
                        .status())
                .isEqualTo(202);
        assertThat(viewer.post("/api/containers/services/" + elsewhere + "/deploy", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(viewer.send("PUT", grant, "{\"role\": \"admin\"}").status()).isEqualTo(403);
        assertThat(owner.get(path + "/services/" + here + "/grants").body())
                .contains(viewer.userId().toString());
        assertThat(owner.delete(grant).status()).isEqualTo(204);
        assertThat(viewer.post("/api/containers/services/" + here + "/deploy", "{}")
                        .status())
                .isEqualTo(403);
        String foreign = TestApi.member("owner")
                .service("f" + UUID.randomUUID().toString().substring(0, 8));
        assertThat(owner.send(
                                "PUT",
                                path + "/services/" + foreign + "/grants/" + owner.userId(),
                                "{\"role\": \"admin\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anInvitationLetsANewPersonInOnce() {
        String email = UUID.randomUUID() + "@example.org";
        assertThat(invite(email, "developer").status()).isEqualTo(201);
        String body = accept(Mailbox.link(email, 1), true);
        Browser browser = new Browser();
        assertThat(browser.post("/api/invitations/accept", body).status()).isEqualTo(204);
        assertThat(browser.get(path).json().get("role").asString()).isEqualTo("developer");
        assertThat(new Browser().post("/api/invitations/accept", body).status()).isEqualTo(404);
        assertThat(invite(email, "viewer").status()).as("A member already").isEqualTo(409);
    }

    @Test
    void anInvitationIsForTheHolderOfItsAddressOnly() {
        Browser.Account account = Browser.account();
        invite(account.email(), "viewer");
        String link = Mailbox.link(account.email(), 1);
        assertThat(Browser.signedIn(Browser.account())
                        .post("/api/invitations/accept", accept(link, false))
                        .status())
                .isEqualTo(403);
        assertThat(new Browser()
                        .post("/api/invitations/accept", accept(link, true))
                        .status())
                .as("The address has an account")
                .isEqualTo(409);
        Browser invited = Browser.signedIn(account);
        assertThat(invited.post("/api/invitations/accept", accept(link, false)).status())
                .isEqualTo(204);
        assertThat(invited.get(path).status()).isEqualTo(200);
    }

    @Test
    void anInvitationThatIsOverOrTakenBackOrReplacedOpensNothing() {
        String email = UUID.randomUUID() + "@example.org";
        invite(email, "viewer");
        String replaced = Mailbox.link(email, 1);
        String id = invite(email, "viewer").json().get("id").asString();
        String link = Mailbox.link(email, 2);
        assertThat(new Browser()
                        .post("/api/invitations/accept", accept(replaced, true))
                        .status())
                .isEqualTo(404);
        ROWS.sql("update invitations set expires_at = now() where id = ?")
                .param(UUID.fromString(id))
                .update();
        assertThat(new Browser()
                        .post("/api/invitations/accept", accept(link, true))
                        .status())
                .isEqualTo(404);
        ROWS.sql("update invitations set expires_at = now() + interval '1 day' where id = ?")
                .param(UUID.fromString(id))
                .update();
        assertThat(owner.delete(path + "/invitations/" + id).status()).isEqualTo(204);
        assertThat(new Browser()
                        .post("/api/invitations/accept", accept(link, true))
                        .status())
                .isEqualTo(404);
        assertThat(owner.get(path + "/invitations").json().get("items").size()).isZero();
    }

    @Test
    void anAdminInvitesNoOwners() {
        Browser admin = Browser.of(organization, Role.ADMIN);
        assertThat(admin.post(path + "/invitations", "{\"email\": \"x@example.org\", \"role\": \"owner\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.post(path + "/invitations", "{\"email\": \"x\", \"role\": \"viewer\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoIsDisabledIsOutAtOnceAndForGood() {
        Browser.Account admin = Browser.account();
        ROWS.sql("update users set platform_admin = true where id = ?")
                .param(admin.id())
                .update();
        Browser platform = Browser.signedIn(admin);
        Browser person = Browser.of(organization, Role.DEVELOPER);
        String id = "/api/platform/users/" + person.userId();
        String token = person.post(path + "/tokens", "{\"name\": \"x\", \"scope\": \"read\"}")
                .json()
                .get("token")
                .asString();
        Member byToken = new Member(organization, admin.id(), organization, token);
        assertThat(byToken.get("/api/me").status()).isEqualTo(200);
        assertThat(platform.send("PATCH", id, "{\"disabled\": true}").status()).isEqualTo(200);
        assertThat(person.get("/api/me").status()).isEqualTo(401);
        assertThat(byToken.get("/api/me").status()).isEqualTo(401);
        assertThat(platform.send("PATCH", id, "{\"disabled\": false}").status()).isEqualTo(200);
        assertThat(person.get("/api/me").status()).isEqualTo(401);
        assertThat(byToken.get("/api/me").status()).isEqualTo(401);
        assertThat(platform.send("PATCH", "/api/platform/users/" + admin.id(), "{\"disabled\": true}")
                        .status())
                .isEqualTo(409);
        assertThat(platform.get(path).status())
                .as("No member by being a platform admin")
                .isEqualTo(404);
        ROWS.sql("update users set platform_admin = false where id = ?")
                .param(admin.id())
                .update();
    }

    private Answer invite(String email, String role) {
        return owner.post(path + "/invitations", "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role));
    }

    private static String accept(String link, boolean asNew) {
        return asNew
                ? "{\"link\": \"%s\", \"displayName\": \"Guest\", \"password\": \"%s\"}"
                        .formatted(link, Browser.PASSWORD)
                : "{\"link\": \"%s\"}".formatted(link);
    }
}
