package dev.berth.api.templates;

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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What services can be made from. */
@RestController
@RequestMapping("/api/templates")
@Tag(name = "Templates")
class TemplateController {
    private final TemplateShelf shelf;

    TemplateController(TemplateShelf shelf) {
        this.shelf = shelf;
    }

    @GetMapping
    @OneQuery
    @Needs(value = Permission.READ, oneService = OneService.MINDED)
    @Operation(operationId = "listTemplates", summary = "Templates, newest first")
    Page<TemplateView> list(@AuthenticationPrincipal Caller caller, PageRequest page) {
        return shelf.page(caller, page);
    }

    @GetMapping("/{templateId}")
    @OneQuery
    @Needs(value = Permission.READ, oneService = OneService.MINDED)
    @Operation(operationId = "getTemplate", summary = "One template")
    TemplateView get(@AuthenticationPrincipal Caller caller, @PathVariable UUID templateId) {
        return shelf.get(caller, templateId);
    }
}
