package dev.berth.activities.firewall;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sets a host's firewall and keeps it: compares it with the kernel's rules every few seconds, tells what somebody changed, and
 * puts it back. One process does this on a host: Berth's own on the hosts of an installation, the launcher on one machine.
 */
public final class FirewallKeeper implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Supplier<FirewallPlan> plan;
    private final Consumer<String> told;
    private final Optional<Path> file;
    private final CountDownLatch closed = new CountDownLatch(1);
    private FirewallReport report;

    /**
     * @param plan asked before each look, since a host's name servers change with its network
     * @param told sentences for the operator
     * @param file where the {@link FirewallReport} is kept; one that is there is continued
     */
    public FirewallKeeper(Supplier<FirewallPlan> plan, Consumer<String> told, Optional<Path> file) {
        this.plan = plan;
        this.told = told;
        this.file = file;
        this.report = file.flatMap(FirewallReport::read).orElse(FirewallReport.NONE);
    }

    /**
     * Makes it so; some milliseconds where it is so already.
     *
     * @throws FirewallException where the packet filter cannot be read or written
     */
    public synchronized void set() {
        if (closed.getCount() > 0) {
            new Firewall(plan.get()).apply();
            keep(report.asPlanned(Instant.now()));
        }
    }

    /**
     * Looks until it is closed, or the thread is interrupted. A look that fails is told and followed by the next.
     *
     * @throws FirewallException where the rules cannot be set in the first place
     */
    public void keep() throws InterruptedException {
        set();
        told.accept("the rules are in place");
        while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
            look();
        }
    }

    /** Whether the last look found the rules in place, or put them back. */
    public synchronized boolean inPlace() {
        return report.failure().isEmpty() && report.looked().isPresent();
    }

    private synchronized void look() {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            Firewall firewall = new Firewall(plan.get());
            List<String> deviations = firewall.deviations();
            if (deviations.isEmpty()) {
                keep(report.asPlanned(Instant.now()));
            } else {
                deviations.forEach(sentence -> told.accept(sentence + "; putting it right"));
                firewall.apply();
                keep(report.repaired(Instant.now(), String.join("; ", deviations)));
            }
        } catch (FirewallException | UncheckedIOException e) {
            String failure = String.valueOf(e.getMessage());
            told.accept(failure);
            keep(report.failed(Instant.now(), failure));
        }
    }

    private void keep(FirewallReport next) {
        report = next;
        file.ifPresent(next::write);
    }

    /** Looks no more, and waits for a look that goes on. The rules stay. */
    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            // A look in this moment has ended by now.
            file.ifPresent(report::write);
        }
    }
}
