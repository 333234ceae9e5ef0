package dev.berth.api.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.api.people.Browser;
import dev.berth.domain.BuildRef;
import dev.berth.domain.Role;
import dev.berth.store.BuildLogs;
import dev.berth.store.Memberships;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may follow a log, how many of them, and until when. */
final class FollowersTests {
    private static final String RETRY = "retry: 1000";

    private final Member owner = TestApi.member("owner");
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final BuildLogs logs = new BuildLogs(TestApi.DATABASE.dataSource());
    private BuildRef build = new BuildRef(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0));
    private String path = "";

    @BeforeEach
    void deploy() {
        String service = owner.service("followed");
        owner.post("/api/containers/services/" + service + "/deploy", "{}");
        String id = owner.get("/api/containers/services/" + service + "/builds")
                .json()
                .at("/items/0/id")
                .asString();
        build = new BuildRef(owner.organization(), UUID.fromString(service), UUID.fromString(id));
        path = "/api/containers/services/" + service + "/builds/" + id + "/log/stream";
    }

    @Test
    void aTokenThatIsRevokedFollowsNoLongerAndOthersDo() {
        Member other = TestApi.member(owner.organization(), "viewer");
        try (Events revoked = Events.of(other, path, null);
                Events stays = Events.of(owner, path, null)) {
            assertThat(revoked.next()).isEqualTo(RETRY);
            assertThat(stays.next()).isEqualTo(RETRY);
            tenancy.asPlatform(
                    "test",
                    () -> new Tokens(TestApi.DATABASE.dataSource()).revoke(other.organization(), other.tokenId()));
            assertThat(revoked.next()).as("the connection is closed").isEmpty();
            append("after that");
            assertThat(stays.next()).contains("\"after that\"");
        }
    }

    @Test
    void whoIsNoMemberAnyMoreFollowsNoLonger() {
        Browser person = Browser.of(owner.organization(), Role.VIEWER);
        UUID id = person.userId();
        try (Events removed = Events.of("Cookie", person.cookie(), path, null)) {
            assertThat(removed.next()).isEqualTo(RETRY);
            tenancy.asPlatform(
                    "test", () -> new Memberships(TestApi.DATABASE.dataSource()).delete(owner.organization(), id));
            assertThat(removed.next()).as("the connection is closed").isEmpty();
        }
    }

    @Test
    void oneTokenMayNotFollowWithoutEnd() {
        List<Events> all = new ArrayList<>();
        try {
            for (int i = 0; i < Places.OF_PRINCIPAL; i++) {
                all.add(Events.of(owner, path, null));
            }
            Answer refused = owner.get(path);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.json().get("type").asString()).isEqualTo("/problems/too-many-requests");
            all.add(Events.of(TestApi.member(owner.organization(), "viewer"), path, null));
            assertThat(all.getLast().next()).isEqualTo(RETRY);
        } finally {
            all.forEach(Events::close);
        }
    }

    private void append(String line) {
        tenancy.inOrg(
                owner.organization(), () -> logs.append(build, Instant.parse("2026-01-02T03:04:05Z"), List.of(line)));
    }
}
