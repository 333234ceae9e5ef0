package dev.berth.activities.nix;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.BuildRef;
import dev.berth.store.BuildLogs;
import dev.berth.store.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps logs in the database. Lines are gathered for a moment, since a compiler prints thousands a second and each append is a
 * transaction; somebody who watches sees them a quarter of a second late.
 */
public final class StoredBuildLines implements BuildLines {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Tenancy tenancy;
    private final BuildLogs logs;
    private final Clock clock;

    public StoredBuildLines(Tenancy tenancy, BuildLogs logs, Clock clock) {
        this.tenancy = requireNonNull(tenancy, "tenancy is null");
        this.logs = requireNonNull(logs, "logs is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public void append(BuildRef build, String line) {
        tenancy.inOrg(build.organizationId(), () -> logs.append(build, clock.instant(), List.of(line)));
    }

    @Override
    public Writer of(BuildRef build) {
        return new Gathering(build);
    }

    private final class Gathering implements Writer {
        private final BuildRef build;
        private final List<String> gathered = new ArrayList<>();
        private Instant since;
        private boolean closed;

        Gathering(BuildRef build) {
            this.build = build;
            this.since = clock.instant();
            Thread.ofVirtual().name("build-log-" + build.buildId()).start(this::flushNowAndThen);
        }

        /** A full buffer is written by whoever fills it: a database that is slow slows the build's output down, not the heap. */
        @Override
        public synchronized void accept(String line) {
            if (gathered.isEmpty()) {
                since = clock.instant();
            }
            gathered.add(line);
            if (gathered.size() == BuildLogs.CHUNK_LIMIT) {
                flush();
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
            flush();
        }

        private synchronized void flushNowAndThen() {
            while (!closed) {
                try {
                    wait(PAUSE.toMillis());
                    flush();
                } catch (InterruptedException interrupted) {
                    return;
                } catch (RuntimeException unreachable) {
                    // The database may be back in a moment; the lines stay gathered, and closing says so if it is not.
                }
            }
        }

        private synchronized void flush() {
            if (!gathered.isEmpty()) {
                List<String> lines = List.copyOf(gathered);
                tenancy.inOrg(build.organizationId(), () -> logs.append(build, since, lines));
                gathered.clear();
            }
        }
    }
}
