package dev.berth.local.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket whose other end sends back what it is told. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GOING_AWAY = "closed 1001";
    private static final int PATIENCE_SECONDS = 10;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private TestSocket() {}

    /** @throws IOException where the handshake fails */
    static TestSocket open(URI edge, String host) throws IOException {
        TestSocket opened = new TestSocket();
        try {
            opened.socket = HTTP.newWebSocketBuilder()
                    .header("Host", host)
                    .buildAsync(URI.create("ws://" + edge.getAuthority() + "/ws"), opened)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            return opened;
        } catch (CompletionException e) {
            throw new IOException("no handshake: " + e.getCause(), e);
        }
    }

    /**
     * @return false where the other end said that it goes away, as an orderly end should
     * @throws IOException where it ended otherwise or sent something else
     */
    boolean echoes(String text) throws IOException, InterruptedException {
        try {
            socket.sendText(text, true)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException closed) {
            // What it said before its end says whether that was orderly.
        }
        String answer = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (GOING_AWAY.equals(answer)) {
            return false;
        }
        if (!text.equals(answer)) {
            throw new IOException("heard " + answer);
        }
        return true;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            heard.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        heard.add("binary");
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add("closed " + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.add("error " + error);
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
    }
}
