package dev.berth.activities.firewall;

/** The two packet filters of a host, each with commands of its own. */
enum Family {
    V4("iptables", "icmp-admin-prohibited"),
    V6("ip6tables", "icmp6-adm-prohibited");

    private final String tool;
    private final String refusal;

    Family(String tool, String refusal) {
        this.tool = tool;
        this.refusal = refusal;
    }

    /** The command that lists rules. */
    String tool() {
        return tool;
    }

    /** The command that changes many rules in one step. */
    String restore() {
        return tool + "-restore";
    }

    /**
     * The target that refuses. The sender is told ("no route to host"), at the same speed whether something listens there or
     * not: the developer of an app learns at once what a silent drop would show as a timeout.
     */
    String reject() {
        return "-j REJECT --reject-with " + refusal;
    }
}
