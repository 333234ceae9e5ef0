package dev.berth.api.work;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.repeats.KeepsAnswer;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starting, stopping and sizing what is deployed. What each does in each state of the service: {@code docs/OPERATIONS.md}. */
@RestController
@RequestMapping("/api/containers/services/{serviceId}")
@Tag(name = "Services")
class LifecycleController {
    private static final int MOST = 100;

    private final Requests requests;
    private final CancelRequests cancels;

    LifecycleController(Requests requests, CancelRequests cancels) {
        this.requests = requests;
        this.cancels = cancels;
    }

    @PostMapping("/start")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "startService",
            summary = "Start a stopped service with the newest version that is kept; one that never ran is deployed")
    ResponseEntity<Accepted> start(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable Nothing body) {
        return requests.start(caller, serviceId).answer();
    }

    @PostMapping("/stop")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "stopService",
            summary = "Answer 503 for the service and scale it to zero; image and configuration are kept")
    ResponseEntity<Accepted> stop(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable Nothing body) {
        return requests.stop(caller, serviceId).answer();
    }

    @PostMapping("/restart")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "restartService",
            summary = "Deploy the image that serves once more, with the present configuration; nothing is built")
    ResponseEntity<Accepted> restart(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable Nothing body) {
        return requests.restart(caller, serviceId).answer();
    }

    @PostMapping("/scale")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(operationId = "scaleService", summary = "Change the number of replicas of what serves")
    ResponseEntity<Accepted> scale(
            @AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId, @RequestBody ScaleRequest body) {
        return requests.scale(caller, serviceId, body.wanted()).answer();
    }

    @PostMapping("/cancel")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "cancelService",
            summary = "End what waits and what runs for the service; a deployment in its soak is rolled back")
    ResponseEntity<Accepted> cancel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable Nothing body) {
        return cancels.cancel(caller, serviceId).answer();
    }

    /** Nothing to choose; unknown fields are refused all the same. */
    record Nothing() {}

    record ScaleRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "1", maximum = "100") @Nullable
            Integer replicas) {
        int wanted() {
            if (replicas == null) {
                throw new InvalidInputException(List.of(Violation.of("replicas", "is required")));
            }
            if (replicas < 1 || replicas > MOST) {
                throw new InvalidInputException(List.of(Violation.of(
                        "replicas",
                        "must be a whole number from 1 to %d; stop the service to run none".formatted(MOST))));
            }
            return replicas;
        }
    }
}
