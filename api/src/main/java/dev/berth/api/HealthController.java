package dev.berth.api;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says that this process answers. It asks nobody else: restarting it because another part is down would help nothing. */
@RestController
@Tag(name = "Platform")
class HealthController {
    @GetMapping("/api/health")
    @Needs(Permission.NOTHING)
    @Operation(operationId = "getHealth", summary = "Whether the API answers")
    @SecurityRequirements
    HealthView health() {
        return new HealthView("up");
    }

    @Schema(name = "Health")
    record HealthView(String status) {}
}
