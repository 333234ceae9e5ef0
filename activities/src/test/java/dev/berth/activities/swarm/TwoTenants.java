package dev.berth.activities.swarm;

import dev.berth.activities.TestImage;
import dev.berth.activities.firewall.Firewall;
import dev.berth.activities.firewall.FirewallPlan;
import dev.berth.activities.firewall.HostResolvers;
import dev.berth.domain.DeploymentRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two organisations on one engine, and the firewall that their hosts have. */
final class TwoTenants implements AutoCloseable {
    static final int PORT = TestSwarm.PORT;
    static final long MEMORY = 64L << 20;

    final TestSwarm mallory = new TestSwarm();
    final TestSwarm alice = new TestSwarm();
    final TestImage image;
    private final boolean ownFirewall;

    TwoTenants() throws Exception {
        image = TestImage.push("test/app");
        // Where the launcher runs the stack, it keeps the firewall; beside a bare engine it is ours to set.
        ownFirewall = !Firewall.present();
        if (ownFirewall) {
            new Firewall(new FirewallPlan(
                            List.of(FirewallPlan.SWARM_BRIDGE), List.of(), HostResolvers.read(), List.of()))
                    .apply();
        }
    }

    /** A healthy app of that tenant, known as {@code slug} in its network, and a shell in it. */
    Intruder app(TestSwarm tenant, String slug, Map<String, String> env) {
        return app(tenant, slug, env, MEMORY);
    }

    Intruder app(TestSwarm tenant, String slug, Map<String, String> env, long memoryBytes) {
        DeploymentRef deployment = tenant.deployment();
        RevisionSpec spec = new RevisionSpec(
                tenant.instance,
                deployment,
                slug,
                image.reference(),
                env,
                PORT,
                "/",
                1,
                500,
                memoryBytes,
                Duration.ofSeconds(60),
                Optional.empty());
        tenant.create(spec);
        String container = tenant.awaitHealthy(spec, image)
                .tasks()
                .getFirst()
                .containerId()
                .orElseThrow();
        return new Intruder(tenant.engine, container);
    }

    @Override
    public void close() throws Exception {
        try {
            mallory.close();
            alice.close();
        } finally {
            if (ownFirewall) {
                Firewall.remove();
            }
        }
    }
}
