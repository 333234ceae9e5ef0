package dev.berth.api.work;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Needs.OneService;
import dev.berth.api.access.OneQuery;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of an accepted request. */
@RestController
@Tag(name = "Operations")
class OperationController {
    private final OperationHistory operations;

    OperationController(OperationHistory operations) {
        this.operations = operations;
    }

    @GetMapping("/api/containers/operations/{operationId}")
    @OneQuery
    @Needs(value = Permission.READ, oneService = OneService.MINDED)
    @Operation(operationId = "getOperation", summary = "One operation; it outlives its service")
    OperationView get(@AuthenticationPrincipal Caller caller, @PathVariable UUID operationId) {
        return operations.get(caller, operationId);
    }

    @GetMapping("/api/containers/services/{serviceId}/operations")
    @Needs(Permission.READ)
    @Operation(operationId = "listOperations", summary = "What was asked of a service, newest first")
    Page<OperationView> list(@AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId, PageRequest page) {
        return operations.page(caller, serviceId, page);
    }
}
