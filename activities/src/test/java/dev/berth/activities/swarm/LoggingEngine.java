package dev.berth.activities.swarm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as a Docker engine does that is asked for the log of {@code container} or of {@code task}. */
final class LoggingEngine implements AutoCloseable {
    private final HttpServer server;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicLong sent = new AtomicLong();
    final Engine engine;
    volatile boolean elsewhere;
    volatile boolean endless;

    private record Frame(int stream, Instant at, String text) {}

    LoggingEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        engine = Engine.at(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** @param stream 1 for the usual one, 2 for errors; text is what one frame holds, with the end of a line or without */
    void print(int stream, Instant at, String text) {
        frames.add(new Frame(stream, at, text));
    }

    void printAll(Instant at, List<String> lines) {
        frames.addAll(lines.stream().map(line -> new Frame(1, at, line + "\n")).toList());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/version")) {
            answer(exchange, 200, "{\"ApiVersion\":\"1.43\"}");
            return;
        }
        if (elsewhere ? path.contains("/containers/") : !path.equals("/v1.43/containers/container/logs")) {
            answer(exchange, 404, "{\"message\":\"no such container\"}");
            return;
        }
        String query = exchange.getRequestURI().getQuery();
        asked.add(query.replaceAll(".*since=", ""));
        String[] since = asked.getLast().split("\\.");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            do {
                send(Instant.ofEpochSecond(Long.parseLong(since[0]), Long.parseLong(since[1])), out);
            } while (endless);
        }
    }

    private void send(Instant since, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        for (Frame frame : frames) {
            if (!frame.at().isBefore(since)) {
                byte[] text = (frame.at() + " " + frame.text()).getBytes(StandardCharsets.UTF_8);
                data.writeInt(frame.stream() << 24);
                data.writeInt(text.length);
                data.write(text);
                sent.addAndGet(text.length);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        engine.close();
        server.stop(0);
    }
}
