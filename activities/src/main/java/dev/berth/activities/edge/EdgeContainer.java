package dev.berth.activities.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import dev.berth.activities.swarm.OrgNetworks;
import dev.berth.activities.swarm.RevisionNames;
import java.util.Optional;

/**
 * The edge's container: one Traefik, published on the host, that the engine itself starts again after a crash or a reboot,
 * whether Berth runs or not.
 */
public final class EdgeContainer {
    private static final String RECIPE = "berth.edge.recipe";
    private static final int STOP_SECONDS = 12;

    private final Engine engine;
    private final EdgeRecipe recipe;

    public EdgeContainer(Engine engine, EdgeRecipe recipe) {
        this.engine = engine;
        this.recipe = recipe;
    }

    /**
     * Makes it so: image imported, container of this recipe running and on every organisation's network. A container of
     * another recipe is replaced; one that runs already is left alone.
     */
    public void ensureRunning() {
        String image = EdgeImage.ensure(engine, recipe.traefik());
        ObjectNode body = body(image);
        String fingerprint = Integer.toHexString(body.toString().hashCode());
        ((ObjectNode) body.path("Labels")).put(RECIPE, fingerprint);
        Optional<JsonNode> present = inspect();
        if (present.isPresent() && !fingerprint.equals(recipeOf(present.get()))) {
            remove();
            present = Optional.empty();
        }
        if (present.isEmpty()) {
            engine.post("/containers/create?name=" + Engine.encode(recipe.container()), body);
        }
        // Answers 304 where it runs.
        engine.post("/containers/" + recipe.container() + "/start");
        new EdgeNetworks(engine, recipe.container()).join(new OrgNetworks(engine, recipe.instance()).all());
    }

    public boolean isRunning() {
        return inspect()
                .filter(container -> container.path("State").path("Running").asBoolean())
                .isPresent();
    }

    /** Lets requests end, then stops it; the engine does not start it again until {@link #ensureRunning()}. */
    public void stop() {
        ifPresent(() -> engine.post("/containers/" + recipe.container() + "/stop?t=" + STOP_SECONDS));
    }

    public void remove() {
        ifPresent(() -> engine.delete("/containers/" + recipe.container() + "?force=true&v=true"));
    }

    private void ifPresent(Runnable action) {
        try {
            action.run();
        } catch (EngineException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    private Optional<JsonNode> inspect() {
        try {
            return Optional.of(engine.get("/containers/" + recipe.container() + "/json"));
        } catch (EngineException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String recipeOf(JsonNode container) {
        return container.path("Config").path("Labels").path(RECIPE).asText();
    }

    private ObjectNode body(String image) {
        String port = EdgeRecipe.ENTRY_PORT + "/tcp";
        ObjectNode body = engine.object();
        body.put("Image", image);
        body.put("User", "65534:65534");
        ArrayNode command = body.putArray("Cmd");
        EdgeRecipe.arguments().forEach(command::add);
        body.putObject("Labels").put(RevisionNames.INSTANCE, recipe.instance());
        String control = EdgeRecipe.CONTROL_PORT + "/tcp";
        ObjectNode exposed = body.putObject("ExposedPorts");
        exposed.putObject(port);
        exposed.putObject(control);
        ObjectNode host = body.putObject("HostConfig");
        host.putArray("Binds").add(recipe.directory() + ":" + EdgeRecipe.WATCHED + ":ro");
        ObjectNode bindings = host.putObject("PortBindings");
        bindings.putArray(port)
                .addObject()
                .put("HostIp", recipe.bindAddress())
                .put("HostPort", Integer.toString(recipe.port()));
        bindings.putArray(control)
                .addObject()
                .put("HostIp", "127.0.0.1")
                .put("HostPort", Integer.toString(recipe.controlPort()));
        host.putObject("RestartPolicy").put("Name", "unless-stopped");
        // Names are the engine's own; nobody outside is asked for one that it does not know. The dial timeout ends the
        // wait.
        host.putArray("Dns").add("127.0.0.1");
        host.putArray("CapDrop").add("ALL");
        host.putArray("SecurityOpt").add("no-new-privileges");
        host.put("ReadonlyRootfs", true);
        ObjectNode log = host.putObject("LogConfig").put("Type", "json-file");
        log.putObject("Config").put("max-size", "10m").put("max-file", "2");
        return body;
    }
}
