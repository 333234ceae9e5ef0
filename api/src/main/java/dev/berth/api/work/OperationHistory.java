package dev.berth.api.work;

import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.ProblemException;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What became of requests. */
@Component
class OperationHistory {
    private final Tenancy tenancy;
    private final Services services;
    private final Operations operations;

    OperationHistory(Tenancy tenancy, Services services, Operations operations) {
        this.tenancy = tenancy;
        this.services = services;
        this.operations = operations;
    }

    OperationView get(Caller caller, UUID operationId) {
        return tenancy.readInOrg(caller.organizationId(), () -> operations.find(caller.organizationId(), operationId))
                .filter(operation -> caller.sees(operation.serviceId()))
                .map(OperationView::of)
                .orElseThrow(() -> ProblemException.notFound("operation"));
    }

    /** Newest first. */
    Page<OperationView> page(Caller caller, UUID serviceId, PageRequest page) {
        List<Operation> rows = tenancy.inOrg(caller.organizationId(), () -> {
            ServiceRef service = caller.service(serviceId);
            if (services.find(service).isEmpty()) {
                throw ProblemException.notFound("service");
            }
            return operations.page(service, page.after(), page.rows());
        });
        return Page.of(rows, page.limit(), row -> new Cursor(row.createdAt(), row.id()), OperationView::of);
    }
}
