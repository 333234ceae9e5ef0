package dev.berth.api.work;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GatheredTests {
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);

    @Test
    void whatIsAskedWhileItIsSaidIsSaidOnceMore() throws InterruptedException {
        Gathered<String> gathered = new Gathered<>(Duration.ZERO, thing -> {
            said.add(thing);
            mayEnd.acquireUninterruptibly();
        });
        gathered.say("a");
        assertThat(said.poll(10, SECONDS)).isEqualTo("a");
        IntStream.range(0, 100).forEach(_ -> gathered.say("a"));
        gathered.say("b");
        assertThat(said.poll(10, SECONDS)).as("another thing waits for nobody").isEqualTo("b");
        mayEnd.release(2);
        assertThat(said.poll(10, SECONDS)).isEqualTo("a");
        mayEnd.release();
        assertThat(said.poll(200, MILLISECONDS)).isNull();
    }

    @Test
    void theLastOfManyIsFollowedByAWord() throws InterruptedException {
        AtomicInteger committed = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        Gathered<String> gathered = new Gathered<>(Duration.ofMillis(1), thing -> {
            said.add(thing);
            seen.set(committed.get());
            if (seen.get() == 10_000) {
                all.countDown();
            }
        });
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 10_000; i++) {
                many.execute(() -> {
                    committed.incrementAndGet();
                    gathered.say("a");
                });
            }
        }
        assertThat(all.await(10, SECONDS)).as("the word that saw all: %s", seen).isTrue();
        assertThat(said).hasSizeLessThan(5_000);
    }

    @Test
    void aWordThatFailedIsSaidWhenItIsAskedForAgain() throws InterruptedException {
        AtomicBoolean fails = new AtomicBoolean(true);
        Gathered<String> gathered = new Gathered<>(Duration.ZERO, thing -> {
            if (fails.getAndSet(false)) {
                mayEnd.release();
                throw new IllegalStateException("nobody hears it");
            }
            said.add(thing);
        });
        gathered.say("a");
        assertThat(mayEnd.tryAcquire(10, SECONDS)).isTrue();
        // The failed one is forgotten a moment after it failed.
        String heard = null;
        for (int asked = 0; asked < 1_000 && heard == null; asked++) {
            gathered.say("a");
            heard = said.poll(10, MILLISECONDS);
        }
        assertThat(heard).isEqualTo("a");
    }
}
