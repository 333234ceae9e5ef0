package dev.berth.api.organizations;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.organizations.MemberController.MemberView;
import dev.berth.domain.Role;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.Memberships;
import dev.berth.store.Memberships.Member;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Changes who belongs to an organisation and as what, one change at a time: an organisation always keeps an owner, and nobody
 * gives or takes more than they have.
 */
@Component
class Membership {
    private final Tenancy tenancy;
    private final Memberships memberships;
    private final Invitations invitations;
    private final AuditTrail trail;

    Membership(Tenancy tenancy, Memberships memberships, Invitations invitations, AuditTrail trail) {
        this.tenancy = tenancy;
        this.memberships = memberships;
        this.invitations = invitations;
        this.trail = trail;
    }

    Page<MemberView> page(Caller caller, PageRequest page) {
        List<Member> rows = tenancy.asPlatform(
                "members", () -> memberships.page(caller.organizationId(), page.after(), page.rows()));
        return Page.of(rows, page.limit(), member -> new Cursor(member.createdAt(), member.userId()), MemberView::of);
    }

    Member changeRole(Caller caller, UUID userId, Role role) {
        UUID organization = caller.organizationId();
        return tenancy.asPlatform("members", () -> {
            Member member = lock(caller, userId);
            requireNoMoreThanOwn(caller, role);
            if (member.role() == Role.OWNER && role != Role.OWNER) {
                requireAnotherOwner(organization);
            }
            memberships.setRole(organization, userId, role);
            List<Invitation> ended = invitations.revokeBeyond(organization, userId, role.mayInvite());
            trail.done(
                    caller,
                    "member.role_change",
                    subject(member),
                    Map.of("from", member.role().word(), "to", role.word()));
            noteEnded(caller, ended, "member.role_change");
            return memberships.member(organization, userId).orElseThrow();
        });
    }

    void remove(Caller caller, UUID userId) {
        UUID organization = caller.organizationId();
        tenancy.asPlatform("members", () -> {
            Member member = lock(caller, userId);
            if (member.role() == Role.OWNER) {
                requireAnotherOwner(organization);
            }
            memberships.delete(organization, userId);
            List<Invitation> ended = invitations.revokeBeyond(organization, userId, List.of());
            trail.done(
                    caller,
                    "member.remove",
                    subject(member),
                    Map.of("role", member.role().word()));
            noteEnded(caller, ended, "member.remove");
        });
    }

    /** An invitation is worth as much as who made it may still invite to. */
    private void noteEnded(Caller caller, List<Invitation> invitations, String because) {
        invitations.forEach(invitation -> trail.done(
                caller,
                "invitation.revoke",
                new Subject("invitation", Optional.of(invitation.id()), invitation.email()),
                Map.of("because", because)));
    }

    /** The member, with the organisation held until the transaction ends. */
    private Member lock(Caller caller, UUID userId) {
        memberships.lock(caller.organizationId());
        Member member = memberships
                .member(caller.organizationId(), userId)
                .orElseThrow(() -> ProblemException.notFound("member"));
        requireNoMoreThanOwn(caller, member.role());
        return member;
    }

    /** By the role that the caller has now, with the lock held: it may have changed since the request came in. */
    private void requireNoMoreThanOwn(Caller caller, Role role) {
        Role own = memberships
                .member(caller.organizationId(), caller.userId())
                .map(Member::role)
                .orElseThrow(() -> ProblemException.notFound("organisation"));
        if (!own.includes(role)) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN, "This needs the role %s; yours is %s.".formatted(role.word(), own.word())));
        }
    }

    private void requireAnotherOwner(UUID organization) {
        if (memberships.owners(organization) < 2) {
            throw new ProblemException(Problem.of(
                    ProblemType.CONFLICT, "The organisation would have no owner; make somebody else one first."));
        }
    }

    private static Subject subject(Member member) {
        return new Subject("member", Optional.of(member.userId()), member.email());
    }
}
