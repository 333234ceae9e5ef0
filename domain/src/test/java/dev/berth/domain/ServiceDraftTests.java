package dev.berth.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceDraftTests {
    private static final ServiceDraft EMPTY = new ServiceDraft(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            GatesDraft.SILENT,
            TrafficDraft.SILENT,
            Optional.empty());

    @Test
    void whatIsMissingAndWhatIsWrongIsSaidAtOnce() {
        ServiceDraft draft = draft("https://h/r", Map.of("a-b", "1"), new BigDecimal("0.0001"));
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, draft::create);
        assertThat(refused.violations())
                .extracting(Violation::pointer)
                .containsExactly("#/name", "#/cpuLimit", "#/env/a-b");
        assertThat(catchThrowableOfType(InvalidInputException.class, EMPTY::create)
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("#/name", "#/gitUrl");
    }

    @Test
    void aChangeOfNothingIsNothing() {
        ServiceSpec spec = named("An app", draft("https://h/r", Map.of("B", "2", "A", "1"), BigDecimal.ONE))
                .create();
        assertThat(EMPTY.change(spec)).isEqualTo(spec);
        assertThat(spec.slug()).isEqualTo(new Slug("an-app"));
        assertThat(spec.memoryLimitMb()).isEqualTo(256);
    }

    @Test
    void theTrafficComesAllAtOnceUnlessACanaryIsAskedForAndItsNumbersStayOnceTheyAreSet() {
        ServiceSpec plain =
                named("An app", draft("https://h/r", Map.of(), BigDecimal.ONE)).create();
        assertThat(plain.rollout().traffic()).isEqualTo(TrafficPolicy.DEFAULT);
        ServiceSpec careful = canary("canary", 25, 600, 1).create();
        assertThat(careful.rollout().traffic()).isEqualTo(new TrafficPolicy(TrafficPolicy.Strategy.CANARY, 25, 600, 1));
        assertThat(EMPTY.change(careful)).isEqualTo(careful);
        assertThat(catchThrowableOfType(InvalidInputException.class, canary("green", 100, 86_401, 0)::create)
                        .violations())
                .extracting(Violation::pointer)
                .containsExactly("#/strategy", "#/canaryWeight", "#/canaryHoldSeconds", "#/canaryMaxErrorPercent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://h/r", "http://127.0.0.1:9000/a/b.git", "https://[::1]/r", "HTTPS://Host.example/a%20b"})
    void aPlainHttpAddressIsARepository(String url) {
        assertThat(ServiceRules.problemOfGitUrl(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://user:hunter2@h/r", "https://hunter2@h/r", "https://h/r?t=hunter2", "https://h/ hunter2"
            })
    void whatIsRefusedIsNotRepeated(String url) {
        assertThat(ServiceRules.problemOfGitUrl(url)).get().asString().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//10.0.0.1:9090/metrics", "//", "health", "/a b", "/`", "http://10.0.0.1/"})
    void aHealthPathLeadsToTheAppAndNowhereElse(String path) {
        assertThat(ServiceRules.problemOfHealthPath(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/a//b?deep=1", "/%2F"})
    void aHealthPathMayHaveAQuery(String path) {
        assertThat(ServiceRules.problemOfHealthPath(path)).isEmpty();
    }

    @Test
    void anEnvironmentHasItsBounds() {
        assertThat(ServiceRules.problemsOfEnv(Map.of("A", "x".repeat(32_768)))).isEmpty();
        assertThat(ServiceRules.problemsOfEnv(Map.of("A", "x".repeat(32_769)))).hasSize(1);
        assertThat(ServiceRules.problemsOfEnv(Map.of("A", "😀"))).isEmpty();
        assertThat(ServiceRules.problemsOfEnv(Map.of("A", "\ud83d"))).hasSize(1);
    }

    @Test
    void anyNameOfAFieldMakesAPointer() {
        assertThat(Violation.inside("env", "a/b~c d\"é", "is wrong").pointer()).isEqualTo("#/env/a~1b~0c%20d%22%C3%A9");
    }

    private static ServiceDraft draft(String gitUrl, Map<String, String> env, BigDecimal cpuLimit) {
        return new ServiceDraft(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(gitUrl),
                Optional.empty(),
                Optional.empty(),
                Optional.of(cpuLimit),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(env),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                GatesDraft.SILENT,
                TrafficDraft.SILENT,
                Optional.empty());
    }

    private static ServiceDraft named(String name, ServiceDraft draft) {
        return new ServiceDraft(
                Optional.of(name),
                draft.slug(),
                draft.templateId(),
                draft.gitUrl(),
                draft.gitBranch(),
                draft.replicas(),
                draft.cpuLimit(),
                draft.memoryLimitMb(),
                draft.port(),
                draft.healthPath(),
                draft.env(),
                draft.soakSeconds(),
                draft.healthDeadlineSeconds(),
                draft.onNewer(),
                draft.gates(),
                draft.traffic(),
                draft.volumeMb());
    }

    private static ServiceDraft canary(String strategy, int weight, int holdSeconds, int maxErrorPercent) {
        return new ServiceDraft(
                Optional.of("An app"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://h/r"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                GatesDraft.SILENT,
                new TrafficDraft(
                        Optional.of(strategy),
                        Optional.of(weight),
                        Optional.of(holdSeconds),
                        Optional.of(maxErrorPercent)),
                Optional.empty());
    }
}
