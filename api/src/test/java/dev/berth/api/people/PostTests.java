package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Letters that cannot be sent yet, beside those that can. */
final class PostTests {
    @Test
    void aLetterThatHasToWaitLetsOthersGoFirst() {
        Post post = TestApi.bean(Post.class);
        // Tried again after 2, 15 and 60 seconds: longer than the mailbox below waits.
        post.send("no address @ all", "To nobody", "text");
        post.send("post-tests@example.org", "To somebody", "text");
        assertThat(Mailbox.letters("post-tests@example.org", 1)).hasSize(1);
    }

    @Test
    void invitationsLeavePlacesForThoseWhoWantToComeIn() throws InterruptedException {
        Post post = new Post(TestApi.bean(Mail.class));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        post.later(() -> {
            await(held);
            return Optional.empty();
        });
        for (int i = 0; i < Post.WAITING + 10; i++) {
            post.send("no address @ all", "To nobody", "text");
        }
        post.later(() -> {
            read.countDown();
            return Optional.empty();
        });
        held.countDown();
        assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
        post.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
