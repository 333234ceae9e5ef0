package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.domain.Role;
import dev.berth.store.Ids;
import dev.berth.store.RandomSecret;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several who want the same name or the same address at the same moment. */
class AtOnceTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());
    private static final int MANY = 6;

    @Test
    void organisationsOfOneNameThatAreMadeAtOnceAreAllMade() throws Exception {
        UUID organization = TestApi.DATABASE.organization();
        List<Browser> people = Stream.generate(() -> Browser.of(organization, Role.VIEWER))
                .limit(MANY)
                .toList();
        String body =
                "{\"name\": \"Same %s\"}".formatted(UUID.randomUUID().toString().substring(0, 8));
        for (int round = 0; round < 3; round++) {
            String name = body.replace("Same", "Same " + round);
            List<Answer> answers = atOnce(i -> people.get(i).post("/api/orgs", name));
            assertThat(answers).extracting(Answer::status).containsOnly(201);
            assertThat(answers.stream().map(answer -> answer.json().get("slug").asString()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aLinkThatIsUsedManyTimesAtOnceMakesOneAccount() throws Exception {
        String email = UUID.randomUUID() + "@example.org";
        String link = link(email);
        assertThat(atOnce(i -> new Browser().post("/api/sign-up/complete", complete(link))))
                .extracting(Answer::status)
                .containsOnlyOnce(204)
                .containsOnly(204, 404);
    }

    /** As two API processes mail them, or a sign-up and an invitation: each is good by itself. */
    @Test
    void severalLinksToOneAddressThatAreUsedAtOnceMakeOneAccount() throws Exception {
        for (int round = 0; round < 3; round++) {
            String email = UUID.randomUUID() + "@example.org";
            List<String> links =
                    IntStream.range(0, MANY).mapToObj(i -> link(email)).toList();
            assertThat(atOnce(i -> new Browser().post("/api/sign-up/complete", complete(links.get(i)))))
                    .extracting(Answer::status)
                    .containsOnlyOnce(204)
                    .containsOnly(204, 409);
        }
    }

    private static List<Answer> atOnce(Function<Integer, Answer> each) throws Exception {
        CyclicBarrier start = new CyclicBarrier(MANY);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = IntStream.range(0, MANY)
                    .mapToObj(i -> (Callable<Answer>) () -> {
                        start.await();
                        return each.apply(i);
                    })
                    .toList();
            return threads.invokeAll(all).stream().map(Future::resultNow).toList();
        }
    }

    private static String link(String email) {
        RandomSecret secret = RandomSecret.generate();
        ROWS.sql("""
                insert into one_time_links (id, purpose, email, token_hash, expires_at)
                values (?, 'sign_up', ?, ?, now() + interval '10 minutes')
                """).params(Ids.next(), email, secret.hash()).update();
        return secret.value();
    }

    private static String complete(String link) {
        return "{\"link\": \"%s\", \"displayName\": \"New\", \"password\": \"%s\", \"organizationName\": \"Ours\"}"
                .formatted(link, Browser.PASSWORD);
    }
}
