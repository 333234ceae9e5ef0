package dev.berth.activities.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.activities.TestImage;
import dev.berth.activities.reconcile.EdgeReach;
import dev.berth.activities.swarm.Revision;
import dev.berth.activities.swarm.RevisionSpec;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.edge.EdgeRoute;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealPart({"docker", "registry", "app", "traefik"})
final class EdgeTests {
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
    void noRequestIsLostWhileFiveRevisionsTakeOver() throws Exception {
        RevisionSpec first = start("v0", 2);
        edge.serve(List.of(route(first)));
        try (Load load = new Load(edge, TestEdge.HOST)) {
            RevisionSpec serving = first;
            for (int i = 1; i <= 5; i++) {
                long begin = System.nanoTime();
                RevisionSpec next = start("v" + i, 2);
                Duration healthy = Duration.ofNanos(System.nanoTime() - begin);
                Duration flip = edge.serve(List.of(route(next)));
                System.out.printf(
                        "create -> healthy %d ms, flip %d ms, %d requests so far, failed %s%n",
                        healthy.toMillis(), flip.toMillis(), load.requests.get(), load.failures);
                awaitAnswer("v" + i, load);
                swarm.revisions.remove(serving.deployment());
                serving = next;
            }
            DeploymentRef last = serving.deployment();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> swarm.revisions.all().stream()
                            .map(Revision::deploymentId)
                            .allMatch(last.deploymentId()::equals));
            load.stop();
            System.out.println("requests " + load.requests.get() + " failed " + load.failures);
            assertThat(load.failures).isEmpty();
            assertThat(load.answers).hasSize(6);
        }
    }

    @Test
    void aReplicaThatComesBackWithANewAddressIsReachedAlthoughNobodyPublishesIt() throws Exception {
        RevisionSpec only = start("here", 1);
        edge.serve(List.of(route(only)));
        Task before = swarm.awaitHealthy(only, image).tasks().getFirst();
        long begin = System.nanoTime();
        swarm.engine.post("/containers/" + before.containerId().orElseThrow() + "/kill?signal=KILL");
        await().atMost(Duration.ofSeconds(90))
                .until(() -> swarm.revisions.tasks(only.deployment()).stream()
                        .anyMatch(task -> task.serves() && !task.id().equals(before.id())));
        long replaced = System.nanoTime();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> edge.get(TestEdge.HOST, "/").statusCode() == 200);
        System.out.printf(
                "killed -> healthy again %d ms -> served again %d ms%n",
                Duration.ofNanos(replaced - begin).toMillis(),
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
        Task after = swarm.awaitHealthy(only, image).tasks().getFirst();
        assertThat(after.addresses()).isNotEqualTo(before.addresses());
    }

    @Test
    void anEdgeThatStartsAgainServesTheLastDocumentOnTheSameNetworks() throws Exception {
        RevisionSpec only = start("still here", 1);
        edge.serve(List.of(route(only)));
        swarm.engine.post("/containers/" + edge.name + "/kill?signal=KILL");
        await().atMost(Duration.ofSeconds(90)).until(() -> !edge.container.isRunning());
        edge.container.ensureRunning();
        edge.awaitServed(1);
        assertThat(edge.get(TestEdge.HOST, "/").body()).isEqualTo("still here");
        edge.container.remove();
        edge.container.ensureRunning();
        edge.awaitServed(1);
        assertThat(edge.get(TestEdge.HOST, "/").body()).isEqualTo("still here");
    }

    /** As the platform's own parts are replaced in production: nothing but the engine knows of the organisations' networks. */
    @Test
    void anEdgeThatWasMadeAnewWithoutTheNetworksReachesAppsAgainAfterOneLook() throws Exception {
        RevisionSpec only = start("found again", 1);
        edge.serve(List.of(route(only)));
        String network = swarm.networks.find(swarm.organization).orElseThrow();
        EdgeNetworks networks = new EdgeNetworks(swarm.engine, edge.name);
        edge.container.remove();
        edge.container.ensureRunning();
        networks.leave(network);
        edge.awaitServed(1);
        assertThat(networks.missing(List.of(network))).containsExactly(network);
        assertThat(edge.get(TestEdge.HOST, "/").statusCode()).isGreaterThanOrEqualTo(500);
        List<String> told = new ArrayList<>();
        EdgeReach reach = new EdgeReach(swarm.engine, swarm.instance, edge.name, told::add);
        reach.restore();
        assertThat(told).containsExactly("The edge was not on network " + network + ", and is now.");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(edge.get(TestEdge.HOST, "/").body()).isEqualTo("found again"));
        told.clear();
        reach.restore();
        assertThat(told).isEmpty();
    }

    @Test
    void aRouteWhoseRevisionIsGoneFailsSoonAndHarmsNobodyElse() throws Exception {
        RevisionSpec only = start("fine", 1);
        EdgeRoute gone = new EdgeRoute(
                swarm.organization,
                "gone.berth.test",
                "b-ffffffffffff",
                List.of(),
                TestSwarm.PORT,
                "/{{env`HOME`}}",
                Optional.empty());
        edge.serve(List.of(route(only), gone));
        long begin = System.nanoTime();
        assertThat(edge.get("gone.berth.test", "/").statusCode()).isIn(502, 504);
        // Traefik's own dial timeout is 30 s.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(edge.get("unknown.berth.test", "/").statusCode()).isEqualTo(404);
        assertThat(edge.get(TestEdge.HOST, "/").body()).isEqualTo("fine");
    }

    @Test
    void whatOnlyATrustedProxyMaySayIsTakenFromRequests() throws Exception {
        edge.serve(List.of(route(start("x", 1))));
        String seen = edge.get(
                        TestEdge.HOST,
                        "/headers",
                        "Forwarded",
                        "for=1.2.3.4",
                        "X-Original-URL",
                        "/admin",
                        "CF-Connecting-IP",
                        "1.2.3.4",
                        "X-Forwarded-For",
                        "1.2.3.4",
                        "X.Real.Ip",
                        "1.2.3.4",
                        "X-Mine",
                        "stays")
                .body();
        assertThat(seen).contains("X-Mine: stays").doesNotContain("1.2.3.4", "/admin");
        assertThat(edge.get(TestEdge.HOST, "/a%00b").statusCode()).isEqualTo(400);
    }

    private RevisionSpec start(String says, int replicas) {
        RevisionSpec spec = swarm.spec(swarm.deployment(), image, replicas, Map.of("SAYS", says));
        swarm.create(spec);
        swarm.awaitHealthy(spec, image);
        return spec;
    }

    /** A POST that was on its way when its replica went cannot be sent again: nobody knows what it did. */
    @Test
    void whileTheNewVersionIsDownTheOneThatServedBeforeAnswersAndAtMostWhatWasOnItsWayIsLost() throws Exception {
        RevisionSpec before = start("before", 1);
        RevisionSpec now = start("now", 1);
        EdgeRoute.Standby standby = new EdgeRoute.Standby(addresses(before), before.port(), before.healthPath());
        edge.serve(List.of(route(now, Optional.of(standby))));
        try (Load load = new Load(edge, TestEdge.HOST)) {
            awaitAnswer("now", load);
            swarm.revisions.scale(now.deployment(), 0);
            awaitAnswer("before", load);
            assertThat(load.failures.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .as("failed requests: %s", load.failures)
                    .isLessThanOrEqualTo(Load.CLIENTS);
        }
    }

    private EdgeRoute route(RevisionSpec spec) {
        return route(spec, Optional.empty());
    }

    private EdgeRoute route(RevisionSpec spec, Optional<EdgeRoute.Standby> standby) {
        return new EdgeRoute(
                spec.deployment().serviceId(),
                TestEdge.HOST,
                spec.name(),
                addresses(spec),
                spec.port(),
                spec.healthPath(),
                standby);
    }

    private List<String> addresses(RevisionSpec spec) {
        return swarm.revisions.tasks(spec.deployment()).stream()
                .filter(Task::serves)
                .map(task -> task.addresses().getFirst())
                .toList();
    }

    private static void awaitAnswer(String says, Load load) {
        await().atMost(Duration.ofSeconds(90)).until(() -> load.answers.containsKey("200 " + says));
    }
}
