package dev.berth.activities.git;

import static java.util.Objects.requireNonNull;

import dev.berth.outbound.AddressGuard;
import dev.berth.outbound.AdmittedRelay;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * All HTTP connections of one conversation with a repository: guarded, counted, and remembered by their last status.
 *
 * <p>JGit asks for a connection for every request and every redirect, so each hop is judged. What is judged is also what is
 * connected to: the JDK looks a host up again by itself, hence its connections go through a {@link AdmittedRelay}, which opens
 * those addresses alone that the guard has admitted here.
 */
final class GuardedConnections implements HttpConnectionFactory, AutoCloseable {
    private final AddressGuard guard;
    private final long byteLimit;
    private final AtomicLong bytes = new AtomicLong();
    private final Set<InetSocketAddress> admitted = ConcurrentHashMap.newKeySet();
    private final AdmittedRelay relay;
    private volatile int lastStatus;

    /** @param byteLimit for all answers together */
    GuardedConnections(AddressGuard guard, long byteLimit) throws IOException {
        this.guard = requireNonNull(guard, "guard is null");
        this.byteLimit = byteLimit;
        this.relay = new AdmittedRelay(admitted);
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        int port = url.getPort() >= 0 ? url.getPort() : url.getDefaultPort();
        String host = url.getHost().replaceAll("^\\[|]$", "");
        for (InetAddress address : guard.admit(host, port)) {
            admitted.add(new InetSocketAddress(address, port));
        }
        return new Counted(url, relay.asProxy());
    }

    /** The proxy of the environment is not asked: it would look hosts up behind the guard's back. */
    @Override
    public HttpConnection create(URL url, Proxy ignored) throws IOException {
        return create(url);
    }

    /** The status of the last answer; 0 before the first. */
    int lastStatus() {
        return lastStatus;
    }

    @Override
    public void close() {
        relay.close();
    }

    private final class Counted extends JDKHttpConnection {
        Counted(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public int getResponseCode() throws IOException {
            lastStatus = super.getResponseCode();
            return lastStatus;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    count(read < 0 ? 0 : 1);
                    return read;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    count(Math.max(read, 0));
                    return read;
                }
            };
        }

        private void count(int read) throws IOException {
            if (bytes.addAndGet(read) > byteLimit) {
                throw new TooLargeException("more than " + (byteLimit >> 20) + " MB to download");
            }
        }
    }
}
