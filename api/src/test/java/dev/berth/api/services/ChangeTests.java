package dev.berth.api.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two who change one service at once: neither overwrites what it has not seen. */
class ChangeTests {
    private final Member owner = TestApi.member("owner");
    private String path = "";

    @BeforeEach
    void create() {
        path = "/api/containers/services/" + owner.service("app");
    }

    @Test
    void aChangeSaysWhatItChanges() {
        Answer answer = TestApi.send(owner.request(path)
                .method("PATCH", BodyPublishers.ofString("{\"replicas\": 2}"))
                .header("Content-Type", "application/json"));
        assertThat(answer.status()).isEqualTo(428);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/precondition-required");
    }

    @Test
    void aChangeOfWhatSomebodyElseChangedIsRefused() {
        String read = owner.get(path).header("ETag");
        Answer mine = owner.patch(path, read, "{\"replicas\": 2}");
        assertThat(mine.status()).as(mine.body()).isEqualTo(200);
        Answer theirs = owner.patch(path, read, "{\"replicas\": 3}");
        assertThat(theirs.status()).isEqualTo(412);
        assertThat(theirs.json().get("type").asString()).isEqualTo("/problems/precondition-failed");
        assertThat(owner.get(path).json().get("replicas").asInt()).isEqualTo(2);
        assertThat(owner.patch(path, mine.header("ETag"), "{\"replicas\": 3}").status())
                .isEqualTo(200);
        assertThat(owner.patch(path, "*", "{\"replicas\": 4}").status()).isEqualTo(200);
    }

    @Test
    void theVersionInQuotesIsEnough() {
        assertThat(owner.get(path).json().get("version").asLong()).isEqualTo(1);
        assertThat(owner.patch(path, "\"1\"", "{\"replicas\": 2}").status()).isEqualTo(200);
        assertThat(owner.patch(path, "\"1\"", "{\"replicas\": 2}").status()).isEqualTo(412);
        assertThat(owner.patch(path, "\"7\", \"2\"", "{\"replicas\": 2}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"1\"", "\"99999999999999999999\"", "\"x\""})
    void aTagOfSomethingElseMatchesNothing(String tag) {
        assertThat(owner.patch(path, tag, "{\"replicas\": 2}").status()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1", "", "\"1\",", "* , \"1\""})
    void aHeaderThatIsNoTagIsRefused(String tag) {
        Answer answer = owner.patch(path, tag, "{\"replicas\": 2}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[If-Match]");
    }

    @Test
    void ofManyAtOnceOneWins() throws Exception {
        String read = owner.get(path).header("ETag");
        List<Future<Answer>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 2; i < 10; i++) {
                String body = "{\"replicas\": " + i + "}";
                sent.add(threads.submit(() -> owner.patch(path, read, body)));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Answer> answer : sent) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).containsOnly(200, 412);
    }

    @Test
    void whatIsObservedIsSeenAndStandsInNobodysWay() {
        String read = owner.get(path).header("ETag");
        assertThat(ifNoneMatch(read)).isEqualTo(304);
        UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        new Tenancy(TestApi.DATABASE.dataSource())
                .inOrg(
                        owner.organization(),
                        () -> new Services(TestApi.DATABASE.dataSource())
                                .observe(new ServiceRef(owner.organization(), id), ServiceState.RUNNING));
        assertThat(ifNoneMatch(read)).isEqualTo(200);
        assertThat(owner.patch(path, read, "{\"replicas\": 2}").status()).isEqualTo(200);
    }

    private int ifNoneMatch(String tag) {
        return TestApi.send(owner.request(path).header("If-None-Match", tag)).status();
    }
}
