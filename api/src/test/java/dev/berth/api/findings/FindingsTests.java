package dev.berth.api.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import dev.berth.api.TestApi.Answer;
import dev.berth.api.TestApi.Member;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.reconcile.Finding;
import dev.berth.domain.reconcile.Remedy;
import dev.berth.store.Findings;
import dev.berth.store.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What the platform's admins are told of differences, and nobody else is. */
class FindingsTests {
    private static final String FINDINGS = "/api/admin/findings";

    private final Tenancy tenancy = TestApi.DATABASE.tenancy();
    private final Findings findings = new Findings(TestApi.DATABASE.dataSource());
    private final Member owner = TestApi.member("owner");
    private final Member admin = platformAdmin();
    private final String mark = UUID.randomUUID().toString();

    @Test
    void theyArePagedAndFilteredAndClosedOnesStay() {
        ServiceRef service = new ServiceRef(owner.organization(), UUID.fromString(owner.service("found")));
        for (int i = 0; i < 5; i++) {
            int number = i;
            tenancy.asPlatform("test", () -> findings.open(finding(Optional.of(service), mark + "-" + number)));
        }
        tenancy.asPlatform("test", () -> findings.open(finding(Optional.empty(), mark + "-nobody")));
        tenancy.asPlatform(
                "test", () -> findings.closeOthers(open -> open.subject().equals(mark + "-3"), List.of()));
        List<JsonNode> all = all("?limit=2");
        assertThat(subjects(all))
                .containsExactly(mark + "-nobody", mark + "-4", mark + "-3", mark + "-2", mark + "-1", mark + "-0");
        assertThat(all.getFirst().get("organizationId").isNull()).isTrue();
        assertThat(all.getFirst().get("sentence").asString()).isEqualTo("seen elsewhere");
        assertThat(all.getFirst().get("kind").asString()).isEqualTo("orphan");
        assertThat(all.get(1).get("serviceId").asString())
                .isEqualTo(service.serviceId().toString());
        assertThat(subjects(all("?open=true&limit=3"))).hasSize(5).doesNotContain(mark + "-3");
        assertThat(subjects(all("?open=false"))).containsExactly(mark + "-3");
    }

    @Test
    void anOwnerIsNotTold() {
        assertThat(owner.get(FINDINGS).status()).isEqualTo(403);
        assertThat(admin.get(FINDINGS + "?open=perhaps").status()).isEqualTo(400);
    }

    /** Through all pages; other tests have findings too. */
    private List<JsonNode> all(String query) {
        List<JsonNode> found = new ArrayList<>();
        String next = FINDINGS + query;
        while (!next.isEmpty()) {
            Answer answer = admin.get(next);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode page = answer.json();
            StreamSupport.stream(page.get("items").spliterator(), false)
                    .filter(row -> row.get("subject").asString().startsWith(mark))
                    .forEach(found::add);
            JsonNode cursor = page.get("nextCursor");
            next = cursor.isNull() ? "" : FINDINGS + query + "&cursor=" + cursor.asString();
        }
        return found;
    }

    private static List<String> subjects(List<JsonNode> rows) {
        return rows.stream().map(row -> row.get("subject").asString()).toList();
    }

    private static Finding finding(Optional<ServiceRef> service, String subject) {
        return new Finding(Finding.Kind.ORPHAN, service, subject, "seen elsewhere", new Remedy.Report());
    }

    private static Member platformAdmin() {
        Member member = TestApi.member("owner");
        JdbcClient.create(TestApi.DATABASE.ownerDataSource())
                .sql("update users set platform_admin = true where id = ?")
                .param(member.user())
                .update();
        return member;
    }
}
