import type { AuditOutcome } from "./access-types";
import { api, client } from "./client";
import { mostAtOnce, pagedQuery } from "./paged";

const pageSize = 50;

const inOrganization = (organizationId: string) => ({ params: { path: { organizationId } } });

/** Which ways in are open. They seldom change. */
export const signInOptionsQuery = () =>
  api.queryOptions("get", "/api/sign-in/options", undefined, { staleTime: 60_000 });

/** What one belongs to, with one's role in each; as many at once as the API gives, since a menu shows them. */
export const organizationsQuery = () => ({
  ...pagedQuery(["organizations"], mostAtOnce, (query, signal) =>
    client.GET("/api/orgs", { params: { query }, signal }),
  ),
  staleTime: 60_000,
});

export const membersQuery = (organizationId: string, limit = pageSize) =>
  pagedQuery(["members", organizationId, limit], limit, (query, signal) =>
    client.GET("/api/orgs/{organizationId}/members", {
      params: { path: { organizationId }, query },
      signal,
    }),
  );

/** For what offers all members to choose from. */
export const allMembersQuery = (organizationId: string) => membersQuery(organizationId, mostAtOnce);

export const invitationsQuery = (organizationId: string) =>
  pagedQuery(["invitations", organizationId], pageSize, (query, signal) =>
    client.GET("/api/orgs/{organizationId}/invitations", {
      params: { path: { organizationId }, query },
      signal,
    }),
  );

export const tokensQuery = (organizationId: string) =>
  pagedQuery(["tokens", organizationId], pageSize, (query, signal) =>
    client.GET("/api/orgs/{organizationId}/tokens", { params: { path: { organizationId }, query }, signal }),
  );

export const quotaQuery = (organizationId: string) =>
  api.queryOptions("get", "/api/orgs/{organizationId}/quota", inOrganization(organizationId));

export const sessionsQuery = () =>
  pagedQuery(["sessions"], pageSize, (query, signal) =>
    client.GET("/api/me/sessions", { params: { query }, signal }),
  );

export const grantsQuery = (organizationId: string, serviceId: string) =>
  pagedQuery(["grants", organizationId, serviceId], pageSize, (query, signal) =>
    client.GET("/api/orgs/{organizationId}/services/{serviceId}/grants", {
      params: { path: { organizationId, serviceId }, query },
      signal,
    }),
  );

/** Everybody here, and every organisation: for those who run the platform. */
export const allPeopleQuery = () =>
  pagedQuery(["platform", "people"], pageSize, (query, signal) =>
    client.GET("/api/platform/users", { params: { query }, signal }),
  );

export const allOrganizationsQuery = () =>
  pagedQuery(["platform", "organizations"], pageSize, (query, signal) =>
    client.GET("/api/platform/organizations", { params: { query }, signal }),
  );

export interface AuditFilter {
  action?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** The id of a user, a token or an operation. */
  actor?: string | undefined;
  /** Days as `2026-05-01`, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

export const auditQuery = (organizationId: string, { action, outcome, actor, from, to }: AuditFilter) =>
  pagedQuery(["audit", organizationId, { action, outcome, actor, from, to }], pageSize, (query, signal) =>
    client.GET("/api/orgs/{organizationId}/audit", {
      params: {
        path: { organizationId },
        query: {
          ...query,
          ...(action ? { action } : {}),
          ...(outcome ? { outcome } : {}),
          ...(actor ? { actor } : {}),
          ...(from ? { from: startOf(from) } : {}),
          ...(to ? { to: startOf(to, 1) } : {}),
        },
      },
      signal,
    }),
  );

/** The first moment of a day in the reader's own time zone, `after` days later. */
function startOf(day: string, after = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

export const auditVerificationQuery = (organizationId: string) =>
  api.queryOptions("get", "/api/orgs/{organizationId}/audit/verification", inOrganization(organizationId), {
    staleTime: 30_000,
  });

/** The whole log as lines of JSON; the organisation stands in the path, so that a plain link will do. */
export const auditExportPath = (organizationId: string) => `/api/orgs/${organizationId}/audit/export`;
