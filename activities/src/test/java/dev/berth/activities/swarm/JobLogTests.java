package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a release command's log costs while it grows, and that each line of it comes once. */
final class JobLogTests {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.000000006Z");
    private static final Task RUNNING = task(TaskState.RUNNING);
    private static final Task ENDED = task(TaskState.COMPLETE);
    private static final int LIMIT = 20_000;

    private LoggingEngine docker;

    @BeforeEach
    void start() throws IOException {
        docker = new LoggingEngine();
    }

    @AfterEach
    void end() {
        docker.close();
    }

    @Test
    void eachLineComesOnceAsItGrowsAndWhatIsOldIsNotReadAgain() {
        JobLog log = new JobLog(docker.engine, 0, LIMIT);
        assertThat(texts(log.next(RUNNING))).isEmpty();
        docker.printAll(AT, numbered(0, 900));
        assertThat(texts(log.next(RUNNING))).isEqualTo(numbered(0, 900));
        assertThat(log.isBehind()).isFalse();
        assertThat(texts(log.next(RUNNING))).isEmpty();
        docker.print(2, AT.plusSeconds(5), "later\n");
        assertThat(log.next(RUNNING)).containsExactly(new JobLog.Line(AT.plusSeconds(5), "later"));
        long before = docker.sent.get();
        docker.print(1, AT.plusSeconds(6), "last\n");
        assertThat(texts(log.next(RUNNING))).containsExactly("last");
        assertThat(docker.sent.get() - before).as("bytes sent for it").isLessThan(200);
        assertThat(docker.asked.getLast())
                .isEqualTo("%d.000000006".formatted(AT.plusSeconds(4).getEpochSecond()));
    }

    @Test
    void linesOfTwoStreamsThatPassedEachOtherComeOnce() {
        JobLog log = new JobLog(docker.engine, 0, LIMIT);
        docker.print(1, AT.plusMillis(2), "one\n");
        assertThat(texts(log.next(RUNNING))).containsExactly("one");
        docker.print(2, AT.plusMillis(1), "two\n");
        assertThat(texts(log.next(RUNNING))).containsExactly("two");
        docker.print(1, AT.plusMillis(2), "three\n");
        docker.print(1, AT.plusMillis(1_002), "four\n");
        assertThat(texts(log.next(RUNNING))).containsExactly("three", "four");
        docker.print(2, AT.plusMillis(1_001), "five\n");
        assertThat(texts(log.next(RUNNING))).containsExactly("five");
        assertThat(texts(log.next(RUNNING))).isEmpty();
    }

    @Test
    void aFloodComesInBoundedPartsAndIsCutOffWithANote() {
        docker.printAll(AT, numbered(0, 2 * LIMIT));
        JobLog log = new JobLog(docker.engine, 0, LIMIT);
        List<String> all = new ArrayList<>();
        do {
            List<String> news = texts(log.next(RUNNING));
            assertThat(news).hasSizeLessThanOrEqualTo(JobLog.LINES_AT_ONCE);
            all.addAll(news);
        } while (log.isBehind());
        assertThat(all).hasSize(LIMIT).startsWith(numbered(0, LIMIT - 1).toArray(String[]::new));
        assertThat(all.getLast()).isEqualTo("… the log is longer than 19999 lines; the rest is left out");
        int asked = docker.asked.size();
        assertThat(log.next(ENDED)).isEmpty();
        assertThat(docker.asked).as("nobody asks for what is not kept").hasSize(asked);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void anAnswerWithoutEndIsBrokenOff() {
        docker.printAll(AT, List.of("x".repeat(100_000)));
        docker.endless = true;
        JobLog log = new JobLog(docker.engine, 0, LIMIT);
        List<JobLog.Line> news = log.next(RUNNING);
        assertThat(log.isBehind()).isTrue();
        assertThat(news)
                .hasSizeLessThan(100)
                .allSatisfy(line -> assertThat(line.text()).hasSizeLessThanOrEqualTo(StampedLines.WIDTH_LIMIT));
        docker.endless = false;
    }

    @Test
    void anotherAttemptGoesOnBehindWhatIsKept() {
        docker.printAll(AT, numbered(0, 10));
        JobLog log = new JobLog(docker.engine, 7, LIMIT);
        assertThat(texts(log.next(RUNNING))).isEqualTo(numbered(7, 3));
        docker.printAll(AT.plusSeconds(60), numbered(10, 2));
        assertThat(texts(log.next(RUNNING))).isEqualTo(numbered(10, 2));
    }

    @Test
    void aLineCountsOnceItIsCompleteOrNothingFollows() {
        JobLog log = new JobLog(docker.engine, 0, LIMIT);
        docker.print(1, AT, "a long ");
        assertThat(log.next(RUNNING)).isEmpty();
        docker.print(2, AT, "an error\n");
        docker.print(1, AT, "line\n");
        docker.print(1, AT.plusSeconds(9), "no end");
        assertThat(log.next(RUNNING))
                .containsExactly(new JobLog.Line(AT, "an error"), new JobLog.Line(AT, "a long line"));
        assertThat(log.next(ENDED)).containsExactly(new JobLog.Line(AT.plusSeconds(9), "no end"));
        assertThat(log.next(ENDED)).isEmpty();
    }

    @Test
    void theManagerIsAskedForATaskOfAnotherHost() {
        docker.elsewhere = true;
        docker.printAll(AT, numbered(0, 2));
        assertThat(texts(new JobLog(docker.engine, 0, LIMIT).next(RUNNING))).isEqualTo(numbered(0, 2));
    }

    private static List<String> numbered(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(n -> "line " + n).toList();
    }

    private static List<String> texts(List<JobLog.Line> lines) {
        return lines.stream().map(JobLog.Line::text).toList();
    }

    private static Task task(TaskState state) {
        return new Task(
                "task",
                "service",
                state,
                TaskState.RUNNING,
                AT,
                Optional.empty(),
                Optional.of("container"),
                OptionalInt.empty(),
                "",
                "image",
                List.of());
    }
}
