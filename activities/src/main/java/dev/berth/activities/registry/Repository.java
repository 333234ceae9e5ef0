package dev.berth.activities.registry;

import dev.berth.domain.ServiceRef;
import java.util.regex.Pattern;

/** A registry's name for the images of one service: lower-case parts between slashes. */
public record Repository(String name) {
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*");

    public Repository {
        if (name.length() > 255 || !FORMAT.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a repository of a registry: " + name);
        }
    }

    /** {@code ORGANIZATION/SERVICE}, both by id: a service that is renamed keeps its images. */
    public static Repository of(ServiceRef service) {
        return new Repository(service.organizationId() + "/" + service.serviceId());
    }
}
