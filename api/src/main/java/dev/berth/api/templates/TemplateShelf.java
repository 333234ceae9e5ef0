package dev.berth.api.templates;

import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.ProblemException;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Template;
import dev.berth.store.Templates;
import dev.berth.store.Tenancy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The platform's templates, the same for every organisation. */
@Component
class TemplateShelf {
    private final Tenancy tenancy;
    private final Templates templates;

    TemplateShelf(Tenancy tenancy, Templates templates) {
        this.tenancy = tenancy;
        this.templates = templates;
    }

    Page<TemplateView> page(Caller caller, PageRequest page) {
        List<Template> rows = tenancy.readInOrg(
                caller.organizationId(), () -> templates.page(Optional.empty(), page.after(), page.rows()));
        return Page.of(rows, page.limit(), row -> new Cursor(row.createdAt(), row.id()), TemplateShelf::view);
    }

    TemplateView get(Caller caller, UUID templateId) {
        return tenancy.readInOrg(caller.organizationId(), () -> templates.find(templateId))
                .map(TemplateShelf::view)
                .orElseThrow(() -> ProblemException.notFound("template"));
    }

    private static TemplateView view(Template row) {
        return new TemplateView(
                row.id(),
                row.slug(),
                row.name(),
                row.description(),
                row.category(),
                row.nixExpression(),
                BigDecimal.valueOf(row.defaultCpuMillis(), 3).stripTrailingZeros(),
                row.defaultMemoryMb(),
                row.defaultPort(),
                row.defaultEnv(),
                row.createdAt(),
                row.updatedAt());
    }
}
