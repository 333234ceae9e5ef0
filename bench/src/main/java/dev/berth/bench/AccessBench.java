package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.domain.ServiceRef;
import dev.berth.store.ApiToken;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Expected;
import dev.berth.store.Recognized;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What it costs that each request is held against who asks: recognising the caller and reading through row-level security,
 * beside the same row read by the tables' owner, as a share of a whole read request. What of it is due to the transaction, which
 * the owner would not need for one row, is printed too. And a page of a list where ten thousand organisations have
 * ten services each.
 *
 * <p>The sides take turns, so that whatever else the machine does falls on all of them.
 */
final class AccessBench {
    private static final int ROUNDS = 4_000;
    /** Until both sides are compiled; with less the request is the slower one, which makes the share look small. */
    private static final int WARM_UP = 6_000;

    private static final int PAGE = 51;
    private static final double LIMIT = 0.15;

    private final Stack stack;
    private final CrowdedDatabase crowd;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    private final Services ownersServices;
    private final TransactionTemplate ownersTransactions;
    private final Tenancy tenancy;
    private final Tokens tokens;
    private final Services services;

    private AccessBench(Stack stack, CrowdedDatabase crowd, SingleConnectionDataSource app) {
        this.stack = stack;
        this.crowd = crowd;
        this.ownersServices = new Services(crowd.owner());
        this.ownersTransactions = new TransactionTemplate(new JdbcTransactionManager(crowd.owner()));
        this.tenancy = new Tenancy(app);
        this.tokens = new Tokens(app);
        this.services = new Services(app);
    }

    static boolean run(Stack stack) throws Exception {
        try (CrowdedDatabase crowd = CrowdedDatabase.make(System.getenv())) {
            SingleConnectionDataSource app = crowd.app();
            try {
                AccessBench bench = new AccessBench(stack, crowd, app);
                bench.lists(app);
                return bench.reads();
            } finally {
                app.destroy();
            }
        }
    }

    private boolean reads() throws Exception {
        String name = "bench-" + Long.toString(System.nanoTime(), 36);
        JsonNode service =
                stack.call("POST", "/api/containers/services", Map.of("name", name, "gitUrl", stack.gitUrl()));
        String address = "/api/containers/services/" + service.get("id").asText();
        Spread bare = new Spread("a  the row, as the tables' owner");
        Spread plain = new Spread("   the same in a transaction");
        Spread walled = new Spread("b  the row, through row-level security");
        Spread first = new Spread("   as b, a caller never seen before");
        Spread checked = new Spread("c  as b, a caller who is known, confirmed with it");
        Spread request = new Spread("d  GET of one service, whole request");
        try {
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                boolean counts = round >= WARM_UP;
                int number = random.nextInt(CrowdedDatabase.ORGANIZATIONS);
                ServiceRef wanted = crowd.service(crowd.organization(number));
                bare.time(counts, () -> {
                    Service _ = ownersServices.find(wanted).orElseThrow();
                });
                plain.time(counts, () -> {
                    Service _ = ownersTransactions
                            .execute(_ -> ownersServices.find(wanted))
                            .orElseThrow();
                });
                walled.time(counts, () -> find(wanted));
                ApiToken token = CrowdedDatabase.token(number);
                first.time(counts, () -> {
                    Recognized _ = tenancy.entering(() -> tokens.enter(token)).orElseThrow();
                    find(wanted);
                });
                Caller known = tokens.authenticate(token).orElseThrow().caller();
                checked.time(counts, () -> {
                    tenancy.expect(new Expected(token, known));
                    find(wanted);
                });
                request.time(counts, () -> stack.call("GET", address, Map.of()));
            }
        } finally {
            stack.call("DELETE", address, Map.of());
        }
        double cost = (checked.median() - bare.median()) / request.median();
        double transaction = (plain.median() - bare.median()) / request.median();
        System.out.printf("%n%s%n%s%n%s%n%s%n%s%n%s%n%n", bare, plain, walled, first, checked, request);
        System.out.printf(
                Locale.ROOT,
                "(c - a) / d  %.1f %%   limit %.0f %%   %s   (%.1f %% of it is having a transaction at all)%n",
                cost * 100,
                LIMIT * 100,
                cost <= LIMIT ? "kept" : "MISSED",
                transaction * 100);
        return cost <= LIMIT;
    }

    private void find(ServiceRef wanted) {
        Service _ = tenancy.readInOrg(wanted.organizationId(), () -> services.find(wanted))
                .orElseThrow();
    }

    private void lists(SingleConnectionDataSource app) throws Exception {
        Spread page = new Spread("page of a list, 10,000 organisations × 10 services");
        Services.Filter all = Services.Filter.NONE;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            UUID organization = crowd.organization(random.nextInt(CrowdedDatabase.ORGANIZATIONS));
            page.time(
                    round >= WARM_UP,
                    () -> tenancy.inOrg(organization, () -> services.page(organization, all, Cursor.START, PAGE)));
        }
        System.out.println(page);
        // That it stays an index scan is a test's business; here it is shown beside the figure.
        UUID organization = crowd.organization(0);
        List<String> plan = tenancy.inOrg(
                organization,
                () -> JdbcClient.create(app)
                        .sql("explain select * from container_services where (created_at, id) < (now(), ?)"
                                + " order by created_at desc, id desc limit 51")
                        .param(UUID.randomUUID())
                        .query(String.class)
                        .list());
        plan.forEach(line -> System.out.println("   " + line));
    }
}
