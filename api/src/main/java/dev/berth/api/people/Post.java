package dev.berth.api.people;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    static final int WAITING = 1_000;
    /** Of those, for letters of one person to another; the rest is for people who want to come in. */
    static final int OF_OTHERS_WAITING = 800;

    private static final Duration[] PAUSES = {Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMinutes(1)};

    /** One at a time; a letter that has to wait lets others go first. */
    private final ScheduledThreadPoolExecutor worker =
            new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("post").factory());

    private final Semaphore places = new Semaphore(WAITING);
    private final Semaphore placesOfOthers = new Semaphore(OF_OTHERS_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Mail mail;

    Post(Mail mail) {
        this.mail = mail;
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
        queue(writing, () -> {});
    }

    /** Sends a letter of one person to another later. However many there are, they leave places for those of {@link #later}. */
    public void send(String to, String subject, String text) {
        if (!placesOfOthers.tryAcquire()) {
            drop();
            return;
        }
        queue(() -> Optional.of(new Mail.Letter(to, subject, text)), placesOfOthers::release);
    }

    /** @param gone run once, when the letter waits no more */
    private void queue(Supplier<Optional<Mail.Letter>> writing, Runnable gone) {
        if (!places.tryAcquire()) {
            gone.run();
            drop();
            return;
        }
        Runnable free = () -> {
            places.release();
            gone.run();
        };
        worker.execute(() -> write(writing, free));
    }

    private void drop() {
        LOG.warn("Too much mail waits; {} letters were dropped so far", dropped.incrementAndGet());
    }

    private void write(Supplier<Optional<Mail.Letter>> writing, Runnable free) {
        try {
            writing.get().ifPresentOrElse(letter -> deliver(letter, free, 0), free);
        } catch (RuntimeException e) {
            free.run();
            LOG.warn("A letter could not be written: {}", e.toString());
        }
    }

    private void deliver(Mail.Letter letter, Runnable free, int tries) {
        try {
            mail.send(letter);
            free.run();
        } catch (MessagingException | RuntimeException e) {
            if (tries == PAUSES.length) {
                free.run();
                LOG.warn("{} was given up: {}", letter, e.getClass().getSimpleName());
                return;
            }
            ScheduledFuture<?> _ = worker.schedule(
                    () -> deliver(letter, free, tries + 1), PAUSES[tries].toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @PreDestroy
    void close() {
        worker.shutdownNow();
    }
}
