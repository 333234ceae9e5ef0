package dev.berth.activities.firewall;

import dev.berth.domain.outbound.AddressRange;
import dev.berth.domain.outbound.PublicInternet;
import dev.berth.settings.FirewallSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a host lets through that comes from containers. Traffic between tasks of one organisation stays inside its overlay
 * network and never passes here; everything else that a task sends leaves by {@code docker_gwbridge}, on which the tasks of
 * all organisations meet.
 *
 * @param bridges through which containers leave, such as {@code docker_gwbridge}
 * @param allowed what the operator lets apps reach beside the public Internet, such as a database in a private network; never
 *     an address of the host itself
 * @param resolvers the host's name servers, which the engine asks in a container's place and from its address: port 53 of them
 *     and no other
 * @param forbidden public addresses that are the platform's own: other hosts, the control plane
 */
public record FirewallPlan(
        List<String> bridges, List<AddressRange> allowed, List<AddressRange> resolvers, List<AddressRange> forbidden) {
    /** Where the tasks of every Swarm service get their way out. */
    public static final String SWARM_BRIDGE = "docker_gwbridge";

    /** Where plain containers are, such as the edge. */
    public static final String PLAIN_BRIDGE = "docker0";

    static final String INPUT = "BERTH-INPUT";
    static final String FORWARD = "BERTH-FORWARD";

    /** Made for rules that go before the engine's own, which the engine never touches. Source: Docker's documentation. */
    static final String USER = "DOCKER-USER";

    /** Marks the jump that we made where the engine keeps none. */
    static final String OUR_JUMP = "-m comment --comment berth -j " + USER;

    private static final Pattern INTERFACE = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,14}");
    private static final String REPLIES = "-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN";

    public FirewallPlan {
        bridges = List.copyOf(bridges);
        allowed = List.copyOf(allowed);
        resolvers = List.copyOf(resolvers);
        forbidden = List.copyOf(forbidden);
        for (String bridge : bridges) {
            if (!INTERFACE.matcher(bridge).matches()) {
                throw new IllegalArgumentException("Not a network interface: " + bridge);
            }
        }
    }

    /** With the host's name servers as they are now. */
    public static FirewallPlan of(FirewallSettings settings) {
        return new FirewallPlan(settings.bridges(), settings.allowed(), HostResolvers.read(), settings.forbidden());
    }

    /** The rules of {@value #INPUT}, as {@code iptables -S} prints them: from containers to the host's own addresses. */
    List<String> input(Family family) {
        List<String> rules = new ArrayList<>();
        rules.add(REPLIES);
        rules.addAll(names(family));
        if (family == Family.V6) {
            // Without neighbour discovery the bridge would carry no reply either.
            for (int type : new int[] {135, 136}) {
                rules.add("-p ipv6-icmp -m icmp6 --icmpv6-type " + type + " -j RETURN");
            }
        }
        rules.add(family.reject());
        return named(INPUT, rules);
    }

    /** The rules of {@value #FORWARD}: from containers to anything beyond their host, and to containers beside them. */
    List<String> forward(Family family) {
        List<String> rules = new ArrayList<>();
        rules.add(REPLIES);
        // Bridged packets come by here too. A refusal is an answer, and between tenants there is none.
        bridges.forEach(bridge -> rules.add("-o " + bridge + " -j DROP"));
        rules.addAll(names(family));
        of(family, allowed).forEach(range -> rules.add("-d " + range + " -j RETURN"));
        of(family, forbidden).forEach(range -> rules.add("-d " + range + " " + family.reject()));
        if (family == Family.V4) {
            PublicInternet.NOT_V4.forEach(range -> rules.add("-d " + range + " " + family.reject()));
        } else {
            PublicInternet.NOT_V6.forEach(range -> rules.add("-d " + range + " " + family.reject()));
            rules.add("! -d " + PublicInternet.V6 + " " + family.reject());
        }
        return named(FORWARD, rules);
    }

    private List<String> names(Family family) {
        return of(family, resolvers).stream()
                .flatMap(range -> Stream.of("udp", "tcp")
                        .map(protocol ->
                                "-d " + range + " -p " + protocol + " -m " + protocol + " --dport 53 -j RETURN"))
                .toList();
    }

    /** What leads from the kernel's chain into ours. */
    List<String> inputJumps() {
        return jumps("INPUT", INPUT);
    }

    List<String> forwardJumps() {
        return jumps(USER, FORWARD);
    }

    private List<String> jumps(String from, String to) {
        return named(
                from,
                bridges.stream().map(bridge -> "-i " + bridge + " -j " + to).toList());
    }

    private static List<String> named(String chain, List<String> rules) {
        return rules.stream().map(rule -> "-A " + chain + " " + rule).toList();
    }

    private static List<AddressRange> of(Family family, List<AddressRange> ranges) {
        Predicate<AddressRange> fits = range -> range.isV4() == (family == Family.V4);
        return ranges.stream().filter(fits).toList();
    }
}
