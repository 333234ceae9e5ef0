package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.store.ApiToken;
import dev.berth.store.Migrations;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long a service and a page of the list take where the caller's organisation has ten thousand services: whole requests, on
 * the running stack. The services are rows alone and are removed again. That the list reads an index is a test's business
 * ({@code ListPlanTests}).
 */
final class ManyServicesBench {
    private static final int SERVICES = 10_000;
    private static final int RUNS = 1_000;
    private static final int WARM_UP = 200;
    private static final String PATH = "/api/containers/services";

    private ManyServicesBench() {}

    static boolean run(Stack stack) throws Exception {
        JdbcClient database = JdbcClient.create(Migrations.dataSource(stackDatabase(System.getenv())));
        UUID organization = database.sql("select organization_id from api_tokens where token_hash = ?")
                .param(new ApiToken(stack.token()).hash())
                .query(UUID.class)
                .single();
        List<UUID> made = insert(database, organization);
        try {
            measure(stack, made);
        } finally {
            database.sql("delete from container_services where organization_id = ? and id = any (?)")
                    .params(organization, made.toArray(UUID[]::new))
                    .update();
        }
        return true;
    }

    private static String stackDatabase(Map<String, String> environment) {
        String url = environment.get("BERTH_BENCH_DATABASE");
        return url.substring(0, url.lastIndexOf('/')) + "/berth";
    }

    private static List<UUID> insert(JdbcClient database, UUID organization) {
        List<UUID> ids = database.sql("""
                insert into container_services (id, organization_id, name, slug, host, git_url, git_branch, replicas,
                    cpu_millis, memory_mb, port, health_path, status, created_at)
                select uuidv7(), ?, 'One of many', 'many-' || n, 'many-' || n, 'https://git.example.org/a/b.git', 'main', 1,
                    500, 256, 8080, '/', 'pending', now() - n * interval '1 minute'
                from generate_series(1, ?) n
                returning id
                """)
                .params(organization, SERVICES)
                .query(UUID.class)
                .list();
        database.sql("analyze container_services").update();
        return ids;
    }

    private static void measure(Stack stack, List<UUID> services) throws Exception {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Spread one = new Spread("GET of one service");
        Spread first = new Spread("first page of the list");
        Spread deep = new Spread("a page somewhere in it");
        Spread search = new Spread("first page of a search");
        String next = PATH;
        for (int run = 0; run < WARM_UP + RUNS; run++) {
            boolean counts = run >= WARM_UP;
            String address = PATH + "/" + services.get(random.nextInt(services.size()));
            one.time(counts, () -> stack.call("GET", address, Map.of()));
            first.time(counts, () -> stack.call("GET", PATH, Map.of()));
            String page = next;
            JsonNode[] answer = new JsonNode[1];
            deep.time(counts, () -> answer[0] = stack.call("GET", page, Map.of()));
            JsonNode cursor = answer[0].path("nextCursor");
            next = cursor.isMissingNode() || cursor.isNull() ? PATH : PATH + "?cursor=" + cursor.asText();
            int number = 1 + random.nextInt(SERVICES);
            search.time(counts, () -> stack.call("GET", PATH + "?search=many-" + number, Map.of()));
        }
        System.out.printf("%n%d services in one organisation, whole requests%n%n", SERVICES);
        for (Spread spread : List.of(one, first, deep, search)) {
            System.out.println(spread);
        }
    }
}
