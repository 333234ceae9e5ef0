package dev.berth.activities.swarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One task of a revision: one replica's one life.
 *
 * @param since when it got into its state, by its host's clock
 * @param error Swarm's explanation ({@code task: non-zero exit (1)}, {@code no suitable node (…)}); often empty
 * @param image reference by digest, as the task was created with
 * @param addresses its IPv4 addresses on overlay networks, without prefix length
 */
public record Task(
        String id,
        String serviceId,
        TaskState state,
        TaskState desired,
        Instant since,
        Optional<String> nodeId,
        Optional<String> containerId,
        OptionalInt exitCode,
        String error,
        String image,
        List<String> addresses) {
    public Task {
        requireNonNull(state, "state is null");
        requireNonNull(desired, "desired is null");
        addresses = List.copyOf(addresses);
    }

    /** Reads one element of {@code GET /tasks}. */
    static Task of(JsonNode json) {
        JsonNode status = json.path("Status");
        JsonNode container = status.path("ContainerStatus");
        return new Task(
                json.path("ID").asText(),
                json.path("ServiceID").asText(),
                TaskState.parse(status.path("State").asText()),
                TaskState.parse(json.path("DesiredState").asText()),
                Instant.parse(status.path("Timestamp").asText()),
                text(json.path("NodeID")),
                text(container.path("ContainerID")),
                container.has("ExitCode")
                        ? OptionalInt.of(container.path("ExitCode").asInt())
                        : OptionalInt.empty(),
                status.path("Err").asText(""),
                json.path("Spec").path("ContainerSpec").path("Image").asText(),
                addresses(json));
    }

    /** Whether it takes requests: healthy, and not asked to stop. A lost host's task says so too, until the host returns. */
    public boolean serves() {
        return state == TaskState.RUNNING && desired == TaskState.RUNNING;
    }

    /** Whether its process may be there: from when it was asked for until it was seen to have ended. */
    public boolean mayRun() {
        return !state.isOver();
    }

    private static List<String> addresses(JsonNode json) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode attachment : json.path("NetworksAttachments")) {
            for (JsonNode address : attachment.path("Addresses")) {
                String text = address.asText();
                int slash = text.indexOf('/');
                addresses.add(slash < 0 ? text : text.substring(0, slash));
            }
        }
        return addresses;
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.of(node.asText("")).filter(value -> !value.isEmpty());
    }
}
