import type { Me, Role, Scope } from "../api/access-types";

/** What the API asks of a caller; the words are those of docs/ACCESS.md. */
export type Permission = "read" | "deploy" | "administer" | "own" | "operate" | "inPerson";

const roles: Role[] = ["viewer", "developer", "admin", "owner"];
const scopes: Scope[] = ["read", "deploy", "admin"];

interface Need {
  role: Role;
  scope: Scope;
  /** Whether a token for one service will do, where it is about that service. */
  oneService: boolean;
}

const needs: Record<Exclude<Permission, "inPerson" | "operate">, Need> = {
  read: { role: "viewer", scope: "read", oneService: true },
  deploy: { role: "developer", scope: "deploy", oneService: true },
  administer: { role: "admin", scope: "admin", oneService: false },
  own: { role: "owner", scope: "admin", oneService: false },
};

const includes = <T>(order: T[], has: T, need: T) => order.indexOf(has) >= order.indexOf(need);

/** Whether a role may do what another may. */
export const isAtLeast = (has: Role, need: Role) => includes(roles, has, need);

/**
 * Why somebody may not do something, as a sentence for the button that stays disabled; undefined where they may. The API
 * has the last word: this only spares people a refusal.
 */
export function refusal(me: Me, permission: Permission, serviceId?: string): string | undefined {
  if (permission === "inPerson") {
    return me.token ? "A token may not do this. Sign in with e-mail and password." : undefined;
  }
  if (permission === "operate") {
    return me.platformAdmin
      ? tokenRefusal(me, needs.own, serviceId)
      : "This is for those who run the platform.";
  }
  const need = needs[permission];
  return roleRefusal(me, need, serviceId) ?? tokenRefusal(me, need, serviceId);
}

function roleRefusal(me: Me, need: Need, serviceId: string | undefined): string | undefined {
  if (!me.organization) {
    return "You belong to no organisation.";
  }
  const { role, grants } = me.organization;
  const granted = serviceId ? grants?.[serviceId] : undefined;
  // Whoever owns an organisation owns more than a service.
  const raised = need !== needs.own && granted && includes(roles, granted, need.role);
  return includes(roles, role, need.role) || raised
    ? undefined
    : `This needs the role ${need.role}. Yours is ${role}.`;
}

function tokenRefusal(me: Me, need: Need, serviceId: string | undefined): string | undefined {
  const { token } = me;
  if (!token) {
    return undefined;
  }
  if (!includes(scopes, token.scope, need.scope)) {
    return `This needs a token with the scope ${need.scope}. Yours has ${token.scope}.`;
  }
  return token.serviceId && !(need.oneService && token.serviceId === serviceId)
    ? "Your token is for one service only."
    : undefined;
}

/** What a delete takes: whoever may not let a new version pass shall not get round that by a new service. */
export const toDelete = ({ approvalRequired }: { approvalRequired: boolean }): Permission =>
  approvalRequired ? "administer" : "deploy";

/** Why somebody with this role may not touch what is for another one; undefined where they may. */
export const aboveOwn = (own: Role, other: Role): string | undefined =>
  isAtLeast(own, other) ? undefined : `This needs the role ${other}. Yours is ${own}.`;

/** The roles that somebody may hand out: an admin makes no owner. */
export const rolesToGive = (role: Role | undefined): Role[] =>
  role === "owner" ? roles : roles.filter((each) => each !== "owner");

/** The scopes that a role can fill: a token never does more than its holder may. */
export function scopeRefusal(role: Role | undefined, scope: Scope): string | undefined {
  const need: Role = scope === "read" ? "viewer" : scope === "deploy" ? "developer" : "admin";
  return role && includes(roles, role, need) ? undefined : `Needs the role ${need}`;
}
