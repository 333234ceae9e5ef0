package dev.berth.api.people;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.Role;
import dev.berth.domain.Slug;
import dev.berth.settings.Settings;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Ids;
import dev.berth.store.Memberships;
import dev.berth.store.Organization;
import dev.berth.store.Organizations;
import dev.berth.store.People;
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
    private final People people;
    private final AuditTrail trail;
    private final int most;

    Founding(Organizations organizations, Memberships memberships, People people, AuditTrail trail, Settings settings) {
        this.organizations = organizations;
        this.memberships = memberships;
        this.people = people;
        this.trail = trail;
        this.most = settings.organizationsPerPerson();
    }

    /**
     * In the platform's transaction that is open.
     *
     * @throws ProblemException 409 where the founder owns as many as one person may
     */
    public Organization found(String name, Person founder) {
        requireFewer(founder);
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

    /** Each organisation has a quota of its own: without an end to them there is none to what a person takes. */
    private void requireFewer(Person founder) {
        if (founder.platformAdmin()) {
            return;
        }
        people.lock(founder.id());
        if (memberships.owned(founder.id()) >= most) {
            throw new ProblemException(Problem.of(
                    ProblemType.CONFLICT,
                    "You own %d organisations, as many as one person may found. Delete one, or leave one to another owner."
                            .formatted(most)));
        }
    }

    /** With random characters of the id behind it, which says nothing of who has the plain one. */
    private static String apart(String plain, UUID id) {
        String cut = plain.length() > 27 ? plain.substring(0, 27).replaceAll("-+$", "") : plain;
        return cut + "-" + id.toString().substring(24);
    }
}
