package dev.berth.api.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Audit;
import dev.berth.store.Deployments;
import dev.berth.store.Hosts;
import dev.berth.store.Hosts.Seen;
import dev.berth.store.Operations;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import dev.berth.store.Utilisation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Limits against the real database; a service has one replica of 500 and 256 unless a test says otherwise. */
class QuotasTests {
    private static final String SERVICES = "/api/containers/services/";
    private static final String DEFAULTS = "/api/admin/quota-defaults";
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));
    private static final JdbcClient OWNER = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    private final Member owner = TestApi.member("owner");
    private final Member admin = platformAdmin();
    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Services services = new Services(TestApi.DATABASE.dataSource());
    private final Deployments deployments = new Deployments(TestApi.DATABASE.dataSource());
    private final Operations operations = new Operations(TestApi.DATABASE.dataSource());
    private final Utilisation utilisation = new Utilisation(TestApi.DATABASE.dataSource());
    private final Hosts hosts = new Hosts(TestApi.DATABASE.dataSource());

    @AfterEach
    void noHosts() {
        OWNER.sql("delete from container_workers").update();
    }

    @Test
    void ofFiftyServicesAtOnceAgainstALimitOfTenTenAreMade() throws Exception {
        limit("{\"services\": 10}");
        List<Answer> answers =
                atOnce(50, i -> owner.post(SERVICES.substring(0, SERVICES.length() - 1), """
                {"name": "An app", "slug": "s%d", "gitUrl": "https://git.example.org/a/b.git"}""".formatted(i)));
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(10);
        assertThat(answers.stream().filter(answer -> answer.status() == 507)).hasSize(40);
        assertThat(OWNER.sql("select count(*) from container_services where organization_id = ?")
                        .param(owner.organization())
                        .query(Long.class)
                        .single())
                .isEqualTo(10);
    }

    @Test
    void ofTenDeploysAtOnceAsManyAsFitAreQueued() throws Exception {
        limit("{\"cpuMillis\": 1500}");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            made.add(owner.service("app" + i));
        }
        List<Answer> answers = atOnce(10, i -> deploy(made.get(i)));
        assertThat(answers.stream().filter(answer -> answer.status() == 202)).hasSize(3);
        assertThat(answers.stream().filter(answer -> answer.status() == 507)).hasSize(7);
    }

    @Test
    void theRefusalSaysWhatIsMissing() {
        limit("{\"cpuMillis\": 700, \"memoryMb\": 300}");
        assertThat(deploy(owner.service("first")).status()).isEqualTo(202);
        Answer refused = deploy(owner.service("second"));
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/quota-exceeded");
        assertThat(refused.json().get("shortages").toString()).isEqualTo(json("""
                        [{"resource": "cpu_millis", "wanted": 500, "used": 500, "limit": 700},
                         {"resource": "memory_mb", "wanted": 256, "used": 256, "limit": 300}]"""));
        assertThat(refused.json().get("detail").asString())
                .contains("wants 500 more with 500 of 700 thousandths of a processor taken");
        assertThat(OWNER.sql("select count(*) from operations where organization_id = ?")
                        .param(owner.organization())
                        .query(Long.class)
                        .single())
                .as("what was refused left nothing behind")
                .isEqualTo(1);
    }

    @Test
    void anOverrideRaisesTheLimitAtOnce() {
        limit("{\"services\": 1}");
        owner.service("first");
        Answer refused = create("second");
        assertThat(refused.status()).isEqualTo(507);
        limit("{\"services\": 2}");
        assertThat(create("second").status()).isEqualTo(201);
        limit("{}");
        assertThat(create("third").status()).isEqualTo(201);
    }

    @Test
    void aboveALoweredLimitNothingNewIsDeployedAndARollBackGoes() {
        String service = owner.service("lowered");
        ran(service);
        ran(service);
        limit("{\"memoryMb\": 100}");
        Answer refused = deploy(service);
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.json().at("/shortages/0").toString())
                .isEqualTo(json("{\"resource\": \"memory_mb\", \"wanted\": 0, \"used\": 256, \"limit\": 100}"));
        assertThat(owner.post(SERVICES + service + "/rebuild", "{}").status()).isEqualTo(507);
        assertThat(owner.post(SERVICES + service + "/rollback", "{}").status()).isEqualTo(202);
    }

    @Test
    void moreReplicasOfWhatRunsAreHeldAgainstTheLimitAndFewerNever() {
        String service = owner.service("replicas");
        assertThat(owner.patch(SERVICES + service, "{\"replicas\": 90}").status())
                .as("nothing runs")
                .isEqualTo(200);
        assertThat(owner.patch(SERVICES + service, "{\"replicas\": 2}").status())
                .isEqualTo(200);
        ran(service);
        limit("{\"cpuMillis\": 1500}");
        assertThat(owner.patch(SERVICES + service, "{\"replicas\": 4}").status())
                .isEqualTo(507);
        assertThat(owner.patch(SERVICES + service, "{\"replicas\": 3}").status())
                .isEqualTo(200);
        limit("{\"cpuMillis\": 100}");
        assertThat(owner.patch(SERVICES + service, "{\"replicas\": 2}").status())
                .isEqualTo(200);
        assertThat(owner.patch(SERVICES + service, "{\"name\": \"Other\"}").status())
                .isEqualTo(200);
    }

    @Test
    void hostsWithoutRoomRefuseAndUnknownOnesDoNot() {
        String service = owner.service("crowded");
        assertThat(deploy(service).status()).as("no host is known").isEqualTo(202);
        host(Seen.State.ACTIVE, 100, 2_048);
        Answer refused = deploy(service);
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/insufficient-capacity");
        assertThat(refused.json().get("shortages").toString())
                .isEqualTo(json("[{\"resource\": \"cpu_millis\", \"wanted\": 125, \"used\": 0, \"limit\": 100}]"));
        assertThat(refused.json().get("detail").asString()).startsWith("The hosts have room for 0 of 1 replicas.");

        host(Seen.State.DRAINING, 4_000, 2_048);
        assertThat(deploy(service).status()).isEqualTo(507);
        host(Seen.State.ACTIVE, 4_000, 2_048);
        assertThat(deploy(service).status()).isEqualTo(202);
        host(Seen.State.ACTIVE, 100, 10);
        OWNER.sql("update container_workers set last_heartbeat_at = now() - interval '3 minutes'")
                .update();
        assertThat(deploy(service).status()).as("seen too long ago").isEqualTo(202);
    }

    @Test
    void aRollBackToWhatIsStillUpNeedsNoRoomOnTheHosts() {
        String service = owner.service("warm");
        DeploymentRef first = ran(service);
        ran(service);
        host(Seen.State.ACTIVE, 1, 1);
        assertThat(owner.post(SERVICES + service + "/rollback", "{}").status()).isEqualTo(202);
        tenancy.inOrg(owner.organization(), () -> deployments.move(first, DeploymentState.RETIRED));
        assertThat(owner.post(SERVICES + service + "/rollback", "{}").status()).isEqualTo(507);
    }

    @Test
    void aStartCountsByWhatItBringsUpAndNotByWhatTheServiceWasMadeSince() {
        List<String> stopped = List.of(owner.service("one"), owner.service("two"));
        for (String service : stopped) {
            stopped(ran(service));
            assertThat(owner.patch(SERVICES + service, "{\"cpuLimit\": 0.05}").status())
                    .isEqualTo(200);
        }
        limit("{\"cpuMillis\": 700}");
        assertThat(owner.post(SERVICES + stopped.getFirst() + "/start", "{}").status())
                .isEqualTo(202);
        assertThat(owner.post(SERVICES + stopped.getLast() + "/start", "{}").status())
                .isEqualTo(507);
    }

    @Test
    void versionsThatTakeTurnsNeedNoRoomBesideWhatRuns() {
        String service = owner.service("turns");
        assertThat(owner.patch(SERVICES + service, "{\"strategy\": \"recreate\"}")
                        .status())
                .isEqualTo(200);
        ran(service);
        host(Seen.State.ACTIVE, 1, 1);
        assertThat(deploy(service).status()).isEqualTo(202);
        assertThat(owner.patch(SERVICES + service, "{\"memoryLimitMb\": 1024}").status())
                .isEqualTo(200);
        assertThat(deploy(service).status()).as("more than what ends leaves").isEqualTo(507);
    }

    @Test
    void membersSeeLimitsUseAndEvents() {
        limit("{\"services\": 1}");
        JsonNode fresh = quota(owner);
        assertThat(fresh.get("recalculatedAt").isNull()).isTrue();
        owner.service("only");
        tenancy.asPlatform("test", utilisation::recalculate);
        JsonNode quota = quota(TestApi.member(owner.organization(), "viewer"));
        assertThat(quota.at("/resources/0").toString()).isEqualTo(json("""
                        {"resource": "services", "used": 1, "limit": 1, "percent": 100, "overridden": true}"""));
        assertThat(quota.at("/resources/1/overridden").asBoolean()).isFalse();
        assertThat(quota.get("events").values().stream()
                        .map(event -> event.get("threshold").asInt()))
                .containsExactlyInAnyOrder(80, 90, 100);
        assertThat(quota.at("/events/0/clearedAt").isNull()).isTrue();

        limit("{\"services\": 2}");
        tenancy.asPlatform("test", utilisation::recalculate);
        assertThat(quota(owner).at("/events/0/clearedAt").isNull()).isFalse();
    }

    @Test
    void adminsSeeWhatTheyChangeAndNobodyElseChangesAnything() {
        String overrides = "/api/admin/orgs/" + owner.organization() + "/quota";
        assertThat(owner.get(overrides).status()).isEqualTo(403);
        assertThat(put(owner, overrides, "*", "{}").status()).isEqualTo(403);
        assertThat(owner.get(DEFAULTS).status()).isEqualTo(403);
        assertThat(admin.get("/api/admin/orgs/" + UUID.randomUUID() + "/quota").status())
                .isEqualTo(404);

        Answer read = admin.get(overrides);
        assertThat(read.json().get("services").isNull()).isTrue();
        assertThat(put(admin, overrides, Optional.empty(), "{}").status()).isEqualTo(428);
        Answer changed = put(admin, overrides, read.header("ETag"), "{\"services\": 3, \"memoryMb\": 5}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("services").asInt()).isEqualTo(3);
        assertThat(put(admin, overrides, read.header("ETag"), "{}").status()).isEqualTo(412);
        assertThat(admin.get(overrides).header("ETag")).isEqualTo(changed.header("ETag"));
        Answer wrong = put(admin, overrides, "*", "{\"services\": -1, \"concurrentBuilds\": 1001}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.blamed()).isEqualTo("[#/services, #/concurrentBuilds]");
        assertThat(trail(owner.organization())).containsExactly("quota.change {\"fields\": \"services, memory_mb\"}");
    }

    @Test
    void adminsChangeTheDefaults() {
        Answer before = admin.get(DEFAULTS);
        String sent = before.body().replaceAll(",\"version.*", "}");
        assertThat(put(admin, DEFAULTS, "*", "{\"services\": 1}").blamed())
                .isEqualTo("[#/cpuMillis, #/memoryMb, #/storageMb, #/concurrentBuilds]");
        Answer changed =
                put(admin, DEFAULTS, before.header("ETag"), sent.replace("\"services\":100", "\"services\":1"));
        try {
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            owner.service("one");
            assertThat(create("two").status()).isEqualTo(507);
            assertThat(put(admin, DEFAULTS, before.header("ETag"), sent).status())
                    .isEqualTo(412);
        } finally {
            assertThat(put(admin, DEFAULTS, "*", sent).status()).isEqualTo(200);
        }
        assertThat(create("two").status()).isEqualTo(201);
        assertThat(trail(Audit.PLATFORM)).contains("quota_defaults.change {\"fields\": \"services\"}");
    }

    private List<String> trail(UUID chain) {
        return OWNER.sql("""
                select action || ' ' || detail::text from audit_events
                where chain_id = ? and action like 'quota%' order by sequence
                """).param(chain).query(String.class).list();
    }

    private static Member platformAdmin() {
        Member member = TestApi.member("owner");
        OWNER.sql("update users set platform_admin = true where id = ?")
                .param(member.user())
                .update();
        return member;
    }

    private void limit(String body) {
        Answer answer = put(admin, "/api/admin/orgs/" + owner.organization() + "/quota", "*", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Answer put(Member who, String path, String ifMatch, String body) {
        return put(who, path, Optional.of(ifMatch), body);
    }

    private static Answer put(Member who, String path, Optional<String> ifMatch, String body) {
        HttpRequest.Builder request =
                who.request(path).PUT(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
        ifMatch.ifPresent(tag -> request.header("If-Match", tag));
        return TestApi.send(request);
    }

    private Answer create(String slug) {
        return owner.post("/api/containers/services", """
                {"name": "An app", "slug": "%s", "gitUrl": "https://git.example.org/a/b.git"}""".formatted(slug));
    }

    private Answer deploy(String service) {
        return owner.post(SERVICES + service + "/deploy", "{}");
    }

    private static JsonNode quota(Member member) {
        return member.get("/api/orgs/" + member.organization() + "/quota").json();
    }

    /** The one host that there is. */
    private void host(Seen.State state, int cpuMillis, int memoryMb) {
        Seen only = new Seen("node", "host-node", state, cpuMillis, (long) memoryMb << 20, 0, 0);
        tenancy.asPlatform("test", () -> hosts.refresh(List.of(only)));
    }

    /** A deployment that ran and serves, and the operation that brought it about has ended. */
    private DeploymentRef ran(String service) {
        JsonNode accepted = deploy(service).json();
        ServiceRef ref = new ServiceRef(owner.organization(), UUID.fromString(service));
        DeploymentRef id = new DeploymentRef(
                ref.organizationId(),
                ref.serviceId(),
                UUID.fromString(accepted.get("deploymentId").asString()));
        tenancy.inOrg(owner.organization(), () -> {
            deployments.adoptImage(id, IMAGE, Optional.empty());
            deployments.move(id, DeploymentState.DEPLOYING);
            deployments.serve(id);
            services.setCurrentDeployment(ref, Optional.of(id.deploymentId()));
            services.observe(ref, ServiceState.RUNNING);
            operations.finish(
                    new OperationRef(
                            ref.organizationId(),
                            ref.serviceId(),
                            UUID.fromString(accepted.get("operationId").asString())),
                    OperationState.SUCCEEDED,
                    Optional.empty());
        });
        return id;
    }

    private void stopped(DeploymentRef serving) {
        tenancy.inOrg(owner.organization(), () -> {
            deployments.move(serving, DeploymentState.RETIRED);
            services.setCurrentDeployment(serving.service(), Optional.empty());
            services.observe(serving.service(), ServiceState.STOPPED);
        });
    }

    private static List<Answer> atOnce(int count, java.util.function.IntFunction<Answer> request) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = Stream.iterate(0, i -> i + 1)
                    .limit(count)
                    .map(i -> threads.submit(() -> answered(() -> request.apply(i))))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    /** An API with more to do than connections may say 503, and to come again. */
    private static Answer answered(Supplier<Answer> request) {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        Answer answer = request.get();
        while (answer.status() == 503 && Instant.now().isBefore(deadline)) {
            answer = request.get();
        }
        return answer;
    }

    private static String json(String text) {
        return new JsonMapper().readTree(text).toString();
    }
}
