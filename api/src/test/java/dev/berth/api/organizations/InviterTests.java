package dev.berth.api.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.people.Browser;
import dev.berth.api.people.Mailbox;
import dev.berth.domain.Role;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An invitation is worth as much as who made it. */
class InviterTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    private final UUID organization = TestApi.DATABASE.organization();
    private final String path = "/api/orgs/" + organization;
    private final Browser owner = Browser.of(organization, Role.OWNER);

    @Test
    void whoIsRemovedLeavesNoDoorOpen() {
        Browser admin = Browser.of(organization, Role.ADMIN);
        String link = invited(admin, "admin");
        String others = invited(owner, "viewer");
        assertThat(owner.delete(path + "/members/" + admin.userId()).status()).isEqualTo(204);
        assertThat(accept(link).status()).isEqualTo(404);
        assertThat(owner.get(path + "/invitations").json().get("items").size()).isEqualTo(1);
        assertThat(owner.get(path + "/audit?action=invitation.revoke")
                        .json()
                        .at("/items/0/detail/because")
                        .asString())
                .isEqualTo("member.remove");
        assertThat(accept(others).status()).as("Another's stays").isEqualTo(204);
    }

    @Test
    void whoLeavesDoesNotEither() {
        Browser admin = Browser.of(organization, Role.ADMIN);
        String link = invited(admin, "viewer");
        assertThat(admin.delete("/api/me/orgs/" + organization).status()).isEqualTo(204);
        assertThat(accept(link).status()).isEqualTo(404);
    }

    @Test
    void whoBecomesLessKeepsTheInvitationsThatTheyMayStillMake() {
        Browser second = Browser.of(organization, Role.OWNER);
        String asOwner = invited(second, "owner");
        String asViewer = invited(second, "viewer");
        String asAdmin = invited(second, "admin");
        setRole(second, "admin");
        assertThat(accept(asOwner).status()).isEqualTo(404);
        assertThat(accept(asViewer).status()).isEqualTo(204);
        setRole(second, "developer");
        assertThat(accept(asAdmin).status()).isEqualTo(404);
        setRole(second, "admin");
        assertThat(accept(asAdmin).status()).as("For good").isEqualTo(404);
    }

    @Test
    void whoIsDisabledLeavesNoDoorOpen() {
        Browser.Account account = Browser.account();
        ROWS.sql("update users set platform_admin = true where id = ?")
                .param(account.id())
                .update();
        Browser platform = Browser.signedIn(account);
        Browser admin = Browser.of(organization, Role.ADMIN);
        String link = invited(admin, "admin");
        assertThat(platform.send("PATCH", "/api/platform/users/" + admin.userId(), "{\"disabled\": true}")
                        .status())
                .isEqualTo(200);
        assertThat(accept(link).status()).isEqualTo(404);
        ROWS.sql("update users set platform_admin = false where id = ?")
                .param(account.id())
                .update();
    }

    /** Either the guest came first, or the door was shut: neither waits for the other for ever. */
    @RepeatedTest(3)
    void toAcceptAndToRemoveTheInviterAtOnceEndsWell() throws Exception {
        Browser admin = Browser.of(organization, Role.ADMIN);
        String link = invited(admin, "viewer");
        String member = path + "/members/" + admin.userId();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> accept = () -> accept(link).status();
            Callable<Integer> remove = () -> owner.delete(member).status();
            List<Integer> answers = threads.invokeAll(List.of(accept, remove)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(answers.getFirst()).isIn(204, 404);
            assertThat(answers.getLast()).isEqualTo(204);
        }
    }

    private void setRole(Browser member, String role) {
        assertThat(owner.send("PATCH", path + "/members/" + member.userId(), "{\"role\": \"%s\"}".formatted(role))
                        .status())
                .isEqualTo(200);
    }

    private String invited(Browser inviter, String role) {
        String email = UUID.randomUUID() + "@example.org";
        assertThat(inviter.post(path + "/invitations", "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role))
                        .status())
                .isEqualTo(201);
        return Mailbox.link(email, 1);
    }

    private static Answer accept(String link) {
        return new Browser()
                .post(
                        "/api/invitations/accept",
                        "{\"link\": \"%s\", \"displayName\": \"Guest\", \"password\": \"%s\"}"
                                .formatted(link, Browser.PASSWORD));
    }
}
