package dev.berth.activities.reconcile;

import dev.berth.activities.edge.EdgeNetworks;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import dev.berth.activities.swarm.OrgNetworks;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps the edge on every organisation's network: a container that was made anew is on none of them, and answers for no app. For
 * one thread.
 */
public final class EdgeReach {
    /** A thousand networks take a quarter of an hour; the caller has other work, too, and calls again. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final EdgeNetworks edge;
    private final OrgNetworks networks;
    private final Consumer<String> told;
    /** The sentences of the last call: what lasts is told once. */
    private Set<String> last = Set.of();

    /**
     * @param container name of the edge's container
     * @param told sentences for the operator
     */
    public EdgeReach(Engine engine, String instance, String container, Consumer<String> told) {
        this.edge = new EdgeNetworks(engine, container);
        this.networks = new OrgNetworks(engine, instance);
        this.told = told;
    }

    /**
     * Joins the networks that the edge is not on; two questions to the engine where it is on all of them. What fails is told, stops
     * nothing else and is tried again by the next call.
     */
    public void restore() {
        Set<String> sentences = new LinkedHashSet<>();
        try {
            long until = System.nanoTime() + AT_ONCE.toNanos();
            for (String network : edge.missing(networks.all())) {
                if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
                    break;
                }
                sentences.add(join(network));
            }
        } catch (EngineException e) {
            sentences.add("The edge cannot be put on the organisations' networks now: " + e.getMessage());
        }
        sentences.stream().filter(sentence -> !last.contains(sentence)).forEach(told);
        last = sentences;
    }

    private String join(String network) {
        try {
            edge.join(network);
            return "The edge was not on network " + network + ", and is now.";
        } catch (EngineException e) {
            return "The edge cannot be put on network " + network + " now: " + e.getMessage();
        }
    }
}
