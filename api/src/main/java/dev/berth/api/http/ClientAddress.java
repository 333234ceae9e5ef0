package dev.berth.api.http;

import dev.berth.domain.AddressRange;
import dev.berth.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the caller's address and makes it the request's remote address. It is the peer's; only where the peer is a trusted proxy
 * does {@code X-Forwarded-For} count, read from its end up to the first address that is no trusted proxy. What stands before
 * that was written by the caller and proves nothing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ClientAddress extends OncePerRequestFilter {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    /** IPv6 gives a network of 64 bits to each customer. */
    private static final int CUSTOMER_BYTES = 8;

    private final Set<AddressRange> trusted;

    public ClientAddress(Settings settings) {
        this.trusted = settings.trustedProxies();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String peer = request.getRemoteAddr();
        List<String> hops = Collections.list(request.getHeaders(FORWARDED_FOR)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
        String caller = behind(peer, hops, trusted);
        chain.doFilter(caller.equals(peer) ? request : new From(request, caller), response);
    }

    /** @param hops as the header has them, the nearest last */
    static String behind(String peer, List<String> hops, Set<AddressRange> trusted) {
        String caller = peer;
        for (String hop : new ArrayList<>(hops).reversed()) {
            Optional<InetAddress> next = literal(hop);
            if (next.isEmpty()
                    || literal(caller)
                            .filter(address -> isTrusted(address, trusted))
                            .isEmpty()) {
                return caller;
            }
            caller = next.get().getHostAddress();
        }
        return caller;
    }

    private static boolean isTrusted(InetAddress address, Set<AddressRange> trusted) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** Empty for what is no address; never asks for a name. */
    static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What counts as one caller where callers are counted: an IPv4 address, a network of IPv6. */
    public static String customer(String address) {
        return literal(address)
                .filter(Inet6Address.class::isInstance)
                .map(six -> HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), CUSTOMER_BYTES)))
                .orElse(address);
    }

    private static final class From extends HttpServletRequestWrapper {
        private final String caller;

        From(HttpServletRequest request, String caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public String getRemoteAddr() {
            return caller;
        }
    }
}
