package dev.berth.outbound;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A SOCKS 5 server on loopback, for this process's own connections, that opens admitted addresses only. It is what stands
 * between the JDK's second look-up of a host and the network (DNS rebinding). Source: RFC 1928.
 */
public final class AdmittedRelay implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int SPOKEN_AT_MOST_MILLIS = 10_000;
    private static final byte VERSION = 5;
    private static final int IPV4 = 1;
    private static final int IPV6 = 4;
    private static final int OPENED = 0;
    private static final int NOT_ALLOWED = 2;
    private static final int UNREACHABLE = 4;
    private static final int REFUSED = 5;

    private final Set<InetSocketAddress> admitted;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param admitted read at each connection; whoever follows a redirect adds to it first */
    public AdmittedRelay(Set<InetSocketAddress> admitted) throws IOException {
        this.admitted = admitted;
        this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("outbound-relay").start(this::accept);
    }

    public Proxy asProxy() {
        return new Proxy(Proxy.Type.SOCKS, server.getLocalSocketAddress());
    }

    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(AdmittedRelay::closeQuietly);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().name("outbound-relay-connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(SPOKEN_AT_MOST_MILLIS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            in.readUnsignedByte();
            in.readNBytes(in.readUnsignedByte());
            out.write(new byte[] {VERSION, 0});
            in.readNBytes(3);
            int kind = in.readUnsignedByte();
            if (kind != IPV4 && kind != IPV6) {
                // A name: the JDK could not look up what the guard could, so nobody vouches for it.
                answer(out, NOT_ALLOWED);
                return;
            }
            InetAddress address = InetAddress.getByAddress(in.readNBytes(kind == IPV4 ? 4 : 16));
            InetSocketAddress target = new InetSocketAddress(address, in.readUnsignedShort());
            if (!admitted.contains(target)) {
                answer(out, NOT_ALLOWED);
                return;
            }
            connect(client, target, in, out);
        } catch (IOException ended) {
            // One side is gone; the other learns it by the close.
        } finally {
            open.remove(client);
        }
    }

    private void connect(Socket client, InetSocketAddress target, InputStream in, OutputStream out) throws IOException {
        try (Socket host = new Socket()) {
            open.add(host);
            try {
                host.connect(target, CONNECT_MILLIS);
            } catch (SocketTimeoutException silent) {
                answer(out, UNREACHABLE);
                return;
            } catch (IOException refused) {
                answer(out, REFUSED);
                return;
            }
            answer(out, OPENED);
            client.setSoTimeout(0);
            Thread up = Thread.ofVirtual().start(() -> copy(in, host));
            copy(host.getInputStream(), client);
            up.interrupt();
            open.remove(host);
        }
    }

    private static void answer(OutputStream out, int code) throws IOException {
        out.write(new byte[] {VERSION, (byte) code, 0, IPV4, 0, 0, 0, 0, 0, 0});
        out.flush();
    }

    private static void copy(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            closeQuietly(to);
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
