package dev.berth.api.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.people.Browser;
import dev.berth.settings.Settings;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class FoundingTests {
    private static final JdbcClient ROWS = JdbcClient.create(TestApi.DATABASE.ownerDataSource());

    @Test
    void nobodyFoundsOrganisationsWithoutEndAndManyAtOnceAreNoWayAroundIt() throws Exception {
        Browser.Account account = Browser.account();
        Browser person = Browser.signedIn(account);
        int most = TestApi.bean(Settings.class).organizationsPerPerson();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> found = () -> TestApi.send(person.request("/api/orgs")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"name\": \"One of many\"}")))
                    .status();
            List<Integer> answers = threads.invokeAll(Collections.nCopies(most + 3, found)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(answers).containsOnly(201, 409);
            assertThat(Collections.frequency(answers, 201)).isEqualTo(most);
        }
        Answer refused = person.post("/api/orgs", "{\"name\": \"One more\"}");
        assertThat(refused.json().get("detail").asString()).contains("Delete one");
        String one = person.get("/api/orgs").json().at("/items/0/id").asString();
        assertThat(person.delete("/api/orgs/" + one).status()).isEqualTo(204);
        assertThat(person.post("/api/orgs", "{\"name\": \"One more\"}").status())
                .isEqualTo(201);
        ROWS.sql("update users set platform_admin = true where id = ?")
                .param(account.id())
                .update();
        assertThat(person.post("/api/orgs", "{\"name\": \"The operator's\"}").status())
                .isEqualTo(201);
        ROWS.sql("update users set platform_admin = false where id = ?")
                .param(account.id())
                .update();
    }
}
