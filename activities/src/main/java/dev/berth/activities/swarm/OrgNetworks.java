package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One overlay network per organisation: what keeps tenants from reaching one another. Its subnet, a /24, is Swarm's choice. */
public final class OrgNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(OrgNetworks.class);

    private final Engine engine;
    private final String instance;

    public OrgNetworks(Engine engine, String instance) {
        this.engine = engine;
        this.instance = instance;
    }

    /**
     * The id of the organisation's network, which is made where it is missing.
     *
     * @throws NetworksExhausted when Swarm's address pool has no subnet left, or this network hardly an address
     */
    public String ensure(UUID organizationId) {
        String name = RevisionNames.networkName(organizationId);
        String id = find(name).orElseGet(() -> create(name, organizationId));
        AddressSpace space = AddressSpace.of(engine);
        space.warnings().forEach(LOG::warn);
        if (Optional.ofNullable(space.use().get(id))
                .filter(AddressSpace.Use::full)
                .isPresent()) {
            throw new NetworksExhausted("The organisation's network has no address left for another deployment");
        }
        return id;
    }

    private String create(String name, UUID organizationId) {
        ObjectNode network = Engine.JSON.createObjectNode();
        network.put("Name", name).put("Driver", "overlay").put("CheckDuplicate", true);
        // The edge is a plain container, which may only join an attachable network.
        network.put("Attachable", true);
        network.putObject("Labels")
                .put(RevisionNames.INSTANCE, instance)
                .put(RevisionNames.ORGANIZATION, organizationId.toString());
        try {
            return engine.post("/networks/create", network).path("Id").asText();
        } catch (EngineException e) {
            if (e.isConflict()) {
                return find(name).orElseThrow(() -> e);
            }
            if (e.getMessage().contains("available")) {
                throw new NetworksExhausted(e);
            }
            throw e;
        }
    }

    /** The id of the organisation's network, where it has one. */
    public Optional<String> find(UUID organizationId) {
        return find(RevisionNames.networkName(organizationId));
    }

    /** The ids of every organisation's network of this installation. */
    public List<String> all() {
        List<String> ids = new ArrayList<>();
        list(Map.of("label", List.of(RevisionNames.INSTANCE + "=" + instance)))
                .forEach(network -> ids.add(network.path("Id").asText()));
        return ids;
    }

    /** Removes the network; refused by the engine, as an {@link EngineException}, while a task is still on it. */
    public void remove(UUID organizationId) {
        find(organizationId).ifPresent(id -> engine.delete("/networks/" + id));
    }

    private Optional<String> find(String name) {
        for (JsonNode network : list(Map.of("name", List.of(name)))) {
            // The filter finds parts of names too.
            if (network.path("Name").asText().equals(name)) {
                return Optional.of(network.path("Id").asText());
            }
        }
        return Optional.empty();
    }

    private JsonNode list(Map<String, List<String>> conditions) {
        return engine.get("/networks?" + Engine.filters(conditions));
    }

    /** The pool that the Swarm was made with is used up. */
    public static final class NetworksExhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NetworksExhausted(EngineException cause) {
            super("Swarm's address pool has no subnet left", cause);
        }

        NetworksExhausted(String sentence) {
            super(sentence);
        }

        public Failure failure() {
            if (getCause() == null) {
                return Failure.of(
                        FailureCode.NETWORK_FULL,
                        "Your organisation's network has no address left for another deployment.",
                        "Remove services that you no longer need, or use fewer replicas.");
            }
            return Failure.of(
                            FailureCode.NETWORK_FULL,
                            "The platform has no network left for your organisation.",
                            "Ask the platform's operator to remove unused organisations or to make a larger address pool.")
                    .withEvidence(String.valueOf(getCause().getMessage()));
        }
    }
}
