package dev.berth.api.services;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Needs.OneService;
import dev.berth.api.access.OneQuery;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.repeats.KeepsAnswer;
import dev.berth.api.work.Accepted;
import dev.berth.api.work.Requests;
import dev.berth.domain.ServiceState;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The services of the caller's organisation. */
@RestController
@RequestMapping("/api/containers/services")
@Tag(name = "Services")
class ServiceController {
    private final ServiceCatalog catalog;
    private final Requests requests;

    ServiceController(ServiceCatalog catalog, Requests requests) {
        this.catalog = catalog;
        this.requests = requests;
    }

    @GetMapping
    @OneQuery
    @Needs(value = Permission.READ, oneService = OneService.MINDED)
    @Operation(operationId = "listServices", summary = "Services, newest first")
    Page<ServiceView> list(
            @AuthenticationPrincipal Caller caller,
            PageRequest page,
            @RequestParam Optional<ServiceState> status,
            @RequestParam Optional<UUID> templateId,
            @RequestParam Optional<String> search) {
        return catalog.page(caller, page, status, templateId, search.map(SearchText::of));
    }

    @PostMapping
    @KeepsAnswer
    @Needs(Permission.DEPLOY)
    @Operation(operationId = "createService", summary = "Create a service; deploy starts it")
    ResponseEntity<ServiceView> create(@AuthenticationPrincipal Caller caller, @RequestBody CreateServiceRequest body) {
        ServiceView service = catalog.create(caller, body.draft());
        return ResponseEntity.created(URI.create(service.location()))
                .eTag(service.tag())
                .body(service);
    }

    @GetMapping("/{serviceId}")
    @OneQuery
    @Needs(Permission.READ)
    @Operation(operationId = "getService", summary = "One service")
    ResponseEntity<ServiceView> get(@AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId) {
        return tagged(catalog.get(caller, serviceId));
    }

    @PatchMapping("/{serviceId}")
    @Needs(Permission.DEPLOY)
    @Operation(
            operationId = "changeService",
            summary = "Change the fields that the body names; the next deploy brings them into effect")
    ResponseEntity<ServiceView> change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @Parameter(
                            required = true,
                            description = "The ETag of the service as it was read, its version in quotes, or *")
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody ChangeServiceRequest body) {
        return tagged(catalog.change(caller, serviceId, ifMatch, body.draft()));
    }

    private static ResponseEntity<ServiceView> tagged(ServiceView service) {
        return ResponseEntity.ok().eTag(service.tag()).body(service);
    }

    @DeleteMapping("/{serviceId}")
    @Needs(Permission.DEPLOY)
    @Operation(operationId = "deleteService", summary = "Remove a service with everything that it has")
    ResponseEntity<Accepted> delete(@AuthenticationPrincipal Caller caller, @PathVariable UUID serviceId) {
        return requests.delete(caller, serviceId).answer();
    }
}
