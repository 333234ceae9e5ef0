package dev.berth.api.findings;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.store.Cursor;
import dev.berth.store.Findings;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Findings, of all organisations and of none. */
@RestController
@RequestMapping("/api/admin/findings")
@Tag(name = "Platform")
class FindingController {
    private final Tenancy tenancy;
    private final Findings findings;

    FindingController(Tenancy tenancy, Findings findings) {
        this.tenancy = tenancy;
        this.findings = findings;
    }

    @GetMapping
    @Needs(Permission.OPERATE)
    @Operation(
            operationId = "listFindings",
            summary = "What reconciling found and did not repair, newest first; with open=true what is still seen")
    Page<FindingView> list(PageRequest page, @RequestParam Optional<Boolean> open) {
        List<Findings.Told> rows = tenancy.asPlatform("findings", () -> findings.page(open, page.after(), page.rows()));
        return Page.of(rows, page.limit(), row -> new Cursor(row.openedAt(), row.id()), FindingView::of);
    }
}
