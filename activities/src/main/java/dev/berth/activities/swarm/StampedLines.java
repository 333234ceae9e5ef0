package dev.berth.activities.swarm;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Reads a log's answer line by line, both streams, of which it holds one unfinished line each. The engine sends frames: byte 0
 * names the stream, bytes 4 to 7 the length, big-endian, and then what was printed with its moment before it (Docker API,
 * "Attach"). A line of more than 16 KiB comes in several frames, each of which repeats the moment.
 */
final class StampedLines {
    /** Bytes. More of a line is passed over; a log keeps 4,000 characters. */
    static final int WIDTH_LIMIT = 16 << 10;

    private static final int STREAMS = 3;

    private final DataInputStream frames;
    private final ByteArrayOutputStream[] unfinished = new ByteArrayOutputStream[STREAMS];
    private int left;
    private int stream;
    private Instant at = Instant.EPOCH;

    StampedLines(InputStream answer) {
        this.frames = new DataInputStream(new BufferedInputStream(answer));
        for (int i = 0; i < STREAMS; i++) {
            unfinished[i] = new ByteArrayOutputStream();
        }
    }

    /** The next one that is complete; empty at the answer's end. */
    Optional<JobLog.Line> next() throws IOException {
        try {
            while (true) {
                while (left > 0) {
                    int printed = frames.readUnsignedByte();
                    left--;
                    if (printed == '\n') {
                        return Optional.of(take(unfinished[stream]));
                    }
                    if (unfinished[stream].size() < WIDTH_LIMIT) {
                        unfinished[stream].write(printed);
                    }
                }
                begin();
            }
        } catch (EOFException end) {
            return Optional.empty();
        }
    }

    /** What was printed last and has no end, of a task that prints no more. */
    Optional<JobLog.Line> rest() {
        for (ByteArrayOutputStream line : unfinished) {
            if (line.size() > 0) {
                return Optional.of(take(line));
            }
        }
        return Optional.empty();
    }

    private void begin() throws IOException {
        stream = Math.min(frames.readUnsignedByte(), STREAMS - 1);
        frames.skipNBytes(3);
        left = Math.max(0, frames.readInt());
        if (unfinished[stream].size() > 0) {
            passStamp();
        }
    }

    private void passStamp() throws IOException {
        while (left > 0) {
            left--;
            if (frames.readUnsignedByte() == ' ') {
                return;
            }
        }
    }

    private JobLog.Line take(ByteArrayOutputStream bytes) {
        String stamped = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        int blank = stamped.indexOf(' ');
        try {
            at = Instant.parse(stamped.substring(0, Math.max(0, blank)));
            return new JobLog.Line(at, stamped.substring(blank + 1));
        } catch (DateTimeParseException unstamped) {
            return new JobLog.Line(at, stamped);
        }
    }
}
