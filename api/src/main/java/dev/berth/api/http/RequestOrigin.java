package dev.berth.api.http;

import java.net.InetAddress;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where the request that is being answered came from, as {@link ClientAddress} found out. */
@Component
public class RequestOrigin {
    /** What counts as one caller: an IPv4 address, a network of IPv6; empty outside a request. */
    public String customer() {
        return address()
                .map(InetAddress::getHostAddress)
                .map(ClientAddress::customer)
                .orElse("");
    }

    /** Empty outside a request. */
    public Optional<InetAddress> address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? ClientAddress.literal(current.getRequest().getRemoteAddr())
                : Optional.empty();
    }
}
