package dev.berth.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.domain.Role;
import dev.berth.store.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

/** Two turns for each organisation and three for all, and five in line. */
class FairShareTests {
    private static final UUID BUSY = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();

    @AfterEach
    void close() {
        end.countDown();
        clients.close();
    }

    @Test
    void theRestOfAnOrganisationWaitsAndOthersDoNot() {
        FairShare share = share(LONG);
        List<CompletableFuture<Integer>> busy = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            busy.add(send(share, "POST", BUSY, this::stay));
        }
        await().atMost(LONG).untilAtomic(inside, org.hamcrest.Matchers.is(2));
        assertThat(send(share, "POST", OTHER, () -> {}).join()).isEqualTo(200);
        assertThat(send(share, "GET", BUSY, () -> {}).join()).isEqualTo(200);
        end.countDown();
        assertThat(busy.stream().map(CompletableFuture::join)).containsOnly(200);
        assertThat(mostInside).hasValue(2);
    }

    @Test
    void whoHasWaitedTooLongOrFindsTooManyBeforeIsToldToComeAgain() {
        FairShare hasty = share(Duration.ofMillis(50));
        List<CompletableFuture<Integer>> busy =
                List.of(send(hasty, "POST", BUSY, this::stay), send(hasty, "POST", BUSY, this::stay));
        await().atMost(LONG).untilAtomic(inside, org.hamcrest.Matchers.is(2));
        assertThat(send(hasty, "DELETE", BUSY, () -> {}).join()).isEqualTo(429);
        end.countDown();
        assertThat(busy.stream().map(CompletableFuture::join)).containsOnly(200);
        assertThat(send(hasty, "POST", BUSY, () -> {}).join())
                .as("what was refused and what has ended left no trace")
                .isEqualTo(200);
    }

    @Test
    void aLineHasAnEnd() {
        FairShare share = share(LONG);
        List<CompletableFuture<Integer>> busy = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            busy.add(send(share, "POST", BUSY, this::stay));
        }
        await().atMost(LONG)
                .until(() -> busy.stream().filter(CompletableFuture::isDone).count() == 2);
        end.countDown();
        assertThat(busy.stream().map(CompletableFuture::join)).containsOnly(200, 429);
    }

    @Test
    void whoSendsSlowlyHoldsNobodysTurn() {
        FairShare share = share(LONG);
        List<CompletableFuture<Integer>> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            slow.add(send(share, slowBody(), BUSY, () -> {}));
        }
        await().atMost(LONG).untilAtomic(inside, org.hamcrest.Matchers.is(4));
        assertThat(send(share, "POST", BUSY, () -> {}).join()).isEqualTo(200);
        end.countDown();
        assertThat(slow.stream().map(CompletableFuture::join)).containsOnly(200);
    }

    @Test
    void peopleOfManyLinesLeaveSomethingToThoseWhoRead() {
        FairShare share = share(LONG);
        List<CompletableFuture<Integer>> busy = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            busy.add(send(share, "POST", new UUID(1, i), this::stay));
        }
        await().atMost(LONG).untilAtomic(inside, org.hamcrest.Matchers.is(3));
        assertThat(send(share, "GET", new UUID(1, 0), () -> {}).join()).isEqualTo(200);
        end.countDown();
        assertThat(busy.stream().map(CompletableFuture::join)).containsOnly(200);
        assertThat(mostInside).hasValue(3);
    }

    @Test
    void theBodiesOfALineTakeNoMoreThanTheirRoom() {
        FairShare share = share(LONG);
        MockHttpServletRequest endless = new MockHttpServletRequest("POST", "/api/anything") {
            @Override
            public long getContentLengthLong() {
                return 65L << 20;
            }
        };
        assertThat(send(share, endless, BUSY, () -> {}).join()).isEqualTo(429);
        assertThat(send(share, "POST", BUSY, () -> {}).join()).isEqualTo(200);
    }

    /** A body that ends when the test does. */
    private MockHttpServletRequest slowBody() {
        return new MockHttpServletRequest("POST", "/api/anything") {
            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(new InputStream() {
                    @Override
                    public int read() {
                        stay();
                        return -1;
                    }
                });
            }
        };
    }

    private static FairShare share(Duration patience) {
        return new FairShare(new ProblemWriter(JsonMapper.builder().build()), 2, 3, 5, patience);
    }

    private CompletableFuture<Integer> send(FairShare share, String method, UUID organization, Runnable work) {
        return send(share, new MockHttpServletRequest(method, "/api/anything"), organization, work);
    }

    private CompletableFuture<Integer> send(
            FairShare share, MockHttpServletRequest asked, UUID organization, Runnable work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Caller caller = new Caller(
                            UUID.randomUUID(),
                            "a@example.org",
                            false,
                            Optional.of(UUID.randomUUID()),
                            Optional.empty(),
                            Optional.of(new Caller.Membership(organization, "Ours", "ours", Role.OWNER, Map.of())));
                    SecurityContextHolder.getContext()
                            .setAuthentication(new UsernamePasswordAuthenticationToken(caller, "", List.of()));
                    MockHttpServletResponse response = new MockHttpServletResponse();
                    FilterChain chain = (request, answer) -> work.run();
                    try {
                        share.doFilter(asked, response, chain);
                    } catch (java.io.IOException | jakarta.servlet.ServletException unexpected) {
                        throw new IllegalStateException(unexpected);
                    }
                    assertThat(response.getStatus() == 200 || response.getHeader("Retry-After") != null)
                            .isTrue();
                    return response.getStatus();
                },
                clients);
    }

    private void stay() {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            assertThat(end.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            inside.decrementAndGet();
        }
    }
}
