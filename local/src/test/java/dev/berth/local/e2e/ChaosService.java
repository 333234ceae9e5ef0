package dev.berth.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.failpoints.Failpoint.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service that a cell of the chaos suite is played with, and what is known of it. */
final class ChaosService implements AutoCloseable {
    /** A branch that nobody can build. */
    static final String BROKEN = "broken";

    private static final AtomicInteger TEXTS = new AtomicInteger();
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(300);

    private final App app;
    private final BehindTheBack back;
    private final List<Hold> holds = new ArrayList<>();
    private volatile Optional<Hold> marked = Optional.empty();
    private Thread admin = Thread.ofVirtual().unstarted(() -> {});
    private String before = "";
    private List<String> warm = List.of();

    ChaosService(App app, BehindTheBack back) {
        this.app = app;
        this.back = back;
    }

    App app() {
        return app;
    }

    /** What served when the point was marked. */
    String before() {
        return before;
    }

    /** A version serves, and the next to come says something new. */
    void serve() {
        serve(1);
    }

    /** As {@link #serve()}, with an earlier version to go back to. */
    void serveWithAnother() {
        serve(2);
    }

    /** Nothing but what serves runs any more. */
    void awaitCold() {
        RunningBerth.await(
                "the retirement of what served before",
                SOON,
                () -> Optional.of(kept("'running'")).filter(running -> running.size() == 1));
    }

    private void serve(int versions) {
        app.set("gitBranch", "main");
        app.set("soakSeconds", 1);
        app.set("releaseCommand", List.of());
        app.set("strategy", "blue_green");
        app.set("approvalRequired", false);
        nextText();
        if (app.service().get("status").asText().equals("stopped")) {
            app.operated("start", Map.of());
        }
        while (kept("'running', 'retired'").size() < versions) {
            app.deployed();
            nextText();
        }
        RunningBerth.await(
                "an app that serves",
                SOON,
                () -> Optional.of(app.service())
                        .filter(service -> service.get("status").asText().equals("running")));
        before = serving();
    }

    void stop() {
        serve();
        app.operated("stop", Map.of());
    }

    void nextText() {
        app.set("env", Map.of("GREETING", "version " + TEXTS.incrementAndGet()));
    }

    /** Deploys what soaks until somebody ends it; it is what serves then. */
    Asked startLongSoak() {
        app.set("soakSeconds", 600);
        Asked deployed = ask("deploy");
        app.awaitStatus(deployed.deployment().orElseThrow(), "running", SOON);
        app.operationEnded(deployed.operation());
        before = serving();
        return deployed;
    }

    /** What is to serve again in the end. */
    void putBackTo(String deployment) {
        before = deployment;
    }

    String serving() {
        return app.service().get("currentDeploymentId").asText();
    }

    private List<String> kept(String states) {
        return back.ask(
                "select id from container_deployments where service_id = ? and status in (" + states + ")"
                        + " and removed_at is null",
                BehindTheBack.id(app.id()));
    }

    /** What visitors of a deployment read. */
    Set<String> texts(Stream<String> deployments) {
        return deployments
                .flatMap(deployment -> back
                        .ask(
                                "select env ->> 'GREETING' from container_deployments where id = ?",
                                BehindTheBack.id(deployment))
                        .stream())
                .collect(Collectors.toSet());
    }

    /** What may serve beside what does: the edge falls over to the version that is warm behind a slow one. */
    Stream<String> warm() {
        return warm.stream();
    }

    /** From here on the first process that comes to the cell's point waits there. */
    void mark(ChaosCell cell) {
        warm = kept("'running'");
        marked = Optional.of(hold(cell.side(), cell.effect()));
    }

    boolean isMarked() {
        return marked.isPresent();
    }

    Hold marked() {
        return marked.orElseThrow();
    }

    Hold hold(Side side, String effect) {
        Hold hold = Hold.ask(side, effect, app);
        holds.add(hold);
        return hold;
    }

    /** As an admin does who was told to look again: until it waits, and whoever else dies meanwhile. */
    void approveWhenItWaits(Asked asked) {
        String path = "deployments/" + asked.deployment().orElseThrow() + "/approve";
        admin = Thread.ofVirtual().name(path).start(() -> {
            while (!Thread.interrupted() && !isApproved(path)) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        });
    }

    private boolean isApproved(String path) {
        try {
            return app.ask(path, Map.of()).status() == 202;
        } catch (RuntimeException apiAway) {
            return false;
        }
    }

    void terminate(String workflowId) {
        back.terminate(workflowId);
    }

    Asked ask(String action) {
        return ask(action, Map.of());
    }

    Asked ask(String action, Map<String, Object> body) {
        return asked(app.ask(action, body));
    }

    Asked delete() {
        return asked(app.askToDelete());
    }

    private static Asked asked(RunningBerth.Answer answer) {
        JsonNode accepted = RunningBerth.expect(202, answer);
        return new Asked(
                accepted.get("operationId").asText(),
                Optional.ofNullable(accepted.get("deploymentId"))
                        .filter(id -> !id.isNull())
                        .map(JsonNode::asText),
                Ending.newServes(),
                () -> {});
    }

    /** Nobody waits anywhere any more. */
    @Override
    public void close() {
        admin.interrupt();
        holds.forEach(Hold::release);
        holds.clear();
        marked = Optional.empty();
    }
}
