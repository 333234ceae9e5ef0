package dev.berth.store;

import static dev.berth.store.Trespass.nothing;

import dev.berth.domain.Role;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.TokenScope;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** The part of {@link Trespass} that is for the platform's transactions: who is in an organisation, and with what. */
final class PeopleTrespass {
    private PeopleTrespass() {}

    static List<Trespass> all() {
        return List.of(
                platform(
                        "Organizations.find",
                        (p, org) -> p.rows.organizations()
                                .find(org)
                                .filter(found -> found.id().equals(p.organization))),
                platform(
                        "Organizations.rename",
                        (p, org) -> nothing(() -> p.rows.organizations().rename(org, "Other"))),
                platform(
                        "Organizations.hasServices",
                        (p, org) -> p.rows.organizations().hasServices(org)),
                platform(
                        "Organizations.insertMembership",
                        (p, org) -> nothing(() -> p.rows.organizations().insertMembership(org, p.newcomer, "viewer"))),
                platform(
                        "Organizations.delete",
                        (p, org) -> nothing(() -> {
                            p.rows.services().delete(new ServiceRef(org, p.service.id()));
                            p.rows.services().delete(new ServiceRef(org, p.kept.id()));
                            p.rows.organizations().delete(org);
                        })),
                platform("Memberships.find", (p, org) -> p.rows.memberships().find(org, p.member)),
                platform(
                        "Memberships.insert",
                        (p, org) -> nothing(() -> p.rows.memberships().insert(org, p.newcomer, Role.VIEWER))),
                platform("Memberships.owners", (p, org) -> p.rows.memberships().owners(org) > 0),
                platform(
                        "Memberships.setRole",
                        (p, org) -> nothing(() -> p.rows.memberships().setRole(org, p.member, Role.VIEWER))),
                platform(
                        "Memberships.delete",
                        (p, org) -> nothing(() -> p.rows.memberships().delete(org, p.member))),
                platform("Memberships.member", (p, org) -> p.rows.memberships().member(org, p.member)),
                platform("Memberships.page", (p, org) -> p.rows.memberships().page(org, Cursor.START, 9)),
                platform(
                        "Tokens.insert",
                        (p, org) -> nothing(() -> p.rows.tokens()
                                .insert(
                                        Ids.next(),
                                        org,
                                        p.member,
                                        "new",
                                        TokenScope.READ,
                                        Optional.of(p.service.id()),
                                        Optional.empty(),
                                        ApiToken.generate()))),
                platform(
                        "Tokens.noteUse",
                        (p, org) -> nothing(() -> p.rows.tokens().noteUse(org, p.token))),
                platform(
                        "Tokens.revoke",
                        (p, org) -> nothing(() -> p.rows.tokens().revoke(org, p.token))),
                platform("Tokens.find", (p, org) -> p.rows.tokens().find(org, p.token)),
                platform("Tokens.page", (p, org) -> p.rows.tokens().page(org, Optional.empty(), Cursor.START, 9)),
                platform(
                        "Invitations.insert",
                        (p, org) -> nothing(
                                () -> p.rows.invitations().insert(invitation(p, org), RandomSecret.generate()))),
                platform("Invitations.find", (p, org) -> p.rows.invitations().find(org, p.invitation.id())),
                platform(
                        "Invitations.revoke",
                        (p, org) -> nothing(() -> p.rows.invitations().revoke(org, p.invitation.id()))),
                platform(
                        "Invitations.revokeBeyond",
                        (p, org) -> p.rows.invitations().revokeBeyond(org, p.member, List.of())),
                platform("Invitations.page", (p, org) -> p.rows.invitations().page(org, Cursor.START, 9)),
                platform(
                        "Grants.put",
                        (p, org) -> nothing(() -> p.rows.grants().put(org, p.service.id(), p.member, Role.DEVELOPER))),
                platform("Grants.delete", (p, org) -> p.rows.grants().delete(org, p.service.id(), p.member)),
                platform("Grants.page", (p, org) -> p.rows.grants().page(org, p.service.id(), Cursor.START, 9)));
    }

    private static Trespass platform(String method, BiFunction<Plot, UUID, Object> attempt) {
        return new Trespass(method, Trespass.Door.PLATFORM, attempt);
    }

    private static Invitation invitation(Plot plot, UUID named) {
        return new Invitation(
                Ids.next(), named, Plot.EMAIL, Role.VIEWER, Optional.empty(), plot.now.plusSeconds(60), plot.now);
    }
}
