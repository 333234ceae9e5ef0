package dev.berth.api.organizations;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.organizations.InvitationController.InvitationView;
import dev.berth.api.people.Letters;
import dev.berth.api.people.Post;
import dev.berth.domain.Role;
import dev.berth.settings.Settings;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Ids;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.Memberships;
import dev.berth.store.People;
import dev.berth.store.RandomSecret;
import dev.berth.store.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Invites people, and takes invitations back. */
@Component
class Inviting {
    private static final Duration LINK = Duration.ofDays(7);

    private final Tenancy tenancy;
    private final Invitations invitations;
    private final Memberships memberships;
    private final People people;
    private final InvitationLimits limits;
    private final Post post;
    private final Settings settings;
    private final AuditTrail trail;
    private final Clock clock;

    Inviting(
            Tenancy tenancy,
            Invitations invitations,
            Memberships memberships,
            People people,
            InvitationLimits limits,
            Post post,
            Settings settings,
            AuditTrail trail,
            Clock clock) {
        this.tenancy = tenancy;
        this.invitations = invitations;
        this.memberships = memberships;
        this.people = people;
        this.limits = limits;
        this.post = post;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    Page<InvitationView> page(Caller caller, PageRequest page) {
        List<Invitation> rows = tenancy.asPlatform(
                "invitations", () -> invitations.page(caller.organizationId(), page.after(), page.rows()));
        return Page.of(
                rows,
                page.limit(),
                invitation -> new Cursor(invitation.createdAt(), invitation.id()),
                InvitationView::of);
    }

    Invitation invite(Caller caller, String email, Role role) {
        post.requireSetUp();
        requireNoMoreThanOwn(caller, role);
        limits.count(caller, email);
        RandomSecret secret = RandomSecret.generate();
        Instant now = clock.instant();
        Invitation invitation = new Invitation(
                Ids.next(), caller.organizationId(), email, role, Optional.of(caller.userId()), now.plus(LINK), now);
        tenancy.asPlatform("invitations", () -> {
            memberships.lock(caller.organizationId());
            requireStillMay(caller, role);
            boolean member = people.findByEmail(email)
                    .flatMap(person -> memberships.find(caller.organizationId(), person.id()))
                    .isPresent();
            if (member) {
                throw new ProblemException(
                        Problem.of(ProblemType.CONFLICT, "Whoever has this address is a member already."));
            }
            invitations.insert(invitation, secret);
            trail.done(caller, "invitation.create", subject(invitation), Map.of("role", role.word()));
        });
        String name = caller.membership().orElseThrow().name();
        post.send(
                email,
                Letters.INVITATION,
                Letters.invitation(name, role.word(), Letters.link(settings.clientUrl(), "/invitation", secret)));
        return invitation;
    }

    void revoke(Caller caller, UUID invitationId) {
        tenancy.asPlatform("invitations", () -> {
            Invitation invitation = invitations
                    .find(caller.organizationId(), invitationId)
                    .orElseThrow(() -> ProblemException.notFound("invitation"));
            requireNoMoreThanOwn(caller, invitation.role());
            invitations.revoke(caller.organizationId(), invitationId);
            trail.done(caller, "invitation.revoke", subject(invitation), Map.of());
        });
    }

    private static void requireNoMoreThanOwn(Caller caller, Role role) {
        Role own = caller.membership().orElseThrow().role();
        if (!own.includes(role)) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN, "This needs the role %s; yours is %s.".formatted(role.word(), own.word())));
        }
    }

    /** With the locks held: the right may have gone since the request came in, and the open invitations with it. */
    private void requireStillMay(Caller caller, Role role) {
        people.lock(caller.userId());
        boolean may = memberships
                        .find(caller.organizationId(), caller.userId())
                        .filter(member -> member.role().mayInvite().contains(role))
                        .isPresent()
                && people.find(caller.userId())
                        .filter(person -> person.disabledAt().isEmpty())
                        .isPresent();
        if (!may) {
            throw new ProblemException(
                    Problem.of(ProblemType.FORBIDDEN, "Your right to invite others was taken away at this moment."));
        }
    }

    private static Subject subject(Invitation invitation) {
        return new Subject("invitation", Optional.of(invitation.id()), invitation.email());
    }
}
