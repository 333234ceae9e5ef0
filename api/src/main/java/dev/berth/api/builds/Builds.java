package dev.berth.api.builds;

import dev.berth.api.access.Caller;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
class Builds {
    Page<BuildView> page(Caller caller, UUID serviceId, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    BuildView get(Caller caller, UUID serviceId, UUID buildId) {
        throw new UnsupportedOperationException();
    }
}
