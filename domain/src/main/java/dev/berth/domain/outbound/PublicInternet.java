package dev.berth.domain.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are the public Internet's. One list for both that need it: what Berth connects to for a tenant, and what a
 * tenant's containers may reach.
 *
 * <p>Source: IANA's registries of special-purpose IPv4 and IPv6 addresses.
 */
public final class PublicInternet {
    /** IPv4 but for these is public. */
    public static final List<AddressRange> NOT_V4 = ranges(
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
    public static final AddressRange V6 = AddressRange.of("2000::/3");

    /** Inside of it: Teredo and other protocol assignments, documentation, 6to4 (which holds an IPv4 address). */
    public static final List<AddressRange> NOT_V6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private PublicInternet() {}

    public static boolean holds(InetAddress address) {
        return Stream.concat(NOT_V4.stream(), NOT_V6.stream()).noneMatch(range -> range.holds(address))
                && (address.getAddress().length == 4 || V6.holds(address));
    }

    private static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts).map(AddressRange::of).toList();
    }
}
