package dev.berth.api.work;

import dev.berth.api.access.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Queues what callers ask of a service: rows first, in one transaction; then a word to the workflow that works them off. */
@Component
public class Requests {
    public Accepted deploy(Caller caller, UUID serviceId) {
        throw new UnsupportedOperationException();
    }

    public Accepted rebuild(Caller caller, UUID serviceId) {
        throw new UnsupportedOperationException();
    }

    public Accepted rollBack(Caller caller, UUID serviceId, Optional<UUID> target) {
        throw new UnsupportedOperationException();
    }

    public Accepted delete(Caller caller, UUID serviceId) {
        throw new UnsupportedOperationException();
    }

    OperationView get(Caller caller, UUID operationId) {
        throw new UnsupportedOperationException();
    }
}
