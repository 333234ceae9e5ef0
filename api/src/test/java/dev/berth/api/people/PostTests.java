package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.TestApi;
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
}
