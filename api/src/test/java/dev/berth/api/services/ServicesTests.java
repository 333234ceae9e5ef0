package dev.berth.api.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ServicesTests {
    private static final String SERVICES = "/api/containers/services";

    @Test
    void aNewServiceHasDefaultsAndAnAddress() {
        Member owner = TestApi.member("owner");
        Answer created = owner.post(SERVICES, """
                {"name": " Grüße, Welt! ", "gitUrl": "https://git.example.org/a/b.git", "env": {"B": "2", "A": "1"}}""");
        assertThat(created.status()).isEqualTo(201);
        JsonNode service = created.json();
        assertThat(created.header("Location"))
                .isEqualTo(SERVICES + "/" + service.get("id").asString());
        assertThat(service.get("name").asString()).isEqualTo("Grüße, Welt!");
        assertThat(service.get("slug").asString()).isEqualTo("gru-e-welt");
        assertThat(service.get("gitBranch").asString()).isEqualTo("main");
        assertThat(service.get("replicas").asInt()).isEqualTo(1);
        assertThat(service.get("cpuLimit").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(service.get("memoryLimitMb").asInt()).isEqualTo(256);
        assertThat(service.get("port").asInt()).isEqualTo(8080);
        assertThat(service.get("healthPath").asString()).isEqualTo("/");
        assertThat(service.get("env").toString()).contains("\"A\":\"1\"", "\"B\":\"2\"");
        assertThat(service.get("status").asString()).isEqualTo("pending");
        assertThat(service.get("url").asString())
                .startsWith("http://gru-e-welt")
                .endsWith(".berth.test:8443");
        assertThat(service.get("currentDeploymentId").isNull()).isTrue();
        assertThat(owner.get(created.header("Location")).json()).isEqualTo(service);
    }

    @Test
    void twoOrganisationsMayUseOneSlugAndGetAHostEach() {
        String first = url(TestApi.member("owner"), "shared-slug");
        String second = url(TestApi.member("owner"), "shared-slug");
        assertThat(first).isEqualTo("http://shared-slug.berth.test:8443");
        assertThat(second).matches("http://shared-slug-[a-z2-9]{6}\\.berth\\.test:8443");
    }

    @Test
    void aChangeTouchesOnlyWhatItNames() {
        Member owner = TestApi.member("owner");
        String id = owner.service("changes");
        JsonNode before = owner.get(SERVICES + "/" + id).json();
        Answer changed = owner.patch(SERVICES + "/" + id, "{\"cpuLimit\": 10, \"env\": {\"X\": \"\"}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).contains("\"cpuLimit\":10,", "\"env\":{\"X\":\"\"}");
        assertThat(changed.json().get("name")).isEqualTo(before.get("name"));
        assertThat(changed.json().get("memoryLimitMb")).isEqualTo(before.get("memoryLimitMb"));
        assertThat(owner.patch(SERVICES + "/" + id, "{}").json().get("cpuLimit").asInt())
                .isEqualTo(10);
    }

    @Test
    void aListIsReadInPagesNewestFirst() {
        Member owner = TestApi.member("owner");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(owner.service("page-" + i));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = owner.get(SERVICES + "?limit=2" + next).json();
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            next = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (!next.isEmpty());
        assertThat(seen).isEqualTo(made);
    }

    @Test
    void aListIsFilteredByStateAndText() {
        Member owner = TestApi.member("owner");
        owner.service("alpha");
        owner.service("b-eta");
        assertThat(slugs(owner, "?search=ALP")).containsExactly("alpha");
        assertThat(slugs(owner, "?search=%25"))
                .as("a percent sign is a percent sign")
                .isEmpty();
        assertThat(slugs(owner, "?status=pending")).containsExactly("b-eta", "alpha");
        assertThat(slugs(owner, "?status=running")).isEmpty();
    }

    @Test
    void templatesAreListedForEverybody() {
        Member owner = TestApi.member("owner");
        JsonNode templates = owner.get("/api/templates").json().get("items");
        assertThat(templates.size()).isGreaterThanOrEqualTo(2);
        String id = templates.get(0).get("id").asString();
        assertThat(owner.get("/api/templates/" + id).json()).isEqualTo(templates.get(0));
        assertThat(owner.post(SERVICES, """
                                {"name": "From a template", "gitUrl": "https://h/r", "templateId": "%s"}""".formatted(id)).status()).isEqualTo(201);
    }

    private static List<String> slugs(Member member, String query) {
        return member.get(SERVICES + query).json().get("items").values().stream()
                .map(item -> item.get("slug").asString())
                .toList();
    }

    private static String url(Member member, String slug) {
        return member.get(SERVICES + "/" + member.service(slug))
                .json()
                .get("url")
                .asString();
    }
}
