package dev.berth.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens a connection to a host at one of the addresses that the guard admitted. The host is looked up once, so a name that
 * says something else a moment later (DNS rebinding) leads nowhere.
 */
public final class AdmittedSocket {
    private AdmittedSocket() {}

    /**
     * The first of the admitted addresses that answers.
     *
     * @param limit for connecting to each address, and from then on for each read
     * @throws AddressRefusedException when the host is not the public Internet's
     */
    public static Socket open(AddressGuard guard, String host, int port, Duration limit) throws IOException {
        int millis = Math.toIntExact(limit.toMillis());
        IOException last = new IOException("The host " + host + " has no address");
        for (InetAddress address : guard.admit(host, port)) {
            Socket socket = new Socket(java.net.Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, port), millis);
                socket.setSoTimeout(millis);
                return socket;
            } catch (IOException failed) {
                socket.close();
                last = failed;
            }
        }
        throw last;
    }

    /** As {@link #open}, with TLS spoken and the certificate checked against the host's name. */
    public static SSLSocket openTls(AddressGuard guard, String host, int port, Duration limit) throws IOException {
        Socket plain = open(guard, host, port, limit);
        try {
            SSLSocket socket = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }
}
