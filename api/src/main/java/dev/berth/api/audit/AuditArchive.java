package dev.berth.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.store.Audit;
import dev.berth.store.AuditEvent;
import dev.berth.store.AuditHead;
import dev.berth.store.AuditVerifier;
import dev.berth.store.Cursor;
import dev.berth.store.Tenancy;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads audit trails. A whole one is read in parts, each in a short transaction of its own: memory stays bounded, and a slow
 * reader holds no connection. The parts fit together, since nothing in a trail ever changes.
 */
@Component
class AuditArchive {
    static final String LINES = "application/x-ndjson";
    private static final int PART = 500;

    private final Tenancy tenancy;
    private final Audit audit;
    private final JsonMapper json;

    AuditArchive(Tenancy tenancy, Audit audit, JsonMapper json) {
        this.tenancy = tenancy;
        this.audit = audit;
        this.json = json;
    }

    Page<AuditEventView> page(UUID organizationId, Audit.Filter filter, PageRequest page) {
        List<AuditEvent> rows =
                tenancy.readInOrg(organizationId, () -> audit.page(organizationId, filter, page.after(), page.rows()));
        return Page.of(rows, page.limit(), event -> new Cursor(event.at(), event.id()), AuditEventView::of);
    }

    /** Up to the head as it was when the export began; the head comes last. */
    void export(UUID organizationId, HttpServletResponse response) throws IOException {
        AuditHead head = tenancy.inOrg(organizationId, () -> audit.head(organizationId));
        response.setContentType(LINES);
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.ndjson\"");
        OutputStream out = response.getOutputStream();
        walk(organizationId, head.sequence(), event -> line(out, AuditEventView.of(event)));
        line(out, Map.of("head", head));
    }

    private void line(OutputStream out, Object value) throws IOException {
        out.write(json.writeValueAsBytes(value));
        out.write("\n".getBytes(UTF_8));
    }

    AuditVerificationView verify(UUID organizationId) {
        AuditHead head = tenancy.inOrg(organizationId, () -> audit.end(organizationId));
        AuditVerifier verifier = new AuditVerifier();
        walk(organizationId, head.sequence(), verifier::accept);
        AuditVerifier.Verdict verdict = verifier.against(head);
        return new AuditVerificationView(
                verdict.events(),
                verdict.isIntact(),
                verdict.firstBroken().isPresent() ? verdict.firstBroken().getAsLong() : null,
                head.hash());
    }

    private <E extends Exception> void walk(UUID organizationId, long last, Step<E> step) throws E {
        long sequence = 0;
        while (sequence < last) {
            long behind = sequence;
            List<AuditEvent> part = tenancy.inOrg(organizationId, () -> audit.after(organizationId, behind, PART));
            for (AuditEvent event : part) {
                if (event.sequence() <= last) {
                    step.take(event);
                }
            }
            if (part.isEmpty()) {
                return;
            }
            sequence = part.getLast().sequence();
        }
    }

    private interface Step<E extends Exception> {
        void take(AuditEvent event) throws E;
    }
}
