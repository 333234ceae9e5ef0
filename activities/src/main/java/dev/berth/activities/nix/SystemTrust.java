package dev.berth.activities.nix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the authorities that this machine trusts, beside those of the Java runtime: a downloaded runtime brings a list of its
 * own and knows nothing of an organisation's mirror, which npm, pip and apt reach without trouble.
 */
final class SystemTrust {
    private static final List<Path> BUNDLES =
            List.of(Path.of("/etc/ssl/certs/ca-certificates.crt"), Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

    private SystemTrust() {}

    static SSLContext context() {
        try {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            List<Certificate> all = new ArrayList<>(runtimes());
            all.addAll(machines());
            for (int i = 0; i < all.size(); i++) {
                authorities.setCertificateEntry("authority-" + i, all.get(i));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(authorities), null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("Cannot read the machine's certificate authorities", broken);
        }
    }

    private static List<X509Certificate> runtimes() throws GeneralSecurityException {
        return Stream.of(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static List<Certificate> machines() throws GeneralSecurityException, IOException {
        for (Path bundle : BUNDLES) {
            if (Files.isReadable(bundle)) {
                try (InputStream text = Files.newInputStream(bundle)) {
                    return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(text));
                }
            }
        }
        return List.of();
    }

    /** @param authorities null means the runtime's own */
    private static TrustManager[] managers(@Nullable KeyStore authorities) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }
}
