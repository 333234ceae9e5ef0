package dev.berth.api.http;

import java.net.InetAddress;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Where the request that is being answered came from, as {@link ClientAddress} found out. */
@Component
public class RequestOrigin {
    /** Empty outside a request. */
    public Optional<InetAddress> address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? ClientAddress.literal(current.getRequest().getRemoteAddr())
                : Optional.empty();
    }
}
