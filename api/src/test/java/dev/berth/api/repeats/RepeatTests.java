package dev.berth.api.repeats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.api.http.ProblemException;
import dev.berth.domain.Role;
import dev.berth.settings.Settings;
import dev.berth.store.Caller;
import dev.berth.store.IdempotencyKeys;
import dev.berth.store.Ids;
import dev.berth.store.Tenancy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

class RepeatTests {
    private static final String SERVICES = "/api/containers/services";
    private static final String BODY =
            "{\"name\": \"An app\", \"gitUrl\": \"https://git.example.org/a/b.git\", \"env\": {\"PASSWORD\": \"canary\"}}";
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final Member owner = TestApi.member("owner");

    @Test
    void aRequestSentAgainGetsTheFirstAnswerAndHasNoSecondEffect() {
        Answer first = owner.post(SERVICES, "k-1", BODY);
        Answer again = owner.post(SERVICES, "\"k-1\"", BODY.replace(", ", " ,  "));
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(owner.get(SERVICES).json().get("items").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "rebuild"})
    void anOperationIsQueuedOnce(String action) {
        String path = SERVICES + "/" + owner.service("once") + "/" + action;
        Answer first = owner.post(path, "k", "");
        Answer again = owner.post(path, "k", "");
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(owner.post(path, "other", "").body()).isNotEqualTo(first.body());
    }

