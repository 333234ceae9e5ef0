package dev.berth.local.supervise;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps one part: looks, asks {@link Observation#move()} and does that. One thread drives it. */
final class Keeper {
    /** A part that ran this long has recovered: its next failure counts as the first. */
    private static final Duration RECOVERED = Duration.ofSeconds(60);

    private final Part part;
    private final RunFolder folder;
    private final Backoff backoff;
    private final Narrator narrator;
    private final Function<String, Optional<Instant>> answersSince;
    private RunRecord record;
    private @Nullable RunRecord written;
    private String unwritable = "";
    private Instant startedAt = Instant.EPOCH;
    private Instant mayStartAt = Instant.EPOCH;
    private int failures;
    private volatile @Nullable Instant answeredAt;

    /** @param answersSince when a part that this one may need was seen to answer; empty while it does not */
    Keeper(
            Part part,
            RunFolder folder,
            Backoff backoff,
            Narrator narrator,
            Function<String, Optional<Instant>> answersSince) {
        this.part = part;
        this.folder = folder;
        this.backoff = backoff;
        this.narrator = narrator;
        this.answersSince = answersSince;
        this.record = folder.record(part.name());
    }

    String name() {
        return part.name();
    }

    /** When it was seen to answer; empty while it does not. */
    Optional<Instant> answersSince() {
        return Optional.ofNullable(answeredAt);
    }

    /** Writes down what is left of an earlier supervisor's time, so that nobody takes its last words for ours. */
    void takeOn() {
        RunRecord found = record.takenOn();
        boolean alive = found.identity().filter(part::alive).isPresent();
        note(alive ? found.with(PartState.STARTING, "") : found.ended(PartState.STOPPED, ""));
    }

    /** Takes over what an earlier supervisor left running, or ends it when it is not what would be started now. */
    void adopt() {
        if (record.identity().filter(part::alive).isEmpty()) {
            return;
        }
        if (record.adoptable(true, part.fingerprint())) {
            narrator.say(
                    name(), "adopted process " + record.identity().orElseThrow().pid());
            startedAt = Instant.now();
        } else {
            narrator.say(name(), "is not what it should be now; starting it anew");
            part.stop(record.identity().orElseThrow());
            note(record.ended(PartState.STOPPED, ""));
        }
    }

    /** One look and one move. */
    void step() {
        Optional<ProcessIdentity> process = record.identity();
        boolean alive = process.filter(part::alive).isPresent();
        if (process.isPresent() && !alive) {
            died();
        }
        Instant now = Instant.now();
        if (alive && answeredAt == null) {
            ask();
        }
        Duration running = alive ? Duration.between(startedAt, now) : Duration.ZERO;
        if (running.compareTo(RECOVERED) > 0) {
            failures = 0;
        }
        Optional<String> missing = alive ? Optional.empty() : part.missing();
        Observation seen = new Observation(
                folder.held(name()),
                missing.isEmpty(),
                alive,
                answeredAt != null,
                part.needs().stream().map(answersSince).allMatch(Optional::isPresent),
                running,
                Duration.between(now, mayStartAt));
        switch (seen.move()) {
            case START -> start();
            case AWAIT_NEEDS -> note(record.ended(PartState.WAITING, "needs " + String.join(", ", part.needs())));
            case AWAIT_ANSWER -> note(record.with(PartState.STARTING, record.detail()));
            case WATCH -> note(record.with(PartState.RUNNING, ""));
            case PAUSE -> note(record.ended(PartState.BACKING_OFF, record.detail()));
            case END -> end(PartState.HELD, "held; free it with ./berth start " + name());
            case STAY_HELD -> {
                // Whoever frees it wants it now, however often it failed before.
                failures = 0;
                mayStartAt = Instant.EPOCH;
                note(record.ended(PartState.HELD, "held; free it with ./berth start " + name()));
            }
            case GIVE_UP -> {
                narrator.say(name(), "has not answered for " + running.toSeconds() + " s; starting it anew");
                end(PartState.BACKING_OFF, "it did not answer");
                failed();
            }
            case STAY_UNAVAILABLE -> note(record.ended(PartState.UNAVAILABLE, missing.orElse("")));
        }
    }

    void stop() {
        record.identity().ifPresent(part::stop);
        part.clear();
        answeredAt = null;
        note(record.ended(folder.held(name()) ? PartState.HELD : PartState.STOPPED, ""));
    }

    private void start() {
        answeredAt = null;
        ProcessIdentity process;
        try {
            startedAt = Instant.now();
            process = part.start();
        } catch (Exception e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            narrator.say(name(), "could not be started: " + reason);
            record = record.ended(PartState.BACKING_OFF, reason).restartedOnceMore();
            failed();
            return;
        }
        // It runs, whatever fails from here on: nobody may start a second one.
        record = record.started(process, "");
        note(record.started(process, part.fingerprint()));
    }

    private void ask() {
        try {
            boolean answers = part.answers();
            if (answers) {
                narrator.say(
                        name(),
                        "answers after %.1f s"
                                .formatted(Duration.between(startedAt, Instant.now())
                                                .toMillis()
                                        / 1000.0));
            }
            answeredAt = answers ? Instant.now() : null;
        } catch (Exception e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse(e.toString());
            if (!reason.equals(record.detail())) {
                narrator.say(name(), reason);
            }
            record = record.with(record.state(), reason);
        }
    }

    private void died() {
        if (wasPulledDown()) {
            narrator.say(name(), "ended with what it needs");
            record = record.ended(PartState.BACKING_OFF, "it ended with what it needs")
                    .restartedOnceMore();
            answeredAt = null;
            mayStartAt = Instant.now();
            note(record);
        } else {
            narrator.say(name(), "ended by itself");
            record = record.ended(PartState.BACKING_OFF, "it ended by itself").restartedOnceMore();
            failed();
        }
    }

    /** Whatever it needs is away, or has come back since: its end is no failure of its own, for which it would have to wait. */
    private boolean wasPulledDown() {
        return part.needs().stream()
                .map(answersSince)
                .anyMatch(since -> since.filter(startedAt::isAfter).isEmpty());
    }

    private void failed() {
        answeredAt = null;
        failures++;
        mayStartAt = Instant.now().plus(backoff.after(failures));
        note(record);
    }

    private void end(PartState next, String sentence) {
        record.identity().ifPresent(part::stop);
        answeredAt = null;
        if (next == PartState.HELD) {
            narrator.say(name(), sentence);
        }
        note(record.ended(next, sentence));
    }

    /** Where it cannot be written now, it is with the next look. */
    private void note(RunRecord next) {
        record = next;
        if (next.equals(written)) {
            return;
        }
        try {
            folder.write(next);
            written = next;
            unwritable = "";
        } catch (UncheckedIOException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(unwritable)) {
                unwritable = reason;
                narrator.say(name(), reason);
            }
        }
    }
}
