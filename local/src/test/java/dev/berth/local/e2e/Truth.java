package dev.berth.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.e2e.Ending.After;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Compares what Berth says of a service with Swarm, registry, disk and what visitors are shown. */
final class Truth {
    /** What is cleared away after the end of an operation has its time for it. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final Path BUILDS = Path.of(RunningBerth.variable("BERTH_TEST_STATE"), "data", "builds");

    private final ChaosService service;
    private final App app;
    private final BehindTheBack back;

    Truth(ChaosService service, BehindTheBack back) {
        this.service = service;
        this.app = service.app();
        this.back = back;
    }

    /** What is not as it should be; empty when all of it is. */
    List<String> lies(Asked asked) {
        List<String> lies = new ArrayList<>(ends(asked));
        lies.addAll(settled(() -> asked.ending().after() == After.GONE ? gone() : standing(asked)));
        return lies;
    }

    private List<String> ends(Asked asked) {
        List<String> lies = new ArrayList<>();
        JsonNode operation = app.operation(asked.operation());
        expect(
                lies,
                "operation" + reason(operation),
                asked.ending().operation(),
                operation.get("status").asText());
        return lies;
    }

    private static String reason(JsonNode row) {
        JsonNode reason = row.path("reason");
        return reason.isMissingNode() || reason.isNull()
                ? ""
                : " (" + reason.path("code").asText() + ")";
    }

    /** Looks until nothing is wrong, or its time is up. */
    private static List<String> settled(Supplier<List<String>> look) {
        List<List<String>> last = new ArrayList<>(List.of(List.of("nobody looked")));
        try {
            RunningBerth.await("the truth", SETTLED, () -> {
                last.set(0, ChaosRun.quietly(() -> Optional.of(look.get())).orElse(List.of("somebody did not answer")));
                return Optional.of(last).filter(lies -> lies.getFirst().isEmpty());
            });
        } catch (AssertionError stillWrong) {
            return last.getFirst();
        }
        return List.of();
    }

    private List<String> standing(Asked asked) {
        List<String> lies = new ArrayList<>();
        JsonNode row = app.service();
        After after = asked.ending().after();
        expect(
                lies,
                "service",
                Set.of(after.serves() ? "running" : "stopped"),
                row.get("status").asText());
        String current = row.get("currentDeploymentId").asText("");
        switch (after) {
            case NEW_SERVES ->
                expect(lies, "what serves", asked.deployment().stream().toList(), current);
            case OLD_SERVES -> expect(lies, "what serves", List.of(service.before()), current);
            case ANY_SERVES -> expect(lies, "something serves", List.of(true), !current.isEmpty());
            case STOPPED, GONE -> expect(lies, "what serves", List.of("null", ""), current);
        }
        RunningBerth.Answer shown = app.visit();
        if (after.serves()) {
            expect(lies, "answer", List.of(200), shown.status());
            expect(
                    lies,
                    "answer",
                    service.texts(Stream.of(current)),
                    shown.body().strip());
            expect(
                    lies,
                    "route",
                    List.of(current),
                    first("select deployment_id from routes where service_id = ?", id()));
        } else {
            expect(lies, "answer", List.of(503), shown.status());
        }
        lies.addAll(revisions(current, row.get("replicas").asInt()));
        lies.addAll(open());
        lies.addAll(unreleased());
        lies.addAll(builds(asked));
        return lies;
    }

    /** One Swarm service per deployment that is kept, with the replicas that its row means, and none beside. */
    private List<String> revisions(String current, int replicas) {
        List<String> lies = new ArrayList<>();
        List<String> swarm = swarm();
        var wanted = new TreeMap<String, String>();
        for (String row : back.ask(
                "select id || ' ' || status from container_deployments where service_id = ?"
                        + " and status in ('running', 'retired') and removed_at is null",
                id())) {
            String[] words = row.split(" ");
            String name = BehindTheBack.swarmName(words[0]);
            boolean runs = words[1].equals("running");
            String number = words[0].equals(current) ? Integer.toString(replicas) : "[1-9][0-9]*";
            wanted.put(name, runs ? name + " (" + number + ")/\\1" : name + " 0/0");
            if (runs) {
                expect(
                        lies,
                        "Swarm services of " + name,
                        List.of(1L),
                        swarm.stream().filter(is(name)).count());
            }
        }
        for (String line : swarm) {
            String pattern = wanted.getOrDefault(line.split(" ")[0], "nothing");
            if (!line.matches(pattern)) {
                lies.add("Swarm has " + line + ", wanted is " + pattern);
            }
        }
        return lies;
    }

