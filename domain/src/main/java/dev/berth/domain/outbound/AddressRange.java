package dev.berth.domain.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IP addresses in CIDR notation, {@code 10.0.0.0/8} or {@code 2001:db8::/32}. Never a host name: nothing is looked
 * up.
 *
 * @param first its lowest address
 * @param bits length of the prefix that all its addresses share
 */
public record AddressRange(InetAddress first, int bits) {
    public AddressRange {
        byte[] address = first.getAddress();
        if (bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException("Not a prefix length of " + first.getHostAddress() + ": " + bits);
        }
        if (!Arrays.equals(address, masked(address, bits))) {
            throw new IllegalArgumentException(
                    "Not the first address of its block: " + first.getHostAddress() + "/" + bits);
        }
    }

    /** @param text a block, or one address alone */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        try {
            InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            return new AddressRange(
                    first, slash < 0 ? first.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Not a block of addresses: " + text, e);
        }
    }

    public boolean isV4() {
        return first instanceof Inet4Address;
    }

    public boolean holds(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == first.getAddress().length && Arrays.equals(first.getAddress(), masked(bytes, bits));
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] &= (byte) (0xff << (8 - kept));
        }
        return masked;
    }

    /** CIDR notation, as packet filters print it. */
    @Override
    public String toString() {
        return (isV4() ? first.getHostAddress() : shortest(first)) + "/" + bits;
    }

    /** The canonical form with the longest run of zeros left out (RFC 5952). */
    private static String shortest(InetAddress address) {
        String[] groups = address.getHostAddress().split(":");
        int from = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        if (from < 0) {
            return String.join(":", groups);
        }
        return String.join(":", Arrays.copyOfRange(groups, 0, from)) + "::"
                + String.join(":", Arrays.copyOfRange(groups, from + length, groups.length));
    }
}
