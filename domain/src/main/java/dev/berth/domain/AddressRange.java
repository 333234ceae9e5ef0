package dev.berth.domain;

import java.net.InetAddress;

/**
 * The IP addresses that share their first {@code bits}: {@code 10.0.0.0/8}, {@code 2001:db8::/32}; a single address has all.
 *
 * @param bits 0 to 32 for IPv4, to 128 for IPv6
 */
public record AddressRange(InetAddress first, int bits) {
    /** @throws IllegalArgumentException for more bits than the address has */
    public AddressRange {
        if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("Not a length of a prefix: " + bits);
        }
    }

    /** @throws IllegalArgumentException for what is neither an address nor one with a prefix length; names are not looked up */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int all = first.getAddress().length * Byte.SIZE;
        return new AddressRange(first, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((one[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
