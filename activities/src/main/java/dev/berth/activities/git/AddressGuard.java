package dev.berth.activities.git;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says to which addresses Berth may connect for a tenant: those of the public Internet, and whatever the operator allows by
 * name. A host that resolves to a public and a private address is refused whole.
 *
 * <p>Source of the ranges: IANA's registries of special-purpose IPv4 and IPv6 addresses.
 */
public final class AddressGuard {
    private static final List<Range> NOT_PUBLIC_V4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    /** All other IPv6 is loopback, local, mapped, translated or unassigned. */
    private static final Range PUBLIC_V6 = Range.of("2000::/3");
    /** Inside of it: Teredo and other protocol assignments, documentation, 6to4 (which holds an IPv4 address). */
    private static final List<Range> NOT_PUBLIC_V6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** What some resolvers take for an IPv4 address: its last part is a number, decimal or hexadecimal. */
    private static final Pattern NUMBER_AT_END = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern PLAIN_V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private final Set<String> allowedHosts;
    private final Resolver resolver;

    /** @param allowedHosts {@code host} or {@code host:port}, as in GIT_ALLOWED_HOSTS */
    public AddressGuard(Set<String> allowedHosts) {
        this(allowedHosts, host -> List.of(InetAddress.getAllByName(host)));
    }

    AddressGuard(Set<String> allowedHosts, Resolver resolver) {
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
        if (!addresses.stream().allMatch(AddressGuard::isPublic)) {
            throw new AddressRefusedException("The host " + host + " is not on the public Internet.");
        }
        return addresses;
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? NOT_PUBLIC_V4.stream().noneMatch(range -> range.holds(bytes))
                : PUBLIC_V6.holds(bytes) && NOT_PUBLIC_V6.stream().noneMatch(range -> range.holds(bytes));
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(Range::of).toList();
    }

    /** Looks a host up; numbers are read as addresses. */
    @FunctionalInterface
    interface Resolver {
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }

    private record Range(InetAddress first, int bits) {
        static Range of(String text) {
            int slash = text.indexOf('/');
            return new Range(
                    InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        }

        boolean holds(byte[] address) {
            byte[] prefix = first.getAddress();
            int whole = bits / 8;
            int mask = 0xff << (8 - bits % 8) & 0xff;
            return prefix.length == address.length
                    && Arrays.equals(prefix, 0, whole, address, 0, whole)
                    && (mask == 0 || (prefix[whole] & mask) == (address[whole] & mask));
        }
    }
}
