package dev.berth.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves repositories on loopback to read: Git's own {@code http-backend} behind the JDK's server (RFC 3875). */
final class GitOverHttp implements AutoCloseable {
    private static final int LONGEST_HEADER = 8_192;

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    GitOverHttp(Path folder, int port) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Process backend = start(exchange);
            try (BufferedInputStream out = new BufferedInputStream(backend.getInputStream())) {
                threads.execute(() -> feed(exchange.getRequestBody(), backend.getOutputStream()));
                int status = readHeaders(exchange, out);
                exchange.sendResponseHeaders(status, 0);
                out.transferTo(exchange.getResponseBody());
            } finally {
                backend.destroy();
            }
        }
    }

    private Process start(HttpExchange exchange) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.putAll(Repository.isolated());
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        pass(exchange, "Content-Type", environment, "CONTENT_TYPE");
        pass(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
        pass(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
        return builder.start();
    }

    private static int readHeaders(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] header = line.split(": *", 2);
            if (header[0].equalsIgnoreCase("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        return status;
    }

    private static void feed(InputStream body, OutputStream backend) {
        try (backend) {
            body.transferTo(backend);
        } catch (IOException ended) {
            // The backend has read as much as it wants.
        }
    }

    private static void pass(HttpExchange from, String header, Map<String, String> environment, String variable) {
        Optional.ofNullable(from.getRequestHeaders().getFirst(header))
                .ifPresent(value -> environment.put(variable, value));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            line.write(read);
            if (line.size() > LONGEST_HEADER) {
                throw new IOException("git http-backend sent a header without end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