    private static java.util.function.Predicate<String> is(String name) {
        return line -> line.startsWith(name + " ");
    }

    private List<String> swarm() {
        return Launcher.docker(
                        "service",
                        "ls",
                        "--format",
                        "{{.Name}} {{.Replicas}}",
                        "--filter",
                        "label=berth.service=" + app.id())
                .lines()
                .toList();
    }

    private List<String> open() {
        List<String> open = new ArrayList<>();
        for (String question : List.of(
                "select 'operation ' || id || ' ' || status from operations where service_id = ?"
                        + " and status in ('pending', 'running')",
                "select 'deployment ' || id || ' ' || status from container_deployments where service_id = ?"
                        + " and status in ('pending', 'building', 'deploying')",
                "select 'build ' || id || ' ' || status from container_builds where service_id = ?"
                        + " and status in ('queued', 'running')",
                "select 'canary ' || canary_deployment_id || ' has a part of the traffic' from routes"
                        + " where service_id = ? and canary_deployment_id is not null")) {
            back.ask(question, id()).forEach(row -> open.add("still open: " + row));
        }
        return open;
    }

    /** What serves and has a release command ran it to its end. */
    private List<String> unreleased() {
        return back.ask(
                "select 'serves without its release command: ' || d.id || ' ' || coalesce(r.status, 'not begun')"
                        + " from container_deployments d left join releases r on r.deployment_id = d.id"
                        + " where d.service_id = ? and d.status = 'running' and d.release_command is not null"
                        + " and r.status is distinct from 'succeeded'",
                id());
    }

    /** A tag for each build that succeeded and is needed, none for another, no workspace, one build for what was asked. */
    private List<String> builds(Asked asked) {
        List<String> lies = new ArrayList<>();
        Set<String> succeeded = new TreeSet<>(
                back.ask("select id from container_builds where service_id = ? and status = 'succeeded'", id()));
        List<String> tags = Registry.tagsOf(app);
        tags.stream().filter(tag -> !succeeded.contains(tag)).forEach(tag -> lies.add("a tag of no build: " + tag));
        for (String build : asked.deployment().stream()
                .flatMap(
                        deployment -> back
                                .ask(
                                        "select build_id from container_deployments where id = ?",
                                        BehindTheBack.id(deployment))
                                .stream())
                .filter(succeeded::contains)
                .toList()) {
            expect(
                    lies,
                    "tags of build " + build,
                    List.of(1L),
                    tags.stream().filter(build::equals).count());
        }
        for (String build : back.ask("select id from container_builds where service_id = ?", id())) {
            if (Files.exists(BUILDS.resolve(build))) {
                lies.add("a workspace was left: " + build);
            }
        }
        return lies;
    }

    private List<String> gone() {
        List<String> lies = new ArrayList<>();
        expect(lies, "answer of the API", List.of(404), app.look().status());
        expect(lies, "answer", List.of(404), app.visit().status());
        expect(lies, "Swarm services", List.of(List.of()), swarm());
        expect(lies, "tags", List.of(List.of()), Registry.tagsOf(app));
        for (String table : List.of("container_services", "container_deployments", "container_builds", "routes")) {
            String column = table.equals("container_services") ? "id" : "service_id";
            expect(
                    lies,
                    "rows in " + table,
                    List.of("0"),
                    first("select count(*) from " + table + " where " + column + " = ?", id()));
        }
        lies.addAll(open());
        return lies;
    }

    private String first(String question, Object parameter) {
        return back.ask(question, parameter).stream().findFirst().orElse("no row");
    }

    private java.util.UUID id() {
        return BehindTheBack.id(app.id());
    }

    private static void expect(List<String> lies, String what, Collection<?> wanted, Object seen) {
        if (!wanted.contains(seen)) {
            lies.add(what + " is " + seen + ", expected " + wanted);
        }
    }
}
