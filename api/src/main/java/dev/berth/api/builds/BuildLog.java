package dev.berth.api.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.http.ProblemException;
import dev.berth.domain.BuildRef;
import dev.berth.store.BuildLogs;
import dev.berth.store.Builds;
import dev.berth.store.Caller;
import dev.berth.store.LogLine;
import dev.berth.store.Tenancy;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends a build's log, as it is or as it grows. It goes out in pieces and is never in memory as a whole. */
@Component
class BuildLog {
    private static final int LINES = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** A client that has gone is found out by it, and gives its place back. */
    private static final Duration COMMENT = Duration.ofSeconds(5);

    /** With what one turn waits, within five seconds. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    /** Then the client comes back with its Last-Event-ID. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Tenancy tenancy;
    private final Builds builds;
    private final BuildLogs logs;
    private final LogNews news;
    private final JsonMapper json;
    private final Places places = new Places();

    BuildLog(Tenancy tenancy, Builds builds, BuildLogs logs, LogNews news, JsonMapper json) {
        this.tenancy = tenancy;
        this.builds = builds;
        this.logs = logs;
        this.news = news;
        this.json = json;
    }

    void write(BuildRef build, HttpServletResponse response) throws IOException {
        Part part = read(build, 0, LINES);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8");
        OutputStream out = response.getOutputStream();
        while (!part.lines().isEmpty()) {
            for (LogLine line : part.lines()) {
                out.write((line.text() + "\n").getBytes(UTF_8));
            }
            part = read(build, part.last(), LINES);
        }
    }

    /**
     * Who follows a log.
     *
     * @param isStillAllowed whether they would be let in now
     */
    record Reader(Caller caller, BooleanSupplier isStillAllowed) {}

    void follow(Reader reader, BuildRef build, LogPosition from, HttpServletResponse response) throws IOException {
        try (Places.Place _ = places.take(reader.caller(), response);
                LogNews.Follower follower = news.follow(build.buildId())) {
            Part next = read(build, from.line(), 1);
            if (from.line() > 0 && next.isLast()) {
                response.setStatus(HttpStatus.NO_CONTENT.value());
                return;
            }
            Attendance attendance = new Attendance(follower, reader.isStillAllowed());
            send(build, from.line(), attendance, EventStream.open(response, json));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(BuildRef build, int from, Attendance attendance, EventStream stream)
            throws IOException, InterruptedException {
        long spoken = System.nanoTime();
        int last = from;
        while (attendance.goesOn()) {
            Part part = read(build, last, LINES);
            if (part.isLast()) {
                stream.end();
                return;
            }
            if (!part.lines().isEmpty()) {
                stream.lines(part.lines());
                last = part.last();
                spoken = System.nanoTime();
                continue;
            }
            if (System.nanoTime() - spoken > COMMENT.toNanos()) {
                stream.comment();
                spoken = System.nanoTime();
            }
            attendance.follower.await(LOOK_AGAIN);
        }
    }

    /** The state before the lines: a build that is over by then has written all that the lines can hold. */
    private Part read(BuildRef build, int after, int limit) {
        return tenancy.inOrg(build.organizationId(), () -> {
            boolean over = builds.find(build)
                    .orElseThrow(() -> ProblemException.notFound("build"))
                    .status()
                    .isTerminal();
            return new Part(logs.after(build, after, limit), over);
        });
    }

    /** How long somebody stays who follows: until they have been there for long, the process stops, or they may not any more. */
    private static final class Attendance {
        private final LogNews.Follower follower;
        private final BooleanSupplier isStillAllowed;
        private final long begun = System.nanoTime();
        private long asked = begun;

        Attendance(LogNews.Follower follower, BooleanSupplier isStillAllowed) {
            this.follower = follower;
            this.isStillAllowed = isStillAllowed;
        }

        boolean goesOn() {
            long now = System.nanoTime();
            if (!follower.mayStay() || now - begun >= LONGEST.toNanos()) {
                return false;
            }
            if (now - asked < ASK_AGAIN.toNanos()) {
                return true;
            }
            asked = now;
            return isStillAllowed.getAsBoolean();
        }
    }

    /** @param over whether the build was terminal before the lines were read */
    private record Part(List<LogLine> lines, boolean over) {
        boolean isLast() {
            return over && lines.isEmpty();
        }

        int last() {
            return lines.getLast().number();
        }
    }
}
