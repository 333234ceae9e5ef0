package dev.berth.api.people;

import dev.berth.api.http.Allowances;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.http.RequestOrigin;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * How often somebody may try to prove who they are: from one address, and for one account wherever they are. Whether there is
 * such an account makes no difference.
 */
@Component
class Attempts {
    /** For one account. A hundred thousand passwords take a fortnight. */
    static final int OF_ACCOUNT_PER_MINUTE = 5;

    static final int OF_ADDRESS_PER_MINUTE = 30;

    private static final int KNOWN = 50_000;

    private final Allowances accounts;
    private final Allowances addresses;
    private final RequestOrigin origin;

    Attempts(RequestOrigin origin, Clock clock) {
        this.origin = origin;
        this.accounts = new Allowances(OF_ACCOUNT_PER_MINUTE, KNOWN, clock);
        this.addresses = new Allowances(OF_ADDRESS_PER_MINUTE, KNOWN, clock);
    }

    /** @throws ProblemException 429 with Retry-After where there were too many from this address */
    void countAddress() {
        String address = origin.address().map(InetAddress::getHostAddress).orElse("");
        addresses.take(address).ifPresent(Attempts::refuse);
    }

    /**
     * @param account an e-mail address or an id
     * @throws ProblemException 429 with Retry-After where there were too many for this account or from this address
     */
    void count(String account) {
        countAddress();
        accounts.take(account).ifPresent(Attempts::refuse);
    }

    private static void refuse(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds() + 1);
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getResponse() != null) {
            current.getResponse().setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        throw new ProblemException(Problem.of(
                ProblemType.TOO_MANY_REQUESTS, "There were too many attempts. Try again in %d s.".formatted(seconds)));
    }
}
