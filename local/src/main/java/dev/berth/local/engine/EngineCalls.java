package dev.berth.local.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Single requests to the Docker Engine API over its Unix socket. HTTP/1.0, so that an answer ends with the connection and
 * comes unchunked; unversioned paths, so that every engine answers with the version that it has.
 */
public record EngineCalls(Path socket) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** @param body parsed where it is JSON, else missing */
    public record Answer(int status, JsonNode body, String text) {
        public boolean succeeded() {
            return status < 300;
        }

        public String message() {
            return body.path("message").asText(text.strip());
        }
    }

    public boolean answers() {
        try {
            return exchange("GET", "/_ping", "", new byte[0], Duration.ofSeconds(2)).succeeded();
        } catch (IOException silent) {
            return false;
        }
    }

    public Answer get(String path) throws IOException {
        return exchange("GET", path, "", new byte[0], LIMIT);
    }

    public Answer post(String path, JsonNode body) throws IOException {
        return exchange("POST", path, "application/json", JSON.writeValueAsBytes(body), LIMIT);
    }

    public Answer post(String path) throws IOException {
        return exchange("POST", path, "application/json", new byte[0], LIMIT);
    }

    public Answer delete(String path) throws IOException {
        return exchange("DELETE", path, "", new byte[0], LIMIT);
    }

    /** What list calls take as {@code filters}. */
    public static String labelFilter(String label) {
        return "filters=" + URLEncoder.encode("{\"label\":[\"" + label + "\"]}", UTF_8);
    }

    private Answer exchange(String method, String path, String type, byte[] body, Duration limit) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write((method + " " + path + " HTTP/1.0\r\nHost: engine\r\nContent-Length: " + body.length + "\r\n"
                        + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n")
                .getBytes(ISO_8859_1));
        request.write(body);
        return parse(transfer(ByteBuffer.wrap(request.toByteArray()), System.nanoTime() + limit.toNanos()));
    }

    private byte[] transfer(ByteBuffer request, long deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new SocketTimeoutException("The engine at " + socket + " did not answer in time");
                }
                selector.select(left);
                selector.selectedKeys().clear();
                if (request.hasRemaining()) {
                    channel.write(request);
                    key.interestOps(request.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    continue;
                }
                int count = channel.read(buffer.clear());
                if (count < 0) {
                    return answer.toByteArray();
                }
                answer.write(buffer.array(), 0, count);
            }
        }
    }

    private static Answer parse(byte[] bytes) throws IOException {
        String text = new String(bytes, UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.") || end < 0) {
            throw new IOException("The engine closed the connection without an answer");
        }
        int status = Integer.parseInt(text.substring(9, 12));
        String body = text.substring(end + 4);
        boolean json = text.substring(0, end).toLowerCase(Locale.ROOT).contains("content-type: application/json");
        return new Answer(
                status, json && !body.isBlank() ? JSON.readTree(body) : JSON.getNodeFactory().missingNode(), body);
    }
}
