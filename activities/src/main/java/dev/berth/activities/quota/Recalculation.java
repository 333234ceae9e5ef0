package dev.berth.activities.quota;

import dev.berth.activities.edge.LeaderLoop;
import dev.berth.store.Hosts;
import dev.berth.store.Hosts.Seen;
import dev.berth.store.Tenancy;
import dev.berth.store.Utilisation;
import dev.berth.store.Utilisation.Recalculated;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down every half minute what each organisation uses, raises and clears the events of those that come close to a limit,
 * and writes what the hosts have. One process of the platform does it.
 */
public final class Recalculation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recalculation.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final Tenancy tenancy;
    private final Utilisation utilisation;
    private final Hosts hosts;
    private final Supplier<List<Seen>> nodes;
    private final LeaderLoop loop;

    /** @param nodes the nodes of the Swarm as they are now */
    public Recalculation(DataSource source, Supplier<List<Seen>> nodes) {
        this(source, nodes, INTERVAL);
    }

    Recalculation(DataSource source, Supplier<List<Seen>> nodes, Duration interval) {
        this.tenancy = new Tenancy(source);
        this.utilisation = new Utilisation(source);
        this.hosts = new Hosts(source);
        this.nodes = nodes;
        this.loop = new LeaderLoop(LeaderLoop.Work.QUOTAS, source, interval, announced -> recalculate());
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }

    /** Hosts are looked at also where the sum cannot be made: with rows that are too old the API refuses nothing. */
    private void recalculate() {
        try {
            sumUp();
        } finally {
            refreshHosts();
        }
    }

    private void sumUp() {
        Recalculated done = tenancy.asPlatform("quota recalculation", utilisation::recalculate);
        if (done.raised() + done.cleared() > 0) {
            LOG.info("Limits of organisations: {} events raised, {} cleared", done.raised(), done.cleared());
        }
    }

    /** Where the engine does not answer the rows grow old, and nobody relies on them any more. */
    private void refreshHosts() {
        try {
            List<Seen> seen = nodes.get();
            tenancy.asPlatform("hosts", () -> hosts.refresh(seen));
        } catch (RuntimeException e) {
            LOG.warn("The hosts could not be looked at: {}", e.getMessage());
        }
    }
}
