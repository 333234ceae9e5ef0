package dev.berth.activities.firewall;

import dev.berth.domain.outbound.AddressRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * The name servers that the engine asks for containers: those of the host's {@code resolv.conf}, or behind systemd's stub the
 * ones that the stub asks. One on loopback is asked by the engine itself, in the host's network. Source: moby, {@code
 * libnetwork/resolvconf}.
 */
public final class HostResolvers {
    private static final Path STANDARD = Path.of("/etc/resolv.conf");
    private static final Path BEHIND_STUB = Path.of("/run/systemd/resolve/resolv.conf");
    private static final String STUB = "127.0.0.53";

    private HostResolvers() {}

    /** As they are now; they change with the network that a host is in. */
    public static List<AddressRange> read() {
        try {
            List<String> lines = Files.exists(STANDARD) ? Files.readAllLines(STANDARD) : List.of();
            boolean stub =
                    lines.stream().filter(line -> line.startsWith("nameserver")).allMatch(line -> line.contains(STUB));
            return of(stub && Files.exists(BEHIND_STUB) ? Files.readAllLines(BEHIND_STUB) : lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<AddressRange> of(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                // A link-local server is written with its interface, which no rule can say.
                .filter(words -> words[1].matches("[0-9a-fA-F.:]+"))
                .map(words -> AddressRange.of(words[1]))
                .filter(Predicate.not(range -> range.first().isLoopbackAddress()))
                .distinct()
                .toList();
    }
}
