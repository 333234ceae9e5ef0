package dev.berth.api.work;

import dev.berth.store.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a request whose work goes on: it is queued in the rows and survives everything from here on.
 *
 * @param operationId to ask after it
 * @param deploymentId what it makes or goes back to; null for a delete
 */
@Schema(name = "Accepted")
public record Accepted(UUID operationId, @Nullable UUID deploymentId) {
    static Accepted of(Operation queued) {
        return new Accepted(queued.id(), queued.deploymentId().orElse(null));
    }

    public ResponseEntity<Accepted> answer() {
        return ResponseEntity.accepted().location(URI.create(location())).body(this);
    }

    /** Where to ask after it. */
    String location() {
        return "/api/containers/operations/" + operationId;
    }
}
