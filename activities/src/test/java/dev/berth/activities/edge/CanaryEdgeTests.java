package dev.berth.activities.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.berth.activities.TestImage;
import dev.berth.activities.swarm.RevisionSpec;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.canary.CanaryTally.Counters;
import dev.berth.domain.edge.EdgeDocument;
import dev.berth.domain.edge.EdgeRoute;
import dev.berth.testkit.RealPart;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions behind one host, on a real edge. */
@RealPart({"docker", "registry", "app", "traefik"})
final class CanaryEdgeTests {
    private static final int REQUESTS = 1_000;
    private static final Duration SOON = Duration.ofSeconds(90);

    private final TestSwarm swarm = new TestSwarm();
    private TestEdge edge;
    private TestImage image;

    @BeforeEach
    void startTheEdge(@TempDir Path folder) throws Exception {
        image = TestImage.push("test/app");
        edge = new TestEdge(swarm, folder);
        swarm.onClose(edge);
        edge.container.ensureRunning();
        new EdgeNetworks(swarm.engine, edge.name).join(List.of(swarm.networks.ensure(swarm.organization)));
    }

    @AfterEach
    void removeEverything() throws Exception {
        swarm.close();
    }

    @Test
    void aThousandRequestsAreDealtByWeightAndCounted() throws Exception {
        RevisionSpec old = start("old", 2);
        RevisionSpec canary = start("new", 1);
        for (int weight : new int[] {5, 30}) {
            edge.serve(List.of(shared(old, canary, weight)));
            long counted = counters(canary).requests();
            int dealt = askedOf("new");
            System.out.println("weight " + weight + ": " + dealt + " of " + REQUESTS);
            double expected = REQUESTS * weight / 100.0;
            // Were they dealt by dice: five standard deviations.
            double bound = 5 * Math.sqrt(expected * (1 - weight / 100.0));
            assertThat((double) dealt).isCloseTo(expected, within(bound));
            await().atMost(SOON).until(() -> counters(canary).requests() - counted == dealt);
        }
        assertThat(counters(canary).errors()).isZero();
    }

    @Test
    void noRequestIsLostAtAnyChangeOfWeight() throws Exception {
        RevisionSpec old = start("old", 2);
        RevisionSpec canary = start("new", 2);
        edge.serve(List.of(whole(old)));
        try (Load load = new Load(edge, TestEdge.HOST)) {
            for (int weight : new int[] {5, 25, 50, 95, 25}) {
                edge.serve(List.of(shared(old, canary, weight)));
                awaitMore(load, 100);
            }
            edge.serve(List.of(whole(old)));
            awaitMore(load, 100);
            edge.serve(List.of(shared(old, canary, 50)));
            awaitMore(load, 100);
            edge.serve(List.of(whole(canary)));
            awaitMore(load, 100);
            swarm.revisions.remove(old.deployment());
            awaitMore(load, 200);
            load.stop();
            System.out.println("requests " + load.requests + " failed " + load.failures + " " + load.answers);
            assertThat(load.failures).isEmpty();
            assertThat(load.answers).containsOnlyKeys("200 old", "200 new");
        }
    }

