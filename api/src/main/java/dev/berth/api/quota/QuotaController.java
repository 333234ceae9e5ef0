package dev.berth.api.quota;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.ProblemException;
import dev.berth.settings.Settings;
import dev.berth.store.Caller;
import dev.berth.store.Quotas;
import dev.berth.store.Tenancy;
import dev.berth.store.Utilisation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What the caller's organisation may have and has. */
@RestController
@Tag(name = "Organizations")
class QuotaController {
    private static final int EVENTS = 50;

    private final Tenancy tenancy;
    private final Quotas quotas;
    private final Utilisation utilisation;
    private final Settings settings;

    QuotaController(Tenancy tenancy, Quotas quotas, Utilisation utilisation, Settings settings) {
        this.tenancy = tenancy;
        this.quotas = quotas;
        this.utilisation = utilisation;
        this.settings = settings;
    }

    @GetMapping("/api/orgs/{organizationId}/quota")
    @Needs(Permission.READ)
    @Operation(
            operationId = "getQuota",
            summary = "Limits, use as it was summed up within the last half minute, and what came close to a limit")
    QuotaView get(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId) {
        return tenancy.inOrg(
                caller.organizationId(),
                () -> QuotaView.of(
                        quotas.find(organizationId).orElseThrow(() -> ProblemException.notFound("organisation")),
                        quotas.limits(organizationId).orElseThrow(),
                        utilisation.summary(organizationId).orElseThrow(),
                        settings.volumes(),
                        utilisation.events(organizationId, EVENTS)));
    }
}
