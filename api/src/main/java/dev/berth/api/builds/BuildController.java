package dev.berth.api.builds;

import dev.berth.api.access.Needs;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was built for a service. */
@RestController
@RequestMapping("/api/containers/services/{serviceId}/builds")
@Tag(name = "Builds")
class BuildController {
    private final BuildHistory builds;

    BuildController(BuildHistory builds) {
        this.builds = builds;
    }

    @GetMapping
    @Needs(Permission.READ)
    @Operation(operationId = "listBuilds", summary = "Builds, newest first")
    Page<BuildView> list(@AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId, PageRequest page) {
        return builds.page(caller, serviceId, page);
    }

    @GetMapping("/{buildId}")
    @Needs(Permission.READ)
    @Operation(operationId = "getBuild", summary = "One build with its steps")
    BuildView get(@AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId, @PathVariable UUID buildId) {
        return builds.get(caller, serviceId, buildId);
    }
}
