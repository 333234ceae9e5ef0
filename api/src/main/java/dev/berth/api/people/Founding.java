package dev.berth.api.people;

import dev.berth.api.audit.AuditTrail;
import dev.berth.domain.Role;
import dev.berth.domain.Slug;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Ids;
import dev.berth.store.Memberships;
import dev.berth.store.Organization;
import dev.berth.store.Organizations;
import dev.berth.store.Person;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes an organisation whose first owner is the person who makes it. */
@Component
public class Founding {
    private final Organizations organizations;
    private final Memberships memberships;
    private final AuditTrail trail;

    Founding(Organizations organizations, Memberships memberships, AuditTrail trail) {
        this.organizations = organizations;
        this.memberships = memberships;
        this.trail = trail;
    }

    /** In the platform's transaction that is open. */
    public Organization found(String name, Person founder) {
        UUID id = Ids.next();
        String plain = Slug.suggestedBy(name).map(Slug::value).orElse("org");
        if (!organizations.insertIfFree(id, name, plain)) {
            organizations.insert(id, name, apart(plain, id));
        }
        memberships.insert(id, founder.id(), Role.OWNER);
        trail.done(
                id,
                trail.person(founder.id(), founder.email()),
                "organization.create",
                new Subject("organization", Optional.of(id), name),
                Map.of());
        return organizations.find(id).orElseThrow();
    }

    /** With random characters of the id behind it, which says nothing of who has the plain one. */
    private static String apart(String plain, UUID id) {
        String cut = plain.length() > 27 ? plain.substring(0, 27).replaceAll("-+$", "") : plain;
        return cut + "-" + id.toString().substring(24);
    }
}
