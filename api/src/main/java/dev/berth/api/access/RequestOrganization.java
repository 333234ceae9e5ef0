package dev.berth.api.access;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.store.Caller;
import dev.berth.store.Memberships;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Finds the organisation that a request is about: the token's, else the one in the path, else the one in the header, else the
 * only one that the person belongs to. Asked on every request, so that who was removed is out at once.
 */
@Component
class RequestOrganization {
    static final String HEADER = "X-Berth-Org";

    private final Tenancy tenancy;
    private final Memberships memberships;

    RequestOrganization(Tenancy tenancy, Memberships memberships) {
        this.tenancy = tenancy;
        this.memberships = memberships;
    }

    /**
     * The caller in that organisation.
     *
     * @param inPath the id as the path has it
     * @param named id or slug as the header has it
     * @throws ProblemException 404 for an organisation that is none of the caller's, 400 where several could be meant, 403 where
     *     there is none
     */
    Caller enter(Caller caller, Optional<String> inPath, Optional<String> named) {
        Optional<Caller> entered = caller.membership().isPresent()
                ? Optional.of(caller)
                        .filter(limited -> inPath.or(() -> named)
                                .map(text -> isCalled(limited.membership().orElseThrow(), text))
                                .orElse(true))
                : inPath.or(() -> named)
                        .map(text -> find(caller, text).map(caller::in))
                        .orElseGet(() -> Optional.of(caller.in(only(caller))));
        return entered.orElseThrow(() -> ProblemException.notFound("organisation"));
    }

    /** The same where it can be known, for what tells callers about themselves. */
    Caller enterIfKnown(Caller caller, Optional<String> named) {
        if (caller.membership().isPresent()) {
            return caller;
        }
        if (named.isPresent()) {
            return enter(caller, Optional.empty(), named);
        }
        List<Caller.Membership> all = tenancy.asPlatform("access", () -> memberships.of(caller.userId(), 2));
        return all.size() == 1 ? caller.in(all.getFirst()) : caller;
    }

    private Optional<Caller.Membership> find(Caller caller, String text) {
        return tenancy.asPlatform(
                "access",
                () -> id(text).map(id -> memberships.find(id, caller.userId()))
                        .orElseGet(() -> memberships.findBySlug(text.replace("\0", ""), caller.userId())));
    }

    private Caller.Membership only(Caller caller) {
        List<Caller.Membership> all = tenancy.asPlatform("access", () -> memberships.of(caller.userId(), 2));
        if (all.isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN,
                    "You belong to no organisation; make one, or ask for an invitation to one."));
        }
        if (all.size() > 1) {
            throw new ProblemException(Problem.ofParameter(
                    HEADER, "is needed, with the id or slug of one of your organisations: you belong to several"));
        }
        return all.getFirst();
    }

    private static boolean isCalled(Caller.Membership membership, String text) {
        return id(text).map(membership.organizationId()::equals)
                .orElseGet(() -> membership.slug().equals(text));
    }

    static Optional<UUID> id(String text) {
        try {
            // fromString takes shorter forms too, which are no ids of ours.
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
