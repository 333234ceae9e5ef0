package dev.berth.local.e2e;

import static dev.berth.local.e2e.BehindTheBack.id;
import static dev.berth.local.e2e.BehindTheBack.swarmName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows, Swarm services and routes are removed or changed by hand; each is repaired or reported within a minute. */
@RealPart({"api", "docker", "nix", "temporal", "registry", "database"})
final class ReconcileTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    private static Path folder;

    private static GitServer git;
    private static final int SHORT_SOAK = 2;
    private static final int LONG_SOAK = 15;

    private static App app;
    private static BehindTheBack back;
    private String serving = "";

    @BeforeAll
    static void deployTwice() {
        git = GitServer.start(folder);
        back = new BehindTheBack();
        String repository = git.create("drifting");
        git.commitCopyOf("drifting", EXAMPLES.resolve("hello-node"));
        app = new RunningBerth().create("drifting", repository, "soakSeconds", SHORT_SOAK);
        app.deployed();
        app.deployed();
    }

    @AfterAll
    static void end() {
        app.close();
        back.close();
        git.close();
    }

    /** Everything has come to rest: the damage is not taken for work under way. */
    @BeforeEach
    void awaitRest() {
        serving = RunningBerth.await(
                "a proven deployment and a retired one",
                Duration.ofMinutes(2),
                () -> back.ask("""
                        select s.current_deployment_id from container_services s
                        join container_deployments d on d.id = s.current_deployment_id and d.proven_at is not null
                        where s.id = ? and not exists (
                            select from operations o where o.service_id = s.id and o.finished_at is null)
                          and not exists (
                            select from container_deployments o
                            where o.service_id = s.id and o.status = 'running' and o.id <> d.id)
                        """, id(app.id())).stream().findFirst());
        app.awaitAnswer("hello from version 1", MINUTE);
    }

    @Test
    void aRemovedSwarmServiceComesBack() {
        Launcher.docker("service", "rm", swarmName(serving));
        awaitRepair("removed Swarm service");
        assertThat(replicas(serving)).isEqualTo("1");
    }

    @Test
    void aRemovedRouteComesBack() {
        assertThat(back.change("delete from routes where service_id = ?", id(app.id())))
                .isEqualTo(1);
        awaitRepair("removed route");
    }

    @Test
    void removedEndpointsComeBack() {
        assertThat(back.change("delete from endpoints where deployment_id = ?", id(serving)))
                .isEqualTo(1);
        awaitRepair("removed endpoints");
        assertThat(back.ask("select task_id from endpoints where deployment_id = ?", id(serving)))
                .hasSize(1);
    }

    @Test
    void whatWasScaledByHandIsScaledBack() {
        Launcher.docker("service", "scale", "--detach", swarmName(serving) + "=3");
        awaitRepair("scaled up by hand");
        assertThat(replicas(serving)).isEqualTo("1");
        Launcher.docker("service", "scale", "--detach", swarmName(serving) + "=0");
        awaitRepair("scaled to zero by hand");
        assertThat(replicas(serving)).isEqualTo("1");
    }

    @Test
    void aRetiredDeploymentWithoutItsSwarmServiceIsSaidToBeGone() {
        String retired = retired();
        Launcher.docker("service", "rm", swarmName(retired));
        awaitWithinAMinute(
                "removed Swarm service of a retired deployment",
                () -> back.ask(
                        "select id from container_deployments where id = ? and removed_at is not null", id(retired)));
        keepsServing();
    }

    @Test
    void aRetiredDeploymentThatWasScaledUpByHandRestsAgain() {
        String retired = retired();
        Launcher.docker("service", "scale", "--detach", swarmName(retired) + "=1");
        awaitWithinAMinute(
                "retired deployment scaled up by hand",
                () -> replicas(retired).equals("0") ? List.of("rests") : List.of());
        keepsServing();
    }

    /** A row that says "under way" while nothing works on it: somebody closed its operation by hand. */
    @Test
    void aDeploymentThatNobodyBringsFurtherIsWithdrawn() {
        commitSlowBuild();
        String deployment = app.deploy();
        app.awaitStep(deployment, "realise derivation");
        back.terminate("service/" + app.id());
        back.change(
                "update operations set status = 'failed', finished_at = now() where deployment_id = ?", id(deployment));
        back.terminate("deploy/" + deployment);
        awaitWithinAMinute(
                "abandoned deployment",
                () -> back.ask(
                        "select id from container_deployments where id = ? and status = 'failed'", id(deployment)));
        keepsServing();
    }

    @Test
    void aSwarmServiceOfADeploymentThatWasRemovedGoes() {
        String retired = retired();
        back.change("update container_deployments set removed_at = now() where id = ?", id(retired));
        awaitWithinAMinute("orphan", () -> swarmServices().contains(swarmName(retired)) ? List.of() : List.of("gone"));
        keepsServing();
    }

    @Test
    void foreignSwarmServicesAreNeverTouched() {
        String instance = Launcher.docker(
                "service", "inspect", "--format", "{{index .Spec.Labels \"berth.instance\"}}", swarmName(serving));
        List<String> strangers = List.of("stranger", "stranger-of-another", "stranger-with-our-label");
        strangers.forEach(name -> Launcher.docker(
                "service",
                "create",
                "--detach",
                "--no-resolve-image",
                "--replicas",
                "0",
                "--name",
                name,
                "--label",
                switch (name) {
                    case "stranger" -> "their.label=1";
                    case "stranger-of-another" -> "berth.instance=another-installation";
                    default -> "berth.instance=" + instance;
                },
                "nobody/nothing"));
        try {
            awaitWithinAMinute("a stranger with our label", () -> back.ask("""
                            select id from reconcile_findings
                            where kind = 'unexplained' and sentence like '%stranger-with-our-label%' and closed_at is null
                            """));
            assertThat(swarmServices()).containsAll(strangers);
            keepsServing();
        } finally {
            strangers.forEach(name -> Launcher.docker("service", "rm", name));
        }
        RunningBerth.await(
                "the end of the report",
                MINUTE,
                () -> back.ask("select id from reconcile_findings where kind = 'unexplained' and closed_at is null")
                                .isEmpty()
                        ? Optional.of(true)
                        : Optional.empty());
    }

    @Test
    void aDeploymentWhoseWorkflowWasTerminatedInItsSoakIsProvenAllTheSame() {
        app.set("soakSeconds", LONG_SOAK);
        String deployment = app.deployed().get("id").asText();
        back.terminate("deploy/" + deployment);
        app.set("soakSeconds", SHORT_SOAK);
        awaitWithinAMinute(
                "workflow terminated in its soak",
                () -> back.ask(
                        "select id from container_deployments where id = ? and proven_at is not null", id(deployment)));
        awaitWithinAMinute(
                "its predecessor retired",
                () -> back.ask(
                        "select id from container_deployments where id = ? and status = 'retired'", id(serving)));
        keepsServing();
    }

    @Test
    void aQueueWhoseWorkflowsWereTerminatedIsWorkedOff() {
        commitSlowBuild();
        String deployment = app.deploy();
        app.rollBack();
        app.awaitStep(deployment, "realise derivation");
        back.terminate("service/" + app.id());
        back.terminate("deploy/" + deployment);
        RunningBerth.await(
                "the end of both operations",
                Duration.ofMinutes(2),
                () -> back.ask("select id from operations where service_id = ? and finished_at is null", id(app.id()))
                                .isEmpty()
                        ? Optional.of(true)
                        : Optional.empty());
        keepsServing();
    }

    /** Nothing of it is found built, and its build is still under way when somebody looks, however quick the machine. */
    private static void commitSlowBuild() {
        git.commit("drifting", Map.of("package.json", """
                {"name": "slow-%s", "version": "1.0.0", "private": true,
                 "scripts": {"build": "sleep 10", "start": "node server.js"}}
                """.formatted(System.nanoTime())));
    }

    private String retired() {
        Optional<String> kept = back.ask("""
                        select id from container_deployments
                        where service_id = ? and status = 'retired' and removed_at is null
                        order by routed_at desc
                        """, id(app.id())).stream().findFirst();
        return kept.orElseGet(() -> {
            app.deployed();
            String before = serving;
            awaitRest();
            return before;
        });
    }

    /** The damage is seen and mended by an operation of the service, which its people find in its history. */
    private void awaitRepair(String damage) {
        String last = lastRepair();
        awaitWithinAMinute(
                damage,
                () -> back.ask(
                        "select id from operations where service_id = ? and kind = 'repair' and status = 'succeeded' and id::text > ?",
                        id(app.id()),
                        last));
        keepsServing();
    }

    private String lastRepair() {
        return back
                .ask(
                        "select id from operations where service_id = ? and kind = 'repair' order by id desc limit 1",
                        id(app.id()))
                .stream()
                .findFirst()
                .orElse("");
    }

    private void awaitWithinAMinute(String damage, java.util.function.Supplier<List<String>> look) {
        long begin = System.nanoTime();
        RunningBerth.await(damage, MINUTE, () -> look.get().stream().findFirst());
        System.out.println("reconcile: " + damage + " settled after "
                + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
    }

    private void keepsServing() {
        app.awaitAnswer("hello from version 1", SOON);
        RunningBerth.await(
                "the service to be seen running",
                SOON,
                () -> Optional.of(app.service().get("status").asText()).filter("running"::equals));
    }

    private static String replicas(String deployment) {
        return Launcher.docker(
                "service", "inspect", "--format", "{{.Spec.Mode.Replicated.Replicas}}", swarmName(deployment));
    }

    private static List<String> swarmServices() {
        return Launcher.docker("service", "ls", "--format", "{{.Name}}").lines().toList();
    }
}
