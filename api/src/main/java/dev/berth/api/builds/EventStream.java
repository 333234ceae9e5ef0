package dev.berth.api.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.store.LogLine;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Writes server-sent events: WHATWG HTML, section 9.2. Data is JSON in one line. */
final class EventStream {
    /** Soon, since the place where the client was is known exactly. */
    private static final String RETRY = "retry: 1000\n\n";

    private final OutputStream out;
    private final JsonMapper json;

    private EventStream(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    static EventStream open(HttpServletResponse response, JsonMapper json) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Or a proxy gathers the events until its buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        EventStream stream = new EventStream(response.getOutputStream(), json);
        stream.write(RETRY);
        return stream;
    }

    void lines(List<LogLine> lines) throws IOException {
        for (LogLine line : lines) {
            String data =
                    json.writeValueAsString(new Line(line.number(), line.at().toString(), line.text()));
            out.write(("id: " + line.number() + "\nevent: line\ndata: " + data + "\n\n").getBytes(UTF_8));
        }
        out.flush();
    }

    /** Keeps proxies from taking a quiet build for a dead connection, and finds out about clients that have gone. */
    void comment() throws IOException {
        write(": still building\n\n");
    }

    void end() throws IOException {
        write("event: end\ndata: {}\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private record Line(int line, String at, String text) {}
}
