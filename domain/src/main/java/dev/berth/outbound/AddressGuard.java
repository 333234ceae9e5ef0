package dev.berth.outbound;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.outbound.PublicInternet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says to which addresses Berth may connect for a tenant: those of the public Internet, and whatever the operator allows by
 * name. A host that resolves to a public and a private address is refused whole.
 */
public final class AddressGuard {
    /** What some resolvers take for an IPv4 address: its last part is a number, decimal or hexadecimal. */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern PLAIN_V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private final Set<String> allowedHosts;
    private final Resolver resolver;

    /** @param allowedHosts {@code host} or {@code host:port}, as in GIT_ALLOWED_HOSTS */
    public AddressGuard(Set<String> allowedHosts) {
        this(allowedHosts, host -> List.of(InetAddress.getAllByName(host)));
    }

    /** @param resolver in place of the machine's own */
    public AddressGuard(Set<String> allowedHosts, Resolver resolver) {
        this.allowedHosts = allowedHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.resolver = requireNonNull(resolver, "resolver is null");
    }

    /**
     * The addresses that stand behind a host now. Connect to one of these and to nothing that a later look-up says.
     *
     * @throws AddressRefusedException when one of them is not public and the host is not allowed by name
     * @throws UnknownHostException when there is none
     */
    public List<InetAddress> admit(String host, int port) throws UnknownHostException, AddressRefusedException {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        if (allowedHosts.contains(name) || allowedHosts.contains(name + ":" + port)) {
            return resolver.addressesOf(name);
        }
        if (name.contains("%")
                || NUMBER_AT_END.matcher(name).matches()
                        && !PLAIN_V4.matcher(name).matches()) {
            throw new AddressRefusedException("The host " + host + " is a disguised address.");
        }
        List<InetAddress> addresses = resolver.addressesOf(name);
        if (!addresses.stream().allMatch(PublicInternet::holds)) {
            throw new AddressRefusedException("The host " + host + " is not on the public Internet.");
        }
        return addresses;
    }

    /** Looks a host up; numbers are read as addresses. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }
}
