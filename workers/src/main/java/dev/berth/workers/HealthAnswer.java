package dev.berth.workers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Says on loopback that this process polls: 200 to every request, from the moment at which it does. */
final class HealthAnswer {
    private final int port;
    private Optional<HttpServer> server = Optional.empty();

    /** @param port 0 for none */
    HealthAnswer(int port) {
        this.port = port;
    }

    void start() throws IOException {
        if (port == 0) {
            return;
        }
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        listening.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listening.start();
        server = Optional.of(listening);
    }

    void close() {
        server.ifPresent(listening -> listening.stop(0));
    }
}
