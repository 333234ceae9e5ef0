package dev.berth.api.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Says on every answer, the container's own errors too, that this host and all below it are to be asked over https alone, for a
 * year: OWASP ASVS 5.0, 3.4.1. Only where people come by https; TLS itself is the proxy's, which is why the API says it whatever
 * the request came over.
 */
public final class StrictTransport extends ValveBase {
    static final String HEADER = "Strict-Transport-Security";
    static final String VALUE = "max-age=31536000; includeSubDomains";

    public StrictTransport() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        response.setHeader(HEADER, VALUE);
        getNext().invoke(request, response);
    }
}
