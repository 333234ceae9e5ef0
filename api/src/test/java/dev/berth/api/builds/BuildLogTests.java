package dev.berth.api.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.BuildRef;
import dev.berth.domain.ImageDigest;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildLogTests {
    private final Member owner = TestApi.member("owner");
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final BuildLogs logs = new BuildLogs(TestApi.DATABASE.dataSource());
    private final Builds builds = new Builds(TestApi.DATABASE.dataSource());

    private BuildRef build = new BuildRef(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0));
    private String path = "";

    @BeforeEach
    void deploy() {
        String service = owner.service("logged");
        owner.post("/api/containers/services/" + service + "/deploy", "{}");
        String id = owner.get("/api/containers/services/" + service + "/builds")
                .json()
                .at("/items/0/id")
                .asString();
        build = new BuildRef(owner.organization(), UUID.fromString(service), UUID.fromString(id));
        path = "/api/containers/services/" + service + "/builds/" + id + "/log";
    }

    @Test
    void theWholeLogIsPlainText() {
        assertThat(owner.get(path).body()).isEmpty();
        for (int chunk = 0; chunk < 3; chunk++) {
            int from = chunk * 900;
            append(IntStream.range(from, from + 900).mapToObj(n -> "line " + n).toList());
        }
        append(List.of("ünïcode <b>", ""));
        Answer log = owner.get(path);
        assertThat(log.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(log.body().lines()).hasSize(2_702).startsWith("line 0").endsWith("ünïcode <b>", "");
    }

    @Test
    void aLogIsFollowedWhileItGrowsAndEndsWithItsBuild() {
        append(List.of("one"));
        try (Events events = follow("", null)) {
            assertThat(events.next()).isEqualTo("retry: 1000");
            assertThat(events.next())
                    .startsWith("id: 1\nevent: line\ndata: {\"line\":1,\"at\":\"")
                    .endsWith("\"text\":\"one\"}");
            append(List.of("two", "three"));
            assertThat(events.next()).startsWith("id: 2").contains("\"two\"");
            assertThat(events.next()).startsWith("id: 3");
            append(List.of("last"));
            succeed();
            assertThat(events.next()).startsWith("id: 4");
            assertThat(events.next()).isEqualTo("event: end\ndata: {}");
            assertThat(events.next()).as("the connection is closed").isEmpty();
        }
    }

    @Test
    void aClientGoesOnWhereItWas() {
        append(List.of("one", "two", "three"));
        succeed();
        try (Events events = follow("", "2")) {
            events.next();
            assertThat(events.next()).startsWith("id: 3");
            assertThat(events.next()).startsWith("event: end");
        }
        try (Events events = follow("?after=1", null)) {
            events.next();
            assertThat(events.next()).startsWith("id: 2");
        }
        try (Events events = follow("?after=0", "2")) {
            events.next();
            assertThat(events.next()).as("what the browser repeats counts").startsWith("id: 3");
        }
    }

    @Test
    void aClientThatHasEverythingIsToldToStayAway() {
        append(List.of("one"));
        succeed();
        Answer again = TestApi.send(owner.request(path + "/stream").header("Last-Event-ID", "1"));
        assertThat(again.status()).isEqualTo(204);
        assertThat(owner.get(path + "/stream?after=1").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "99999999999", ""})
    void aPositionThatIsNoneIsRefused(String position) {
        Answer after = owner.get(path + "/stream?after=" + position);
        assertThat(after.status()).isEqualTo(400);
        assertThat(after.blamed()).isEqualTo("[after]");
        Answer header = TestApi.send(
                owner.request(path + "/stream").header("Last-Event-ID", position.isEmpty() ? "y" : position));
        assertThat(header.blamed()).isEqualTo("[Last-Event-ID]");
    }

    private void append(List<String> lines) {
        tenancy.inOrg(owner.organization(), () -> logs.append(build, Instant.parse("2026-01-02T03:04:05Z"), lines));
    }

    private void succeed() {
        tenancy.inOrg(owner.organization(), () -> builds.succeed(build, new ImageDigest("sha256:" + "b".repeat(64))));
    }

    private Events follow(String query, @Nullable String lastEventId) {
        return Events.of(owner, path + "/stream" + query, lastEventId);
    }
}
