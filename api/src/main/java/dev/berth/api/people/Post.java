package dev.berth.api.people;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes and sends letters behind the requests' backs: an answer is the same and as quick whether a letter follows or not, and
 * however slow the mail server is. What is not sent when the process ends is lost; people ask again.
 */
@Component
public class Post {
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);
    private static final int WAITING = 1_000;
    private static final Duration[] PAUSES = {Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(1)};

    private final BlockingQueue<Supplier<Optional<Mail.Letter>>> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Mail mail;
    private final Thread worker;

    Post(Mail mail) {
        this.mail = mail;
        this.worker = Thread.ofVirtual().name("post").start(this::work);
    }

    /** @throws ProblemException 503 where this installation sends no mail, for whomever it would be */
    public void requireSetUp() {
        if (!mail.isSetUp()) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNAVAILABLE, "This installation sends no e-mail: its operator has to set SMTP_URL."));
        }
    }

    /** @param writing what to send, found out later; empty for no letter */
    void later(Supplier<Optional<Mail.Letter>> writing) {
        if (!queue.offer(writing)) {
            LOG.warn("Too much mail waits; {} letters were dropped so far", dropped.incrementAndGet());
        }
    }

    /** Sends a letter later. */
    public void send(String to, String subject, String text) {
        later(() -> Optional.of(new Mail.Letter(to, subject, text)));
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Optional<Mail.Letter> letter = queue.take().get();
                if (letter.isPresent()) {
                    deliver(letter.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("A letter could not be written: {}", e.toString());
            }
        }
    }

    private void deliver(Mail.Letter letter) throws InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                mail.send(letter);
                return;
            } catch (MessagingException e) {
                if (tries == PAUSES.length) {
                    LOG.warn("{} was given up: {}", letter, e.getClass().getSimpleName());
                    return;
                }
                Thread.sleep(PAUSES[tries]);
            }
        }
    }

    @PreDestroy
    void close() {
        worker.interrupt();
    }
}