    /** A POST that was on its way when its replica went cannot be sent again: nobody knows what it did. */
    @Test
    void aCanaryThatIsGoneCostsAtMostWhatWasOnItsWay() throws Exception {
        RevisionSpec old = start("old", 1);
        RevisionSpec canary = start("new", 1);
        edge.serve(List.of(shared(old, canary, 50)));
        try (Load load = new Load(edge, TestEdge.HOST)) {
            awaitMore(load, 100);
            swarm.revisions.scale(canary.deployment(), 0);
            // It answers for a while after Swarm has told it to end.
            int answered;
            do {
                answered = load.answers.getOrDefault("200 new", 0);
                awaitMore(load, 200);
            } while (load.answers.getOrDefault("200 new", 0) > answered);
            load.stop();
            assertThat(load.failures.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as("failed requests: %s", load.failures)
                    .isLessThanOrEqualTo(Load.CLIENTS);
        }
    }

    @Test
    void errorsAreCountedOfTheVersionThatMakesThem() throws Exception {
        RevisionSpec old = start("old", 1);
        RevisionSpec canary = start("new", 1);
        edge.serve(List.of(shared(old, canary, 50)));
        int errors = 0;
        for (int i = 0; i < 40; i++) {
            errors += edge.get(TestEdge.HOST, "/sick").statusCode() == 500 ? 1 : 0;
        }
        assertThat(errors).isEqualTo(40);
        await().atMost(SOON).until(() -> counters(canary).errors() > 0);
        Counters counted = counters(canary);
        assertThat(counted.errors()).isEqualTo(counted.requests()).isLessThan(40);
    }

    @Test
    void anEdgeThatStartsAgainSharesAsBeforeAndCountsAnew() throws Exception {
        RevisionSpec old = start("old", 1);
        RevisionSpec canary = start("new", 1);
        edge.serve(List.of(shared(old, canary, 50)));
        askedOf("new");
        swarm.engine.post("/containers/" + edge.name + "/kill?signal=KILL");
        await().atMost(SOON).until(() -> !edge.container.isRunning());
        assertThat(edge.counts.of(canary.deployment().deploymentId())).isEmpty();
        edge.container.ensureRunning();
        edge.awaitServed(1);
        await().atMost(SOON)
                .until(() -> edge.counts.of(canary.deployment().deploymentId()).isPresent());
        int dealt = askedOf("new");
        assertThat(dealt).isPositive().isLessThan(REQUESTS);
        await().atMost(SOON).until(() -> counters(canary).requests() == dealt);
    }

    @Test
    void theCountersAreShownToNobodyElse() throws Exception {
        RevisionSpec old = start("old", 1);
        edge.serve(List.of(whole(old)));
        assertThat(edge.counts.of(old.deployment().deploymentId())).contains(Counters.ZERO);
        try (EdgeCounts stranger = new EdgeCounts(edge.controlAddress(), EdgePassword.of(new byte[] {1}));
                HttpClient plain = HttpClient.newHttpClient()) {
            assertThat(stranger.of(old.deployment().deploymentId())).isEmpty();
            HttpRequest request = HttpRequest.newBuilder(edge.controlAddress().resolve(EdgeDocument.METRICS_PATH))
                    .build();
            assertThat(plain.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            HttpRequest app = HttpRequest.newBuilder(URI.create(edge.controlAddress() + "/"))
                    .build();
            assertThat(plain.send(app, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as("no app answers at Berth's entry")
                    .isEqualTo(404);
        }
        assertThat(edge.get(EdgeDocument.PROBE_HOST, EdgeDocument.METRICS_PATH).statusCode())
                .as("nor do the counters where visitors come in")
                .isEqualTo(404);
    }

    private Counters counters(RevisionSpec spec) throws InterruptedException {
        return edge.counts.of(spec.deployment().deploymentId()).orElseThrow();
    }

    /** How many of a thousand requests are answered so; all are answered. */
    private int askedOf(String says) throws Exception {
        int found = 0;
        try (HttpClient client = edge.client()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + TestEdge.HOST + "/"))
                    .timeout(SOON)
                    .build();
            for (int i = 0; i < REQUESTS; i++) {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                found += answer.body().equals(says) ? 1 : 0;
            }
        }
        return found;
    }

    private static void awaitMore(Load load, int requests) {
        int from = load.requests.get();
        await().atMost(SOON).until(() -> load.requests.get() - from >= requests);
    }

    private RevisionSpec start(String says, int replicas) {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, replicas, Map.of("SAYS", says));
        swarm.create(spec);
        swarm.awaitHealthy(spec, image);
        return spec;
    }

    private EdgeRoute whole(RevisionSpec spec) {
        return route(spec, Optional.empty());
    }

    private EdgeRoute shared(RevisionSpec spec, RevisionSpec canary, int weight) {
        return route(
                spec,
                Optional.of(new EdgeRoute.Canary(
                        canary.deployment().deploymentId(),
                        weight,
                        addresses(canary),
                        canary.port(),
                        canary.healthPath())));
    }

    private EdgeRoute route(RevisionSpec spec, Optional<EdgeRoute.Canary> canary) {
        return new EdgeRoute(
                spec.deployment().serviceId(),
                TestEdge.HOST,
                spec.name(),
                addresses(spec),
                spec.port(),
                spec.healthPath(),
                Optional.empty(),
                canary);
    }

    private List<String> addresses(RevisionSpec spec) {
        return swarm.revisions.tasks(spec.deployment()).stream()
                .filter(Task::serves)
                .map(task -> task.addresses().getFirst())
                .toList();
    }
}