    @Test
    void aRequestWhoseProcessDiesBeforeItsEffectIsThereIsCarriedOutWhenItComesAgain() {
        // The key is taken in the effect's transaction: undone with it.
        Attempt attempt = attempt("undone");
        Tenancy tenancy = new Tenancy(TestApi.DATABASE.dataSource());
        assertThatThrownBy(() -> tenancy.inOrg(owner.organization(), () -> {
                    new IdempotencyKeys(TestApi.DATABASE.dataSource())
                            .reserve(attempt.key(), attempt.fingerprint().text(), NOW, NOW.plusSeconds(60));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(at(NOW).earlier(attempt.key(), attempt.fingerprint())).isEmpty();
    }

    @RepeatedTest(5)
    void ofManyAtOnceOneTakesEffectAndAllGetItsAnswer() throws Exception {
        List<Future<Answer>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                sent.add(threads.submit(() -> owner.post(SERVICES, "race", BODY)));
            }
        }
        Set<String> answers = new HashSet<>();
        for (Future<Answer> answer : sent) {
            assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(201);
            answers.add(answer.get().body());
        }
        assertThat(answers).hasSize(1);
        assertThat(owner.get(SERVICES).json().get("items").size()).isEqualTo(1);
    }

    @Test
    void aKeyIsForOneRequest() {
        owner.post(SERVICES, "k", BODY);
        Answer other = owner.post(SERVICES, "k", BODY.replace("An app", "Another"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("type").asString()).isEqualTo("/problems/key-reused");
    }

    @Test
    void aKeyIsForOneCaller() {
        Member other = TestApi.member(owner.organization(), "owner");
        Answer mine = owner.post(SERVICES, "k", BODY);
        Answer theirs = other.post(SERVICES, "k", BODY.replace("An app", "Theirs"));
        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.body()).isNotEqualTo(mine.body());
    }

    @Test
    void whatWasRefusedIsTriedAgain() {
        String path = SERVICES + "/" + owner.service("later") + "/rollback";
        assertThat(owner.post(path, "k", "{}").status()).isEqualTo(409);
        Answer again = owner.post(path, "k", "{}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.header("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void whoMayNoLongerAskGetsNoKeptAnswer() {
        Member developer = TestApi.member(owner.organization(), "developer");
        assertThat(developer.post(SERVICES, "k", BODY).status()).isEqualTo(201);
        JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                .sql("update memberships set role = 'viewer' where user_id = ?")
                .param(developer.user())
                .update();
        assertThat(developer.post(SERVICES, "k", BODY).status()).isEqualTo(403);
    }

    @Test
    void noAnswerLiesOpenInTheDatabase() {
        owner.post(SERVICES, "k", BODY);
        byte[] body = JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                .sql("select body from idempotency_keys where organization_id = ?")
                .param(owner.organization())
                .query(byte[].class)
                .single();
        assertThat(new String(body, ISO_8859_1)).doesNotContain("canary").doesNotContain("An app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"open", "\"\"", "\"a\" \"b\""})
    void aKeyThatIsNoneIsRefused(String key) {
        Answer answer = TestApi.send(owner.request(SERVICES)
                .POST(BodyPublishers.ofString(BODY))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("[Idempotency-Key]");
    }

    @Test
    void aKeyHas255CharactersAtMost() {
        assertThat(owner.post(SERVICES, "k".repeat(255), BODY).status()).isEqualTo(201);
        assertThat(owner.post(SERVICES, "k".repeat(256), BODY).status()).isEqualTo(400);
    }

    @Test
    void aLargeBodyIsRefusedWithAKeyToo() {
        String large = "{\"name\": \"" + "x".repeat(1 << 20) + "\"}";
        Answer chunked = TestApi.send(owner.request(SERVICES)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large.getBytes(UTF_8))))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k"));
        assertThat(chunked.status()).isEqualTo(413);
    }

    @Test
    void aKeyThatLostItsProcessStaysWithoutAnswerAndSaysSo() {
        Attempt attempt = attempt("lost");
        at(NOW).reserve(attempt);
        assertThatThrownBy(() -> at(NOW.plusSeconds(2)).earlier(attempt.key(), attempt.fingerprint()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("still being carried out");
        assertThatThrownBy(() -> at(NOW.plusSeconds(2)).reserve(attempt)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() ->
                        at(NOW.plus(KeptAnswers.LOST).plusSeconds(1)).earlier(attempt.key(), attempt.fingerprint()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not known");
    }

    @Test
    void anAnswerThatIsKeptAfterTheEffectIsReplayedForADay() {
        Attempt attempt = attempt("kept");
        at(NOW).reserve(attempt);
        at(NOW).complete(attempt, 201, Optional.of("/x"), "{}".getBytes(UTF_8));
        ResponseEntity<byte[]> again = at(NOW.plus(Duration.ofHours(23)))
                .earlier(attempt.key(), attempt.fingerprint())
                .orElseThrow();
        assertThat(again.getStatusCode().value()).isEqualTo(201);
        assertThat(again.getBody()).isEqualTo("{}".getBytes(UTF_8));
        Instant tomorrow = NOW.plus(KeptAnswers.KEPT);
        assertThat(at(tomorrow).earlier(attempt.key(), attempt.fingerprint())).isEmpty();
        at(tomorrow).reserve(attempt);
    }

    @Test
    void aRefusedRequestGivesItsKeyBack() {
        Attempt attempt = attempt("released");
        at(NOW).reserve(attempt);
        at(NOW).release(attempt);
        at(NOW).reserve(attempt);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void whatMayHaveTakenEffectIsNotCarriedOutAgain(int status) throws Exception {
        Attempt attempt = attempt("unheard" + status);
        answered(attempt, status);
        assertThatThrownBy(() -> at(NOW).reserve(attempt)).isInstanceOf(ProblemException.class);
        Attempt refused = attempt("full" + status);
        answered(refused, 507);
        at(NOW).reserve(refused);
    }

    /** As a request with this key whose handler ends so. */
    private void answered(Attempt attempt, int status) throws Exception {
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(
                        new Caller(
                                owner.user(),
                                "a@example.org",
                                false,
                                Optional.of(owner.tokenId()),
                                Optional.empty(),
                                Optional.of(new Caller.Membership(
                                        owner.organization(), "Ours", "ours", Role.OWNER, Map.of()))),
                        "",
                        List.of()));
        try {
            MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/anything");
            request.addHeader("Idempotency-Key", attempt.key().text());
            new RepeatFilter(at(NOW)).doFilter(request, new MockHttpServletResponse(), (asked, answer) -> {
                at(NOW).reserve(attempt);
                attempt.begin((HttpServletRequest) asked);
                ((HttpServletResponse) answer).setStatus(status);
            });
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    @Test
    void keysOfNoOrganisationAreKeptToo() {
        Attempt attempt = new Attempt(
                new IdempotencyKeys.Key(Optional.empty(), Ids.next(), "POST /api/orgs", "k"),
                new Fingerprint("0".repeat(64), Set.of()),
                true);
        at(NOW).reserve(attempt);
        assertThatThrownBy(() -> at(NOW).reserve(attempt)).isInstanceOf(ProblemException.class);
        at(NOW).complete(attempt, 204, Optional.empty(), new byte[0]);
        assertThat(at(NOW).earlier(attempt.key(), attempt.fingerprint()))
                .hasValueSatisfying(
                        again -> assertThat(again.getStatusCode().value()).isEqualTo(204));
        at(NOW.plus(KeptAnswers.KEPT)).purge();
        assertThat(at(NOW).earlier(attempt.key(), attempt.fingerprint())).isEmpty();
    }

    private Attempt attempt(String key) {
        return new Attempt(
                new IdempotencyKeys.Key(Optional.of(owner.organization()), owner.tokenId(), "POST /api/test", key),
                new Fingerprint("0".repeat(64), Set.of()),
                true);
    }

    /** As a process would act at that time. */
    private static KeptAnswers at(Instant now) {
        return new KeptAnswers(
                new Tenancy(TestApi.DATABASE.dataSource()),
                new IdempotencyKeys(TestApi.DATABASE.dataSource()),
                new AnswerSeal(TestApi.bean(Settings.class)),
                new JsonMapper(),
                Clock.fixed(now, ZoneOffset.UTC));
    }
}
