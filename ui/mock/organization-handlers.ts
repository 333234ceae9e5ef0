import { HttpResponse, http } from "msw";
import { aboveOwn, scopeRefusal } from "../src/access/permission";
import type { AuditEvent, GrantRole, Role } from "../src/api/access-types";
import { done, invalid, notFound, page, problem, whole } from "./answers";
import type { Database } from "./db";
import type { Context, Guard } from "./guard";
import { hex } from "./ids";
import type { TokenRequest } from "./people";

const base = "*/api/orgs/:organizationId";

/** Organisations, who belongs to them, and what they hand out. */
export function organizationHandlers({ people }: Database, guard: Guard) {
  const note = (
    { caller, organizationId }: Context,
    action: string,
    kind: string,
    name: string,
    detail: Record<string, string> = {},
  ) =>
    people.audit.append(organizationId, {
      actor: { kind: "user", id: caller.person.id, name: caller.person.email, address: "192.0.2.17" },
      action,
      subject: { kind, id: null, name },
      detail,
    });

  const noteGrant = (context: Context, role: GrantRole | "none") => {
    const member = people.persons.find(({ id }) => id === context.params.userId);
    note(context, "grant.change", "member", member?.email ?? "", {
      service: String(context.params.serviceId),
      role,
    });
  };

  const owners = (organizationId: string) =>
    people.seats.filter((seat) => seat.organizationId === organizationId && seat.role === "owner");

  const lastOwner = () =>
    problem(409, "conflict", "The last owner stays", "Make somebody else an owner first.");

  const seatOf = ({ organizationId, params }: Context) =>
    people.seats.find((seat) => seat.organizationId === organizationId && seat.userId === params.userId);

  const leave = (context: Context, userId: string) => {
    const seat = people.seats.find(
      (each) => each.organizationId === context.organizationId && each.userId === userId,
    );
    if (!seat) {
      return notFound();
    }
    if (seat.role === "owner" && owners(context.organizationId).length === 1) {
      return lastOwner();
    }
    people.seats = people.seats.filter((each) => each !== seat);
    note(context, "member.remove", "member", people.persons.find(({ id }) => id === userId)?.email ?? "");
    return done();
  };

  return [
    http.get(
      "*/api/orgs",
      guard.signedIn(({ caller }) => whole(people.memberships(caller.person))),
    ),
    http.post(
      "*/api/orgs",
      guard.may("inPerson", async ({ request, caller }) => {
        const { name } = (await request.json()) as { name: string };
        if (people.organizations.some((each) => each.name.toLowerCase() === name.trim().toLowerCase())) {
          return invalid({ pointer: "/name", detail: "This name is in use." });
        }
        return HttpResponse.json(people.addOrganization(name.trim(), caller.person), { status: 201 });
      }),
    ),
    http.patch(
      base,
      guard.may("own", async (context) => {
        const { name } = (await context.request.json()) as { name: string };
        const organization = people.organizations.find(({ id }) => id === context.organizationId);
        if (!organization) {
          return notFound();
        }
        organization.name = name;
        note(context, "organization.change", "organization", name, { fields: "name" });
        return HttpResponse.json(organization);
      }),
    ),
    http.delete(
      base,
      guard.may("own", ({ organizationId }) => {
        people.seats = people.seats.filter((seat) => seat.organizationId !== organizationId);
        return done();
      }),
    ),
    http.get(
      `${base}/members`,
      guard.may("read", ({ organizationId }) => whole(people.members(organizationId))),
    ),
    http.patch(
      `${base}/members/:userId`,
      guard.may("administer", async (context) => {
        const { role } = (await context.request.json()) as { role: Role };
        const seat = seatOf(context);
        if (!seat) {
          return notFound();
        }
        if (seat.role === "owner" && role !== "owner" && owners(context.organizationId).length === 1) {
          return lastOwner();
        }
        const before = seat.role;
        seat.role = role;
        const member = people.members(context.organizationId).find(({ userId }) => userId === seat.userId);
        note(context, "member.role_change", "member", member?.email ?? "", { from: before, to: role });
        return HttpResponse.json(member);
      }),
    ),
    http.delete(
      `${base}/members/:userId`,
      guard.may("administer", (context) => leave(context, String(context.params.userId))),
    ),
    http.delete(
      "*/api/me/orgs/:organizationId",
      guard.may("inPerson", (context) => leave(context, context.caller.person.id)),
    ),
    http.get(
      `${base}/invitations`,
      guard.may("administer", ({ organizationId }) =>
        whole(people.invitations.filter((each) => each.organizationId === organizationId)),
      ),
    ),
    http.post(
      `${base}/invitations`,
      guard.may("administer", async (context) => {
        const { organizationId, caller } = context;
        const { email, role } = (await context.request.json()) as { email: string; role: Role };
        if (people.members(organizationId).some((each) => each.email === email)) {
          return invalid({ pointer: "/email", detail: "is a member already" });
        }
        people.invitations = people.invitations.filter(
          (each) => each.organizationId !== organizationId || each.email !== email,
        );
        const invitation = people.invite(organizationId, email, role, caller.person.id);
        note(context, "invitation.create", "invitation", email, { role });
        return HttpResponse.json(invitation, { status: 201 });
      }),
    ),
    http.delete(
      `${base}/invitations/:invitationId`,
      guard.may("administer", (context) => {
        const invitation = people.invitations.find(({ id }) => id === context.params.invitationId);
        if (!invitation) {
          return notFound();
        }
        const reason = aboveOwn(context.caller.organization?.role ?? "viewer", invitation.role);
        if (reason) {
          return problem(403, "forbidden", "Not allowed", reason);
        }
        people.invitations = people.invitations.filter((each) => each !== invitation);
        note(context, "invitation.revoke", "invitation", invitation.email);
        return done();
      }),
    ),
    http.get(
      `${base}/tokens`,
      guard.may("read", ({ organizationId, caller }) => {
        const all = isAdmin(caller.organization?.role);
        return whole(
          people.tokens.filter(
            (token) => token.organizationId === organizationId && (all || token.userId === caller.person.id),
          ),
        );
      }),
    ),
    http.post(
      `${base}/tokens`,
      guard.may("inPerson", async (context) => {
        const body = (await context.request.json()) as TokenRequest;
        const { caller, organizationId } = context;
        if (scopeRefusal(caller.organization?.role, body.scope)) {
          return problem(403, "forbidden", "Not allowed", "Your role is too low for this scope.");
        }
        const token = people.addToken(organizationId, caller.person, body);
        note(context, "token.create", "token", token.name, { scope: token.scope });
        return HttpResponse.json({ info: token, token: `${token.prefix}${hex(39)}` }, { status: 201 });
      }),
    ),
    http.delete(
      `${base}/tokens/:tokenId`,
      guard.may("inPerson", (context) => {
        const token = people.tokens.find(({ id }) => id === context.params.tokenId);
        if (!token) {
          return notFound();
        }
        people.tokens = people.tokens.filter((each) => each !== token);
        note(context, "token.revoke", "token", token.name);
        return done();
      }),
    ),
    http.get(
      `${base}/services/:serviceId/grants`,
      guard.may("administer", ({ organizationId, params }) =>
        whole(people.grantsFor(organizationId, String(params.serviceId))),
      ),
    ),
    http.put(
      `${base}/services/:serviceId/grants/:userId`,
      guard.may("administer", async (context) => {
        const { role } = (await context.request.json()) as { role: GrantRole };
        const { organizationId, params } = context;
        const grant = {
          organizationId,
          serviceId: String(params.serviceId),
          userId: String(params.userId),
          role,
        };
        people.grants = [...people.grants.filter((each) => !isSame(each, grant)), grant];
        noteGrant(context, role);
        return done();
      }),
    ),
    http.delete(
      `${base}/services/:serviceId/grants/:userId`,
      guard.may("administer", (context) => {
        const { organizationId, params } = context;
        const grant = { organizationId, serviceId: String(params.serviceId), userId: String(params.userId) };
        people.grants = people.grants.filter((each) => !isSame(each, grant));
        noteGrant(context, "none");
        return done();
      }),
    ),
    http.get(
      `${base}/audit`,
      guard.may("administer", ({ request, organizationId }) =>
        page(
          request,
          people.audit
            .events(organizationId)
            .filter(matches(new URL(request.url).searchParams))
            .reverse(),
        ),
      ),
    ),
    http.get(
      `${base}/audit/export`,
      guard.may("administer", ({ organizationId }) => {
        const lines = people.audit.events(organizationId).map((event) => `${JSON.stringify(event)}\n`);
        return new HttpResponse(lines.join(""), { headers: { "Content-Type": "application/x-ndjson" } });
      }),
    ),
    http.get(
      `${base}/audit/verification`,
      guard.may("administer", ({ organizationId }) => {
        const events = people.audit.events(organizationId);
        return HttpResponse.json({
          events: events.length,
          intact: true,
          firstBroken: null,
          headHash: events.at(-1)?.hash ?? "0".repeat(64),
        });
      }),
    ),
  ];
}

const isAdmin = (role: Role | undefined) => role === "owner" || role === "admin";

interface GrantKey {
  organizationId: string;
  serviceId: string;
  userId: string;
}

const isSame = (one: GrantKey, other: GrantKey) =>
  one.organizationId === other.organizationId &&
  one.serviceId === other.serviceId &&
  one.userId === other.userId;

function matches(query: URLSearchParams) {
  const [action, outcome, actor, from, to] = ["action", "outcome", "actor", "from", "to"].map((name) =>
    query.get(name),
  );
  return (event: AuditEvent) =>
    (!action || event.action === action) &&
    (!outcome || event.outcome === outcome) &&
    (!actor || event.actor.id === actor) &&
    (!from || event.at >= from) &&
    (!to || event.at < to);
}
