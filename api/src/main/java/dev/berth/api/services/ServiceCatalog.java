package dev.berth.api.services;

import dev.berth.api.access.Caller;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.domain.ServiceDraft;
import dev.berth.domain.ServiceState;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
class ServiceCatalog {
    Page<ServiceView> page(Caller caller, PageRequest page, Optional<ServiceState> status, Optional<String> search) {
        throw new UnsupportedOperationException();
    }

    ServiceView create(Caller caller, ServiceDraft draft) {
        throw new UnsupportedOperationException();
    }

    ServiceView get(Caller caller, UUID serviceId) {
        throw new UnsupportedOperationException();
    }

    ServiceView change(Caller caller, UUID serviceId, ServiceDraft draft) {
        throw new UnsupportedOperationException();
    }
}
