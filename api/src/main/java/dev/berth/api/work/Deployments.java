package dev.berth.api.work;

import dev.berth.api.access.Caller;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
class Deployments {
    Page<DeploymentView> page(Caller caller, UUID serviceId, PageRequest page) {
        throw new UnsupportedOperationException();
    }

    DeploymentView get(Caller caller, UUID serviceId, UUID deploymentId) {
        throw new UnsupportedOperationException();
    }
}
