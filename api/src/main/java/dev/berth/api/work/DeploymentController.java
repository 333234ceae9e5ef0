package dev.berth.api.work;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.repeats.KeepsAnswer;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was and is asked to run for a service. */
@RestController
@RequestMapping("/api/containers/services/{serviceId}")
@Tag(name = "Deployments")
class DeploymentController {
    private final DeploymentHistory deployments;
    private final Requests requests;
    private final CanaryRequests canaries;
    private final ApprovalRequests approvals;

    DeploymentController(
            DeploymentHistory deployments, Requests requests, CanaryRequests canaries, ApprovalRequests approvals) {
        this.deployments = deployments;
        this.requests = requests;
        this.canaries = canaries;
        this.approvals = approvals;
    }

    @PostMapping("/deploy")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "deployService",
            summary = "Build the branch's present commit where it is not built, and run it")
    ResponseEntity<Accepted> deploy(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable DeployRequest body) {
        return requests.deploy(caller, serviceId).answer();
    }

    @PostMapping("/rebuild")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(operationId = "rebuildService", summary = "Build the branch's present commit in any case, and run it")
    ResponseEntity<Accepted> rebuild(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable DeployRequest body) {
        return requests.rebuild(caller, serviceId).answer();
    }

    @PostMapping("/rollback")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "rollBackService",
            summary = "Put the traffic on a retained deployment, by default the newest that is not current")
    ResponseEntity<Accepted> rollBack(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @RequestBody(required = false) @Nullable RollBackRequest body) {
        return requests.rollBack(caller, serviceId, Optional.ofNullable(body).flatMap(RollBackRequest::target))
                .answer();
    }

    @GetMapping("/deployments")
    @Needs(Permission.READ)
    @Operation(operationId = "listDeployments", summary = "Deployments, newest first")
    Page<DeploymentView> list(@AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId, PageRequest page) {
        return deployments.page(caller, serviceId, page);
    }

    @GetMapping("/deployments/{deploymentId}")
    @Needs(Permission.READ)
    @Operation(operationId = "getDeployment", summary = "One deployment with its steps")
    DeploymentView get(
            @AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId, @PathVariable UUID deploymentId) {
        return deployments.get(caller, serviceId, deploymentId);
    }

    @PostMapping("/deployments/{deploymentId}/promote")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(operationId = "promoteDeployment", summary = "Put all of the traffic on a canary")
    ResponseEntity<Accepted> promote(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID deploymentId,
            @RequestBody(required = false) @Nullable DeployRequest body) {
        return canaries.promote(caller, serviceId, deploymentId).answer();
    }

    @PostMapping("/deployments/{deploymentId}/abort")
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "abortDeployment",
            summary = "Take its part of the traffic from a canary and remove it; what served before serves all again")
    ResponseEntity<Accepted> abort(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID deploymentId,
            @RequestBody(required = false) @Nullable DeployRequest body) {
        return canaries.abort(caller, serviceId, deploymentId).answer();
    }

    @PostMapping("/deployments/{deploymentId}/approve")
    @KeepsAnswer
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "approveDeployment",
            summary = "Let a deployment go on that waits for an approval: at once, or when its window opens")
    ResponseEntity<Accepted> approve(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID deploymentId,
            @RequestBody(required = false) @Nullable DeployRequest body) {
        return approvals.approve(caller, serviceId, deploymentId).answer();
    }

    @PostMapping("/deployments/{deploymentId}/reject")
    @KeepsAnswer
    @Needs(Permission.ADMINISTER)
    @Operation(operationId = "rejectDeployment", summary = "End a deployment that waits for an approval")
    ResponseEntity<Accepted> reject(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID deploymentId,
            @RequestBody(required = false) @Nullable DeployRequest body) {
        return approvals.reject(caller, serviceId, deploymentId).answer();
    }

    /** Nothing to choose yet; unknown fields are refused all the same. */
    record DeployRequest() {}

    record RollBackRequest(@Nullable UUID deploymentId) {
        Optional<UUID> target() {
            return Optional.ofNullable(deploymentId);
        }
    }
}
