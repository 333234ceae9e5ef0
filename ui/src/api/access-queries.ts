import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditOutcome } from "./access-types";
import { api, client } from "./client";
import { ApiError } from "./problem";

const inOrganization = (organizationId: string) => ({ params: { path: { organizationId } } });

/** Which ways in are open. They seldom change. */
export const signInOptionsQuery = () =>
  api.queryOptions("get", "/api/sign-in/options", undefined, { staleTime: 60_000 });

/** All that one belongs to, with one's role in each. */
export const organizationsQuery = () =>
  api.queryOptions("get", "/api/orgs", undefined, { staleTime: 60_000 });

export const membersQuery = (organizationId: string) =>
  api.queryOptions("get", "/api/orgs/{organizationId}/members", inOrganization(organizationId));

export const invitationsQuery = (organizationId: string) =>
  api.queryOptions("get", "/api/orgs/{organizationId}/invitations", inOrganization(organizationId));

export const tokensQuery = (organizationId: string) =>
  api.queryOptions("get", "/api/orgs/{organizationId}/tokens", inOrganization(organizationId));

export const sessionsQuery = () => api.queryOptions("get", "/api/me/sessions");

export const grantsQuery = (organizationId: string, serviceId: string) =>
  api.queryOptions("get", "/api/orgs/{organizationId}/services/{serviceId}/grants", {
    params: { path: { organizationId, serviceId } },
  });

export interface AuditFilter {
  action?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** The id of a user, a token or an operation. */
  actor?: string | undefined;
  /** Days as `2026-05-01`, both included. */
  from?: string | undefined;
  to?: string | undefined;
}

export const auditQuery = (organizationId: string, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", organizationId, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const { action, outcome, actor, from, to } = filter;
      const { data } = await client.GET("/api/orgs/{organizationId}/audit", {
        params: {
          path: { organizationId },
          query: {
            limit: 50,
            ...(action ? { action } : {}),
            ...(outcome ? { outcome } : {}),
            ...(actor ? { actor } : {}),
            ...(from ? { from: startOf(from) } : {}),
            ...(to ? { to: startOf(to, 1) } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          },
        },
        signal,
      });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

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

/** Whether a sign-in needs the one-time code beside the password. */
export const needsCode = (error: unknown) =>
  error instanceof ApiError && error.problem.type.endsWith("/code-required");
